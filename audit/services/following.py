"""Stored findings follow their rows: a place may be called otherwise after a row was added, removed or renamed.

What is found now is asked what it would have been called before the edit. The stored finding of that name is
the same finding: it takes the new name, and decisions made for its values stay good where only names of places
changed in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from audit import models
from audit.findings import Finding
from disclosures import editing
from disclosures.models import Remark

from .comparing import Decisions
from .records import digest

Moves = Sequence[Mapping[str, str]]


@dataclass
class Following:
    """Which stored findings have another name now, and which values differ in names of places only."""

    names: dict[str, str] = field(default_factory=dict)  # fingerprint before -> now
    digests: dict[str, tuple[str, str]] = field(default_factory=dict)  # by the fingerprint now: before, now


def following(found: Sequence[tuple[models.Finding, Finding]], moves: Moves) -> Following:
    """What the findings of now (as records, and as the engine found them) were called before the moves."""
    result = Following()
    back = [{after: before for before, after in changed.items()} for changed in reversed(moves)]
    for record, finding in found:
        before = _before(finding, back)
        number = record.fingerprint[len(finding.fingerprint) :]
        name = before.fingerprint + number
        if name != record.fingerprint:
            result.names[name] = record.fingerprint
        if (was := digest(before)) != record.values_digest:
            result.digests[record.fingerprint] = (was, record.values_digest)
    return result


def _before(finding: Finding, back: Sequence[Mapping[str, str]]) -> Finding:
    def place(now: str) -> str:
        for changed in back:
            now = editing.moved(now, changed)
        return now

    evidence = tuple(replace(item, where=place(item.where)) for item in finding.evidence)
    return replace(finding, where=place(finding.where), key=tuple(map(place, finding.key)), evidence=evidence)


def rename(known: Mapping[str, models.Finding], names: Mapping[str, str]) -> dict[str, models.Finding]:
    """The stored findings under their names of now, written; those that stood under such a name change with them."""
    wanted = {before: now for before, now in names.items() if before in known}
    origin = {now: before for before, now in wanted.items()}
    for name in [now for now in origin if now in known and now not in wanted]:
        free = name
        while free in origin:
            free = origin[free]
        wanted[name] = free  # it is found no more; the name that the others left is its own
    if not wanted:
        return dict(known)
    changed = [(known[before], before, now) for before, now in wanted.items()]
    for step in (lambda item, _: f"~{item.pk}", lambda _, now: now):
        for item, _, now in changed:
            item.fingerprint = step(item, now)
        # Names may change places with one another: first all are given up, then taken.
        models.Finding.objects.bulk_update([item for item, _, _ in changed], ["fingerprint"])
    disclosures = {item.disclosure_id for item, _, _ in changed}
    remarks = list(Remark.objects.filter(disclosure__in=disclosures, fingerprint__in=list(wanted)))
    for remark in remarks:
        remark.fingerprint = wanted[remark.fingerprint]
    Remark.objects.bulk_update(remarks, ["fingerprint"])
    return {wanted.get(name, name): item for name, item in known.items()}


def keep_decisions(
    known: Mapping[str, models.Finding], decisions: Decisions, digests: Mapping[str, tuple[str, str]]
) -> None:
    """Decisions that were given for these values are good for them under the new names of places."""
    waivers, explanations = [], []
    for name, (before, now) in digests.items():
        finding = known.get(name)
        if finding is None:
            continue
        waiver, explanation = decisions.waivers.get(finding.pk), decisions.explanations.get(finding.pk)
        if waiver is not None and waiver.values_digest == before:
            waiver.values_digest = now
            waivers.append(waiver)
        if explanation is not None and explanation.values_digest == before:
            explanation.values_digest = now
            explanations.append(explanation)
    if waivers:
        models.Waiver.objects.bulk_update(waivers, ["values_digest"])
    if explanations:
        models.Explanation.objects.bulk_update(explanations, ["values_digest"])
