// The list of background tasks: what is open is asked for again until it has ended.
import { el, get } from "./dom.js";
import { bar, buttons, nowWords, POLL } from "./task_parts.js";

const list = document.getElementById("tasks");
const summary = document.getElementById("summary");
let tasks = JSON.parse(document.getElementById("first-tasks").textContent);
let timer = null;

function item(task) {
  const right = task.open ? el("span", { class: "hint" }, nowWords(task)) : el("span", { class: "state" }, task.stateWords);
  const parts = [el("div", { class: "row" },
    el("strong", { class: "grow" }, task.title, task.name === task.title ? "" : `：${task.name}`),
    task.who ? el("span", { class: "hint" }, task.who) : null,
    right,
    task.took ? el("span", { class: "hint num" }, task.took) : null,
    el("span", { class: "hint num" }, task.queuedAt),
    buttons(task, replace))];
  if (task.open) parts.push(bar(task.progress, task.name));
  if (task.asking) parts.push(el("div", { class: "notice warning" }, task.error, task.kind === "import" ? el("a", { href: list.dataset.import }, "去选择") : null));
  else if (task.error) parts.push(el("div", { class: "notice error" }, task.error));
  if (task.result.files) parts.push(el("div", {}, `解出 ${task.result.files} 个文件，各是一个任务。`));
  if (task.url || task.output) {
    parts.push(el("div", { class: "row" },
      task.url ? el("a", { class: "grow", href: task.url }, task.disclosure) : el("span", { class: "grow" }),
      task.output ? el("a", { class: "button small", href: task.addresses.output, download: task.output }, `下载 ${task.output}`) : null));
  }
  return el("li", { "data-task": task.id, "data-state": task.state }, parts);
}

function replace(changed) {
  const old = tasks.find((task) => task.id === changed.id);
  if (JSON.stringify(old) === JSON.stringify(changed)) return;
  tasks = tasks.map((task) => (task.id === changed.id ? changed : task));
  const shown = list.querySelector(`[data-task="${changed.id}"]`);
  const focused = shown.contains(document.activeElement);
  const fresh = item(changed);
  shown.replaceWith(fresh);
  if (focused) (fresh.querySelector("button, a") ?? summary).focus();
  tell();
  poll();
}

function tell() {
  const open = tasks.filter((task) => task.open).length;
  summary.textContent = open ? `还有 ${open} 个在处理` : "";
}

function poll() {
  clearTimeout(timer);
  const open = tasks.filter((task) => task.open).map((task) => task.id);
  if (!open.length) return;
  timer = setTimeout(async () => {
    try { for (const task of (await get(`${list.dataset.address}?ids=${open.join(",")}`)).tasks) replace(task); } catch { /* asked again */ }
    poll();
  }, document.hidden ? 10 * POLL : POLL);
}

list?.replaceChildren(...tasks.map(item));
tell();
poll();
