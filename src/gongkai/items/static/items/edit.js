// The drafting page: names the editor's buttons, refuses an editor that would lose part
// of the text, saves by itself, asks before unsaved typing is left behind. It runs before
// the editor's own module, whose one word that it is ready must not be missed.
const form = document.getElementById("draft");
const state = document.querySelector("[data-autosave-state]");
const PAUSE_MS = 4000;

// --- The editor

const words = JSON.parse(document.getElementById("editor-words").textContent);

// What a reader sees of a text: its words, its pictures, where its links lead.
function substance(root) {
  return JSON.stringify([
    root.textContent.replace(/\s+/g, ""),
    [...root.querySelectorAll("img")].map((image) => image.getAttribute("src")),
    [...root.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")),
    root.querySelectorAll("td, th").length,
  ]);
}

document.addEventListener("prose-editor:ready", (event) => {
  const { editor, textarea } = event.detail;
  const before = document.createElement("template");
  before.innerHTML = textarea.value;
  const after = document.createElement("template");
  after.innerHTML = editor.getHTML();
  if (substance(before.content) !== substance(after.content)) {
    editor.destroy();
    document.getElementById("editor-declined").hidden = false;
    return;
  }
  // The buttons are made a moment later, when the editor says that it was created.
  editor.on("create", () => nameButtons(editor.view.dom.parentElement));
  nameButtons(editor.view.dom.parentElement);
  editor.view.dom.setAttribute("aria-label", words.body);
  editor.view.dom.setAttribute("lang", "zh-Hans");
});

function nameButtons(box) {
  for (const button of box.querySelectorAll("[data-name]")) {
    const name = words[button.dataset.name];
    if (!name) continue;
    if (button.classList.contains("prose-menubar__option")) {
      button.textContent = name;
    } else {
      button.title = name;
      button.setAttribute("aria-label", name);
    }
  }
}

// --- Saving by itself. Files wait for a button: they are large and are chosen knowingly.

let timer = 0;
let isChanged = false;
let isSending = false;

function say(name, problem) {
  state.dataset.state = name;
  state.textContent = problem || state.dataset[name] || "";
}

form.addEventListener("input", later);
for (const control of form.elements) {
  if (!form.contains(control)) control.addEventListener("input", later);
}

function later(event) {
  if (event.target.type === "file") return;
  isChanged = true;
  say("changed");
  clearTimeout(timer);
  timer = setTimeout(saveDraft, PAUSE_MS);
}

async function saveDraft() {
  if (isSending || !isChanged) return;
  isSending = true;
  isChanged = false;
  say("saving");
  const data = new FormData(form);
  data.delete("files");
  data.delete("document");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: data,
      headers: { "X-Requested-With": "autosave" },
      redirect: "error",
    });
    const told = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(), told);
    form.elements.revision.value = told.revision;
    say("saved");
  } catch (error) {
    isChanged = true;
    say("failed", error.problem);
  } finally {
    isSending = false;
  }
}

window.addEventListener("beforeunload", (event) => {
  if (isChanged) event.preventDefault();
});
form.addEventListener("submit", (event) => {
  // A save on its way would be overtaken by the form, which began from the same state.
  if (isSending) {
    event.preventDefault();
    const button = event.submitter;
    setTimeout(() => form.requestSubmit(button), 200);
    return;
  }
  clearTimeout(timer);
  isChanged = false;
});
