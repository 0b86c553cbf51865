// Dropping files: each is sent by itself with its progress, then the worker's progress is asked for.
import { countsOf, el, get, post, token } from "./dom.js";
import { readingParts } from "./reading.js";

const form = document.getElementById("drop");
const input = document.getElementById("files");
const list = document.getElementById("tasks");
const departments = document.getElementById("departments");
const POLL = 700;
const sending = new Map(); // files on their way: key -> {name, share, error}
let tasks = JSON.parse(document.getElementById("first-tasks").textContent);
let shown = "";
let timer = null;

const batch = () => (crypto.randomUUID ? crypto.randomUUID() : "");

function send(files) {
  const together = batch();
  for (const file of files) {
    const entry = { name: file.name, share: 0, error: "" };
    sending.set(entry, entry);
    const body = new FormData();
    body.append("files", file);
    body.append("batch", together);
    const request = new XMLHttpRequest(); // fetch does not tell how much is sent
    request.open("POST", form.dataset.upload);
    request.setRequestHeader("X-CSRFToken", token());
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) { entry.share = event.loaded / event.total; draw(); }
    });
    request.addEventListener("load", () => {
      const answer = request.response ?? {};
      if (request.status === 202) {
        sending.delete(entry);
        tasks = [...answer.tasks, ...tasks];
        for (const problem of answer.problems) sending.set({}, { name: file.name, share: 1, error: problem });
      } else entry.error = answer.message ?? "没有上传成功，请再试一次。";
      draw();
      poll();
    });
    request.addEventListener("error", () => { entry.error = "连不上服务器，请检查网络后再试。"; draw(); });
    request.send(body);
  }
  draw();
}

function poll() {
  clearTimeout(timer);
  if (!tasks.some((task) => task.open)) return;
  timer = setTimeout(async () => {
    try { tasks = (await get(form.dataset.tasks)).tasks; } catch { /* asked again */ }
    draw();
    poll();
  }, POLL);
}

function bar(percent, label) {
  const inner = el("i");
  inner.style.width = `${percent}%`;
  return el("div", { class: "bar", role: "progressbar", "aria-valuenow": Math.round(percent), "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": label }, inner);
}

function sendingItem(entry) {
  return el("li", {},
    el("div", { class: "row" }, el("span", { class: "grow" }, entry.name), el("span", { class: "hint" }, entry.error ? "没有上传" : "正在上传")),
    entry.error ? el("div", { class: "notice error" }, entry.error) : bar(entry.share * 100, entry.name));
}

function taskItem(task) {
  const right = task.open ? el("span", { class: "hint" }, task.stage || task.stateWords)
    : task.state === "done" && task.result.created === false ? el("span", { class: "state" }, "以前导入过，未作改动")
      : el("span", { class: "state" }, task.stateWords);
  const parts = [el("div", { class: "row" }, el("strong", { class: "grow" }, task.name), right, el("span", { class: "hint num" }, task.queuedAt))];
  if (task.open) parts.push(bar(task.progress, task.name));
  if (task.state === "done") parts.push(...doneParts(task));
  if (task.state === "failed") parts.push(el("div", { class: "notice error" }, task.error));
  if (task.asking) parts.push(question(task));
  return el("li", { "data-task": task.id, "data-state": task.state }, parts);
}

function doneParts(task) {
  return [
    el("div", { class: "row" },
      el("span", { class: "grow" }, el("a", { href: task.url }, task.disclosure)),
      countsOf(task.counts),
      el("a", { class: "button small", href: task.url }, "打开工作台")),
    ...readingParts(task.result),
  ];
}

function question(task) {
  const candidates = task.result.candidates ?? [];
  const fields = candidates.length
    ? [el("select", { name: "choice", "aria-label": "第几份" }, candidates.map((text, index) => el("option", { value: index + 1 }, `${index + 1}. ${text}`)))]
    : [departments.content.cloneNode(true)];
  const answer = async (event) => {
    event.preventDefault();
    try {
      const { task: changed } = await post(`${form.dataset.tasks}${task.id}/answer/`, new FormData(event.target));
      tasks = tasks.map((old) => (old.id === changed.id ? changed : old));
      draw();
      poll();
    } catch (refusal) { event.target.append(el("span", { class: "hint", role: "alert" }, refusal.message)); }
  };
  return el("div", {}, el("div", { class: "notice warning" }, task.error),
    el("form", { class: "choose", onsubmit: answer }, fields, el("button", { class: "primary", type: "submit" }, "继续导入")));
}

function draw() {
  const state = JSON.stringify([[...sending.values()], tasks]);
  if (state === shown) return;
  shown = state;
  list.replaceChildren(...[...sending.values()].map(sendingItem), ...tasks.map(taskItem));
  document.getElementById("none").hidden = Boolean(sending.size + tasks.length);
  const open = tasks.filter((task) => task.open).length + sending.size;
  document.getElementById("summary").textContent = open ? `还有 ${open} 个在处理` : "";
}

input.addEventListener("change", () => { send(input.files); input.value = ""; });
for (const type of ["dragenter", "dragover"]) {
  form.addEventListener(type, (event) => { event.preventDefault(); form.classList.add("over"); });
}
form.addEventListener("dragleave", () => form.classList.remove("over"));
form.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  if (event.dataTransfer.files.length) send(event.dataTransfer.files);
});
draw();
poll();
