"""Moving records to other positions under a unique constraint that is checked row by row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db import models as orm
from django.db.models import F

M = TypeVar("M", bound=orm.Model)
# Out of the way of every position.
_ASIDE = 1_000_000


def shift(records: orm.QuerySet[M], moves: Iterable[tuple[int, int]]) -> None:
    """Give records the position that `moves` (old, new) names; one statement for each run that moves together.

    Whoever stands at a new position must move as well or be gone.
    """
    runs: list[list[int]] = []  # first, last, by how much
    for before, after in sorted(moves):
        if before == after:
            continue
        if runs and runs[-1][1] == before - 1 and runs[-1][2] == after - before:
            runs[-1][1] = before
        else:
            runs.append([before, before, after - before])
    for first, last, by in runs:
        records.filter(position__gte=first, position__lte=last).update(position=F("position") + _ASIDE + by)
    if runs:
        records.filter(position__gte=_ASIDE).update(position=F("position") - _ASIDE)
