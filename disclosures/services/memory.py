"""What is remembered of a correction: the value read, before and after, by whom, when, why, and of which kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from disclosures import models

from .drafts import Draft, Entry

Action = models.CorrectionAction
ADDING = frozenset({Action.ADD, Action.ADD_ROW})
_VALUES = frozenset({Action.SET, Action.REVERT})
REMOVING = frozenset({Action.REMOVE, Action.REMOVE_ROW})


@dataclass
class _Known:
    """The corrections on file of places that are there, and which of them changed their place or came to an end."""

    live: list[models.Correction]
    detached: list[models.Correction]  # removed things, to be brought back perhaps
    touched: set[int] = field(default_factory=set)
    ended: dict[int, list[models.Correction]] = field(default_factory=dict)  # by the number of the entry


def remember(
    record: models.Disclosure, draft: Draft, kind: str, reason: str, user: models.User | None
) -> list[models.Correction]:
    """Write the corrections of one save; those of rows that were renamed or moved follow their row."""
    known = _known(record, draft)
    ranks = _ranks(known.detached, draft.entries)
    for number, entry in enumerate(draft.entries):
        if entry.action in REMOVING:
            known.ended[number] = _below(known.live, entry.place)
    gone = {item.pk for ended in known.ended.values() for item in ended}
    _follow(record, draft, known, gone)
    places = {entry.place for entry in draft.entries if entry.action in _VALUES}
    standing = _standing(record, known, places, gone)
    made = []
    for number, entry in enumerate(draft.entries):
        correction = _correction(entry, standing.get(entry.place), known.ended.get(number, []))
        if number in ranks and correction.content:
            correction.content = {**correction.content, "rank": ranks[number]}
        correction.disclosure, correction.kind, correction.reason = record, kind, reason.strip()
        correction.revision, correction.user = record.revision, user
        made.append(correction)
    if standing:
        record.corrections.filter(pk__in=[item.pk for item in standing.values()]).update(active=False)
    models.Correction.objects.bulk_create(made, batch_size=500)
    _end(made, known)
    _bring_back(draft, made)
    return made


def _known(record: models.Disclosure, draft: Draft) -> _Known:
    """Nothing is read where nothing moved: a value in its place is the usual save."""
    if not draft.moves and not draft.rearranged:
        return _Known([], [])
    found = list(record.corrections.filter(ended_by=None))
    return _Known(found, [item for item in found if item.content and "at" in item.content])


def rank(content: Mapping[str, Any]) -> float:
    """The order of things removed from one list, wherever they were removed: what stood before is less."""
    return float(content.get("rank", 0))


def _ranks(detached: Sequence[models.Correction], entries: Sequence[Entry]) -> dict[int, float]:
    """Ranks of what is removed now, by the number of the entry: between those of what was removed before."""
    lists: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)  # (position, rank)
    for item in detached:
        content = item.content or {}
        lists[content["list"], content["of"]].append((content["at"] - 0.5, rank(content)))
    found = {}
    for number, entry in enumerate(entries):
        if entry.action in REMOVING and entry.content:
            there = lists[entry.content["list"], entry.content["of"]]
            before = max((known for at, known in there if at < entry.position), default=None)
            behind = min((known for at, known in there if at > entry.position), default=None)
            found[number] = _between(before, behind)
            there.append((entry.position, found[number]))
    return found


def _between(before: float | None, behind: float | None) -> float:
    if before is None:
        return 0.0 if behind is None else behind - 1
    return before + 1 if behind is None else (before + behind) / 2


def _below(items: Sequence[models.Correction], place: str) -> list[models.Correction]:
    """Corrections of something and of all within it, except of what was removed from that place before."""
    inside = [item for item in items if item.place == place or item.place.startswith(f"{place}/")]
    return [item for item in inside if item.place != place or item.action not in REMOVING]


def _follow(record: models.Disclosure, draft: Draft, known: _Known, gone: set[int]) -> None:
    for item in known.live:
        if item.pk in gone:
            continue
        if item not in known.detached:
            _move(item, draft, known)
    for item in known.detached:
        _move_gap(item, draft, known)
    changed = [item for item in known.live if item.pk in known.touched]
    models.Correction.objects.bulk_update(changed, ["place", "content"], batch_size=200)
    if draft.moves:
        remarks = []
        for remark in record.remarks.exclude(place=""):
            place = draft.moved(remark.place)
            if place != remark.place:
                remark.place = place
                remarks.append(remark)
        models.Remark.objects.bulk_update(remarks, ["place"])


def _move(item: models.Correction, draft: Draft, known: _Known) -> None:
    place = draft.moved(item.place)
    of = draft.moved(item.content["of"]) if item.content else ""
    if place != item.place or (item.content and of != item.content["of"]):
        item.place = place
        if item.content:
            item.content = {**item.content, "of": of}
        known.touched.add(item.pk)


def _move_gap(item: models.Correction, draft: Draft, known: _Known) -> None:
    """What was removed keeps its gap: between the same neighbours, under the list's present name."""
    content: dict[str, Any] = {**(item.content or {})}
    for change in draft.rearranged:
        if (change.items.kind.value, change.items.of) == (content["list"], content["of"]):
            content["at"] = change.gap(content["at"], rank(content))
    content["of"] = draft.moved(content["of"])
    if content != item.content:
        item.content = content
        known.touched.add(item.pk)


