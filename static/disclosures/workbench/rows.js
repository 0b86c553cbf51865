// Rows of a table: added, removed, appended by a paste; their kind and unit; 本表无数据.
import { el } from "../dom.js";
import { ask, cancel, toast } from "./dialog.js";
import { act, save } from "./saving.js";
import { emit } from "./store.js";

const MOST_UNASKED = 10; // rows removed without a question

const table = (part, what) => act({ restructure: { act: "table", table: part.key, ...what } });

function fields(labels, values = {}) {
  return labels.map((label) => el("label", { class: "field" }, el("span", {}, label.head),
    el("input", { name: label.field, value: values[label.field] ?? "", maxlength: label.field === "code" ? 32 : 500, autocomplete: "off" })));
}

/** Ask for the labels of a new row and put it before a position of the table. */
export async function addRow(part, side, before, near) {
  const { value, data } = await ask("增加一行", el("div", {},
    el("p", { class: "hint" }, near), fields(side.labels)), [cancel, ["ok", "增加", "primary"]]);
  if (value !== "ok") return;
  const labels = Object.fromEntries(side.labels.map(({ field }) => [field, String(data.get(field) ?? "").trim()]));
  const answer = await table(part, { added: [{ before, labels, side: side.side }] });
  const place = answer?.changed.at(-1)?.place;
  if (!place) return;
  toast("已增加一行", true);
  emit("go", { where: `${place}/${side.columns[0].field}` });
}

/** Remove rows: a few at once, for they are easily brought back; asks where it is a good part of the table. */
export async function removeRows(part, rows) {
  if (!rows.length) { toast("先选中要删除的行"); return; }
  if (rows.length > MOST_UNASKED) {
    const names = rows.slice(0, 5).map((row) => row.words || "（没有名称的行）").join("、");
    const { value } = await ask("删除行", el("p", {}, `删除 ${rows.length} 行：${names} 等？删除后仍可以撤销，或在历史里恢复。`), [cancel, ["ok", "删除", "primary"]]);
    if (value !== "ok") return;
  }
  const said = rows.length > 1 ? `${rows.length} 行` : `“${rows[0].words || "没有名称的行"}”一行`;
  if (await table(part, { removed: rows.map((row) => row.place) })) toast(`已删除${said}`, true);
}

/** A pasted block that is longer than the table: the rest becomes rows at its end, in the same save. */
export async function pasteLonger(part, side, cells, added) {
  const { value } = await ask("增加行", el("p", {}, `粘贴的内容比表格多 ${added.length} 行。在表的末尾增加 ${added.length} 行？`),
    [cancel, ["ok", `增加 ${added.length} 行并粘贴`, "primary"]]);
  if (value !== "ok") { toast("没有粘贴"); return; }
  const rows = added.map(({ before, values }) => ({
    before, side: side.side,
    labels: Object.fromEntries(side.labels.map(({ field }) => [field, values[field] ?? ""])),
    values: Object.fromEntries(side.columns.filter(({ field }) => values[field]).map(({ field }) => [field, values[field]])),
  }));
  const sent = cells.map((cell) => ({ place: cell.place, value: cell.value }));
  if (await table(part, { cells: sent, added: rows })) toast(`已粘贴，增加 ${rows.length} 行`, true);
}

/** What kind of row it is, and of which unit (T11 to T13). */
export async function setLevel(part, row) {
  const levels = ["", ...part.levels];
  const { value, data } = await ask("行的性质", el("div", {},
    el("label", { class: "field" }, el("span", {}, "这一行是"), el("select", { name: "level" }, levels.map((level) => el("option", { value: level, selected: level === row.level }, level || "未定")))),
    el("label", { class: "field" }, el("span", {}, "所属单位"), el("input", { name: "unit", value: row.unitName, maxlength: 200 }))), [cancel, ["ok", "保存", "primary"]]);
  if (value !== "ok") return;
  const [level, unit] = [String(data.get("level")), String(data.get("unit")).trim()];
  const changes = [["@level", level, row.level], ["@unit_name", unit, row.unitName]].filter(([, now, before]) => now !== before)
    .map(([field, now, before]) => ({ place: `${row.place}/${field}`, value: now, before }));
  if (changes.length && await save(changes)) emit("reload");
}

/** What to do with a table that says it has no data, or that was not read. */
export function emptyTable(part, may) {
  const offer = (label, restructure, kind = "") => el("button", { type: "button", class: kind, onclick: () => act({ restructure: { ...restructure, table: part.key } }) }, label);
  const words = part.missing ? "文本中没有读到这张表。" : part.noData ? "本表无数据。" : "这张表还没有行。";
  return el("div", { class: "empty" }, el("p", {}, words), may ? el("div", { class: "offers" },
    part.missing ? [offer("本表无数据", { act: "add_table", noData: true }), offer("补一张空表", { act: "add_table", noData: false }, "primary")]
      : [...[part.noData ? offer("这张表有数据", { act: "no_data", noData: false }) : offer("本表无数据", { act: "no_data", noData: true })],
        ...part.sides.map((side) => el("button", { type: "button", class: "primary", onclick: () => addRow(part, side, part.count, "") }, side.title ? `${side.title}增加一行` : "增加一行"))]) : null);
}

export async function declareNoData(part) {
  if (part.count) {
    const { value } = await ask("本表无数据", el("p", {}, `表中的 ${part.count} 行会一起删除，可以用 Ctrl+Z 恢复。`), [cancel, ["ok", "本表无数据", "primary"]]);
    if (value !== "ok") return;
  }
  await act({ restructure: { act: "no_data", table: part.key, noData: true } });
}
