"""Silencing a rule that misfires, for a region, by an administrator and with a reason."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from audit import models
from disclosures.errors import InvalidValueError, NotAllowedError, RefusedError
from disclosures.models import Region, Role, State, User
from disclosures.reach import in_region

from .history import write_moves

Status = models.Status
# What was published says what held when it was published.
_SETTLED = (State.PUBLISHED, State.WITHDRAWN, State.SUPERSEDED)


@transaction.atomic
def mute_rule(
    user: User, rule_id: str, region: Region | None, reason: str, ends_on: date | None = None
) -> models.RuleMute:
    """Findings of the rule in the region (None: everywhere) no longer stand in the way, up to a last day if given."""
    from audit.catalogue import rules

    _check_administrator(user)
    if rule_id not in rules():
        raise InvalidValueError([("", f"没有规则“{rule_id}”")])
    if not reason.strip():
        raise InvalidValueError([("", "请写明停用的理由")])
    if ends_on is not None and ends_on < timezone.localdate():
        raise InvalidValueError([("", "停用的最后一天已经过去，请改为今天或以后")])
    if models.RuleMute.objects.filter(rule=rule_id, region=region, ended_at=None).exists():
        raise RefusedError(f"规则 {rule_id} 在这个地区已经停用")
    mute = models.RuleMute.objects.create(
        rule=rule_id, region=region, reason=reason.strip(), muted_by=user, ends_on=ends_on
    )
    reached = list(silenced(rule_id, region).values_list("pk", "status"))
    models.Finding.objects.filter(pk__in=[pk for pk, _ in reached]).update(status=Status.MUTED)
    write_moves(((pk, before, Status.MUTED.value) for pk, before in reached), user)
    return mute


@transaction.atomic
def unmute_rule(user: User, mute_id: int) -> models.RuleMute:
    """The rule speaks again; its findings are where they were before."""
    _check_administrator(user)
    mute = models.RuleMute.objects.select_for_update().filter(pk=mute_id, ended_at=None).first()
    if mute is None:
        raise RefusedError("没有这条停用记录，或者已经恢复")
    _end(mute, user)
    return mute


@transaction.atomic
def lift_expired_mutes(today: date | None = None) -> int:
    """End what was muted up to a day that has passed, as the system. Returns how many."""
    past = models.RuleMute.objects.select_for_update().filter(ended_at=None, ends_on__lt=today or timezone.localdate())
    for mute in (expired := list(past)):
        _end(mute, None)
    return len(expired)


def silenced(rule_id: str, region: Region | None) -> QuerySet[models.Finding]:
    """What muting a rule would silence now: its open and explained findings in the region."""
    held = _reached(models.RuleMute(rule=rule_id, region=region))
    return held.filter(status__in=(Status.OPEN, Status.EXPLAINED))


def _end(mute: models.RuleMute, user: User | None) -> None:
    """Give the findings that nothing else silences the state they had."""
    mute.ended_by, mute.ended_at = user, timezone.now()
    mute.save(update_fields=["ended_by", "ended_at"])
    silent = _reached(mute).filter(status=Status.MUTED)
    for other in models.RuleMute.objects.filter(rule=mute.rule, ended_at=None):
        silent = silent.exclude(_region(other))
    pks = list(silent.values_list("pk", flat=True))
    found = models.Finding.objects.filter(pk__in=pks)
    waived = Exists(models.Waiver.objects.filter(finding=OuterRef("pk"), ended_at=None))
    explained = Exists(models.Explanation.objects.filter(finding=OuterRef("pk"), decision=models.Decision.PENDING))
    found.update(status=Status.OPEN)
    found.filter(explained).update(status=Status.EXPLAINED)
    found.filter(waived).update(status=Status.WAIVED)
    write_moves(((pk, Status.MUTED.value, now) for pk, now in found.values_list("pk", "status")), user)


def _reached(mute: models.RuleMute) -> QuerySet[models.Finding]:
    found = models.Finding.objects.filter(rule=mute.rule).exclude(disclosure__state__in=_SETTLED)
    return models.Finding.objects.filter(pk__in=found.filter(_region(mute)).values("pk"))


def _region(mute: models.RuleMute) -> Q:
    return in_region(mute.region_id, "disclosure__department__") if mute.region_id else Q(pk__isnull=False)


def _check_administrator(user: User) -> None:
    if not user.is_active or not (user.is_superuser or user.role == Role.ADMINISTRATOR):
        raise NotAllowedError("只有管理员可以停用或恢复规则")
