// Target forms: the list with its findings, and the form that is open, every field editable.
import { el } from "../dom.js";
import { ask, cancel } from "./dialog.js";
import { findingsOf } from "./marks.js";
import { linesOf } from "./lines.js";
import { editable } from "./prose.js";
import { act, save } from "./saving.js";
import { emit, may } from "./store.js";

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
    box.replaceChildren(el("div", { class: "empty" }, el("p", {}, "没有读到绩效目标表。"), adding(part)));
    return;
  }
  openPlace = current.place;
  const at = box.querySelector(".form-list")?.scrollTop ?? 0;
  const list = el("ul", { class: "form-list" }, part.forms.map((form) => entry(form, current, findings, () => { openPlace = form.place; drawForms(part, box); })));
  box.replaceChildren(el("div", { class: "form-layout" }, el("div", { class: "form-side" }, list, adding(part)), view(part, current, findings)));
  list.scrollTop = at;
}

const items = (list, of, what) => act({ restructure: { list, of, ...what } });
const marked = (form) => JSON.stringify(form).includes('"corrected":true');

function entry(form, current, findings, go) {
  const mine = findings.filter((finding) => belongs(finding.where, form.place));
  const worst = ["error", "warning", "info"].find((severity) => mine.some((finding) => finding.severity === severity));
  const isDoubtful = form.doubtful.length || form.indicators.some((item) => item.doubtful);
  const flags = [mine.length ? "has-finding" : "", isDoubtful ? "doubtful" : "", marked(form) ? "corrected" : ""].join(" ");
  return el("li", { class: `filterable ${flags}` }, el("button", { type: "button", "aria-current": form === current ? "true" : null, onclick: go },
    el("span", { class: "name" }, form.kind === "整体" ? `整体：${form.title}` : form.title),
    mine.length ? el("span", { class: `badge ${worst}` }, String(mine.length)) : null));
}

/** Buttons for new forms below the list. */
function adding(part) {
  if (!may("correct")) return null;
  const [projects, overall] = part.counts;
  return el("div", { class: "form-adding" },
    el("button", { type: "button", class: "small", onclick: () => addProject(projects) }, "＋ 项目绩效目标表"),
    el("button", { type: "button", class: "small", onclick: () => items("overall", "", { act: "add", at: overall, fields: {} }) }, "＋ 整体绩效目标表"));
}

async function addProject(at) {
  const { value, data } = await ask("增加项目绩效目标表", el("label", { class: "field" }, el("span", {}, "项目名称（与表十二所印一致）"), el("input", { name: "project", required: true, maxlength: 300 })), [cancel, ["ok", "增加", "primary"]]);
  if (value !== "ok") return;
  const answer = await items("forms", "", { act: "add", at, fields: { project: String(data.get("project")).trim() } });
  const place = answer?.changed.at(-1)?.place;
  if (place) { openPlace = place; emit("go", { where: `${place}/project` }); }
}

/** Its name is one of its values; the places of all that is in it follow. */
async function rename(form) {
  const field = form.kind === "整体" ? { name: "unit", label: "部门（单位）名称" } : { name: "project", label: "项目名称（与表十二所印一致）" };
  const before = form.title === "（缺表头）" ? "" : form.title;
  const { value, data } = await ask("绩效目标表改名", el("label", { class: "field" }, el("span", {}, field.label), el("input", { name: "title", required: true, maxlength: 300, value: before })), [cancel, ["ok", "改名", "primary"]]);
  const title = String(data.get("title") ?? "").trim();
  if (value !== "ok" || title === before) return;
  const answer = await act({ changes: [{ place: `${form.place}/${field.name}`, value: title, before }] });
  if (!answer) return;
  const now = answer.changed.find((item) => item.place.endsWith(`/${field.name}`))?.place;
  if (now) openPlace = now.slice(0, -field.name.length - 1);
  emit("reload");
}

async function removeForm(form) {
  const { value } = await ask("删除绩效目标表", el("p", {}, `删除“${form.title}”和它的 ${form.indicators.length} 个指标？可以用 Ctrl+Z 恢复。`), [cancel, ["ok", "删除", "primary"]]);
  if (value === "ok") await items(form.kind === "整体" ? "overall" : "forms", "", { act: "remove", place: form.place });
}

function classChoice(classes, name, chosen, more = {}) {
  const known = classes.some(([, level2]) => level2 === chosen);
  const groups = Map.groupBy ? Map.groupBy(classes, ([level1]) => level1) : classes.reduce((map, one) => map.set(one[0], [...(map.get(one[0]) ?? []), one]), new Map());
  return el("select", { name, ...more },
    known ? null : el("option", { value: chosen ?? "", selected: true }, chosen || "选择二级指标…"),
    [...groups].map(([level1, list]) => el("optgroup", { label: level1 }, list.map(([, level2]) => el("option", { value: level2, selected: level2 === chosen }, level2)))));
}

