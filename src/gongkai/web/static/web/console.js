// The console's own script: keys, menus, bulk selection, autosave, unsaved changes.
// No page depends on it to be read or to be sent.
const typing = (element) =>
  element.matches("input, select, textarea, [contenteditable]") ||
  element.closest("[contenteditable]") !== null;

// Keys: "/" searches, up and down walk the rows of a table, Enter opens the row.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return closeWhatFloats(event);
  if (typing(event.target)) return;
  if (event.key === "/") {
    const box = document.querySelector("[data-search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    walkRows(event, event.key === "ArrowDown" ? 1 : -1);
  }
});

function walkRows(event, step) {
  const here = event.target.closest("[data-rows]");
  const table = here || document.querySelector("[data-rows]");
  const idle = event.target === document.body || event.target.id === "main";
  if (!table || (!here && !idle)) return;
  const links = [...table.querySelectorAll("a.row-link")];
  if (!links.length) return;
  const row = event.target.closest("tr");
  const at = links.findIndex((link) => row && row.contains(link));
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1);
  event.preventDefault();
  links[next].focus();
}

function closeWhatFloats() {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  if (document.querySelector(".rail:target, .sheet:target")) location.hash = "main";
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (event.target.closest("[data-dismiss]")) event.target.closest(".toast").remove();
  openRow(event);
});

// A click anywhere on a row opens it, unless text was being selected.
function openRow(event) {
  const row = event.target.closest("tr[data-href]");
  if (!row || event.defaultPrevented) return;
  if (event.target.closest("a, button, input, select, textarea, label, summary")) return;
  if (String(window.getSelection())) return;
  if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
  else location.assign(row.dataset.href);
}

// Bulk selection.
function countChecked() {
  const count = document.querySelectorAll("[data-check]:checked").length;
  for (const place of document.querySelectorAll("[data-checked-count]")) {
    place.textContent = count;
  }
  for (const bar of document.querySelectorAll("[data-bulk]")) bar.hidden = !count;
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-check-all]")) {
    const table = event.target.closest("table");
    for (const box of table.querySelectorAll("[data-check]")) {
      box.checked = event.target.checked;
    }
  }
  if (event.target.matches("[data-check-all], [data-check]")) countChecked();
});

function showWhatNeedsScript() {
  for (const box of document.querySelectorAll("[data-check-all]")) box.hidden = false;
  countChecked();
}
showWhatNeedsScript();
document.addEventListener("htmx:afterSwap", showWhatNeedsScript);

// Autosave: <form data-autosave="url"> is posted two seconds after the last change.
// The words stand in data-saving, data-saved, data-failed of [data-autosave-state].
// data-guard asks before a page with unsaved changes is left.
const changed = new Set();
const timers = new Map();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-autosave], form[data-guard]");
  if (!form) return;
  changed.add(form);
  if (!form.dataset.autosave) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), 2000));
});

async function save(form) {
  const state = form.querySelector("[data-autosave-state]");
  const say = (word) => state && (state.textContent = state.dataset[word] || "");
  say("saving");
  changed.delete(form);
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "autosave" },
      redirect: "error",
    });
    if (!answer.ok) throw new Error(String(answer.status));
    say("saved");
  } catch {
    changed.add(form);
    say("failed");
  }
}

window.addEventListener("beforeunload", (event) => {
  for (const form of changed) if (!form.isConnected) changed.delete(form);
  if (changed.size) event.preventDefault();
});

// data-once: a second click does not send the form again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if ("once" in form.dataset) {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
  }
  clearTimeout(timers.get(form));
  changed.delete(form);
});

// A page restored from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-disabled]")?.removeAttribute("aria-disabled");
  }
});
