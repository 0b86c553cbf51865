// A PDF or scan: its pages as pictures, drawn when they come into view, with the box of the chosen cell on them.
import { el, get } from "../../dom.js";
import { emit, url } from "../store.js";
import { choose, reveal } from "./choose.js";

const PLACE = /^page (\d+)(?: @(-?[\d.]+),(-?[\d.]+),(-?[\d.]+),(-?[\d.]+))?$/;
const RESOLUTIONS = [72, 110, 150, 220]; // that the server draws
const ZOOMS = [["fit", "适合宽度"], ["1", "100%"], ["1.5", "150%"], ["2", "200%"]];
const SCREEN = 96 / 72; // pixels of a point at 100%
const KEY = "original-zoom";
const NEAR = "800px 0px"; // pages this near to the view are drawn

/** Page (from 1) and box in points; null for what is no place on a page. */
function placeOf(source) {
  const found = PLACE.exec(source ?? "");
  return found && { page: Number(found[1]), box: found[2] === undefined ? null : found.slice(2, 6).map(Number) };
}

/** page -> boxes of its cells and lines, by which a click finds what it hit. */
function boxesOf(lines) {
  const boxes = new Map();
  const add = (source, row) => {
    const place = placeOf(source);
    if (!place?.box) return;
    if (!boxes.has(place.page)) boxes.set(place.page, []);
    boxes.get(place.page).push({ box: place.box, source, row });
  };
  for (const line of lines) {
    add(line.source, line.source);
    for (const source of line.cellSources ?? []) add(source, line.source);
  }
  return boxes;
}

const area = ([x0, y0, x1, y1]) => (x1 - x0) * (y1 - y0);
const share = (part, whole) => `${(100 * part) / whole}%`;

