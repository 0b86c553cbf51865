"""The way of a disclosure: submitted, returned, approved. Each step is one transaction with its event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from disclosures import models
from disclosures.errors import InvalidValueError, RefusedError
from disclosures.notifications import announce, announce_assigned

from .findings import FindingView, desk
from .matrix import Act
from .permissions import require, require_all, visible_disclosures

_MOST_LISTED = 5


class SubmissionRefusedError(RefusedError):
    """Errors are open, or warnings were not confirmed."""

    def __init__(self, message: str, errors: tuple[FindingView, ...], warnings: tuple[FindingView, ...]) -> None:
        self.errors = errors
        self.warnings = warnings
        super().__init__(message, [finding.message for finding in errors or warnings])


def submit(
    user: models.User,
    disclosure_id: int,
    *,
    confirm_warnings: bool = False,
    unchanged: Callable[[models.Disclosure], object] = lambda record: None,
) -> models.Disclosure:
    """Hand a disclosure in for review, checked once more by today's rules, while nobody waits for a lock.

    `unchanged` gets the locked record after the check, and may raise where it is not what the caller read.
    Raises SubmissionRefusedError while an error is neither corrected nor explained, or a warning not confirmed.
    """
    require(user, Act.SUBMIT, disclosure_id)
    desk().check(disclosure_id, "submission", user)
    with transaction.atomic():
        record = require(user, Act.SUBMIT, disclosure_id, lock=True)
        unchanged(record)
        open_findings = desk().unsettled(disclosure_id, ["open"])
        errors = tuple(item for item in open_findings if item.severity == "error")
        warnings = tuple(item for item in open_findings if item.severity == "warning")
        if errors:
            message = f"还有 {len(errors)} 个错误没有更正或说明，不能提交"
            raise SubmissionRefusedError(message, errors, warnings)
        if warnings and not confirm_warnings:
            raise SubmissionRefusedError(f"还有 {len(warnings)} 条提醒，请确认无误后再提交", (), warnings)
        record.submitted_by, record.submitted_at = user, timezone.now()
        details = {"confirmed": [item.fingerprint for item in warnings], "revision": record.revision}
        return step(record, models.State.IN_REVIEW, models.Action.SUBMITTED, user, details)


@transaction.atomic
def recall(user: models.User, disclosure_id: int) -> models.Disclosure:
    """Take a submission back before it was decided."""
    record = require(user, Act.RECALL, disclosure_id, lock=True)
    return step(record, models.State.TO_CORRECT, models.Action.RECALLED, user)


@transaction.atomic
def return_for_correction(user: models.User, disclosure_id: int, remark: str) -> models.Disclosure:
    """Give it back to the clerk with a remark; what was signed off or uploaded as final is void."""
    text = remark.strip()
    if not text:
        raise InvalidValueError([("", "请写明退回的原因")])
    record = require(user, Act.RETURN, disclosure_id, lock=True)
    models.Remark.objects.create(disclosure=record, text=text, user=user)
    record.secrecy_reviewer = record.leader = ""
    record.secrecy_reviewed_on = record.signed_on = None
    record.final_file = None
    return step(record, models.State.RETURNED, models.Action.RETURNED, user, {"remark": text})


@transaction.atomic
def approve(user: models.User, disclosure_id: int) -> models.Disclosure:
    """Let it pass: every error corrected or waived, every explanation decided, and not by who submitted it."""
    record = require(user, Act.APPROVE, disclosure_id, lock=True)
    undecided = desk().unsettled(disclosure_id, ["explained"])
    errors = [item for item in desk().unsettled(disclosure_id, ["open"]) if item.severity == "error"]
    if undecided or errors:
        reasons = [f"说明待采纳或退回：{item.message}" for item in undecided]
        reasons += [f"错误未处理：{item.message}" for item in errors]
        raise RefusedError(f"还有 {len(reasons)} 个问题没有处理，不能通过", reasons)
    return step(record, models.State.APPROVED, models.Action.APPROVED, user, {"revision": record.revision})


@transaction.atomic
def assign(user: models.User, disclosure_ids: Iterable[int], assignee: models.User | None) -> int:
    """Name who is responsible for these disclosures (None: nobody); all or none. Returns how many changed."""
    records = require_all(user, Act.ASSIGN, disclosure_ids)
    reached = _seen_by(assignee, records) if assignee is not None else {record.pk for record in records}
    if blind := next((record for record in records if record.pk not in reached), None):
        raise RefusedError(f"“{assignee}”看不到“{blind}”，不能负责这份公开文本")
    changed = [record for record in records if record.assigned_to_id != (assignee.pk if assignee else None)]
    for record in changed:
        record.assigned_to, record.updated_at = assignee, timezone.now()
    models.Disclosure.objects.bulk_update(changed, ["assigned_to", "updated_at"])
    told = {"to": str(assignee or "")}
    events = models.Event.objects.bulk_create(
        models.Event(disclosure=record, action=models.Action.ASSIGNED, user=user, details=told) for record in changed
    )
    if assignee is not None:
        announce_assigned(events, assignee)
    return len(changed)


def step(
    record: models.Disclosure,
    state: models.State,
    action: models.Action,
    user: models.User | None,
    details: dict[str, Any] | None = None,
) -> models.Disclosure:
    """Write a locked record in its new state, with the event, and tell whom it concerns. Only for services."""
    before, record.state = record.state, state
    record.save()
    described = {**(details or {}), **({"from": before, "to": state.value} if before != state else {})}
    announce(models.Event.objects.create(disclosure=record, action=action, user=user, details=described))
    return record


def _seen_by(user: models.User, records: Iterable[models.Disclosure]) -> set[int]:
    """The keys of those that an account in use may see."""
    if not user.is_active:
        return set()
    return set(visible_disclosures(user).filter(pk__in=[record.pk for record in records]).values_list("pk", flat=True))
