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
class Edit:
    """What every change of content says of itself: who makes it, to which disclosure, seen at which revision.

    `kind`: whose mistake is mended, that of the reading or that of the document; `reason`: what the person says to it.
    """

    user: models.User | None
    disclosure_id: int
    revision: int
    kind: str = Kind.READING
    reason: str = ""


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

    edit: Edit
    record: models.Disclosure
    draft: Draft
    change: CellChange | None = None  # what to show of it where somebody was faster


def open_session(edit: Edit, change: CellChange | None = None) -> Session:
    """Begin an edit of what a person saw.

    Raises InvalidValueError unless it says whose mistake it was, EditConflictError when others saved since.
    """
    if edit.kind not in Kind.values:
        raise InvalidValueError([("", "请说明是系统读错，还是文本写错")])
    record = require(edit.user, Act.CORRECT, edit.disclosure_id)
    # The revision was read before the content: what others save from here on is noticed when we save.
    old = content(record)
    if record.revision != edit.revision:
        raise conflict(record, old, edit.revision, *_told(change))
    return Session(edit, record, Draft.of(old), change)


def save(session: Session, event: models.Action = models.Action.CORRECTED, kind: str = "") -> CorrectionResult:
    """Write what the draft holds; `kind` where it is not the edit's, but that of what is taken back.

    Raises InvalidValueError naming every bad value, EditConflictError.
    """
    draft, record, edit = session.draft, session.record, session.edit
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
            states = remember(locked, draft, kind or edit.kind, edit.reason, edit.user)
            _write_event(locked, event, edit.user, draft.entries)
            outcome = desk().write(locked, prepared, "correction", edit.user, draft.moves)
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


def _locked(session: Session) -> models.Disclosure:
    """The record under a lock. Raises EditConflictError when somebody saved in the meantime."""
    locked = require(session.edit.user, Act.CORRECT, session.record.pk, lock=True)
    if locked.revision != session.record.revision:
        raise conflict(locked, content(locked), session.record.revision, *_told(session.change))
    return locked


def _told(change: CellChange | None) -> tuple[str | None, str | None]:
    return (change.place, change.value) if change else (None, None)


def _write_event(
    record: models.Disclosure, event: models.Action, user: models.User | None, entries: Sequence[Entry]
) -> None:
    models.Event.objects.create(
        disclosure=record,
        action=event,
        user=user,
        details={"revision": record.revision, "number": len(entries), "first": entries[0].words},
    )
