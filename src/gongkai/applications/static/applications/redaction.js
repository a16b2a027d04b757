// Boxes on a page: drawn, moved, resized and removed with mouse, finger or keys. The
// fields below the page are what is sent; without this script they are typed.
const form = document.getElementById("redact");
const sheet = document.querySelector("[data-sheet]");
const rows = form.querySelector("[data-rows]");
const model = document.getElementById("redact-row").content.firstElementChild;
const finger = form.querySelector("[data-finger]");
const SIDES = ["left", "top", "width", "height"];
const ATTRIBUTES = { left: "x", top: "y", width: "width", height: "height" };
const SMALLEST = 0.3;
const STEP = 0.5;
const CORNER_PX = 12;
let next = Number(form.dataset.next);
let ground = "";
let hold = null;

const rowOf = (number) => rows.querySelector(`[data-row="${number}"]`);
const boxOf = (number) => sheet.querySelector(`[data-box="${number}"]`);
const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
const round = (value) => String(Math.round(value * 1000) / 1000);

function place(box) {
  return Object.fromEntries(
    SIDES.map((side) => [side, Number(box.getAttribute(ATTRIBUTES[side]))]),
  );
}

function clamp(at) {
  const width = Math.min(Math.max(at.width, SMALLEST), 100);
  const height = Math.min(Math.max(at.height, SMALLEST), 100);
  return {
    left: Math.min(Math.max(at.left, 0), 100 - width),
    top: Math.min(Math.max(at.top, 0), 100 - height),
    width,
    height,
  };
}

function put(box, at) {
  for (const side of SIDES) box.setAttribute(ATTRIBUTES[side], round(at[side]));
}

function write(box) {
  const row = rowOf(box.dataset.box);
  const at = place(box);
  for (const side of SIDES) field(row, side).value = round(at[side]);
  row.dispatchEvent(new Event("input", { bubbles: true }));
}

function makeBox(number, at) {
  const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  box.dataset.box = number;
  put(box, at);
  ready(box);
  sheet.append(box);
  return box;
}

function ready(box) {
  box.setAttribute("tabindex", "0");
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", `${sheet.getAttribute("aria-label")} ${box.dataset.box}`);
}

function makeRow(number) {
  const row = model.cloneNode(true);
  row.dataset.row = number;
  for (const one of row.querySelectorAll("[name]")) {
    one.name = one.name.replace(/box-\d+-/, `box-${number}-`);
  }
  field(row, "ground").value = ground;
  rows.append(row);
  return row;
}

function choose(box) {
  for (const one of form.querySelectorAll(".chosen")) one.classList.remove("chosen");
  if (!box) return;
  box.classList.add("chosen");
  rowOf(box.dataset.box).classList.add("chosen");
}

function remove(box) {
  const row = rowOf(box.dataset.box);
  row.dispatchEvent(new Event("input", { bubbles: true }));
  row.remove();
  box.remove();
}

function point(event) {
  const frame = sheet.getBoundingClientRect();
  const inside = (value) => Math.min(Math.max(value, 0), 100);
  return {
    x: inside(((event.clientX - frame.left) / frame.width) * 100),
    y: inside(((event.clientY - frame.top) / frame.height) * 100),
  };
}

// Near its right lower corner a box is resized, elsewhere it is moved.
function isCorner(box, event) {
  const frame = box.getBoundingClientRect();
  const most = Math.min(CORNER_PX, frame.width / 3, frame.height / 3);
  return frame.right - event.clientX < most && frame.bottom - event.clientY < most;
}

sheet.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || (event.pointerType === "touch" && !finger.checked)) return;
  event.preventDefault();
  sheet.setPointerCapture(event.pointerId);
  const from = point(event);
  const box = event.target.closest("[data-box]");
  if (box) {
    choose(box);
    box.focus({ preventScroll: true });
    hold = { box, from, at: place(box), way: isCorner(box, event) ? "size" : "move" };
  } else {
    const number = String(next);
    next += 1;
    const at = { left: from.x, top: from.y, width: 0, height: 0 };
    hold = { box: makeBox(number, at), from, at, way: "draw" };
  }
});

sheet.addEventListener("pointermove", (event) => {
  if (!hold) return;
  const { box, from, at, way } = hold;
  const to = point(event);
  if (way === "move") {
    put(box, clamp({ ...at, left: at.left + to.x - from.x, top: at.top + to.y - from.y }));
  } else if (way === "size") {
    put(box, clamp({ ...at, width: to.x - at.left, height: to.y - at.top }));
  } else {
    put(box, {
      left: Math.min(from.x, to.x),
      top: Math.min(from.y, to.y),
      width: Math.abs(to.x - from.x),
      height: Math.abs(to.y - from.y),
    });
  }
});

function letGo() {
  if (!hold) return;
  const { box, way } = hold;
  hold = null;
  const at = place(box);
  if (way === "draw" && (at.width < SMALLEST || at.height < SMALLEST)) {
    box.remove();
    choose(null);
    return;
  }
  if (way === "draw") makeRow(box.dataset.box);
  write(box);
  choose(box);
}

sheet.addEventListener("pointerup", letGo);
sheet.addEventListener("pointercancel", letGo);

sheet.addEventListener("keydown", (event) => {
  const box = event.target.closest("[data-box]");
  if (!box) return;
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    remove(box);
  } else if (ways[event.key]) {
    event.preventDefault();
    const [x, y] = ways[event.key].map((one) => one * STEP);
    const at = place(box);
    const moved = event.shiftKey
      ? { ...at, width: at.width + x, height: at.height + y }
      : { ...at, left: at.left + x, top: at.top + y };
    put(box, clamp(moved));
    write(box);
  }
});

sheet.addEventListener("focusin", (event) => choose(event.target.closest("[data-box]")));

rows.addEventListener("change", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row) return;
  if (event.target.name.endsWith("-ground")) ground = event.target.value;
  const box = boxOf(row.dataset.row);
  if (event.target.name.endsWith("-remove") && event.target.checked) {
    if (box) box.remove();
    row.hidden = true;
    return;
  }
  const told = SIDES.map((side) => field(row, side).value.trim());
  if (told.some((one) => one === "" || Number.isNaN(Number(one)))) return;
  const at = Object.fromEntries(SIDES.map((side, index) => [side, Number(told[index])]));
  if (box) put(box, at);
  else makeBox(row.dataset.row, at);
});

for (const box of sheet.querySelectorAll("[data-box]")) ready(box);
if (window.matchMedia("(any-pointer: coarse)").matches) {
  finger.closest("label").hidden = false;
  finger.addEventListener("change", () => {
    sheet.parentElement.classList.toggle("by-finger", finger.checked);
  });
}
