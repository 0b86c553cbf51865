"""Checking what is stored: load, check, reconcile."""

from __future__ import annotations

from django.db import transaction

from audit import models
from disclosures.errors import RefusedError
from disclosures.models import Action, Disclosure, Event, User
from disclosures.services.findings import CheckOutcome, desk
from disclosures.services.loaded import content
from disclosures.services.matrix import Act
from disclosures.services.permissions import require

from .sets import holds_of_sets, refresh

_ATTEMPTS = 3


def check_stored(disclosure_id: int, trigger: str = models.Trigger.MANUAL, user: User | None = None) -> models.AuditRun:
    """Check a stored disclosure by today's rules. Raises NotVisibleError, NotAllowedError, RefusedError."""
    outcome = run(disclosure_id, trigger, user)
    if trigger == models.Trigger.MANUAL and holds_of_sets(disclosure_id):
        refresh(Disclosure.objects.get(pk=disclosure_id))
    return models.AuditRun.objects.get(pk=outcome.run_id)


def run(disclosure_id: int, trigger: str, user: User | None) -> CheckOutcome:
    """The same, with what changed. Loading and checking stand outside the transaction that writes."""
    act = Act.CHECK if trigger == models.Trigger.MANUAL else Act.VIEW
    for _ in range(_ATTEMPTS):
        record = require(user, act, disclosure_id)
        prepared = desk().prepare(record, content(record))
        with transaction.atomic():
            locked = Disclosure.objects.select_for_update().get(pk=record.pk)
            if locked.revision != record.revision:
                continue  # somebody saved meanwhile: what was checked is no longer what is there
            outcome = desk().write(locked, prepared, trigger, user)
            if trigger == models.Trigger.MANUAL:
                counts = outcome.counts
                details = {"errors": counts.errors, "warnings": counts.warnings, "run": outcome.run_id}
                Event.objects.create(disclosure=locked, action=Action.CHECKED, user=user, details=details)
            return outcome
    raise RefusedError("核对期间内容一直在被修改，请稍后再试")
