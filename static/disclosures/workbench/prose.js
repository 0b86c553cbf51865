// Texts that can be edited in place; numbers that do not agree with the tables are underlined.
import { el } from "../dom.js";
import { findingsOf, citedPlaces } from "./marks.js";
import { act, revert, save } from "./saving.js";
import { emit, may } from "./store.js";
import { parseAmount, showAmount } from "./amounts.js";
import { ask, cancel, toast } from "./dialog.js";

/**
 * A text at a place. `findings` are those that speak of it; `amount` shows and takes an amount with at least
 * `places` decimals; `changesOf` says what a new text changes where that is not the place itself.
 */
export function editable({ place, value, source, corrected, read }, { findings = [], amount = false, places = 0, tag = "div", extra = "", changesOf = null } = {}) {
  const node = el(tag, { class: `editable ${extra}${corrected ? " corrected" : ""}`, "data-place": place, tabindex: may("correct") ? 0 : null, title: corrected ? `读取值：${read ?? "空白"}` : null });
  const cited = citedPlaces();
  if (findings.length) node.classList.add("has-finding");
  if (cited.has(place) || findings.some((finding) => cited.has(finding.where))) node.classList.add("cited");
  const show = () => node.replaceChildren(...marked(amount ? showAmount(value, places) : value ?? "", findings));
  show();
  node.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark) { emit("go-finding", Number(mark.dataset.finding)); return; }
    emit("text", { place, value, source, corrected, read });
  });
  if (!may("correct")) return node;
  const start = () => edit(node, { place, value, corrected, amount, changesOf });
  node.addEventListener("dblclick", start);
  node.addEventListener("keydown", (event) => {
    if (event.target === node && (event.key === "Enter" || event.key === "F2")) { event.preventDefault(); start(); }
  });
  return node;
}

let editing = null; // what is being written: whether it differs from what stood there, and how to give it up

/** Whether a field is open. */
export const isOpen = () => Boolean(editing?.node.isConnected);

/** Whether something is being written that would be lost; then the keyboard goes there. */
export function isWriting() {
  if (!isOpen()) return false;
  if (!editing.isChanged()) { editing.stop(); return false; }
  editing.field.focus();
  toast("这一处还没有保存：请先保存或取消");
  return true;
}

window.addEventListener("beforeunload", (event) => { if (isOpen() && editing.isChanged()) event.preventDefault(); });

function edit(node, { place, value, corrected, amount, changesOf }) {
  if (node.querySelector("textarea, input") || isWriting()) return;
  const field = amount ? el("input", { type: "text", inputmode: "decimal", "aria-label": "金额" }) : el("textarea", { rows: Math.min(14, 2 + Math.floor((value ?? "").length / 40)), "aria-label": "文字" });
  field.value = value ?? "";
  const begun = field.value;
  const before = [...node.childNodes];
  const stop = () => { editing = null; node.classList.remove("editing"); node.replaceChildren(...before); node.focus(); };
  const done = async () => {
    const now = amount ? parseAmount(field.value) : field.value.trim() || null;
    if (now === undefined) { toast(`“${field.value}”不是金额，没有保存`); return; }
    if ((now ?? "") === (value ?? "")) { stop(); return; }
    // What was typed stays in its field until it is saved.
    const mine = editing;
    editing = null;
    if (!await save(changesOf?.(now) ?? [{ place, value: now, before: value ?? null }])) editing = mine;
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") stop();
    if (event.key === "Enter" && (amount || event.ctrlKey)) { event.preventDefault(); done(); }
  });
  const buttons = el("div", { class: "offers" },
    el("button", { type: "button", class: "small primary", onclick: done }, "保存"),
    el("button", { type: "button", class: "small", onclick: stop }, "取消"),
    corrected ? el("button", { type: "button", class: "small", onclick: async () => { await revert(place); } }, "恢复读取的原文") : null,
    el("span", { class: "hint" }, amount ? "回车保存，Esc 取消" : "Ctrl+回车保存，Esc 取消"));
  buttons.addEventListener("click", (event) => event.stopPropagation());
  node.classList.add("editing");
  node.replaceChildren(field, buttons);
  field.focus();
  editing = { node, field, stop, isChanged: () => field.value !== begun };
}

/** The text with the numbers of its findings underlined. */
function marked(text, findings) {
  if (!text) return [el("span", { class: "blank" }, "（空白）")];
  const spots = [];
  for (const finding of findings) {
    const at = spotOf(text, finding);
    if (at && !spots.some((spot) => at.from < spot.to && spot.from < at.to)) spots.push({ ...at, finding });
  }
  spots.sort((one, other) => one.from - other.from);
  const parts = [];
  let from = 0;
  for (const spot of spots) {
    parts.push(text.slice(from, spot.from), el("mark", { class: spot.finding.severity, title: spot.finding.message, "data-finding": spot.finding.id }, text.slice(spot.from, spot.to)));
    from = spot.to;
  }
  return [...parts, text.slice(from)];
}

