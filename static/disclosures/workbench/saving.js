// Saves one action at a time, in order; undo and redo across saves; both versions where somebody was faster.
import { el, post } from "../dom.js";
import { ask, toast } from "./dialog.js";
import { emit, loadFindings, state, url } from "./store.js";

const undoStack = [];
const redoStack = [];
let queue = Promise.resolve();

/** Save changes [{place, value, before}]; resolves true when they are saved. */
export function save(changes) {
  return enqueue(async () => {
    const answer = await send(changes);
    if (!answer) return false;
    undoStack.push(inverse(changes, answer));
    redoStack.length = 0;
    return true;
  });
}

export const undo = () => enqueue(() => step(undoStack, redoStack, "没有可以撤销的改动"));
export const redo = () => enqueue(() => step(redoStack, undoStack, "没有可以重做的改动"));

export function revert(place) {
  return enqueue(async () => {
    try {
      await saved(await post(url("revert/"), { revision: state.revision, place }));
    } catch (refusal) { await refused(refusal, []); }
  });
}

function enqueue(work) {
  queue = queue.then(work, work);
  return queue;
}

async function step(from, to, nothing) {
  const changes = from.pop();
  if (!changes) { toast(nothing); return false; }
  const answer = await send(changes);
  if (!answer) { from.push(changes); return false; }
  to.push(inverse(changes, answer));
  return true;
}

/** The changes that give back what stood there; a row may have been renamed by the save. */
function inverse(changes, answer) {
  const renamed = answer.changed.length === changes.length;
  return changes.map((change, at) => ({
    place: renamed ? answer.changed[at].place : change.place,
    value: change.before,
    before: change.value,
  }));
}

async function send(changes) {
  const body = { revision: state.revision, kind: state.kind, reason: state.reason, changes: changes.map(({ place, value }) => ({ place, value })) };
  emit("saving");
  try {
    return await saved(await post(url("correct/"), body));
  } catch (refusal) {
    return refused(refusal, changes);
  }
}

async function saved(answer) {
  state.revision = answer.revision;
  emit("saved", answer);
  await loadFindings();
  return answer;
}

async function refused(refusal, changes) {
  if (refusal.status === 409) return conflict(refusal, changes);
  if (refusal.status === 422 || refusal.status === 403 || refusal.status === 400) {
    emit("refused", { changes });
    toast(refusal.message);
    return null;
  }
  const { value } = await ask("没有保存", el("p", {}, refusal.message), [["drop", "放弃改动"], ["again", "重试", "primary"]]);
  if (value === "again" && changes.length) return send(changes);
  emit("refused", { changes });
  return null;
}

async function conflict(refusal, changes) {
  const { mine, theirs, changes: others, revision } = refusal.body;
  const content = el("div", {},
    el("p", {}, refusal.message),
    el("div", { class: "versions" },
      el("div", {}, el("strong", {}, "您填的"), el("div", { class: "num" }, changes.length > 1 ? `${changes.length} 个格子，第一个：${mine ?? "空白"}` : mine ?? "空白")),
      el("div", {}, el("strong", {}, "现在保存着的"), el("div", { class: "num" }, theirs ?? "空白"))),
    el("h3", { class: "group" }, "您打开之后别人的改动"),
    el("div", { class: "scroll" }, el("ul", {}, others.map((item) => el("li", {}, `${item.words} → ${item.value ?? "空白"}（${item.by} ${item.at}）`)))));
  const { value } = await ask("有人先保存了修改", content, [["theirs", "保留现在的，放弃我的"], ["mine", "仍用我填的", "primary"]]);
  state.revision = revision;
  if (value === "mine" && changes.length) return send(changes);
  emit("reload");
  return null;
}
