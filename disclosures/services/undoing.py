"""Taking back what was saved: a whole save (Ctrl+Z), or one correction from the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from disclosures import editing, models
from disclosures.editing import Item, Items, ListKind
from disclosures.errors import RefusedError

from .drafts import Draft
from .memory import ADDING, REMOVING, rank
from .saving import CorrectionResult, Edit, open_session, save

Action = models.CorrectionAction
_LATER = "后来又改过，不能直接撤销；请在历史里按从新到旧的次序撤销"


def undo_save(user: models.User | None, disclosure_id: int, revision: int, saved: int) -> CorrectionResult:
    """Take back everything that was saved as revision `saved`: values, added and removed rows, orders.

    The save that does so can be taken back as well. Raises RefusedError where something was changed again
    since, EditConflictError when somebody saved since the caller read.
    """
    return _undo(user, disclosure_id, revision, {"revision": saved})


def undo_correction(user: models.User | None, disclosure_id: int, revision: int, correction: int) -> CorrectionResult:
    """Take back one correction of the history. See `undo_save`."""
    return _undo(user, disclosure_id, revision, {"pk": correction})


def _undo(user: models.User | None, disclosure_id: int, revision: int, which: dict[str, int]) -> CorrectionResult:
    session = open_session(Edit(user, disclosure_id, revision))
    chosen = list(models.Correction.objects.filter(disclosure=session.record, **which).order_by("pk"))
    if not chosen:
        raise RefusedError("没有这一次改动，不能撤销")
    for item in chosen:
        if item.ended_by_id is not None:
            raise RefusedError(f"{item.words}所在的行（段、表）已经删除，请先恢复它")
    draft = session.draft
    try:
        _take_back_lists(draft, [item for item in chosen if item.content])
        for item in reversed(chosen):
            if not item.content:
                _take_back_value(draft, item)
    except editing.UnknownPlaceError as error:
        raise RefusedError(f"{chosen[0].words}{_LATER}") from error
    return save(session, models.Action.REVERTED, chosen[0].kind)


def _take_back_value(draft: Draft, item: models.Correction) -> None:
    place, path = editing.find(draft.new, draft.moved(item.place))
    if editing.shown(editing.read(draft.new, path)) != item.new_value:
        raise RefusedError(f"{item.words}{_LATER}")
    surety = item.read_surety if item.old_value == item.read_value else ""
    draft.put_back(place, item.old_value, surety, item)


def _take_back_lists(draft: Draft, chosen: Sequence[models.Correction]) -> None:
    """List by list, the last change first: what belongs to a part goes before the part itself goes."""
    lists: dict[tuple[str, str], list[models.Correction]] = defaultdict(list)
    for item in reversed(chosen):
        content = item.content or {}
        lists[content["list"], content["of"]].append(item)
    for (kind, of), items in lists.items():
        _take_back_list(draft, Items(ListKind(kind), draft.moved(of)), items[::-1])


def _take_back_list(draft: Draft, items: Items, chosen: Sequence[models.Correction]) -> None:
    held = items.items(draft.new)
    places = {place: n for n, place in enumerate(items.places(held))}
    undoes: dict[int, models.Correction] = {}
    gone: set[int] = set()
    for item in chosen:
        if item.action in REMOVING:
            continue
        position = places.get(draft.moved(item.place))
        if position is None:
            raise RefusedError(f"{item.words}{_LATER}")
        undoes[id(held[position])] = item
        if item.action in ADDING:
            gone.add(position)
        else:
            after = _moved_back(held, position, (item.content or {})["back"])
            draft.rearrange(items, after, undoes, mover=held[position])
            return
    back = [((item.content or {})["at"], rank(item.content or {}), item) for item in chosen if item.action in REMOVING]
    back.sort(key=lambda known: known[:2])
    restored = [(at, editing.restored(items.kind, (item.content or {})["item"])) for at, _, item in back]
    undoes |= {id(new): item for (_, new), (_, _, item) in zip(restored, back, strict=True)}
    draft.rearrange(items, _merged(held, gone, restored), undoes, [(at, order) for at, order, _ in back])


def _merged(held: Sequence[Item], gone: set[int], restored: Sequence[tuple[int, Item]]) -> list[Item]:
    """The list without what goes, and with what comes back before the positions named."""
    after: list[Item] = []
    for position in range(len(held) + 1):
        after += [item for at, item in restored if min(at, len(held)) == position]
        if position < len(held) and position not in gone:
            after.append(held[position])
    return after


def _moved_back(held: Sequence[Item], position: int, back: int) -> list[Item]:
    rest = [*held[:position], *held[position + 1 :]]
    return [*rest[:back], held[position], *rest[back:]]
