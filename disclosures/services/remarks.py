"""Remarks on a finding, a place or the whole, and their answers."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from disclosures import models
from disclosures.errors import InvalidValueError, NotVisibleError
from disclosures.notifications import announce

from .matrix import Act
from .permissions import require


@transaction.atomic
def add_remark(
    user: models.User,
    disclosure_id: int,
    text: str,
    *,
    fingerprint: str = "",
    place: str = "",
    answers: int | None = None,
) -> models.Remark:
    """Say something about a finding, a place or the whole; or answer a remark of this or an earlier version."""
    if not text.strip():
        raise InvalidValueError([("", "请写批注的内容")])
    record = require(user, Act.REMARK, disclosure_id)
    answered = None
    if answers is not None:
        answered = models.Remark.objects.filter(pk=answers, disclosure__in=lineage(record)).first()
        if answered is None:
            raise NotVisibleError("没有这条批注")
        answered = answered.answers or answered  # a thread is one remark and its answers, in order
    remark = models.Remark.objects.create(
        disclosure=record,
        text=text.strip(),
        fingerprint=answered.fingerprint if answered else fingerprint,
        place=answered.place if answered else place,
        answers=answered,
        user=user,
    )
    details = {"remark": remark.pk, "text": remark.text[:200], "place": remark.place}
    announce(models.Event.objects.create(disclosure=record, action=models.Action.REMARKED, user=user, details=details))
    return remark


@transaction.atomic
def resolve_remark(user: models.User, remark_id: int, *, resolved: bool = True) -> models.Remark:
    """Mark a remark as dealt with, or (`resolved` false) as open again."""
    remark = models.Remark.objects.filter(pk=remark_id).first()
    if remark is None:
        raise NotVisibleError("没有这条批注")
    record = require(user, Act.REMARK, remark.disclosure_id)
    if remark.resolved != resolved:
        remark.resolved = resolved
        remark.save(update_fields=["resolved"])
        details = {"remark": remark.pk, "text": remark.text[:200], "resolved": resolved}
        models.Event.objects.create(disclosure=record, action=models.Action.REMARKED, user=user, details=details)
    return remark


def lineage(record: models.Disclosure) -> list[int]:
    """The version and all that it goes back to, latest first."""
    found, following = [record.pk], record.based_on_id
    while following is not None and following not in found:
        found.append(following)
        following = models.Disclosure.objects.values_list("based_on", flat=True).get(pk=following)
    return found


def remarks_of(disclosure_id: int) -> QuerySet[models.Remark]:
    """The remarks of a version, and those of earlier ones that nobody has dealt with, oldest first."""
    record = models.Disclosure.objects.get(pk=disclosure_id)
    reach = Q(disclosure=record) | Q(disclosure__in=lineage(record), resolved=False)
    return models.Remark.objects.filter(reach).select_related("user", "disclosure").order_by("at", "pk")
