// Who did what; every correction; the versions.
import { el } from "../dom.js";
import { config } from "./store.js";

export function drawHistory(part, box) {
  const base = config.base.replace(/\d+\/$/, "");
  box.replaceChildren(el("div", { class: "prose" },
    el("h3", {}, "各版"),
    el("ul", {}, part.versions.map((item) => el("li", {}, item.this ? el("strong", {}, `第 ${item.version} 版（本版）`) : el("a", { href: `${base}${item.pk}/` }, `第 ${item.version} 版`), `　${item.state}`))),
    el("h3", {}, "经过"),
    table(["时间", "谁", "做了什么"], part.events.map((event) => [event.at, event.who, [event.what, event.details].filter(Boolean).join("：")])),
    el("h3", {}, "更正"),
    part.corrections.length
      ? table(["时间", "谁", "位置", "由", "改为", "类别、原因"], part.corrections.map((item) => [item.at, item.who, item.words, item.old ?? "空白", item.new ?? "空白", [item.action === "更正" ? item.kind : item.action, item.reason].filter(Boolean).join("：")]))
      : el("p", { class: "hint" }, "还没有更正过。")));
}

function table(heads, rows) {
  return el("div", { class: "wide" }, el("table", { class: "list" },
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((text, at) => el("td", { class: at === 0 ? "when" : "" }, text)))))));
}
