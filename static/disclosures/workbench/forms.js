// Target forms: the list with its findings, and the form that is open, every field editable.
import { el } from "../dom.js";
import { editable } from "./prose.js";
import { findingsOf } from "./marks.js";

let openPlace = null;

const belongs = (where, place) => where === place || where.startsWith(`${place}/`);

/** Which form a place lies in. */
export function openForm(where, forms) {
  const found = forms.filter((form) => belongs(where, form.place)).sort((one, other) => other.place.length - one.place.length)[0];
  if (found) openPlace = found.place;
  return Boolean(found);
}

export function drawForms(part, box) {
  const findings = findingsOf("targets");
  const current = part.forms.find((form) => form.place === openPlace) ?? part.forms[0];
  if (!current) {
    box.replaceChildren(el("p", { class: "empty" }, "没有读到绩效目标表。"));
    return;
  }
  openPlace = current.place;
  const list = el("ul", { class: "form-list" }, part.forms.map((form) => {
    const mine = findings.filter((finding) => belongs(finding.where, form.place));
    const worst = ["error", "warning", "info"].find((severity) => mine.some((finding) => finding.severity === severity));
    return el("li", {}, el("button", { type: "button", "aria-current": form === current ? "true" : null, onclick: () => { openPlace = form.place; drawForms(part, box); } },
      el("span", { class: "name" }, form.kind === "整体" ? `整体：${form.title}` : form.title),
      mine.length ? el("span", { class: `badge ${worst}` }, String(mine.length)) : null));
  }));
  const at = box.querySelector(".form-list")?.scrollTop ?? 0;
  box.replaceChildren(el("div", { class: "form-layout" }, list, view(current, findings)));
  box.querySelector(".form-list").scrollTop = at;
}

function view(form, findings) {
  const of = (place) => findings.filter((finding) => finding.where === place || (place.endsWith("/project") && finding.where === form.place));
  const cell = (field, amount) => editable(field, { findings: of(field.place), amount });
  return el("div", { class: "form-view" },
    el("h2", {}, form.title),
    form.doubtful.length ? el("p", { class: "notice warning" }, `存疑：${form.doubtful.join("、")}，请核对原件`) : null,
    form.funds.length ? el("table", {},
      el("thead", {}, el("tr", {}, el("th", {}, `资金（${form.fundsUnit}）`), el("th", {}, "实施期"), el("th", {}, "年度"))),
      el("tbody", {}, form.funds.map((row) => el("tr", {}, el("th", { scope: "row" }, row.label), el("td", { class: "amount" }, cell(row.whole, true)), el("td", { class: "amount" }, cell(row.annual, true)))))) : null,
    el("table", {}, el("tbody", {}, form.fields.map((field) => el("tr", {}, el("th", { scope: "row" }, field.label), el("td", {}, cell(field)))))),
    form.indicators.length ? el("table", {},
      el("thead", {}, el("tr", {}, ["期间", "一级指标", "二级指标", "三级指标", "指标值"].map((head) => el("th", {}, head)))),
      el("tbody", {}, form.indicators.map((item) => el("tr", {},
        el("td", {}, item.horizon), el("td", {}, item.level1), el("td", {}, item.level2),
        el("td", { class: item.doubtful ? "doubtful" : "" }, cell(item.name)), el("td", { class: item.doubtful ? "doubtful" : "" }, cell(item.value)))))) : null);
}
