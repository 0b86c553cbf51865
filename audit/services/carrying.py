"""What a new version takes over of the one it follows: explanations and waivers that still apply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from audit import models

from .history import write_moves

D = TypeVar("D", models.Waiver, models.Explanation)


def carry_over(predecessor_id: int, findings: Sequence[models.Finding]) -> None:
    """Give new findings the decisions made about the same finding, with the same values, of the version before."""
    here = {(item.fingerprint, item.values_digest): item for item in findings}
    waivers = models.Waiver.objects.filter(finding__disclosure=predecessor_id, ended_at=None)
    explanations = models.Explanation.objects.filter(
        finding__disclosure=predecessor_id, decision=models.Decision.PENDING
    )
    waived = _copies(here, list(waivers.select_related("finding")))
    models.Waiver.objects.bulk_create(
        models.Waiver(
            finding=finding, reason=item.reason, values_digest=item.values_digest, granted_by_id=item.granted_by_id
        )
        for finding, item in waived
    )
    explained = _copies(here, list(explanations.select_related("finding")))
    models.Explanation.objects.bulk_create(
        models.Explanation(finding=finding, text=item.text, values_digest=item.values_digest, user_id=item.user_id)
        for finding, item in explained
    )
    _set_status([finding for finding, _ in explained], models.Status.EXPLAINED)
    _set_status([finding for finding, _ in waived], models.Status.WAIVED)


def _copies(here: dict[tuple[str, str], models.Finding], decisions: Sequence[D]) -> list[tuple[models.Finding, D]]:
    pairs = ((here.get((item.finding.fingerprint, item.values_digest)), item) for item in decisions)
    return [(finding, item) for finding, item in pairs if finding is not None]


def _set_status(findings: Sequence[models.Finding], status: models.Status) -> None:
    chosen = [item for item in findings if item.status != models.Status.MUTED]
    moves = [(item.pk, str(item.status), str(status)) for item in chosen]
    for item in chosen:
        item.status = status
    write_moves(moves, None)
    models.Finding.objects.filter(pk__in=[item.pk for item in chosen]).update(status=status)
