// Lines of a department-wide form: staff, funds, tasks. A line is added or removed by saving all lines of its kind.
import { el } from "../dom.js";
import { ask, cancel, toast } from "./dialog.js";
import { editable } from "./prose.js";
import { save } from "./saving.js";
import { may } from "./store.js";

const WORDS = { staff: "人员", funds: "资金", tasks: "任务" };

const textOf = (pairs) => pairs.map(({ label, value }) => `${label}\t${value ?? ""}`).join("\n");
const flat = (text) => String(text ?? "").replace(/\s+/g, " ").trim();
const changed = (list, pairs) => [{ place: list.whole.place, value: textOf(pairs), before: list.whole.value, words: list.heads[0] }];

/** The table of one kind of lines; `findingsAt` tells what was found at a place. */
export function linesOf(list, findingsAt) {
  const mayEdit = may("correct");
  if (!list.lines.length && !mayEdit) return null;
  const tasks = list.name === "tasks";
  const rows = list.lines.map((line, at) => el("tr", { class: "filterable" },
    el(tasks ? "td" : "th", { scope: tasks ? null : "row" }, tasks ? part(list, at, "label") : line.label),
    el("td", { class: tasks ? "" : "amount" }, tasks ? part(list, at, "value") : editable(line.field, { findings: findingsAt(line.field.place), amount: list.name === "funds", places: 2 })),
    mayEdit ? el("td", { class: "row-tool" }, el("button", { type: "button", class: "plain small", title: "删除这一行（可以撤销）", "aria-label": `删除“${line.label}”一行`, onclick: () => remove(list, at) }, "✕")) : null));
  return el("section", { class: "form-lines" },
    el("table", { class: list.whole.corrected ? "corrected" : "" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, list.heads[0]), el("th", { scope: "col", class: tasks ? "" : "amount" }, list.heads[1]), mayEdit ? el("th", { class: "row-tool" }) : null)),
      el("tbody", {}, rows.length ? rows : el("tr", {}, el("td", { colspan: 3, class: "hint" }, "没有这一部分。")))),
    mayEdit ? el("button", { type: "button", class: "small", "data-add": list.name, onclick: () => add(list) }, `＋ ${WORDS[list.name]}`) : null);
}

/** One column of a task, edited in place. */
function part(list, at, column) {
  const line = list.lines[at];
  const changesOf = (now) => changed(list, list.lines.map((one, n) => (n === at ? { ...one, [column]: flat(now) } : one)));
  return editable({ place: list.whole.place, value: line[column] }, { changesOf });
}

async function remove(list, at) {
  const label = list.lines[at].label || list.lines[at].value;
  if (await save(changed(list, list.lines.filter((_, n) => n !== at)))) toast(`已删除“${label}”一行`, true);
}

async function add(list) {
  const [first, second] = list.heads;
  const isTask = list.name === "tasks";
  const options = list.known.length ? el("datalist", { id: "known-lines" }, list.known.map((word) => el("option", { value: word }))) : null;
  const { value, data } = await ask(`增加一行：${first}`, el("div", {},
    el("label", { class: "field" }, el("span", {}, isTask ? first : "名目"), el("input", { name: "label", required: !isTask, maxlength: 300, autocomplete: "off", list: options ? "known-lines" : null })), options,
    el("label", { class: "field" }, el("span", {}, second), isTask ? el("textarea", { name: "value", rows: 4, required: true }) : el("input", { name: "value", maxlength: 100, autocomplete: "off" }))), [cancel, ["ok", "增加", "primary"]]);
  if (value !== "ok") return;
  const line = { label: flat(data.get("label")), value: flat(data.get("value")) };
  await save(changed(list, [...list.lines, line]));
}
