"""New versions: a copy that starts a revision, and what a re-uploaded file takes over of the version before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from disclosures import editing, models
from disclosures.plain.data import Disclosure, Surety
from disclosures.storage import load_record, store

from .errors import RefusedError
from .findings import desk
from .matrix import Act
from .permissions import may, require
from .workflow import step

_UNFINISHED = (models.State.TO_CORRECT, models.State.RETURNED, models.State.IN_REVIEW, models.State.APPROVED)
_LISTED = 200


def revise(user: models.User, disclosure_id: int) -> models.Disclosure:
    """Start a new version as a copy, with all corrections, and the explanations and waivers that still apply."""
    record = require(user, Act.REVISE, disclosure_id)
    content = load_record(record)
    with transaction.atomic():
        record = require(user, Act.REVISE, disclosure_id, lock=True)
        begun = versions(record).filter(state__in=_UNFINISHED).first()
        if begun is not None:
            raise RefusedError(f"第 {begun.version} 版正在修改或审核，不能另起一版")
        copy = store(
            content,
            record.department,
            source_file=record.source_file,
            source_index=record.source_index,
            user=user,
            based_on=record,
            is_copy=True,
        )
        kept = record.corrections.filter(active=True).order_by("pk")
        _remember(copy, ((item, item.read_surety) for item in kept))
        details = {"from": record.version, "applied": kept.count()}
        step(copy, models.State.TO_CORRECT, models.Action.REVISED, user, details)
    desk().check(copy.pk, "import", user)
    return copy


def versions(record: models.Disclosure) -> QuerySet[models.Disclosure]:
    """All versions of a department's disclosure of a year, latest first."""
    return models.Disclosure.objects.filter(
        department=record.department_id, fiscal_year=record.fiscal_year, kind=record.kind
    ).order_by("-version")


def predecessor(
    disclosure: Disclosure, department: models.Department, user: models.User | None
) -> models.Disclosure | None:
    """The version that a newly read file follows, locked. Raises RefusedError where it may not be followed now."""
    found = (
        models.Disclosure.objects.select_for_update(of=("self",))
        .filter(department=department, fiscal_year=disclosure.fiscal_year, kind=disclosure.kind.value)
        .order_by("-version")
        .first()
    )
    if found is not None and not may(user, Act.REPLACE, found):
        state = found.get_state_display()
        raise RefusedError(f"第 {found.version} 版现在是“{state}”，不能上传新版；请先撤回提交或由审核人员退回")
    return found


def take_over(before: models.Disclosure, read: Disclosure) -> editing.Transfer:
    """The newly read data with the corrections of the version before that still apply."""
    corrections = before.corrections.filter(active=True).order_by("pk")
    if not corrections:
        return editing.Transfer(read)
    return editing.transfer(load_record(before), read, corrections)


def record_take_over(
    record: models.Disclosure, before: models.Disclosure, taken: editing.Transfer, user: models.User | None
) -> None:
    """Remember what was taken over; an unfinished version before is superseded."""
    _remember(record, [(_correction(item), surety) for item, surety in taken.applied])
    details = {
        "from": before.version,
        "applied": _places(taken.applied_items),
        "settled": _places(taken.settled),
        "left": _places(taken.left),
    }
    models.Event.objects.create(disclosure=record, action=models.Action.CARRIED_OVER, user=user, details=details)
    if before.state in _UNFINISHED:
        step(before, models.State.SUPERSEDED, models.Action.SUPERSEDED, user, {"by": record.version})


def _places(items: Sequence[editing.Remembered]) -> list[str]:
    return [item.place for item in items[:_LISTED]]


def _correction(item: editing.Remembered) -> models.Correction:
    if not isinstance(item, models.Correction):
        raise TypeError("only stored corrections are taken over")
    return item


def _remember(record: models.Disclosure, kept: Iterable[tuple[models.Correction, Surety | str]]) -> None:
    """Copy corrections to a new version: still by whoever made them."""
    models.Correction.objects.bulk_create(
        models.Correction(
            disclosure=record,
            place=item.place,
            words=item.words,
            action=item.action,
            kind=item.kind,
            read_value=item.read_value,
            read_surety=str(surety),
            old_value=item.old_value,
            new_value=item.new_value,
            reason=item.reason,
            revision=0,
            carried_from=item,
            user_id=item.user_id,
        )
        for item, surety in kept
    )
