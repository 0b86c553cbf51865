// How far an audit is, asked for until it has ended; then the page shows its results.
import { get } from "./dom.js";

const POLL = 1000;
const LONGEST = 15000;
const box = document.getElementById("progress");
const bar = document.getElementById("bar");
const words = document.getElementById("words");
const failed = document.getElementById("failed");
let pause = POLL;

async function ask() {
  try {
    const now = await get(box.dataset.url);
    if (!now.open) { location.reload(); return; }
    if (words.textContent !== now.words) words.textContent = now.words;
    failed.textContent = now.failed ? `其中 ${now.failed} 份没有完成` : "";
    bar.max = now.total;
    bar.value = now.done;
    pause = POLL;
  } catch (refusal) {
    words.textContent = refusal.message;
    pause = Math.min(pause * 2, LONGEST);
    if (refusal.status === 401 || refusal.status === 404) return;
  }
  setTimeout(ask, pause);
}

setTimeout(ask, POLL);
