// What the modules of the workbench share: configuration, revision, findings; and who wants to know of changes.
import { get } from "../dom.js";

export const config = JSON.parse(document.getElementById("config").textContent);
export const bus = new EventTarget();
export const state = {
  revision: config.revision,
  findings: [],
  notChecked: [],
  remarks: [],
  counts: null,
  checkedAt: null,
  part: null, // key of the open tab
  finding: null, // the chosen finding
  kind: sessionStorage.getItem("correction-kind") ?? "document",
  reason: "",
};

export const emit = (name, detail) => bus.dispatchEvent(new CustomEvent(name, { detail }));
export const on = (name, listener) => bus.addEventListener(name, (event) => listener(event.detail));
export const may = (action) => config.actions.includes(action);
export const url = (path) => config.base + path;

/** Open and explained findings: what still asks for something. */
export const holding = () => state.findings.filter((finding) => finding.status === "open" || finding.status === "explained");

/** Take the findings as they are now; tells which went away and which came. */
export function takeFindings(answer) {
  const before = new Map(state.findings.map((finding) => [finding.id, finding]));
  const now = new Set(answer.findings.map((finding) => finding.id));
  const gone = [...before.values()].filter((finding) => !now.has(finding.id));
  const fresh = new Set([...now].filter((id) => !before.has(id)));
  Object.assign(state, answer);
  emit("findings", { gone, fresh: before.size ? fresh : new Set() });
}

export async function loadFindings() {
  takeFindings(await get(config.findings));
}

export function chosenFinding() {
  return state.findings.find((finding) => finding.id === state.finding) ?? null;
}
