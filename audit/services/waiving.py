"""Explaining findings (clerks) and letting them stand (reviewers)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit import models
from audit.models import Decision, Status
from disclosures.errors import InvalidValueError, NotVisibleError, RefusedError
from disclosures.models import Action, Event, User
from disclosures.notifications import announce
from disclosures.services.matrix import Act
from disclosures.services.permissions import require

from .history import step, write_steps


@transaction.atomic
def explain_finding(user: User, finding_id: int, text: str) -> models.Explanation:
    """Say why a finding is to stand; a reviewer decides. A later explanation replaces an undecided one."""
    text = _said(text, "请写明原因")
    finding = _finding(user, Act.EXPLAIN, finding_id)
    if finding.status not in (Status.OPEN, Status.EXPLAINED):
        raise RefusedError(f"这个问题{finding.get_status_display()}，不需要说明")
    _pending(finding).update(decision=Decision.REPLACED)
    explanation = models.Explanation.objects.create(
        finding=finding, text=text, values_digest=finding.values_digest, user=user
    )
    _move(finding, Status.EXPLAINED, Action.EXPLAINED, user, text)
    return explanation


@transaction.atomic
def withdraw_explanation(user: User, finding_id: int) -> models.Finding:
    """Take an undecided explanation back."""
    finding = _finding(user, Act.EXPLAIN, finding_id)
    if not _pending(finding).update(decision=Decision.REPLACED):
        raise RefusedError("没有待审核的说明")
    _move(finding, Status.OPEN, Action.EXPLAINED, user, "收回说明")
    return finding


@transaction.atomic
def accept_explanation(user: User, finding_id: int, reason: str = "") -> models.Waiver:
    """Accept the clerk's explanation: it becomes a waiver."""
    finding = _finding(user, Act.DECIDE, finding_id)
    explanation = _explanation(finding, user)
    _decide(explanation, Decision.ACCEPTED, user, reason)
    return _waive(finding, user, reason.strip() or explanation.text, Action.EXPLANATION_ACCEPTED, explanation)


@transaction.atomic
def refuse_explanation(user: User, finding_id: int, answer: str) -> models.Explanation:
    """Refuse it: the finding is open again."""
    answer = _said(answer, "请写明不采纳的原因")
    finding = _finding(user, Act.DECIDE, finding_id)
    explanation = _explanation(finding, user)
    _decide(explanation, Decision.REFUSED, user, answer)
    _move(finding, Status.OPEN, Action.EXPLANATION_REFUSED, user, answer)
    return explanation


@transaction.atomic
def waive_finding(user: User, finding_id: int, reason: str) -> models.Waiver:
    """Let a finding stand, for its present values."""
    reason = _said(reason, "请写明豁免的理由")
    finding = _finding(user, Act.DECIDE, finding_id)
    return _waive_stated(finding, user, reason)


@transaction.atomic
def waive_findings(user: User, finding_ids: Iterable[int], reason: str) -> list[models.Waiver]:
    """Several at once, all or none; they may belong to several disclosures."""
    reason = _said(reason, "请写明豁免的理由")
    wanted = set(finding_ids)
    by_disclosure: dict[int, list[int]] = defaultdict(list)
    for pk, disclosure in models.Finding.objects.filter(pk__in=wanted).values_list("pk", "disclosure"):
        by_disclosure[disclosure].append(pk)
    if sum(map(len, by_disclosure.values())) != len(wanted):
        raise NotVisibleError("没有这个问题，或者您无权查看")
    waivers = []
    for disclosure in sorted(by_disclosure):  # always in one order, so that two people do not wait for each other
        require(user, Act.DECIDE, disclosure, lock=True)
        for finding in models.Finding.objects.filter(pk__in=by_disclosure[disclosure]).order_by("pk"):
            waivers.append(_waive_stated(finding, user, reason))
    return waivers


@transaction.atomic
def revoke_waiver(user: User, finding_id: int, reason: str) -> models.Waiver:
    """Take a waiver back: the finding is open again where it still holds."""
    reason = _said(reason, "请写明撤销豁免的原因")
    finding = _finding(user, Act.DECIDE, finding_id)
    waiver = finding.waivers.filter(ended_at=None).first()
    if waiver is None:
        raise RefusedError("这个问题没有有效的豁免")
    waiver.ended_at, waiver.ended_by, waiver.end_reason = timezone.now(), user, reason
    waiver.save(update_fields=["ended_at", "ended_by", "end_reason"])
    status = Status.OPEN if finding.status == Status.WAIVED else Status(finding.status)
    _move(finding, status, Action.WAIVER_REVOKED, user, reason)
    return waiver


def _waive_stated(finding: models.Finding, user: User, reason: str) -> models.Waiver:
    if finding.status not in (Status.OPEN, Status.EXPLAINED):
        raise RefusedError(f"这个问题{finding.get_status_display()}，不能豁免：{finding.message}")
    explanation = _pending(finding).first()
    if explanation is not None:
        _check_not_own(explanation, user)
        _decide(explanation, Decision.ACCEPTED, user, reason)
    return _waive(finding, user, reason, Action.WAIVED, explanation)


def _waive(
    finding: models.Finding, user: User, reason: str, action: Action, explanation: models.Explanation | None
) -> models.Waiver:
    _in_force(finding).update(ended_at=timezone.now(), ended_by=user, end_reason="由新的豁免取代")
    waiver = models.Waiver.objects.create(
        finding=finding,
        reason=reason,
        values_digest=finding.values_digest,
        explanation=explanation,
        granted_by=user,
    )
    _move(finding, Status.WAIVED, action, user, reason)
    return waiver


def _finding(user: User, act: Act, finding_id: int) -> models.Finding:
    """The finding, its disclosure locked. Raises NotVisibleError, NotAllowedError."""
    disclosure_id = models.Finding.objects.filter(pk=finding_id).values_list("disclosure", flat=True).first()
    if disclosure_id is None:
        raise NotVisibleError("没有这个问题，或者您无权查看")
    require(user, act, disclosure_id, lock=True)
    return models.Finding.objects.get(pk=finding_id)


def _explanation(finding: models.Finding, user: User) -> models.Explanation:
    explanation = _pending(finding).first()
    if explanation is None:
        raise RefusedError("这个问题没有待审核的说明")
    _check_not_own(explanation, user)
    return explanation


def _check_not_own(explanation: models.Explanation, user: User) -> None:
    if explanation.user_id == user.pk:
        raise RefusedError("这条说明是您自己写的，须由其他审核人员决定")


def _pending(finding: models.Finding) -> QuerySet[models.Explanation]:
    return models.Explanation.objects.filter(finding=finding, decision=Decision.PENDING)


def _in_force(finding: models.Finding) -> QuerySet[models.Waiver]:
    return models.Waiver.objects.filter(finding=finding, ended_at=None)


def _decide(explanation: models.Explanation, decision: Decision, user: User, answer: str) -> None:
    explanation.decision, explanation.decided_by, explanation.decided_at = decision, user, timezone.now()
    explanation.answer = answer.strip()
    explanation.save(update_fields=["decision", "decided_by", "decided_at", "answer"])


def _move(finding: models.Finding, status: Status, action: Action, user: User, text: str) -> None:
    before, finding.status = str(finding.status), status
    finding.save(update_fields=["status"])
    write_steps([step(finding, before, user=user)])
    details = {"fingerprint": finding.fingerprint, "rule": finding.rule, "where": finding.where, "text": text}
    announce(Event.objects.create(disclosure_id=finding.disclosure_id, action=action, user=user, details=details))


def _said(text: str, missing: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidValueError([("", missing)])
    return text
