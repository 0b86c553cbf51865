"""The way of every edit into the records: opened at a revision, checked, written, re-checked, remembered.

Loading and checking stand outside the transaction; inside it the revision is compared once more under a
lock, so the write is short and nothing that others saved is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from disclosures import models
from disclosures.errors import InvalidValueError
from disclosures.storage import StorageError, write_changes

from .conflicts import conflict
from .drafts import Draft, Entry
from .findings import Counts, FindingView, desk
from .loaded import content, keep
from .matrix import Act
from .memory import remember
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
    """What a save did: the new revision, the places, and which findings went away or came.

    `rearranged`: rows, paragraphs, forms … were added, removed or moved, so that places may be others now.
    """

    revision: int
    changed: tuple[CellState, ...]
    gone: tuple[FindingView, ...]
    new: tuple[FindingView, ...]
    lapsed: tuple[FindingView, ...]
    counts: Counts
    run_id: int | None
    rearranged: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """One edit from reading to saving."""

    user: models.User | None
    record: models.Disclosure
    draft: Draft
    change: CellChange | None = None  # what to show of it where somebody was faster


def open_session(
    user: models.User | None, disclosure_id: int, revision: int, change: CellChange | None = None
) -> Session:
    """Begin an edit of what a person saw. Raises EditConflictError when others saved since."""
    record = require(user, Act.CORRECT, disclosure_id)
    # The revision was read before the content: what others save from here on is noticed when we save.
    old = content(record)
    if record.revision != revision:
        raise conflict(record, old, revision, change.place if change else None, change.value if change else None)
    return Session(user, record, Draft.of(old), change)


def save(
    session: Session, kind: str = Kind.READING, reason: str = "", event: models.Action = models.Action.CORRECTED
) -> CorrectionResult:
    """Write what the draft holds. Raises InvalidValueError naming every bad value, EditConflictError."""
    check_kind(kind)
    draft, record, user = session.draft, session.record, session.user
    if draft.problems:
        raise InvalidValueError(draft.problems)
    if not draft.entries:
        counts = desk().counts([record.pk]).get(record.pk, Counts())
        return CorrectionResult(record.revision, (), (), (), (), counts, None)
    prepared = desk().prepare(record, draft.new)
    try:
        with transaction.atomic():
            locked = _locked(session)
            write_changes(locked, draft.old, draft.new)
            locked.revision += 1
            locked.save(update_fields=["revision", "printed_department", "updated_at"])
            states = remember(locked, draft, kind, reason, user)
            _write_event(locked, event, user, draft.entries)
            outcome = desk().write(locked, prepared, "correction", user, draft.moves)
    except StorageError as error:
        raise InvalidValueError([(session.change.place if session.change else "", str(error))]) from error
    keep(locked, draft.new)
    return CorrectionResult(
        locked.revision,
        tuple(CellState(item.place, item.new_value, item.read_value, item.active) for item in states),
        outcome.closed,
        outcome.opened,
        outcome.lapsed,
        outcome.counts,
        outcome.run_id,
        bool(draft.moves or draft.rearranged),
    )


def check_kind(kind: str) -> None:
    """Raises InvalidValueError unless it says whose mistake it was."""
    if kind not in Kind.values:
        raise InvalidValueError([("", "请说明是系统读错，还是文本写错")])


def _locked(session: Session) -> models.Disclosure:
    """The record under a lock. Raises EditConflictError when somebody saved in the meantime."""
    locked = require(session.user, Act.CORRECT, session.record.pk, lock=True)
    if locked.revision != session.record.revision:
        change = session.change
        told = (change.place, change.value) if change else (None, None)
        raise conflict(locked, content(locked), session.record.revision, *told)
    return locked


def _write_event(
    record: models.Disclosure, event: models.Action, user: models.User | None, entries: Sequence[Entry]
) -> None:
    models.Event.objects.create(
        disclosure=record,
        action=event,
        user=user,
        details={"revision": record.revision, "number": len(entries), "first": entries[0].words},
    )
