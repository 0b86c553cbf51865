// Dropping files: each is sent by itself with its progress, then the worker's progress is asked for.
import { countsOf, el, get, post, token } from "./dom.js";
import { readingParts } from "./reading.js";
import { bar, buttons, nowWords, POLL } from "./task_parts.js";

const form = document.getElementById("drop");
const input = document.getElementById("files");
const folder = document.getElementById("folder");
const list = document.getElementById("tasks");
const departments = document.getElementById("departments");
const sending = new Map(); // files on their way: key -> {name, share, error}
let tasks = JSON.parse(document.getElementById("first-tasks").textContent);
let shown = "";
let timer = null;

const batch = () => (crypto.randomUUID ? crypto.randomUUID() : "");

function send(files, together = batch()) {
  for (const file of files) {
    const entry = { name: file.name, share: 0, error: "" };
    entry.again = () => { sending.delete(entry); send([file], together); };
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
        const known = new Set(answer.tasks.map((task) => task.id)); // the same file once more is the same task
        tasks = [...answer.tasks, ...tasks.filter((task) => !known.has(task.id))];
        for (const problem of answer.problems) refuse(file.name, problem);
      } else entry.error = answer.message ?? "没有上传成功，请再试一次。";
      draw();
      poll();
    });
    request.addEventListener("error", () => { entry.error = "连不上服务器，请检查网络后再试。"; draw(); });
    request.send(body);
  }
  draw();
}

/** What was not taken, until somebody has read it. */
function refuse(name, error) {
  const entry = { name, share: 1, error };
  sending.set(entry, entry);
}

// Folders: their files, without what systems and office programs put there.

const FURNITURE = /^(\.|~\$|Thumbs\.db$|desktop\.ini$)/;
const suffixes = input.accept.split(",");
const isWanted = (name) => suffixes.some((suffix) => name.toLowerCase().endsWith(suffix));

async function* inside(entry) {
  if (FURNITURE.test(entry.name) || entry.name === "__MACOSX") return;
  if (entry.isFile) { yield await new Promise((done, failed) => { entry.file(done, failed); }); return; }
  const reader = entry.createReader();
  for (;;) { // a browser hands out a hundred at a time
    const some = await new Promise((done, failed) => { reader.readEntries(done, failed); });
    if (!some.length) return;
    for (const one of some) yield* inside(one);
  }
}

/** Send what is in folders, and say what was left out. */
function sendWanted(name, files) {
  const wanted = files.filter((file) => isWanted(file.name));
  if (wanted.length < files.length) {
    const left = files.filter((file) => !isWanted(file.name)).map((file) => file.name);
    refuse(name, `有 ${left.length} 个文件不是系统能读的格式，没有上传：${left.slice(0, 5).join("、")}${left.length > 5 ? " 等" : ""}。`);
  }
  if (!files.length) refuse(name, "文件夹里没有文件。");
  send(wanted);
}

async function take(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) { send(transfer.files); return; }
  for (const entry of entries) {
    const files = [];
    try { for await (const file of inside(entry)) files.push(file); } catch { refuse(entry.name, "没有读完，请再拖一次。"); }
    if (entry.isDirectory) sendWanted(entry.name, files); else send(files);
  }
}

function poll() {
  clearTimeout(timer);
  if (!stillOpen() && !tasks.some((task) => task.open)) return; // counts may be a moment ahead of the lines
  timer = setTimeout(async () => {
    try { tasks = (await get(form.dataset.tasks)).tasks; } catch { /* asked again */ }
    draw();
    poll();
  }, POLL);
}

/** How many files are not done yet; an archive is as many as it holds, of which the page shows some. */
function stillOpen() {
  return tasks.reduce((sum, task) => sum + (task.archive ? 0 : task.members ? openOf(task.members) : Number(task.open)), 0);
}

const openOf = (members) => (members.queued ?? 0) + (members.running ?? 0);

