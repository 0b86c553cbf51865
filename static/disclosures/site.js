// What every page needs: the switch between light and dark.
const order = ["auto", "light", "dark"];
const labels = { auto: "外观：自动", light: "外观：浅色", dark: "外观：深色" };
const button = document.getElementById("theme");

function current() {
  return document.documentElement.dataset.theme ?? "auto";
}

function show() {
  button.textContent = labels[current()];
}

if (button) {
  button.addEventListener("click", () => {
    const next = order[(order.indexOf(current()) + 1) % order.length];
    if (next === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    try { localStorage.setItem("theme", next); } catch { /* holds for this page only */ }
    show();
  });
  show();
}

for (const form of document.querySelectorAll("form[data-at-once]")) {
  for (const field of form.querySelectorAll("select")) field.addEventListener("change", () => form.requestSubmit());
}

// Lists: a box in the heading ticks the page, and the bar says how many are ticked.
for (const all of document.querySelectorAll("input[data-all]")) {
  const form = document.getElementById(all.dataset.all);
  const boxes = [...form.elements].filter((field) => field.name === "ids");
  const said = form.querySelector("[data-chosen]");
  const every = form.elements.namedItem("all");
  const count = () => {
    const number = boxes.filter((box) => box.checked).length;
    all.checked = number > 0 && number === boxes.length;
    all.indeterminate = number > 0 && number < boxes.length;
    said.textContent = every?.checked ? "筛选出的全部" : number ? `已勾选 ${number} 项` : "勾选后可以一起处理";
  };
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; count(); });
  for (const box of [...boxes, ...(every ? [every] : [])]) box.addEventListener("change", count);
  count();
}

// A button pressed twice in a hurry sends once; later it may send again, for a file was perhaps downloaded.
const PATIENCE = 1500; // milliseconds
for (const form of document.querySelectorAll("form[method=post]")) {
  let sent = -Infinity;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - sent < PATIENCE) event.preventDefault();
    else if (!event.defaultPrevented) sent = event.timeStamp;
  });
}

// What cannot be undone is asked once more.
for (const button of document.querySelectorAll("button[data-confirm]")) {
  button.addEventListener("click", (event) => { if (!window.confirm(button.dataset.confirm)) event.preventDefault(); });
}

// The menu of one's own account closes when one looks elsewhere.
for (const menu of document.querySelectorAll("details.me")) {
  const close = () => { menu.open = false; };
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) close(); });
  menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(); });
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape" && menu.open) { close(); menu.querySelector("summary").focus(); } });
}

// Work in the background that was begun here: a bar until it ends, then the page shows what came of it.
const work = document.getElementById("open-work");
if (work) {
  const bar = work.querySelector("progress");
  const said = work.querySelector("[data-said]");
  const ask = async () => {
    let tasks;
    try {
      const answer = await fetch(work.dataset.address, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      ({ tasks } = await answer.json());
    } catch { setTimeout(ask, 5000); return; }
    const total = tasks.reduce((sum, task) => sum + (task.total || 1), 0);
    const done = tasks.reduce((sum, task) => sum + (task.open ? task.done : task.total || 1), 0);
    bar.max = total;
    bar.value = done;
    if (tasks.some((task) => task.open)) { said.textContent = `正在重新核对 ${done} / ${total}`; setTimeout(ask, 1000); return; }
    const failed = tasks.filter((task) => task.state === "failed").length;
    said.textContent = failed ? "重新核对没有全部完成。" : "重新核对已完成。";
    work.querySelector("[data-again]").hidden = false;
  };
  ask();
}
