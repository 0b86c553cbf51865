// One file in, its findings out; what a worker has to read is asked for until it is done.
import { countsOf, el, get, post, severityWords } from "./dom.js";
import { readingParts } from "./reading.js";
import { bar, buttons, nowWords, POLL } from "./task_parts.js";

const KEY = "quick-check"; // the task that this tab waits for, should the page be loaded again
const form = document.getElementById("drop");
const input = document.getElementById("files");
const result = document.getElementById("result");
let last = null; // the file of the last check, to be tried again
let turn = 0; // a later file takes the place of an earlier one

async function run(file) {
  if (!file) return;
  last = file;
  const mine = ++turn;
  result.replaceChildren(el("p", { class: "notice" }, `正在上传“${file.name}”…`));
  const body = new FormData();
  body.append("file", file);
  try {
    const answer = await post(form.dataset.run, body);
    if (mine !== turn) return;
    if (answer.task) follow(answer.task, mine);
    else showAll(answer.disclosures, file.name);
  } catch (refusal) { if (mine === turn) failed(refusal.message); }
}

/** Show how far a task is, ask again, and show what it found. */
async function follow(task, mine) {
  sessionStorage.setItem(KEY, task.id);
  showTask(task, mine);
  while (mine === turn && task.open) {
    await new Promise((done) => setTimeout(done, POLL));
    let answer;
    try { answer = await get(`${form.dataset.state}${task.id}/`); } catch (refusal) {
      if (refusal.status === 0 || refusal.status >= 500) continue; // asked again
      forget();
      if (mine === turn) failed(refusal.status === 404 ? "结果已经清除，请再核对一次。" : refusal.message);
      return;
    }
    if (mine !== turn) return;
    ({ task } = answer);
    if (answer.disclosures) { showAll(answer.disclosures, task.name); return; }
    showTask(task, mine);
  }
  if (mine !== turn) return;
  forget();
  failed(task.state === "cancelled" ? `已取消核对“${task.name}”。` : task.error);
}

const forget = () => sessionStorage.removeItem(KEY);

function showTask(task, mine) {
  const changed = (now) => { if (mine === turn && !now.open) { turn += 1; forget(); failed(`已取消核对“${now.name}”。`); } };
  const row = el("div", { class: "row" }, el("strong", { class: "grow" }, task.name), el("span", { class: "hint" }, nowWords(task)), buttons(task, changed));
  const known = result.querySelector("[data-task]");
  if (known) { // the button that somebody is about to press stays where it is
    known.querySelector(".hint").textContent = nowWords(task);
    known.querySelector(".bar").replaceWith(bar(task.progress, task.name));
  } else result.replaceChildren(el("section", { class: "panel", "data-task": task.id }, el("div", { class: "body" }, row, bar(task.progress, task.name))));
}

function failed(message) {
  result.replaceChildren(el("div", { class: "notice error", role: "alert" }, message, " ",
    last ? el("button", { type: "button", class: "small", onclick: () => run(last) }, "再试一次") : null));
}

function showAll(disclosures, name) {
  result.replaceChildren(el("p", { class: "hint" }, `“${name}”的核对结果`), ...disclosures.map(panel));
}

function panel(disclosure) {
  return el("section", { class: "panel" },
    el("header", {}, el("h2", {}, disclosure.title), countsOf(disclosure.counts)),
    el("div", { class: "body" },
      readingParts(disclosure.reading),
      ["error", "warning", "info"].map((severity) => group(severity, disclosure.findings.filter((one) => one.severity === severity))),
      disclosure.findings.length ? null : el("p", { class: "empty" }, "没有发现问题。"),
      notChecked(disclosure.notChecked)));
}

function group(severity, findings) {
  if (!findings.length) return null;
  return el("div", {}, el("h3", { class: "group" }, el("span", { class: `sev ${severity}` }, `${severityWords[severity]} ${findings.length}`)),
    el("ul", { class: "plain-findings" }, findings.map((finding) => el("li", {}, finding.message,
      el("div", { class: "hint" }, [finding.place, finding.sourceWords, finding.rule].filter(Boolean).join(" · "))))));
}

function notChecked(items) {
  if (!items.length) return null;
  return el("details", {}, el("summary", {}, `未核对 ${items.length} 项`),
    el("ul", {}, items.map((item) => el("li", {}, `${item.title}：${item.reason}`))));
}

input.addEventListener("change", () => { run(input.files[0]); input.value = ""; });
for (const type of ["dragenter", "dragover"]) {
  form.addEventListener(type, (event) => { event.preventDefault(); form.classList.add("over"); });
}
form.addEventListener("dragleave", () => form.classList.remove("over"));
form.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  run(event.dataTransfer.files[0]);
});

const waiting = sessionStorage.getItem(KEY);
if (waiting) {
  try {
    const { task, disclosures } = await get(`${form.dataset.state}${waiting}/`);
    if (disclosures) showAll(disclosures, task.name);
    else if (task.open) follow(task, ++turn);
    else forget();
  } catch { forget(); }
}
