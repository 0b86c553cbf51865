// From the original to what was read there.
import { get } from "../../dom.js";
import { toast } from "../dialog.js";
import { emit, url } from "../store.js";

/** Select what was read at a place of the original; of several places the first at which something was. */
export async function choose(...sources) {
  const asked = new URLSearchParams(sources.filter(Boolean).map((source) => ["source", source]));
  try {
    const { where } = await get(url(`original/place/?${asked}`));
    if (where) emit("go", { where });
  } catch (refusal) { toast(refusal.message); }
}

/** Scroll a box so that a part of it is seen, in the middle where it was not; both as rectangles of the window. */
export function reveal(box, target, room = 20) {
  const view = box.getBoundingClientRect();
  if (target.top < view.top + room || target.bottom > view.bottom - room) {
    box.scrollTop += (target.top + target.bottom) / 2 - (view.top + view.bottom) / 2;
  }
  const right = view.left + box.clientWidth;
  if (target.left < view.left + room) box.scrollLeft -= view.left + room - target.left;
  else if (target.right > right - room) box.scrollLeft += Math.min(target.right - right + room, target.left - view.left - room);
}

export const isNumber = (text) => /^[-−]?[\d,]*\.?\d+%?$/.test(text ?? "");
