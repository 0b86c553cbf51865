// Charts of the overview. Each stands in place of its table, which a button brings back; colours come from
// the style sheet, so that light and dark follow the page.
import * as echarts from "../vendor/echarts/echarts.esm.min.js";
import { el } from "./dom.js";

const data = JSON.parse(document.getElementById("charts").textContent);
const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const font = () => getComputedStyle(document.documentElement).fontFamily;
const short = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function base() {
  return {
    animation: !calm,
    animationDuration: 300,
    textStyle: { fontFamily: font(), fontSize: 12, color: colour("text") },
    tooltip: { renderMode: "richText", confine: true, backgroundColor: colour("panel"), borderColor: colour("line-strong"), textStyle: { color: colour("text"), fontSize: 12 } },
  };
}

const axisStyle = () => ({
  axisLabel: { color: colour("text"), fontSize: 12 },
  axisTick: { show: false },
  axisLine: { lineStyle: { color: colour("line-strong") } },
  splitLine: { show: false },
});

function completion({ stages, lines }) {
  const bars = stages.map((name, number) => ({
    name,
    type: "bar",
    stack: "all",
    barMaxWidth: 26,
    itemStyle: { color: colour(`stage-${number}`), borderColor: colour("panel"), borderWidth: 1 },
    label: { show: true, fontSize: 12, color: colour(`on-stage-${number}`) || undefined, formatter: ({ value }) => value || "" },
    labelLayout: { hideOverlap: true },
    data: lines.map((line) => line.numbers[number]),
  }));
  return {
    ...base(),
    legend: { top: 2, left: 8, itemWidth: 12, itemHeight: 12, textStyle: { color: colour("text") } },
    grid: { left: 8, right: 16, top: 34, bottom: 6, containLabel: true },
    xAxis: { ...axisStyle(), type: "value", show: false, max: Math.max(...lines.map((line) => line.numbers.reduce((sum, number) => sum + number, 0))) },
    yAxis: { ...axisStyle(), type: "category", inverse: true, data: lines.map((line) => line.name), axisLabel: { color: colour("text"), formatter: (name) => short(name, 10) } },
    series: bars,
  };
}

function frequent(items) {
  return {
    ...base(),
    grid: { left: 8, right: 48, top: 6, bottom: 6, containLabel: true },
    xAxis: { ...axisStyle(), type: "value", show: false },
    yAxis: { ...axisStyle(), type: "category", inverse: true, data: items.map((item) => item.name), axisLabel: { color: colour("text"), formatter: (name) => short(name, 16) } },
    series: [{ type: "bar", barMaxWidth: 18, itemStyle: { color: colour("bar") }, label: { show: true, position: "right", color: colour("text") }, data: items.map((item) => item.number) }],
  };
}

function trend(days) {
  const line = (name, index, token, dash, position) => {
    const numbers = days.map((day) => day[index]);
    const peak = numbers.indexOf(Math.max(...numbers));
    const label = { show: true, formatter: name, position, color: colour(token), fontSize: 13, fontWeight: 600 };
    return {
      name,
      type: "line",
      symbol: "circle",
      symbolSize: 6,
      lineStyle: { color: colour(token), width: 2, type: dash },
      itemStyle: { color: colour(token) },
      data: numbers.map((value, place) => (place === peak ? { value, label } : { value, symbol: "none" })),
    };
  };
  return {
    ...base(),
    tooltip: { ...base().tooltip, trigger: "axis" },
    grid: { left: 8, right: 24, top: 26, bottom: 6, containLabel: true },
    xAxis: { ...axisStyle(), type: "category", boundaryGap: false, data: days.map((day) => day[0].slice(5).replace("-", "/")) },
    yAxis: { ...axisStyle(), type: "value", minInterval: 1, splitLine: { lineStyle: { color: colour("line") } }, axisLine: { show: false } },
    series: [line("新出现", 1, "opened", "solid", "top"), line("解决", 2, "closed", "dashed", "right")],
  };
}

const makers = { completion: () => completion(data.completion), frequent: () => frequent(data.frequent), trend: () => trend(data.trend) };
const sizes = { completion: () => 50 + 34 * data.completion.lines.length, frequent: () => 20 + 28 * data.frequent.length, trend: () => 240 };
const opens = {
  completion: (index) => { const region = data.completion.lines[index].region; return region ? `?${new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(window.location.search)), region })}` : null; },
  frequent: (index) => `/rules/${data.frequent[index].rule}/`,
};
const drawn = [];

for (const figure of document.querySelectorAll("[data-chart]")) {
  const table = figure.querySelector(".data");
  if (!table) continue; // nothing to draw: the empty state stands there
  const key = figure.dataset.chart;
  const title = figure.querySelector("h2").textContent;
  const box = el("div", { class: "draw", role: "img", "aria-label": `${title}（图）` });
  box.style.height = `${Math.max(150, Math.min(sizes[key](), 900))}px`;
  const button = el("button", { type: "button", class: "small", "aria-pressed": "false" }, "看表格");
  table.before(box);
  table.hidden = true;
  table.tabIndex = 0;
  table.setAttribute("role", "region");
  table.setAttribute("aria-label", `${title}（表格）`);
  figure.querySelector("figcaption").append(button);
  const chart = echarts.init(box, null, { renderer: "canvas" });
  chart.setOption(makers[key]());
  drawn.push({ key, chart });
  button.addEventListener("click", () => {
    const showTable = table.hidden;
    table.hidden = !showTable;
    box.hidden = showTable;
    button.textContent = showTable ? "看图" : "看表格";
    button.setAttribute("aria-pressed", String(showTable));
    if (!showTable) chart.resize();
  });
  chart.on("click", ({ dataIndex }) => {
    const address = opens[key]?.(dataIndex);
    if (address) window.location.assign(address);
  });
}

const redraw = () => { for (const { key, chart } of drawn) chart.setOption(makers[key](), { notMerge: true }); };
new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
window.addEventListener("resize", () => { for (const { chart } of drawn) chart.resize(); });
document.body.dataset.charts = "drawn";
