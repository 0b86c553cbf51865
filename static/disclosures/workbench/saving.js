// Saves one action at a time, in order; undo and redo of whole saves; both versions where somebody was faster.
import { el, post } from "../dom.js";
import { ask, toast } from "./dialog.js";
import { emit, loadFindings, state, url } from "./store.js";
import { drop, keepUnsaved } from "./unsaved.js";

const undoStack = []; // revisions of our own saves
const redoStack = [];
let queue = Promise.resolve();

/** Save changes [{place, value, before}]; resolves true when they are saved. */
export function save(changes) {
  return act({ changes });
}

/** Save one action: values (`changes`), or whatever `restructure` names; resolves with the answer, null when refused. */
export function act(action) {
  return enqueue(async () => {
    const before = state.revision;
    const answer = await send(action);
    if (!answer) return null;
    if (answer.revision > before) {
      undoStack.push(answer.revision);
      redoStack.length = 0;
      emit("stacks");
    }
    return answer;
  });
}

export const undo = () => enqueue(() => step(undoStack, redoStack, "没有可以撤销的改动"));
export const redo = () => enqueue(() => step(redoStack, undoStack, "没有可以重做的改动"));

/** Take one correction of the history back. */
export const undoCorrection = (correction) => act({ undo: { correction } });

export const revert = (place) => act({ revert: place });

function enqueue(work) {
  queue = queue.then(work, work);
  return queue;
}

async function step(from, to, nothing) {
  const saved = from.pop();
  if (saved === undefined) { toast(nothing); return null; }
  const answer = await send({ undo: { save: saved } });
  if (answer) to.push(answer.revision);
  emit("stacks");
  return answer;
}

/** Whether there is something to undo, and to redo. */
export const stacks = () => ({ undo: undoStack.length > 0, redo: redoStack.length > 0 });

function request({ changes, restructure, undo: taken, revert: place, confirm, kind, reason }) {
  const revision = state.revision;
  if (confirm) return ["doubts/confirm/", { revision, places: confirm }];
  if (taken) return ["undo/", { revision, ...taken }];
  if (place) return ["revert/", { revision, place }];
  const why = { revision, kind: kind ?? state.kind, reason: reason ?? state.reason };
  if (restructure) return ["restructure/", { ...why, ...restructure }];
  return ["correct/", { ...why, changes: changes.map((change) => ({ place: change.place, value: change.value })) }];
}

async function send(action) {
  emit("saving");
  try {
    const [path, body] = request(action);
    const answer = await post(url(path), body);
    drop(action);
    state.revision = answer.revision;
    emit("saved", answer);
    await loadFindings();
    return answer;
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal; // a fault of this program, not an answer
    return refused(refusal, action);
  }
}

async function refused(refusal, action) {
  if (refusal.status === 409) return conflict(refusal, action);
  const words = refusal.body.reasons?.length ? `${refusal.message}${refusal.body.reasons.join("；")}` : refusal.message;
  if (refusal.status === 401 || refusal.status === 0 || refusal.status >= 500 || (refusal.status === 403 && !refusal.body.message)) {
    // Nothing of what was typed is lost: it waits on the page, and in this tab should the page be loaded again.
    keepUnsaved(action, refusal.status === 401 || refusal.status === 403 ? "登录已过期" : words);
    emit("unsaved");
    return null;
  }
  if (action.changes && refusal.status === 422) keepUnsaved(action, words);
  emit("refused", action);
  toast(words);
  return null;
}

/** Send again what waits. */
export const again = (action) => act(action);

async function conflict(refusal, action) {
  const { changes: others, revision } = refusal.body;
  const mine = action.changes ?? [];
  const theirs = (place) => others.find((item) => item.place === place);
  const boxes = mine.map((change) => el("input", { type: "checkbox", name: "mine", value: change.place, checked: true, "aria-label": `用我填的：${change.place}` }));
  const shown = mine.slice(0, 200).map((change, at) => el("tr", {},
    el("td", {}, theirs(change.place)?.words ?? change.words ?? change.place),
    el("td", { class: "num" }, boxes[at], " ", change.value ?? "空白"),
    el("td", { class: "num" }, theirs(change.place) ? `${theirs(change.place).value ?? "空白"}（${theirs(change.place).by} ${theirs(change.place).at}）` : mine.length === 1 ? refusal.body.theirs ?? "空白" : "没有改过")));
  const elsewhere = others.filter((item) => !mine.some((change) => change.place === item.place));
  const content = el("div", {},
    el("p", {}, mine.length ? "有人在您打开之后保存过修改，您的修改还没有保存。请逐处选择用哪一个。" : "有人在您打开之后保存过修改，这一步没有做。"),
    mine.length ? el("div", { class: "scroll" }, el("table", { class: "list versions" }, el("thead", {}, el("tr", {}, ["位置", "您填的（选中则用它）", "现在保存着的"].map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, shown))) : null,
    elsewhere.length ? el("h3", { class: "group" }, "别处的改动（都会保留）") : null,
    elsewhere.length ? el("div", { class: "scroll" }, el("ul", {}, elsewhere.map((item) => el("li", {}, `${item.words} → ${item.value ?? "空白"}（${item.by} ${item.at}）`)))) : null);
  const buttons = mine.length ? [["theirs", "都保留现在的，放弃我的"], ["mine", "用选中的", "primary"]] : [["theirs", "知道了", "primary"]];
  const { value, data } = await ask("有人先保存了修改", content, buttons);
  state.revision = revision;
  const chosen = new Set(data.getAll("mine"));
  const kept = mine.filter((change) => chosen.has(change.place));
  if (value === "mine" && kept.length) {
    const answer = await send({ changes: kept });
    if (answer && others.length) emit("reload");
    return answer;
  }
  drop(action);
  emit("reload");
  return null;
}
