"""Audits over a selection: begun, worked off in chunks, cancelled, finished.

How far an audit is follows from its items. Each item changes its state once, in the transaction that writes
its findings: a chunk that is delivered twice, or to two workers at once, counts once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from audit.models import Audit, AuditItem, AuditState, ItemState, Trigger
from disclosures import tasks
from disclosures.errors import NotVisibleError, RefusedError, ServiceError
from disclosures.models import OPEN_STATES, Disclosure, NoticeKind, Role, Task, TaskTrigger, User
from disclosures.notifications import tell
from disclosures.notifications.people import administrators
from disclosures.storage import load_record

from .basis import rules_version
from .planning import Plan, plan_for
from .prepared import checked
from .reconcile import reconcile
from .selection import Selection, disclosures_of, may_audit, reachable, regions_below
from .sets import check_sets
from .summarising import summarise

CHUNK = 25
STUCK = timedelta(minutes=10)  # without a step and without a task at work: nobody will go on
KINDS = ("audit", "audit_chunk", "audit_finish")
_ATTEMPTS = 3
_INTERRUPTED = "处理这一份的后台任务中断了，没有核对；可以重新发起"
_BROKEN = "核对时系统出错，详情已记入日志；其余各份不受影响"
_CHANGING = "核对期间内容一直在被修改，请稍后再核对"
_REGIONS = "department__region__parent__parent__parent"  # as far up as rules can be silenced
_OPEN = (AuditState.QUEUED, AuditState.RUNNING)

_log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]  # done, total


# ---------------------------------------------------------------- beginning and ending


def start_audit(
    user: User | None,
    selection: Selection,
    trigger: str = "manual",
    *,
    whole: bool = False,
    enqueue: bool = True,
) -> Audit:
    """Begin an audit in the background; an open one of the same selection is returned instead.

    `whole` checks also what has not changed since its last check. Without `enqueue` the caller works it off
    (`run_audit`). Raises NotAllowedError, NotVisibleError, InvalidValueError, RefusedError when there is
    nothing to check.
    """
    chosen = reachable(user, selection)
    tidy_audits()
    with transaction.atomic():
        running = Audit.objects.select_for_update().filter(selection_key=chosen.key, state__in=_OPEN).first()
        if running is not None:
            return running
        ids = list(disclosures_of(chosen).order_by("department__region", "pk").values_list("pk", flat=True))
        if not ids:
            raise RefusedError("所选范围内没有公开文本，请放宽条件")
        audit = Audit.objects.create(
            **chosen.as_fields(),
            user=user,
            trigger=trigger,
            whole=whole,
            rules_version=rules_version(),
            total=len(ids),
        )
        items = [AuditItem(audit=audit, disclosure_id=pk) for pk in ids]
        AuditItem.objects.bulk_create(items, batch_size=1000)
        if enqueue:
            _enqueue("audit", audit, "all")
    return audit


def begin_audit(audit_id: int) -> list[list[int]]:
    """Mark an audit as running and cut what is left of it into chunks of disclosures."""
    opened = Audit.objects.filter(pk=audit_id, state__in=_OPEN)
    opened.filter(started_at=None).update(started_at=timezone.now())
    if not opened.update(state=AuditState.RUNNING):
        return []
    left = list(_queued(audit_id).values_list("disclosure", flat=True))
    return [left[at : at + CHUNK] for at in range(0, len(left), CHUNK)]


def fan_out(audit_id: int) -> int:
    """Queue a task for each chunk; how many there are."""
    chunks = begin_audit(audit_id)
    audit = Audit.objects.get(pk=audit_id)
    for ids in chunks:
        _enqueue("audit_chunk", audit, str(ids[0]), ids=ids)
    if not chunks and audit.is_open:
        _enqueue("audit_finish", audit, "end")
    return len(chunks)


def cancel_audit(user: User | None, audit_id: int) -> Audit:
    """What is not checked yet stays so; what is, is kept. Raises NotVisibleError, RefusedError."""
    with transaction.atomic():
        audit = Audit.objects.select_for_update().filter(pk=audit_id).first()
        if audit is None or (user is not None and not visible_audits(user).filter(pk=audit_id).exists()):
            raise NotVisibleError("没有这次批量核对，或者您无权查看")
        if not audit.is_open:
            raise RefusedError("这次批量核对已经结束，不用取消")
        audit.cancel_requested = True
        audit.save(update_fields=["cancel_requested"])
        _queued(audit_id).update(state=ItemState.CANCELLED, at=timezone.now())
    finish_audit(audit_id)
    audit.refresh_from_db()
    return audit


def finish_audit(audit_id: int) -> bool:
    """Close an audit when none of its items waits; whether it is closed now. Safe to call at any time."""
    audit = Audit.objects.select_related("region").get(pk=audit_id)
    if not audit.is_open:
        return True
    if _queued(audit_id).exists():
        return False
    sets = check_sets(audit)
    summary = summarise(audit, sets)
    with transaction.atomic():
        locked = Audit.objects.select_for_update().get(pk=audit_id)
        if not locked.is_open:
            return True
        numbers = counts(audit_id)
        locked.checked = numbers.get(ItemState.CHECKED, 0)
        locked.unchanged = numbers.get(ItemState.UNCHANGED, 0)
        locked.failed = numbers.get(ItemState.FAILED, 0)
        locked.state = AuditState.CANCELLED if locked.cancel_requested else AuditState.DONE
        locked.summary, locked.finished_at = summary, timezone.now()
        locked.save()
        _announce(locked)
    return True


def _announce(audit: Audit) -> None:
    """Tell who began it; of one that the clock began, administrators if something of it failed."""
    if audit.state != AuditState.DONE or (audit.user is None and not audit.failed):
        return
    failed = f"，其中 {audit.failed} 份没有核对成" if audit.failed else ""
    words = f"{audit}已完成：{audit.total} 份{failed}"
    people = [audit.user] if audit.user is not None else administrators()
    tell(people, NoticeKind.AUDIT, words, link=reverse("audit", args=[audit.pk]), key=f"audit:{audit.pk}")


def run_audit(audit_id: int, progress: Progress | None = None) -> Audit:
    """Work an audit off here and now, chunk by chunk (commands, tests)."""
    total = _queued(audit_id).count()
    done = 0
    for ids in begin_audit(audit_id):
        for _ in checking(audit_id, ids):
            done += 1
            if progress is not None:
                progress(done, total)
    finish_audit(audit_id)
    return Audit.objects.get(pk=audit_id)


def tidy_audits() -> int:
    """Close audits that nobody works on any more; what they left waiting has failed in words. How many."""
    closed = 0
    for audit in Audit.objects.filter(state__in=_OPEN):
        if not _is_stuck(audit):
            continue
        _queued(audit.pk).update(state=ItemState.FAILED, words=_INTERRUPTED, at=timezone.now())
        closed += finish_audit(audit.pk)
    return closed


def _is_stuck(audit: Audit) -> bool:
    latest = audit.items.aggregate(latest=Max("at"))["latest"]
    moment = max(item for item in (latest, audit.started_at, audit.queued_at) if item is not None)
    if moment > timezone.now() - STUCK:
        return False
    at_work = Task.objects.filter(kind__in=KINDS, key__startswith=f"{audit.pk}:", state__in=OPEN_STATES)
    return not at_work.exists()


# ---------------------------------------------------------------- one chunk


def checking(audit_id: int, ids: Sequence[int]) -> Iterator[str]:
    """Check the disclosures of a chunk that still wait; one outcome after the other, so that the caller can stop."""
    audit = Audit.objects.select_related("user").get(pk=audit_id)
    waiting = _queued(audit_id).filter(disclosure__in=ids).values("disclosure")
    records = Disclosure.objects.select_related(_REGIONS).filter(pk__in=waiting).order_by("pk")
    if not audit.is_open or not records:
        return
    plan = plan_for(list(records))
    for record in records:
        yield _item(audit, record, plan)


def ended(audit_id: int) -> bool:
    """Whether no item waits any more."""
    return not _queued(audit_id).exists()


def enqueue_finish(audit_id: int) -> None:
    """Queue the end of an audit; several chunks that end at once queue it once."""
    _enqueue("audit_finish", Audit.objects.get(pk=audit_id), "end")


def _item(audit: Audit, record: Disclosure, plan: Plan) -> str:
    """Check one disclosure; whatever goes wrong with it is written into its item."""
    try:
        if not audit.whole and plan.is_unchanged(record):
            return _settle(audit, record, ItemState.UNCHANGED)
        return _check(audit, record, plan)
    except (OperationalError, InterfaceError, SoftTimeLimitExceeded):
        raise  # the database or the time is up, not the disclosure: the chunk is tried again
    except ServiceError as error:
        return _settle(audit, record, ItemState.FAILED, str(error))
    except Exception:  # noqa: BLE001 (one broken disclosure must not end the audit of the others)
        _log.exception("audit %s: disclosure %s could not be checked", audit.pk, record.pk)
        return _settle(audit, record, ItemState.FAILED, _BROKEN)


def _check(audit: Audit, record: Disclosure, plan: Plan) -> str:
    """Load and check outside the transaction; write findings and item in one."""
    for _ in range(_ATTEMPTS):
        prepared = checked(load_record(record), plan.previous(record), plan.catalogue)
        with transaction.atomic():
            locked = Disclosure.objects.select_for_update().get(pk=record.pk)
            if locked.revision != record.revision:
                record.revision, record.updated_at = locked.revision, locked.updated_at
                record.printed_department = locked.printed_department
                continue  # somebody saved meanwhile: what was checked is no longer what is there
            if not _queued(audit.pk).filter(disclosure=record).exists():
                return ItemState.CANCELLED  # another worker was faster, or the audit was cancelled
            outcome = reconcile(locked, prepared, Trigger.AUDIT, audit.user, plan.muted_for(record))
            return _settle(audit, record, ItemState.CHECKED, run_id=outcome.run_id)
    raise RefusedError(_CHANGING)


def _settle(audit: Audit, record: Disclosure, state: ItemState, words: str = "", run_id: int | None = None) -> str:
    waiting = _queued(audit.pk).filter(disclosure=record)
    changed = waiting.update(state=state, words=words, run=run_id, at=timezone.now())
    return state if changed else ItemState.CANCELLED


# ---------------------------------------------------------------- asking


def visible_audits(user: User) -> QuerySet[Audit]:
    """The audits that a person may see: a reviewer's those of their region and below."""
    if not may_audit(user):
        return Audit.objects.none()
    if user.is_superuser or user.role != Role.REVIEWER:
        return Audit.objects.all()
    return Audit.objects.filter(region__in=regions_below(user.region_id)) if user.region_id else Audit.objects.none()


def counts(audit_id: int) -> dict[str, int]:
    """How many items are in each state, in one query."""
    states = AuditItem.objects.filter(audit=audit_id).order_by().values_list("state")
    return dict(states.annotate(Count("pk")))


def _queued(audit_id: int) -> QuerySet[AuditItem]:
    return AuditItem.objects.filter(audit=audit_id, state=ItemState.QUEUED)


def _enqueue(kind: str, audit: Audit, what: str, **params: object) -> None:
    """A task of an audit; its key begins with the audit's, by which `tidy_audits` knows it again."""
    trigger = TaskTrigger.PERSON if audit.user_id else TaskTrigger.SCHEDULE
    key = f"{audit.pk}:{what}"
    tasks.enqueue(kind, user=audit.user, params={"audit": audit.pk} | params, key=key, trigger=trigger)
