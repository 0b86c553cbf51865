"""Corrections by hand: checked, written with their memory, re-checked at once, refused when somebody was faster.

Loading and checking stand outside the transaction; inside it the revision is compared once more under a
lock, so the write is short and nothing that others saved is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from disclosures import editing, models
from disclosures.plain.data import Disclosure, Side, Surety
from disclosures.storage import StorageError, write_changes

from .conflicts import conflict
from .errors import InvalidValueError, RefusedError
from .findings import Counts, FindingView, desk
from .loaded import content, keep
from .matrix import Act
from .memory import Entry, remember
from .permissions import require

Kind = models.CorrectionKind


@dataclass(frozen=True, slots=True)
class CellChange:
    """A value to be set; None or an empty text blanks the place."""

    place: str
    value: str | None


@dataclass(frozen=True, slots=True)
class CellState:
    """A place after the save."""

    place: str
    value: str | None
    read_value: str | None
    corrected: bool


@dataclass(frozen=True, slots=True)
class CorrectionResult:
    """What a save did: the new revision, the places, and which findings went away or came."""

    revision: int
    changed: tuple[CellState, ...]
    gone: tuple[FindingView, ...]
    new: tuple[FindingView, ...]
    lapsed: tuple[FindingView, ...]
    counts: Counts
    run_id: int | None


@dataclass(frozen=True, slots=True)
class _Session:
    """One edit from reading to saving."""

    user: models.User | None
    record: models.Disclosure
    old: Disclosure


def correct_cell(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    place: str,
    value: str | None,
    kind: str = Kind.READING,
    reason: str = "",
) -> CorrectionResult:
    """Set one place. See `correct_cells`."""
    return correct_cells(user, disclosure_id, revision, [CellChange(place, value)], kind, reason)


def correct_cells(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    changes: Sequence[CellChange],
    kind: str = Kind.READING,
    reason: str = "",
) -> CorrectionResult:
    """Set several places, all or none. Setting the value that stands there confirms a doubtful reading.

    Raises EditConflictError when the revision is not the latest, InvalidValueError naming every bad value.
    """
    _check_kind(kind)
    first = changes[0] if changes else None
    session = _open(user, disclosure_id, revision, first)
    new, entries, problems = session.old, [], []
    index = editing.Index(session.old)
    for change in changes:
        try:
            new, entry = _changed(session.old, new, change, index)
        except (editing.UnknownPlaceError, editing.ValueProblemError) as error:
            problems.append((change.place, _named(session.old, change.place, error)))
            continue
        if entry is not None:
            entries.append(entry)
    if problems:
        raise InvalidValueError(problems)
    return _save(session, new, entries, kind, reason, models.CorrectionAction.SET, first)


def revert_correction(
    user: models.User | None, disclosure_id: int, revision: int, place: str, reason: str = ""
) -> CorrectionResult:
    """Give a place back the value that was read, as sure as it was read. Raises RefusedError where none was changed."""
    session = _open(user, disclosure_id, revision, CellChange(place, None))
    try:
        place, path = editing.find(session.old, place)
    except editing.UnknownPlaceError as error:
        raise InvalidValueError([(place, str(error))]) from error
    found = models.Correction.objects.filter(
        disclosure=session.record, place=place, active=True, action=models.CorrectionAction.SET
    ).first()
    if found is None:
        raise RefusedError(f"{editing.words_of(session.old, path)}没有更正过，不需要撤销")
    value = _as_held(path, found.read_value)
    new = editing.write(session.old, path, value)
    new = editing.with_surety(new, path, Surety(found.read_surety or Surety.SURE))
    entry = Entry(
        place,
        path,
        editing.words_of(session.old, path),
        editing.shown(editing.read(session.old, path)),
        found.read_value,
    )
    change = CellChange(place, found.read_value)
    return _save(session, new, [entry], found.kind, reason, models.CorrectionAction.REVERT, change)


def add_row(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    table_id: str,
    before: int,
    labels: Mapping[str, str],
    kind: str = Kind.READING,
    side: str = "",
    reason: str = "",
) -> CorrectionResult:
    """Put a blank row before position `before` of a table (counted from 0; the number of rows: at its end)."""
    _check_kind(kind)
    session = _open(user, disclosure_id, revision, None)
    try:
        new = editing.add_row(session.old, table_id, before, labels, Side(side))
    except ValueError as error:
        raise InvalidValueError([(table_id, str(error))]) from error
    place, words = _row_place(new, table_id, before)
    entry = Entry(place, (), words, None, " ".join(labels.values()))
    return _save(session, new, [entry], kind, reason, models.CorrectionAction.ADD_ROW, None)


def remove_row(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    place: str,
    kind: str = Kind.READING,
    reason: str = "",
) -> CorrectionResult:
    """Take a whole row out of a table; its values stay in the history."""
    _check_kind(kind)
    session = _open(user, disclosure_id, revision, None)
    table_id, _, key = place.partition("/")
    table = session.old.table(table_id)
    keys = editing.row_keys(table) if table else ()
    if table is None or key not in keys:
        raise InvalidValueError([(place, f"没有“{place}”这一行")])
    position = keys.index(key)
    row = table.rows[position]
    new = editing.remove_row(session.old, table_id, position)
    entry = Entry(place, (), _row_place(session.old, table_id, position)[1], editing.printed_row(row), None)
    return _save(session, new, [entry], kind, reason, models.CorrectionAction.REMOVE_ROW, None)


def _open(user: models.User | None, disclosure_id: int, revision: int, change: CellChange | None) -> _Session:
    record = require(user, Act.CORRECT, disclosure_id)
    # The revision was read before the content: what others save from here on is noticed when we save.
    old = content(record)
    if record.revision != revision:
        raise conflict(record, old, revision, change.place if change else None, change.value if change else None)
    return _Session(user, record, old)


def _changed(
    old: Disclosure, new: Disclosure, change: CellChange, index: editing.Index
) -> tuple[Disclosure, Entry | None]:
    """The disclosure with one change, and what to remember of it; no entry where nothing changes."""
    place, path = index.find(change.place)
    before = editing.read(old, path)
    value = editing.checked(path, change.value)
    surety = editing.surety_of(old, path)
    if _equal(path, before, value):
        if surety is Surety.SURE:
            return new, None
        value = before
    new = editing.with_surety(editing.write(new, path, value), path, Surety.SURE)
    entry = Entry(place, path, editing.words_of(old, path), editing.shown(before), editing.shown(value), surety.value)
    return new, entry


def _equal(path: editing.Path, before: object, value: object) -> bool:
    """Whether a value says the same; "500" typed over a printed "500.00" keeps what was printed."""
    if before == value:
        return True
    is_amount = editing.kind_of(path) in (editing.ValueKind.AMOUNT, editing.ValueKind.FUNDS)
    return is_amount and isinstance(before, str) and isinstance(value, str) and editing.same(path, before, value)


def _as_held(path: editing.Path, read_value: str | None) -> str | int | bool | None:
    """A remembered value in the form in which plain data hold it, letter for letter."""
    kind = editing.kind_of(path)
    if kind in (editing.ValueKind.YEAR, editing.ValueKind.FLAG):
        return editing.checked(path, read_value)
    return read_value


def _save(
    session: _Session,
    new: Disclosure,
    entries: Sequence[Entry],
    kind: str,
    reason: str,
    action: models.CorrectionAction,
    change: CellChange | None,
) -> CorrectionResult:
    record, user = session.record, session.user
    if not entries:
        counts = desk().counts([record.pk]).get(record.pk, Counts())
        return CorrectionResult(record.revision, (), (), (), (), counts, None)
    prepared = desk().prepare(record, new)
    try:
        with transaction.atomic():
            locked = require(user, Act.CORRECT, record.pk, lock=True)
            if locked.revision != record.revision:
                raise conflict(
                    locked,
                    content(locked),
                    record.revision,
                    *((change.place, change.value) if change else (None, None)),
                )
            write_changes(locked, session.old, new)
            locked.revision += 1
            locked.save(update_fields=["revision", "printed_department", "updated_at"])
            states = remember(locked, session.old, new, entries, kind, reason, action, user)
            _write_event(locked, action, user, entries)
            outcome = desk().write(locked, prepared, "correction", user)
    except StorageError as error:
        raise InvalidValueError([(change.place if change else "", str(error))]) from error
    keep(locked, new)
    return CorrectionResult(
        locked.revision,
        tuple(CellState(item.place, item.new_value, item.read_value, item.active) for item in states),
        outcome.closed,
        outcome.opened,
        outcome.lapsed,
        outcome.counts,
        outcome.run_id,
    )


def _write_event(
    record: models.Disclosure,
    action: models.CorrectionAction,
    user: models.User | None,
    entries: Sequence[Entry],
) -> None:
    is_revert = action is models.CorrectionAction.REVERT
    models.Event.objects.create(
        disclosure=record,
        action=models.Action.REVERTED if is_revert else models.Action.CORRECTED,
        user=user,
        details={"revision": record.revision, "number": len(entries), "first": entries[0].words},
    )


def _named(disclosure: Disclosure, place: str, error: Exception) -> str:
    """A complaint about a value with the cell it was meant for."""
    try:
        _, path = editing.find(disclosure, place)
    except editing.UnknownPlaceError:
        return str(error)
    return f"{editing.words_of(disclosure, path)}{error}"


def _row_place(disclosure: Disclosure, table_id: str, position: int) -> tuple[str, str]:
    """The place of a row, and its words."""
    number, table = next((n, item) for n, item in enumerate(disclosure.tables) if item.id == table_id)
    path = ("tables", number, "rows", position)
    return f"{table_id}/{editing.row_keys(table)[position]}", editing.words_of(disclosure, path)


def _check_kind(kind: str) -> None:
    if kind not in Kind.values:
        raise InvalidValueError([("", "请说明是系统读错，还是文本写错")])
