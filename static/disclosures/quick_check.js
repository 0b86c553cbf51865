// One file in, its findings out; nothing is kept.
import { countsOf, el, post, severityWords } from "./dom.js";
import { readingParts } from "./reading.js";

const form = document.getElementById("drop");
const input = document.getElementById("files");
const result = document.getElementById("result");

async function run(file) {
  if (!file) return;
  result.replaceChildren(el("p", { class: "notice" }, `正在核对“${file.name}”…`));
  const body = new FormData();
  body.append("file", file);
  try {
    const { disclosures } = await post(form.dataset.run, body);
    result.replaceChildren(...disclosures.map(panel));
  } catch (refusal) { result.replaceChildren(el("p", { class: "notice error", role: "alert" }, refusal.message)); }
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
