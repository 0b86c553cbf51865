// Tables that match no declaration: assigned to one of the declared tables, or dropped.
import { el, placeWords } from "../dom.js";
import { act } from "./saving.js";
import { emit, may } from "./store.js";

export function drawOthers(part, box) {
  if (!part.others.length) {
    box.replaceChildren(el("p", { class: "empty" }, "没有未认出的表格。"));
    return;
  }
  box.replaceChildren(el("div", { class: "prose wide-prose" },
    el("p", { class: "hint" }, "这些表格与报表样式都不相符，内容原样保留。认定后按那张表的栏目重新读取；与预算无关的可以删去。"),
    part.others.map((other, at) => view(part, other, at))));
}

async function assignTo(table, position) {
  if (await act({ restructure: { act: "assign", position, table } })) document.querySelector(`[data-tab="${table}"]`)?.classList.remove("missing");
}

function view(part, other, at) {
  const choice = el("select", { "aria-label": `“${other.title}”是哪张表` }, el("option", { value: "" }, "选择报表…"),
    part.tables.map((table) => el("option", { value: table.key }, table.present ? `${table.label}（接在后面）` : `${table.label}（还没有）`)));
  const assign = el("button", { type: "button", class: "small primary", disabled: true, onclick: () => assignTo(choice.value, at) }, "认定");
  choice.addEventListener("change", () => { assign.disabled = !choice.value; });
  return el("section", { class: "other-table" },
    el("header", {}, el("h3", {}, other.title),
      other.source ? el("button", { type: "button", class: "plain small", onclick: () => emit("source", other.source) }, placeWords(other.source)) : null,
      may("correct") ? el("span", { class: "tools" }, choice, assign,
        el("button", { type: "button", class: "small", onclick: () => act({ restructure: { act: "remove", list: "others", of: "", place: other.place } }) }, "删去")) : null),
    el("div", { class: "wide" }, el("table", { class: "list" }, el("tbody", {}, other.rows.map((row) => el("tr", {}, row.map((text) => el("td", {}, text))))))),
    other.more ? el("p", { class: "hint" }, `还有 ${other.more} 行没有显示。`) : null);
}
