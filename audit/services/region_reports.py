"""What the report of a region says: of a finished audit, or of what is on file now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from audit.models import Audit, Finding, ItemState, Status
from audit.reports.content import DayCount, Frequent, Item, Late, Ranked, RegionReport, Stage, date_words
from audit.reports.region import SHOWN_ERRORS, SHOWN_LATE
from audit.services.statistics import rule_counts
from disclosures.filters import latest_versions
from disclosures.models import Department, Disclosure, Region, State, User
from disclosures.reach import in_region
from disclosures.services.completion import STAGES, progress, regions
from disclosures.services.missing import missing_query, missing_rows
from disclosures.services.permissions import visible_disclosures

from .reports import items_of
from .selection import Selection, disclosures_of
from .summarising import summary
from .trends import trend

TREND_DAYS = 30
_HOLDING = (Status.OPEN, Status.EXPLAINED)
_SEVERITIES = ("error", "warning", "info")


def region_report(user: User, year: int, region: Region | None) -> RegionReport:
    """The state of today, as far as a person sees it."""
    records = latest_versions(visible_disclosures(user).filter(fiscal_year=year))
    if region is not None:
        records = records.filter(in_region(region.pk, "department__"))
    return _report(user, records, Selection(year, region.pk if region else None), region, "")


def audit_report(user: User, audit: Audit) -> RegionReport:
    """The state of what an audit looked at, with its comparison against the audit before."""
    chosen = Selection(audit.year, audit.region_id, tuple(audit.states), tuple(audit.departments))
    records = disclosures_of(chosen).filter(pk__in=visible_disclosures(user).values("pk"))
    moment = timezone.localtime(audit.finished_at) if audit.finished_at else None
    basis = f"依据{date_words(moment.date())}完成的批量核对。" if moment else ""
    compared = summary(audit)
    words = ""
    if compared.new is not None and compared.previous is not None and compared.previous.finished_at is not None:
        before = date_words(timezone.localdate(compared.previous.finished_at))
        words = f"与{before}的批量核对相比，新出现问题{compared.new}个，解决{compared.gone}个。"
    failed = audit.items.filter(state=ItemState.FAILED).select_related("disclosure__department__region")
    return _report(
        user,
        records,
        chosen,
        audit.region,
        basis,
        words,
        tuple(
            Late(str(item.disclosure.department), str(item.disclosure.department.region or ""), item.words)
            for item in failed[:SHOWN_LATE]
        ),
    )


def _report(
    user: User,
    records: QuerySet[Disclosure],
    selection: Selection,
    region: Region | None,
    basis: str,
    compared: str = "",
    failed: tuple[Late, ...] = (),
) -> RegionReport:
    ranking = list(_ranking(records))
    standing = [item for item in ranking if item.errors or item.warnings]
    held = Finding.objects.filter(disclosure__in=records.order_by().values("pk"))
    errors = held.filter(status=Status.OPEN, severity="error")
    today = timezone.localdate()
    missing = missing_query(user, selection.year)
    if region is not None:
        missing = missing.filter(in_region(region.pk))
    return RegionReport(
        region=region.name if region else "全部地区",
        year=selection.year,
        made_on=today,
        basis=basis,
        disclosures=len(ranking),
        clean=len(ranking) - len(standing),
        errors=sum(item.errors for item in ranking),
        warnings=sum(item.warnings for item in ranking),
        infos=sum(item.infos for item in ranking),
        waived=held.filter(status=Status.WAIVED).count(),
        stages=tuple(name for name, _ in STAGES),
        lines=tuple(
            Stage(line.name, tuple(line.stages), line.finished)
            for line in progress(user, selection.year, regions(), region.pk if region else None)
        ),
        ranking=tuple(sorted(standing, key=lambda item: (-item.errors, -item.warnings, item.name))),
        frequent=tuple(_frequent(records)),
        days=tuple(_days(selection, today)),
        late=tuple(_late(missing)),
        late_number=missing.count(),
        open_errors=tuple(_first_errors(errors)),
        open_errors_number=errors.count(),
        compared=compared,
        failed=failed,
    )


def _frequent(records: QuerySet[Disclosure]) -> Iterator[Frequent]:
    """The rules that found something, the gravest and most frequent first."""
    for item in sorted(rule_counts(records), key=lambda item: (item.severity.rank, -item.findings)):
        yield Frequent(item.title, item.severity, item.findings, item.disclosures)


def _days(selection: Selection, today: date) -> Iterator[DayCount]:
    for day in trend(selection, today - timedelta(days=TREND_DAYS - 1), today):
        yield DayCount(day.day, day.opened + day.reopened, day.closed, day.standing)


def _late(missing: QuerySet[Department]) -> Iterator[Late]:
    """The first departments that have handed in nothing, with how far they are."""
    for item in missing_rows(missing[:SHOWN_LATE]):
        region = item.department.region
        words = "，".join(part for part in (item.state, item.deadline.words if item.deadline else "") if part)
        yield Late(item.department.name, region.name if region else "", words)


def _ranking(records: QuerySet[Disclosure]) -> Iterator[Ranked]:
    """Every disclosure with how many findings hold in it; two queries."""
    numbers: dict[int, dict[str, int]] = {}
    found = Finding.objects.filter(disclosure__in=records.order_by().values("pk"), status__in=_HOLDING).order_by()
    for pk, severity, number in found.values_list("disclosure", "severity").annotate(Count("pk")):
        numbers.setdefault(pk, {})[severity] = number
    fields = ("pk", "department__name", "department__region__name", "state")
    for pk, name, region, state in records.order_by().values_list(*fields):
        row = numbers.get(pk, {})
        yield Ranked(name, region or "", State(state).label, *(row.get(severity, 0) for severity in _SEVERITIES))


def _first_errors(errors: QuerySet[Finding]) -> list[Item]:
    first = list(
        errors.order_by("disclosure__department__name", "disclosure", "position", "pk").values_list("pk", flat=True)[
            :SHOWN_ERRORS
        ]
    )
    order = ("disclosure__department__name", "disclosure", "position", "pk")
    return list(items_of(Finding.objects.filter(pk__in=first), {}, order))