def _standing(
    record: models.Disclosure, known: _Known, places: set[str], gone: set[int]
) -> dict[str, models.Correction]:
    """The corrections whose values stand in these places."""
    if known.live:
        found = [item for item in known.live if item.active and item.action == Action.SET and item.pk not in gone]
    else:
        wanted = record.corrections.filter(active=True, action=Action.SET, ended_by=None)
        found = list(wanted.filter(place__in=places)) if places else []
    return {item.place: item for item in found if item.place in places}


def _correction(
    entry: Entry, standing: models.Correction | None, ended: Sequence[models.Correction]
) -> models.Correction:
    is_value = entry.action in _VALUES
    read_value = standing.read_value if standing else entry.before
    content = entry.content
    if content is not None and entry.action in REMOVING:
        content = {**content, "active": [item.pk for item in ended if item.active]}
    action = entry.action
    if action is Action.REVERT and entry.after != read_value:
        action = Action.SET  # back to an earlier correction
    return models.Correction(
        place=entry.place,
        words=entry.words,
        action=action,
        read_value=read_value if is_value else entry.before,
        read_surety=standing.read_surety if standing else entry.surety,
        old_value=entry.before,
        new_value=entry.after,
        active=entry.after != read_value if is_value else _holds(entry, ended),
        content=content,
        undoes=entry.undoes,
    )


def _holds(entry: Entry, ended: Sequence[models.Correction]) -> bool:
    """Whether what was read lacks this change: it does not where an earlier change is only taken back."""
    if entry.action in REMOVING:
        return not any(item.active and item.action in ADDING and item.place == entry.place for item in ended)
    if entry.action in ADDING:
        return entry.undoes is None
    return entry.undoes is None or not entry.undoes.active


def _end(made: Sequence[models.Correction], known: _Known) -> None:
    """Corrections within something removed come to their end with it."""
    for number, ended in known.ended.items():
        if ended:
            pks = [item.pk for item in ended]
            models.Correction.objects.filter(pk__in=pks).update(ended_by=made[number], active=False)


def _bring_back(draft: Draft, made: Sequence[models.Correction]) -> None:
    """What was taken back holds no longer; corrections that had ended with something removed are there again."""
    undone = [(entry.undoes, correction) for entry, correction in zip(draft.entries, made, strict=True) if entry.undoes]
    if not undone:
        return
    models.Correction.objects.filter(pk__in=[item.pk for item, _ in undone]).update(active=False)
    removed = {item.pk: (item, correction) for item, correction in undone if item.action in REMOVING}
    back = list(models.Correction.objects.filter(ended_by__in=list(removed)))
    for item in back:
        if item.ended_by_id is None:
            continue
        removal, correction = removed[item.ended_by_id]
        content = removal.content or {}
        item.place = correction.place + item.place[len(content["place"]) :]
        item.active = item.pk in content["active"]
        item.ended_by = None
    models.Correction.objects.bulk_update(back, ["place", "active", "ended_by"])