const NUMBERS = /\d[\d,]*(?:\.\d+)?/g;

/** Where the text says what the finding found: within the words that the finding quotes, else anywhere. */
function spotOf(text, { actual, message }) {
  if (!actual) return null;
  for (const [, quoted] of message.matchAll(/“([^”]+)”/g)) {
    const at = text.indexOf(quoted);
    const spot = at < 0 ? null : spotIn(quoted, actual);
    if (spot) return { from: at + spot.from, to: at + spot.to };
  }
  return spotIn(text, actual);
}

/** A number stands by itself: 100 is not in 6,100.91. */
function spotIn(text, actual) {
  const number = /-?[\d,]+(\.\d+)?/.exec(actual)?.[0]?.replace(/[-,]/g, "");
  if (number === undefined || actual.replace(/[-,\d.%\s万元]/g, "")) {
    const exact = text.indexOf(actual);
    if (exact >= 0) return { from: exact, to: exact + actual.length };
  }
  if (!number) return null;
  for (const match of text.matchAll(NUMBERS)) {
    if (same(match[0].replace(/,/g, ""), number)) return { from: match.index, to: match.index + match[0].length };
  }
  return null;
}

const plain = (number) => (number.includes(".") ? number.replace(/\.?0+$/, "") : number);
const same = (one, other) => plain(one) === plain(other);

const items = (list, of, what) => act({ restructure: { list, of, ...what } });

function tool(label, title, run) {
  return el("button", { type: "button", class: "plain small", title, "aria-label": title, onclick: run }, label);
}

async function words(title, hint) {
  const { value, data } = await ask(title, el("label", { class: "field" }, el("span", {}, hint), el("textarea", { name: "text", rows: 6, required: true })), [cancel, ["ok", "增加", "primary"]]);
  return value === "ok" ? String(data.get("text")).trim() : "";
}

async function addParagraph(of, at) {
  const text = await words("增加一段", "这一段的文字");
  if (text) await items("paragraphs", of, { act: "add", at, fields: { text } });
}

async function removeSection(section) {
  const { value } = await ask("删除一节", el("p", {}, `删除“${section.heading.text}”和它的 ${section.paragraphs.length} 段？可以用 Ctrl+Z 恢复。`), [cancel, ["ok", "删除", "primary"]]);
  if (value === "ok") await items("sections", "", { act: "remove", place: section.place });
}

/** Sections of prose, each paragraph editable; paragraphs and sections are added, moved and removed here. */
export function sections(part, list) {
  const findings = findingsOf(part);
  return list.map((section) => {
    const { place, heading, paragraphs } = section;
    const mayEdit = may("correct");
    return el("section", { class: "filterable section" },
      el("div", { class: "line" }, editable({ ...heading, value: heading.text, read: heading.corrected?.read }, { tag: "h3" }),
        mayEdit ? el("span", { class: "line-tools" }, tool("＋ 段", "在本节开头增加一段", () => addParagraph(place, 0)), tool("删除本节", "删除本节", () => removeSection(section))) : null),
      paragraphs.map((paragraph, at) => el("div", { class: "line filterable" },
        editable({ ...paragraph, value: paragraph.text, read: paragraph.corrected?.read }, { findings: findings.filter((finding) => speaksOf(finding, paragraph, paragraphs)) }),
        mayEdit ? el("span", { class: "line-tools" },
          at ? tool("↑", "上移一段", () => items("paragraphs", place, { act: "move", place: paragraph.place, to: at - 1 })) : null,
          at < paragraphs.length - 1 ? tool("↓", "下移一段", () => items("paragraphs", place, { act: "move", place: paragraph.place, to: at + 1 })) : null,
          tool("＋", "在下面增加一段", () => addParagraph(place, at + 1)),
          tool("✕", "删除这一段（可以撤销）", () => items("paragraphs", place, { act: "remove", place: paragraph.place }))) : null)));
  });
}

/** Sections that ought to be there: each can be added with its standard heading. */
export function lacking(list) {
  if (!list?.length || !may("correct")) return [];
  return [el("div", { class: "lacking" }, el("span", { class: "hint" }, "缺少的章节："),
    list.map(({ numeral, heading, at }) => el("button", { type: "button", class: "small", title: `按标准标题补上“${heading}”`, onclick: () => items("sections", "", { act: "add", at, fields: { numeral, heading } }) }, `＋ ${heading}`)))];
}

/** A finding names the sub-section; of its paragraphs the one that holds the value is meant, else the first. */
function speaksOf(finding, paragraph, paragraphs) {
  const sectionWide = paragraph.where.startsWith(`${finding.where}/`);
  if (finding.where !== paragraph.where && !sectionWide) return false;
  const mine = paragraphs.filter((one) => one.where === finding.where || one.where.startsWith(`${finding.where}/`));
  return (mine.find((one) => spotOf(one.text, finding)) ?? mine[0]) === paragraph;
}