/** Resolves with the view; rejects where the pages cannot be shown. */
export async function pagesView(box, lines, bar) {
  const { sizes, scanned } = await get(url("pages/"));
  const boxes = boxesOf(lines);
  const pages = sizes.map((_, at) => el("div", { class: "page", "data-page": at + 1, role: "img", "aria-label": `第 ${at + 1} 页` }));
  const number = el("input", { type: "text", inputmode: "numeric", size: 3, value: 1, "aria-label": "页码" });
  const zoom = el("select", { "aria-label": "缩放" }, ZOOMS.map(([value, words]) => el("option", { value }, words)));
  zoom.value = ZOOMS.some(([value]) => value === localStorage.getItem(KEY)) ? localStorage.getItem(KEY) : "fit";
  const step = (by, words, sign) => el("button", { type: "button", class: "plain small", "aria-label": words, title: words, onclick: () => turnTo(shownPage() + by) }, sign);
  bar.replaceChildren(step(-1, "上一页", "‹"), number, el("span", { class: "hint" }, `/ ${sizes.length} 页`), step(1, "下一页", "›"), zoom);
  box.replaceChildren(el("div", { class: "pages" }, pages));
  box.closest(".pane").classList.add("paged");

  const scaleOf = (at) => (zoom.value === "fit" ? Math.max(0.2, (box.clientWidth - 18) / sizes[at][0]) : Number(zoom.value) * SCREEN);

  /** Give every page its size; what was in the middle of the view stays there. */
  function lay() {
    const middle = box.clientHeight / 2;
    const at = shownPage() - 1;
    const before = pages[at].offsetHeight ? (box.scrollTop + middle - pages[at].offsetTop) / pages[at].offsetHeight : null;
    pages.forEach((page, n) => {
      page.style.width = `${sizes[n][0] * scaleOf(n)}px`;
      page.style.height = `${sizes[n][1] * scaleOf(n)}px`;
    });
    if (before !== null) box.scrollTop = pages[at].offsetTop + before * pages[at].offsetHeight - middle;
    for (const page of pages) if (page.firstElementChild?.tagName === "IMG") draw(page);
  }

  function draw(page) {
    const at = Number(page.dataset.page) - 1;
    const wanted = scaleOf(at) * 72 * (window.devicePixelRatio || 1);
    const dpi = RESOLUTIONS.find((known) => known >= wanted * 0.9) ?? RESOLUTIONS.at(-1);
    const known = page.querySelector("img");
    if (known && Number(known.dataset.dpi) >= dpi) return;
    const image = el("img", { alt: "", "data-dpi": dpi, draggable: "false", src: url(`pages/${at + 1}.png?dpi=${dpi}`) });
    image.addEventListener("load", () => { page.classList.add("drawn"); known?.remove(); });
    image.addEventListener("error", () => { image.remove(); if (!known) failed(page); });
    page.prepend(image);
  }

  function failed(page) {
    if (page.querySelector("button")) return;
    const again = el("button", { type: "button", class: "small", onclick: (event) => { event.stopPropagation(); again.remove(); draw(page); } }, "这一页没有显示出来，再试一次");
    page.append(again);
  }

  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) draw(target);
      else { target.querySelector("img")?.remove(); target.classList.remove("drawn"); } // pictures are large
    }
  }, { root: box, rootMargin: NEAR });

  /** The page in the middle of the view, from 1. */
  function shownPage() {
    const middle = box.scrollTop + box.clientHeight / 2;
    let [low, high] = [0, pages.length - 1];
    while (low < high) {
      const at = Math.ceil((low + high) / 2);
      if (pages[at].offsetTop <= middle) low = at; else high = at - 1;
    }
    return low + 1;
  }

  function turnTo(page) {
    const wanted = Math.min(Math.max(1, page || 1), pages.length);
    box.scrollTop = pages[wanted - 1].offsetTop - 6;
    number.value = wanted;
  }

  function overlay({ page, box: corners }, kind) {
    if (!pages[page - 1] || !corners) return null;
    const [width, height] = sizes[page - 1];
    const [x0, y0, x1, y1] = corners;
    const mark = el("div", { class: `mark ${kind}` });
    Object.assign(mark.style, { left: share(x0, width), top: share(y0, height), width: share(x1 - x0, width), height: share(y1 - y0, height) });
    pages[page - 1].append(mark);
    return mark;
  }

  function show(source, also = []) {
    for (const mark of box.querySelectorAll(".mark")) mark.remove();
    for (const other of also.map(placeOf)) if (other) overlay(other, "also");
    const place = placeOf(source);
    if (!place) return;
    const mark = overlay(place, "here");
    if (mark) reveal(box, mark.getBoundingClientRect(), 30);
    else if (pages[place.page - 1] && shownPage() !== place.page) turnTo(place.page);
  }

  box.addEventListener("click", (event) => {
    const page = event.target.closest(".page");
    if (!page || event.target.closest("button")) return;
    const { left, top, width } = page.getBoundingClientRect();
    const scale = sizes[page.dataset.page - 1][0] / width;
    const [x, y] = [(event.clientX - left) * scale, (event.clientY - top) * scale];
    const hit = (boxes.get(Number(page.dataset.page)) ?? []).filter(({ box: [x0, y0, x1, y1] }) => x >= x0 && x <= x1 && y >= y0 && y <= y1);
    const least = hit.sort((one, other) => area(one.box) - area(other.box))[0];
    if (!least) return;
    show(least.source);
    choose(least.source, least.row);
  });
  box.addEventListener("scroll", () => { if (document.activeElement !== number) number.value = shownPage(); }, { passive: true });
  number.addEventListener("focus", () => number.select());
  number.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); turnTo(Number.parseInt(number.value, 10)); }
  });
  number.addEventListener("change", () => turnTo(Number.parseInt(number.value, 10)));
  zoom.addEventListener("change", () => { localStorage.setItem(KEY, zoom.value); lay(); });
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { "+": 1, "=": 1, "-": -1 }[event.key];
    const page = { PageDown: 1, PageUp: -1 }[event.key];
    if (!by && !page) return;
    event.preventDefault();
    if (page) { turnTo(shownPage() + page); return; }
    zoom.selectedIndex = Math.min(Math.max(0, zoom.selectedIndex + by), ZOOMS.length - 1);
    zoom.dispatchEvent(new Event("change"));
  });
  lay();
  new ResizeObserver(() => { if (zoom.value === "fit" && box.clientWidth) lay(); }).observe(box);
  for (const page of pages) near.observe(page);
  if (scanned.length) emit("scanned", scanned);
  return { show };
}
