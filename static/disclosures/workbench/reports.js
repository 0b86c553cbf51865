// Reports of the disclosure that a worker makes: asked for, waited for, downloaded.
import { el, get, post } from "../dom.js";
import { bar, POLL } from "../task_parts.js";
import { ask, toast } from "./dialog.js";
import { url } from "./store.js";

const REPORTS = [
  ["audit_docx", "核对报告 Word", "结论、汇总、全部问题、豁免和签署栏"],
  ["audit_pdf", "核对报告 PDF", "同上，用于报送和存档"],
  ["findings_xlsx", "问题清单 Excel", "每个问题一行，可以筛选，另有按规则汇总"],
  ["changes_docx", "改稿清单 Word", "原文件里要改哪些地方，改一条勾一条"],
  ["changes_xlsx", "改稿清单 Excel", "同上，可以排序"],
  ["annotated", "带批注的原件", "问题写在原件的相应位置，原件不变"],
];

/** The lines of the export menu; `close` is called when one is chosen. */
export function reportItems(close) {
  return [el("div", { class: "menu-head" }, "报告和清单"), ...REPORTS.map(([form, label, hint]) => el("button", {
    type: "button", "data-report": form, onclick: () => { close(); make(form, label); },
  }, el("b", {}, label), el("small", {}, hint)))];
}

async function make(form, label) {
  let address;
  try { ({ task: address } = await post(url(`reports/${form}/`))); } catch (refusal) { toast(refusal.message); return; }
  const words = el("p", { role: "status" }, "排队中……");
  const shown = el("div", {}, bar(0, label));
  let closed = false;
  const waiting = ask(`正在生成${label}`, el("div", {}, words, shown, el("p", { class: "hint" }, "可以关闭这个窗口，完成后在“后台任务”里下载，保留 7 天。")), [["cancel", "在后台继续"]]).then(() => { closed = true; });
  const task = await ended(address, (now) => {
    words.textContent = `${now.stage || now.stateWords}……`;
    shown.replaceChildren(bar(now.progress, label));
  }, () => closed);
  if (closed) return;
  document.getElementById("dialog").close();
  await waiting;
  if (task?.state === "done") {
    toast(task.result.words ? `${label}已生成：${task.result.words}` : `${label}已生成`);
    window.location.assign(task.addresses.output);
  } else {
    await ask("没有生成", el("p", {}, task?.error || "连不上服务器，请稍后再试。"), [["cancel", "知道了", "primary"]]);
  }
}

/** The task when it has ended; null when the server could not be asked for a while. */
async function ended(address, tell, stopped) {
  for (let failures = 0; failures < 10;) {
    try {
      const task = await get(address);
      failures = 0;
      if (!task.open || stopped()) return task;
      tell(task);
    } catch { failures += 1; }
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
  return null;
}