async function addIndicator(part, form) {
  const { value, data } = await ask("增加指标", el("div", {},
    el("label", { class: "field" }, el("span", {}, "期间"), el("select", { name: "horizon" }, el("option", { value: "annual" }, "年度"), el("option", { value: "whole" }, "实施期"))),
    el("label", { class: "field" }, el("span", {}, "二级指标"), classChoice(part.classes, "level2", "", { required: true })),
    el("label", { class: "field" }, el("span", {}, "三级指标"), el("input", { name: "level3", required: true, maxlength: 500 })),
    el("label", { class: "field" }, el("span", {}, "指标值"), el("input", { name: "value", maxlength: 500 }))), [cancel, ["ok", "增加", "primary"]]);
  if (value !== "ok") return;
  const fields = Object.fromEntries(["horizon", "level2", "level3", "value"].map((name) => [name, String(data.get(name) ?? "").trim()]));
  fields.level1 = part.classes.find(([, level2]) => level2 === fields.level2)?.[0] ?? "";
  await items("indicators", form.place, { act: "add", at: form.indicators.length, fields });
}

/** The class of an indicator: level 2 from the official list, level 1 follows it. */
function classCell(part, item) {
  if (!may("correct")) return item.level2.value;
  const select = classChoice(part.classes, "level2", item.level2.value, { "aria-label": `“${item.name.value}”的二级指标` });
  select.addEventListener("change", async () => {
    const level1 = part.classes.find(([, level2]) => level2 === select.value)?.[0] ?? "";
    const changes = [{ place: item.level2.place, value: select.value, before: item.level2.value }];
    if (level1 !== item.level1.value) changes.unshift({ place: item.level1.place, value: level1, before: item.level1.value });
    if (!await save(changes)) select.value = item.level2.value;
  });
  return select;
}

function view(part, form, findings) {
  const of = (place) => findings.filter((finding) => finding.where === place || (place.endsWith("/project") && finding.where === form.place));
  const cell = (field, amount) => editable(field, { findings: of(field.place), amount });
  const mayEdit = may("correct");
  const row = (item) => {
    const doubt = item.doubtful ? "doubtful" : "";
    const corrected = item.level2.corrected || item.level1.corrected ? " corrected" : "";
    return el("tr", { class: "filterable" },
      el("td", {}, item.horizon), el("td", {}, item.level1.value), el("td", { class: corrected }, classCell(part, item)),
      el("td", { class: doubt }, cell(item.name)), el("td", { class: doubt }, cell(item.value)),
      mayEdit ? el("td", { class: "row-tool" }, el("button", { type: "button", class: "plain small", title: "删除这个指标（可以撤销）", "aria-label": `删除指标“${item.name.value}”`, onclick: () => items("indicators", form.place, { act: "remove", place: item.place }) }, "✕")) : null);
  };
  return el("div", { class: "form-view" },
    el("header", { class: "section-head" }, el("h2", {}, form.title), mayEdit ? el("span", { class: "tools" },
      el("button", { type: "button", class: "small", onclick: () => rename(form) }, "改名"),
      el("button", { type: "button", class: "small", onclick: () => removeForm(form) }, "删除这张表")) : null),
    form.doubtful.length ? el("p", { class: "notice warning" }, `存疑：${form.doubtful.join("、")}，请核对原件`) : null,
    form.funds.length ? el("table", {},
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, `资金（${form.fundsUnit}）`), el("th", { scope: "col", class: "amount" }, "实施期"), el("th", { scope: "col", class: "amount" }, "年度"))),
      el("tbody", {}, form.funds.map((line) => el("tr", { class: "filterable" }, el("th", { scope: "row" }, line.label), el("td", { class: "amount" }, cell(line.whole, true)), el("td", { class: "amount" }, cell(line.annual, true)))))) : null,
    el("table", {}, el("tbody", {}, form.fields.map((field) => el("tr", { class: "filterable" }, el("th", { scope: "row" }, field.label), el("td", {}, cell(field)))))),
    (form.lists ?? []).map((list) => linesOf(list, of)),
    el("header", { class: "section-head" }, el("h3", {}, `指标 ${form.indicators.length}`), mayEdit ? el("span", { class: "tools" }, el("button", { type: "button", class: "small", onclick: () => addIndicator(part, form) }, "＋ 指标")) : null),
    form.indicators.length ? el("table", { class: "indicators" },
      el("thead", {}, el("tr", {}, ["期间", "一级指标", "二级指标", "三级指标", "指标值", ...(mayEdit ? [""] : [])].map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, form.indicators.map(row))) : el("p", { class: "hint" }, "还没有指标。"));
}