function sendingItem(entry) {
  return el("li", {},
    el("div", { class: "row" }, el("span", { class: "grow" }, entry.name), el("span", { class: "hint" }, entry.error ? "没有上传" : "正在上传")),
    entry.error ? el("div", { class: "notice error" }, entry.error, " ",
      entry.again ? el("button", { type: "button", class: "small", onclick: entry.again }, "再传一次") : null,
      el("button", { type: "button", class: "plain small", onclick: () => { sending.delete(entry); draw(); } }, "知道了")) : bar(entry.share * 100, entry.name));
}

function taskItem(task) {
  const right = task.open ? el("span", { class: "hint" }, nowWords(task))
    : task.members ? el("span", { class: "state" }, "已解压")
    : task.state === "done" && task.result.created === false ? el("span", { class: "state" }, "以前导入过，未作改动")
      : el("span", { class: "state" }, task.stateWords);
  const parts = [el("div", { class: "row" }, el("strong", { class: "grow" }, task.name), right, el("span", { class: "hint num" }, task.queuedAt), buttons(task, replace))];
  if (task.open) parts.push(bar(task.progress, task.name));
  if (task.members) parts.push(...archiveParts(task));
  else if (task.state === "done") parts.push(...doneParts(task));
  if (task.state === "failed") parts.push(el("div", { class: "notice error" }, task.error));
  if (task.asking) parts.push(question(task));
  return el("li", { class: task.archive ? "inside" : null, "data-task": task.id, "data-state": task.state }, parts);
}

const MEMBER_WORDS = [["done", "已完成"], ["asking", "等待选择"], ["failed", "未完成"], ["cancelled", "已取消"]];

/** What became of the files of an archive; they stand below it. */
function archiveParts(task) {
  const { files, queued } = task.result;
  const open = openOf(task.members);
  const words = MEMBER_WORDS.filter(([state]) => task.members[state]).map(([state, word]) => `${word} ${task.members[state]}`);
  if (open) words.push(`还在处理 ${open}`);
  const same = files > queued ? `，其中 ${files - queued} 个与别的文件相同或正在处理，不重复导入` : "";
  const below = tasks.filter((other) => other.archive === task.id).length;
  return [
    el("div", {}, `解出 ${files} 个文件${same}${words.length ? `：${words.join("、")}` : ""}。`),
    open ? bar(100 * (1 - open / queued), task.name) : null,
    below < queued ? el("div", { class: "hint" }, `下面列出 ${below} 个，其余见`, el("a", { href: form.dataset.all }, "后台任务"), "。") : null,
  ];
}

/** A task after cancelling or retrying; its findings stay what they were. */
function replace(changed) {
  tasks = tasks.map((old) => (old.id === changed.id ? { ...old, ...changed } : old));
  draw();
  poll();
}

function doneParts(task) {
  return [
    el("div", { class: "row" },
      el("span", { class: "grow" }, el("a", { href: task.url }, task.disclosure)),
      countsOf(task.counts),
      el("a", { class: "button small", href: task.url }, "打开工作台")),
    ...readingParts(task.result, task.url),
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
  const open = stillOpen() + [...sending.values()].filter((entry) => !entry.error).length;
  document.getElementById("summary").textContent = open ? `还有 ${open} 个在处理` : "";
}

input.addEventListener("change", () => { send(input.files); input.value = ""; });
folder.addEventListener("change", () => {
  const files = [...folder.files].filter((file) => !FURNITURE.test(file.name));
  if (folder.files.length) sendWanted(folder.files[0].webkitRelativePath.split("/")[0], files);
  folder.value = "";
});
for (const type of ["dragenter", "dragover"]) {
  form.addEventListener(type, (event) => { event.preventDefault(); form.classList.add("over"); });
}
form.addEventListener("dragleave", () => form.classList.remove("over"));
form.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  take(event.dataTransfer);
});
draw();
poll();
