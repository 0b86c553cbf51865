// Which findings stand at a place.
import { holding, state } from "./store.js";

const RANK = { error: 0, warning: 1, info: 2 };

/** place -> the most serious finding there, for one part. */
export function marksOf(part) {
  const marks = new Map();
  for (const finding of holding()) {
    if (finding.part !== part) continue;
    const known = marks.get(finding.where);
    if (!known || RANK[finding.severity] < RANK[known.severity]) marks.set(finding.where, finding);
  }
  return marks;
}

/** Findings of a part that still ask for something, most serious first. */
export function findingsOf(part) {
  return holding().filter((finding) => finding.part === part);
}

/** Places that the chosen finding speaks of: its own and those it rests on. */
export function citedPlaces() {
  const finding = state.findings.find((one) => one.id === state.finding);
  return new Set(finding ? [finding.where, ...finding.evidence.map((item) => item.where)] : []);
}
