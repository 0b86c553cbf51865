// What was typed and could not be saved: kept on the page, and in this tab should the page be loaded again.
import { el } from "../dom.js";
import { config, emit } from "./store.js";

const box = document.getElementById("unsaved");
const KEY = `unsaved-${config.id}`;
let waiting = remembered();
let retry = () => {};

function remembered() {
  try { return JSON.parse(sessionStorage.getItem(KEY)) ?? []; } catch { return []; }
}

function remember() {
  try {
    if (waiting.length) sessionStorage.setItem(KEY, JSON.stringify(waiting)); else sessionStorage.removeItem(KEY);
  } catch { /* on this page only */ }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export function keepUnsaved(action, message) {
  waiting = [...waiting.filter((item) => !same(item.action, action)), { action, message }];
  remember();
  drawUnsaved();
}

/** It was saved, or given up. */
export function drop(action) {
  const places = new Set((action.changes ?? []).map((change) => change.place));
  const left = waiting.filter((item) => !same(item.action, action) && !(item.action.changes ?? []).every((change) => places.has(change.place) && item.action.changes));
  if (left.length === waiting.length) return;
  waiting = left;
  remember();
  drawUnsaved();
}

/** `again` sends an action again. */
export function startUnsaved(again) {
  retry = again;
  drawUnsaved();
}

/** place -> what was typed there and is not saved. */
export function unsavedValues() {
  return new Map(waiting.flatMap(({ action }) => (action.changes ?? []).map((change) => [change.place, change.value])));
}

function words({ action }) {
  const [first] = action.changes ?? [];
  if (!first) return "一次增删";
  const value = first.value === null || first.value === "" ? "空白" : first.value;
  const short = value.length > 24 ? `${value.slice(0, 24)}…` : value;
  const said = first.words ? `${first.words} 改为 ${short}` : `“${short}”`;
  return action.changes.length > 1 ? `${action.changes.length} 个格子，第一个是 ${said}` : said;
}

/** A new session has a new token: the one of this page is good no longer. */
function refreshToken() {
  const found = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (found && field) field.value = found;
}

async function again(items) {
  refreshToken();
  for (const item of items) await retry(item.action);
}

export function drawUnsaved() {
  box.hidden = !waiting.length;
  if (!waiting.length) { box.replaceChildren(); return; }
  const last = waiting.at(-1);
  const expired = last.message === "登录已过期";
  const said = waiting.length > 1 ? `最后一次：${words(last)}` : words(last);
  const parts = [
    el("span", { class: "what" }, el("strong", {}, `${waiting.length} 次改动没有保存：`), `${said}。${last.message.replace(/。$/, "")}。`),
    expired ? el("a", { class: "button small", href: "/login/", target: "_blank", rel: "noopener" }, "重新登录（新标签页）") : null,
    el("button", { type: "button", class: "small primary", onclick: () => again([...waiting]) }, expired ? "重新登录后继续" : "再保存一次"),
    el("button", { type: "button", class: "small", onclick: () => { waiting = []; remember(); drawUnsaved(); emit("reload"); } }, "放弃")];
  box.replaceChildren(...parts.filter(Boolean));
}

// The network is back: what waited for it goes on by itself.
window.addEventListener("online", () => { if (waiting.length) again([...waiting]); });
// Who closes the page is asked first.
window.addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault(); });
