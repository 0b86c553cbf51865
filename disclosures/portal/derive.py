"""Rows of the portal from snapshots, in the transaction of the publication or withdrawal that they follow from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Model, Q

from disclosures import models
from disclosures.models import Publication, PublicationStatus
from disclosures.plain.codec import from_json
from disclosures.plain.data import HORIZON_WORDS, Disclosure, Indicator

from .figures import figures_of, projects_of
from .grams import folded, grams

_BATCH = 2000
_ROWS = (models.PublishedFigure, models.PublishedProject, models.PublishedIndicator)


@transaction.atomic
def refresh(record: models.Disclosure) -> None:
    """Bring the publications of a department, year and kind up to date; a second time it changes nothing."""
    snapshots = list(
        models.Snapshot.objects.filter(
            disclosure__department=record.department_id,
            disclosure__fiscal_year=record.fiscal_year,
            disclosure__kind=record.kind,
        )
        .select_related("disclosure", "publication")
        .order_by("disclosure__version")
    )
    withdrawals = _withdrawals(snapshot.disclosure_id for snapshot in snapshots)
    known = [(snapshot, _kept(snapshot), _status(snapshot, withdrawals)) for snapshot in snapshots]
    behind = [(kept, status) for _, kept, status in known if kept is None or kept.status != status]
    closed = any(kept is not None and status is PublicationStatus.WITHDRAWN for kept, status in behind)
    # What is current no more goes first: one publication is current at a time.
    for snapshot, kept, status in sorted(known, key=lambda item: item[2] is PublicationStatus.CURRENT):
        if kept is None or kept.status != status:
            _write(snapshot, kept, status, withdrawals.get(snapshot.disclosure_id))
    if behind:
        _count(record.fiscal_year, closed)


def rows_of(disclosure: Disclosure, publication: Publication) -> Iterator[Sequence[Model]]:
    """The rows to search and compare, one list for each model."""
    yield [
        models.PublishedFigure(
            publication=publication,
            measure=figure.measure,
            key=figure.key,
            label=figure.label,
            amount=figure.amount,
            position=position,
        )
        for position, figure in enumerate(figures_of(disclosure))
    ]
    yield [
        models.PublishedProject(
            publication=publication,
            position=position,
            name=project.name,
            unit=project.unit,
            carried_over=project.carried_over,
            amount=project.amount,
            **_search(project.name),
        )
        for position, project in enumerate(projects_of(disclosure))
    ]
    yield [
        models.PublishedIndicator(
            publication=publication,
            position=position,
            form=form,
            project=owner,
            horizon=HORIZON_WORDS[item.horizon],
            level1=item.level1,
            level2=item.level2,
            name=item.level3,
            value=item.value or "",
            **_search(f"{item.level3} {item.value or ''}"),
        )
        for position, (form, owner, item) in enumerate(_indicators(disclosure))
    ]


def _indicators(disclosure: Disclosure) -> Iterator[tuple[int, str, Indicator]]:
    """Every indicator with the number of its form (department-wide forms first) and whose it is."""
    owners = [(target.unit, target.indicators) for target in disclosure.overall_targets]
    owners += [(target.project or "", target.indicators) for target in disclosure.project_targets]
    for form, (owner, indicators) in enumerate(owners, start=1):
        for item in indicators:
            yield form, owner, item


def _search(text: str) -> dict[str, str]:
    words = folded(text)
    return {"words": words, "grams": grams(words)}


def _withdrawals(disclosures: Iterable[int]) -> dict[int, tuple[datetime, str]]:
    """When and why each of them was withdrawn."""
    events = models.Event.objects.filter(disclosure__in=list(disclosures), action=models.Action.WITHDRAWN)
    return {event.disclosure_id: (event.at, str(event.details.get("reason", ""))) for event in events.order_by("pk")}


def _kept(snapshot: models.Snapshot) -> Publication | None:
    return getattr(snapshot, "publication", None)


def _status(snapshot: models.Snapshot, withdrawals: dict[int, tuple[datetime, str]]) -> PublicationStatus:
    """What was withdrawn once stays withdrawn, whatever became of its record."""
    state = snapshot.disclosure.state
    if snapshot.disclosure_id in withdrawals or state == models.State.WITHDRAWN:
        return PublicationStatus.WITHDRAWN
    return PublicationStatus.CURRENT if state == models.State.PUBLISHED else PublicationStatus.SUPERSEDED


def _write(
    snapshot: models.Snapshot,
    kept: Publication | None,
    status: PublicationStatus,
    withdrawn: tuple[datetime, str] | None,
) -> None:
    record = snapshot.disclosure
    at, reason = withdrawn or (None, "")
    publication = kept or Publication(snapshot=snapshot, disclosure=record)
    publication.department_id = record.department_id
    publication.fiscal_year, publication.kind, publication.version = record.fiscal_year, record.kind, record.version
    publication.status, publication.title = status, record.printed_department
    publication.published_at = snapshot.published_at
    publication.withdrawn_at, publication.withdrawn_reason = at, reason
    publication.changed_at = at or max(snapshot.published_at, record.updated_at)
    publication.save()
    for model in _ROWS:
        model.objects.filter(publication=publication).delete()
    if status is PublicationStatus.CURRENT:
        for rows in rows_of(from_json(json.loads(snapshot.content)), publication):
            if rows:
                type(rows[0])._default_manager.bulk_create(rows, batch_size=_BATCH)


def _count(year: int, closed: bool) -> None:
    """Remember that the open data of a year are behind; after a withdrawal they are not handed out any more."""
    models.OpenDataYear.objects.get_or_create(fiscal_year=year)
    of_year = models.OpenDataYear.objects.filter(fiscal_year=year)
    of_year.update(generation=F("generation") + 1)
    if closed:
        of_year.update(floor=F("generation"))


def stale_years() -> list[int]:
    """The years whose open data lack something that was published, or hold what was withdrawn."""
    behind = models.OpenDataYear.objects.filter(Q(built__lt=F("generation")))
    return list(behind.values_list("fiscal_year", flat=True))
