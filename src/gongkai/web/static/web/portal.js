// Small comforts of the public site. Every page reads and works without this file.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (!button) return;
  if ("print" in button.dataset) {
    window.print();
    return;
  }
  navigator.clipboard.writeText(button.dataset.copy || location.href).then(() => {
    button.textContent = button.dataset.copied;
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.querySelector(".sheet:target")) {
    location.hash = "main";
  }
});

// What only a script can do stays hidden until one runs.
for (const button of document.querySelectorAll("[data-copy], [data-print]")) {
  button.hidden = "copy" in button.dataset && !navigator.clipboard;
}
