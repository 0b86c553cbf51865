"""New versions: a copy that starts a revision, and what a re-uploaded file takes over of the version before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from disclosures import editing, models
from disclosures.errors import RefusedError
from disclosures.plain.data import Disclosure
from disclosures.storage import load_record, store

from .findings import desk
from .matrix import Act
from .permissions import may, require
from .workflow import step

_UNFINISHED = (models.State.TO_CORRECT, models.State.RETURNED, models.State.IN_REVIEW, models.State.APPROVED)
_LISTED = 200
_NAMED = 20  # corrections that a note names; the rest are counted


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
        kept = list(record.corrections.filter(active=True, ended_by=None).order_by("pk"))
        _copy_all(copy, kept)
        details = {"from": record.version, "applied": len(kept)}
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
    corrections = before.corrections.filter(active=True, ended_by=None).order_by("pk")
    if not corrections:
        return editing.Transfer(read)
    return transferred(load_record(before), read, corrections)


def transferred(old: Disclosure, new: Disclosure, corrections: Iterable[models.Correction]) -> editing.Transfer:
    """`editing.transfer`, which is also told what had been corrected in something before it was removed."""
    kept = list(corrections)
    ended: dict[str, list[models.Correction]] = defaultdict(list)
    for item in models.Correction.objects.filter(ended_by__in=[item.pk for item in kept]).order_by("pk"):
        ended[str(item.ended_by_id)].append(item)

    def within(removal: editing.Remembered) -> list[models.Correction]:
        were_active = (removal.content or {}).get("active", ())
        return [item for item in ended[str(_correction(removal).pk)] if item.pk in were_active]

    return editing.transfer(old, new, kept, within)


def record_take_over(
    record: models.Disclosure, before: models.Disclosure, taken: editing.Transfer, user: models.User | None
) -> None:
    """Remember what was taken over; an unfinished version before is superseded."""
    models.Correction.objects.bulk_create(_carried(record, item) for item in taken.applied)
    details = {
        "from": before.version,
        "applied": [item.place for item in taken.applied[:_LISTED]],
        "settled": [item.place for item in taken.settled[:_LISTED]],
        "left": [item.place for item in taken.left[:_LISTED]],
        "words": _note(taken),
    }
    models.Event.objects.create(disclosure=record, action=models.Action.CARRIED_OVER, user=user, details=details)
    if before.state in _UNFINISHED:
        step(before, models.State.SUPERSEDED, models.Action.SUPERSEDED, user, {"by": record.version})


def _note(taken: editing.Transfer) -> str:
    """What the clerk should know: what was kept, what the file says already, what fits no more."""
    parts = []
    if taken.applied:
        parts.append(f"沿用 {len(taken.applied)} 处更正")
    if taken.settled:
        parts.append(f"{len(taken.settled)} 处文件中已经改好")
    if taken.left:
        named = "、".join(
            f"{_correction(item).words}（原改为“{item.new_value or '空白'}”）" for item in taken.left[:_NAMED]
        )
        more = " 等" if len(taken.left) > _NAMED else ""
        parts.append(f"{len(taken.left)} 处在新文件中对不上，没有沿用，请核对：{named}{more}")
    return "；".join(parts)


def _correction(item: editing.Remembered) -> models.Correction:
    if not isinstance(item, models.Correction):
        raise TypeError("only stored corrections are taken over")
    return item


def _carried(record: models.Disclosure, applied: editing.Applied) -> models.Correction:
    item = _correction(applied.item)
    copy = _copy(record, item)
    copy.place, copy.content = applied.place, applied.content
    copy.read_surety = str(applied.surety)
    if applied.content is None:
        copy.read_value = applied.read_value
    return copy


def _copy(record: models.Disclosure, item: models.Correction) -> models.Correction:
    """A correction as a new version knows it: still by whoever made it."""
    return models.Correction(
        disclosure=record,
        place=item.place,
        words=item.words,
        action=item.action,
        kind=item.kind,
        read_value=item.read_value,
        read_surety=item.read_surety,
        old_value=item.old_value,
        new_value=item.new_value,
        content=item.content,
        reason=item.reason,
        active=item.active,
        revision=0,
        carried_from=item,
        user_id=item.user_id,
    )


def _copy_all(record: models.Disclosure, kept: Sequence[models.Correction]) -> None:
    """Copy corrections to a version of the same content, with those that ended in something removed."""
    copies = {item.pk: _copy(record, item) for item in kept}
    models.Correction.objects.bulk_create(copies.values())
    ended = {}
    for item in models.Correction.objects.filter(ended_by__in=list(copies)).order_by("pk"):
        ended[item.pk] = _copy(record, item)
        ended[item.pk].ended_by = copies.get(item.ended_by_id or 0)
    models.Correction.objects.bulk_create(ended.values())
    changed = [item for item in copies.values() if (item.content or {}).get("active")]
    for item in changed:
        content = item.content or {}
        item.content = {**content, "active": [ended[pk].pk for pk in content["active"] if pk in ended]}
    models.Correction.objects.bulk_update(changed, ["content"])
