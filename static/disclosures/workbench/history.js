// Who did what; every correction, to be looked through and taken back; the versions.
import { el } from "../dom.js";
import { undoCorrection } from "./saving.js";
import { config, emit, may } from "./store.js";

const shown = { which: "", text: "" };
const MOST = 300;

export function drawHistory(part, box) {
  const base = config.base.replace(/\d+\/$/, "");
  const list = el("div", {});
  const draw = () => list.replaceChildren(...corrections(part.corrections));
  const which = el("select", { "aria-label": "哪些更正", onchange: () => { shown.which = which.value; draw(); } },
    [["", "全部"], ["holds", "现在有效的"], ["document", "文本写错"], ["reading", "系统读错"], ["rows", "增删和次序"]].map(([value, label]) => el("option", { value, selected: shown.which === value }, label)));
  const text = el("input", { type: "search", placeholder: "查位置、内容、人", "aria-label": "查找更正", value: shown.text, oninput: () => { shown.text = text.value; draw(); } });
  draw();
  box.replaceChildren(el("div", { class: "prose wide-prose" },
    el("header", { class: "section-head" }, el("h3", {}, `更正 ${part.corrections.length}`), part.corrections.length ? el("span", { class: "tools" }, which, text) : null),
    list,
    el("h3", {}, "经过"),
    table(["时间", "谁", "做了什么"], part.events.map((event) => [event.at, event.who, [event.what, event.details].filter(Boolean).join("：")])),
    el("h3", {}, "各版"),
    el("ul", {}, part.versions.map((item) => el("li", {}, item.this ? el("strong", {}, `第 ${item.version} 版（本版）`) : el("a", { href: `${base}${item.pk}/` }, `第 ${item.version} 版`), `　${item.state}`)))));
}

const TESTS = {
  "": () => true,
  holds: (item) => item.holds,
  document: (item) => item.kind === "文本写错",
  reading: (item) => item.kind === "系统读错",
  rows: (item) => !["更正", "撤销更正"].includes(item.action),
};

function corrections(all) {
  if (!all.length) return [el("p", { class: "hint" }, "还没有更正过。")];
  const found = all.filter((item) => TESTS[shown.which](item) && (!shown.text || [item.words, item.old, item.new, item.who, item.reason].some((text) => text?.includes(shown.text))));
  if (!found.length) return [el("p", { class: "hint" }, "没有符合条件的更正。")];
  return [correctionTable(found.slice(0, MOST)), found.length > MOST ? el("p", { class: "hint" }, `只显示最近 ${MOST} 条，请查找。`) : null].filter(Boolean);
}

/** Of two states of many lines only those that differ. */
function lines(here, there) {
  if (!here?.includes("\n") && !there?.includes("\n")) return here ?? "空白";
  const known = new Set((there ?? "").split("\n"));
  const own = (here ?? "").split("\n").filter((line) => line && !known.has(line));
  return own.length ? own.join("\n").replaceAll("\t", "：") : "—";
}

/** Corrections with what can be done about them; used for one cell as well. */
export function correctionTable(items, { places = true } = {}) {
  const heads = ["时间", "谁", places ? "位置" : null, "由", "改为", "类别、原因", ""].filter((head) => head !== null);
  return el("div", { class: "wide" }, el("table", { class: "list corrections" },
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, items.map((item) => el("tr", { class: item.holds ? "" : "settled" },
      el("td", { class: "when" }, item.at), el("td", { class: "when" }, item.who),
      places ? el("td", {}, el("button", { type: "button", class: "link", onclick: () => emit("go", { where: item.place }) }, item.words)) : null,
      el("td", {}, lines(item.old, item.new)), el("td", {}, lines(item.new, item.old)),
      el("td", {}, [item.action === "更正" ? item.kind : item.action, item.reason].filter(Boolean).join("：")),
      el("td", {}, item.holds && may("correct") ? el("button", { type: "button", class: "small", value: "cancel", onclick: () => undoCorrection(item.pk) }, item.isRemoval ? "恢复" : "撤销") : null))))));
}

function table(heads, rows) {
  return el("div", { class: "wide" }, el("table", { class: "list" },
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((text, at) => el("td", { class: at === 0 ? "when" : "" }, text)))))));
}
