// Small helpers: elements without markup from data, requests with the token, sentences for failures.

/** An element; `parts` are strings (always text, never markup) or elements. */
export function el(tag, attributes = {}, ...parts) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...parts.flat().filter((part) => part !== null && part !== undefined && part !== false));
  return node;
}

export function token() {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return field ? field.value : "";
}

/** A refusal of the server: `status`, and whatever else it said. */
export class Refusal extends Error {
  constructor(status, body) {
    super(body.message ?? "服务器没有完成这个操作，请稍后再试。");
    this.status = status;
    this.body = body;
  }
}

async function answerOf(response) {
  let body = {};
  try { body = await response.json(); } catch { /* not one of our answers: the general sentence is shown */ }
  if (!response.ok) throw new Refusal(response.status, body);
  return body;
}

async function ask(url, options) {
  let response;
  try { response = await fetch(url, { credentials: "same-origin", ...options }); } catch {
    throw new Refusal(0, { message: "连不上服务器，请检查网络。未保存的内容还在本页。" });
  }
  return answerOf(response);
}

export const get = (url) => ask(url, { headers: { Accept: "application/json" } });

export const post = (url, body) => ask(url, {
  method: "POST",
  headers: body instanceof FormData ? { "X-CSRFToken": token() } : { "X-CSRFToken": token(), "Content-Type": "application/json" },
  body: body instanceof FormData ? body : JSON.stringify(body ?? {}),
});

export const severityWords = { error: "错误", warning: "提醒", info: "参考" };

/** Counts of findings, as in `_counts.html`; null: never checked. */
export function countsOf(counts) {
  if (!counts) return el("span", { class: "hint" }, "未核对");
  const shown = Object.entries(severityWords).filter(([key]) => counts[`${key}s`])
    .map(([key, word]) => el("span", { class: `sev ${key}` }, `${counts[`${key}s`]} ${word}`));
  return el("span", { class: "sevs" }, shown.length ? shown : el("span", { class: "hint" }, "没有待处理的问题"));
}

const placePatterns = [
  [/^line (\d+)$/, (line) => `第 ${line} 行`],
  [/^page (\d+)(?: @.*)?$/, (page) => `第 ${page} 页`],
  [/^sheet (.+)!([A-Z]*)(\d+)$/s, (sheet, column, row) => `工作表“${sheet}”${column ? column + row : `第 ${row} 行`}`],
  [/^sheet (.+)$/s, (sheet) => `工作表“${sheet}”`],
  [/^table (\d+) row (\d+)(?: cell (\d+))?$/, (table, row, cell) => `第 ${table} 个表格第 ${row} 行${cell ? `第 ${cell} 格` : ""}`],
  [/^paragraph (\d+)$/, (paragraph) => `第 ${paragraph} 段`],
];

/** A place in a source file in words, as `disclosures.plain.sources.source_words` says it. */
export function placeWords(source) {
  for (const [pattern, words] of placePatterns) {
    const found = pattern.exec(source ?? "");
    if (found) return words(...found.slice(1));
  }
  return source ?? "";
}
