"""Rules over sets of stored disclosures: which sets there are, their data, and keeping what they find.

One set for each region; within it a family for each department that has units. What is compared is read
for all of them at once. Findings belong to the latest check of their disclosure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from sys import intern

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from audit import models
from audit.across.context import CodeName, Member, SetContext
from audit.across.engine import check_set
from audit.across.rule import Reach, SetFinding
from audit.catalogue import SET_PREFIX
from audit.findings import CheckResult, Finding
from disclosures.models import BudgetLine, BudgetTable, Department, DepartmentYear, Disclosure, Region, State
from disclosures.plain.data import Disclosure as PlainDisclosure
from disclosures.plain.data import Kind
from disclosures.services.catalogues import current_catalogue
from disclosures.services.deadlines import of_approval

from .comparing import Changes, compare, decisions_on, muted_rules, write
from .previous import tables_of
from .records import records_of
from .selection import Selection, departments_of, disclosures_of

_FAMILY_TABLES = ("T02", "T11", "T12", "T13")
_NAMED_TABLES = ("T02", "T03")
_TOGETHER = 40  # disclosures of families whose tables are in memory at the same time


@dataclass(frozen=True, slots=True)
class Absent:
    """A finding about a department that has no disclosure to hold it."""

    rule: str
    department: int
    name: str
    region: str
    message: str


@dataclass
class SetsOutcome:
    """What the sets of an audit say of departments, and how many findings of disclosures hold."""

    absent: list[Absent] = field(default_factory=list)
    holding: int = 0


def check_sets(audit: models.Audit, today: date | None = None) -> SetsOutcome:
    """Check every set that an audit touches and reconcile what it says of the audit's disclosures."""
    selection = Selection(audit.year, audit.region_id, tuple(audit.states), tuple(audit.departments))
    wanted = set(audit.items.exclude(state=models.ItemState.CANCELLED).values_list("disclosure", flat=True))
    covered = set(departments_of(selection).values_list("pk", flat=True))
    regions = Region.objects.select_related("parent__parent__parent").in_bulk(
        departments_of(selection).exclude(region=None).order_by().values_list("region", flat=True).distinct()
    )
    outcome = SetsOutcome()
    for region in sorted(regions.values(), key=lambda item: item.pk):
        context = _region_set(region, audit.year, today or timezone.localdate())
        _settle(region, context, wanted, covered, outcome)
    return outcome


def holds_of_sets(disclosure_id: int) -> bool:
    """Whether any finding of a set stands against a disclosure."""
    held = models.Finding.objects.filter(disclosure=disclosure_id, rule__startswith=SET_PREFIX)
    return held.exclude(status=models.Status.GONE).exists()


def refresh(record: Disclosure) -> None:
    """Check again what sets say of one disclosure: who mended it need not wait for the next audit."""
    department = Department.objects.select_related("region__parent__parent__parent").get(pk=record.department_id)
    if department.region is not None:
        context = _region_set(department.region, record.fiscal_year, timezone.localdate())
        _settle(department.region, context, {record.pk}, set(), SetsOutcome())


def _settle(region: Region, context: SetContext, wanted: set[int], covered: set[int], outcome: SetsOutcome) -> None:
    found: dict[int, list[Finding]] = defaultdict(list)
    for item in (*check_set(context, Reach.REGION), *_family_findings(context, wanted)):
        if item.member.disclosure in wanted:
            found[item.member.disclosure].append(item.finding)
        elif item.member.disclosure is None and item.member.department in covered:
            outcome.absent.append(_absent(item, region))
    outcome.holding += _reconcile(region, context.year, found, wanted & _disclosures(context))


def _absent(item: SetFinding, region: Region) -> Absent:
    member, finding = item.member, item.finding
    return Absent(finding.rule, member.department, member.name, region.name, finding.message)


def _disclosures(context: SetContext) -> set[int]:
    return {member.disclosure for member in context.members if member.disclosure is not None}


# ---------------------------------------------------------------- the data of a set


def _region_set(region: Region, year: int, today: date) -> SetContext:
    """All departments and units of a region with the latest versions of their disclosures; five queries."""
    departments = list(Department.objects.filter(region=region))
    keys = [item.pk for item in departments]
    approved = dict(
        DepartmentYear.objects.filter(
            department__in=keys, fiscal_year=year, budget_approved_on__isnull=False
        ).values_list("department", "budget_approved_on")
    )
    records: dict[int, list[Disclosure]] = defaultdict(list)
    for record in disclosures_of(Selection(year)).filter(department__in=keys).order_by("pk"):
        records[record.department_id].append(record)
    public = set(
        Disclosure.objects.filter(department__in=keys, fiscal_year=year, state=State.PUBLISHED).values_list(
            "department", flat=True
        )
    )
    names = _names([record.pk for items in records.values() for record in items])
    members: list[Member] = []
    for department in departments:
        day = approved.get(department.pk)
        alone = Member(
            department=department.pk,
            name=department.name,
            parent=department.parent_id,
            public=department.pk in public,
            approved_on=day,
            last_day=of_approval(day, today).last_day if day else None,
        )
        of_year = records.get(department.pk, [])
        members += [
            replace(alone, disclosure=item.pk, kind=Kind(item.kind), names=names.get(item.pk, ())) for item in of_year
        ] or [alone]
    return SetContext(year, today, tuple(members), current_catalogue())


def _names(disclosures: Sequence[int]) -> dict[int, tuple[CodeName, ...]]:
    """The functional codes that disclosures print, each code and name once."""
    lines = (
        BudgetLine.objects.filter(table__disclosure__in=disclosures, table__code__in=_NAMED_TABLES)
        .exclude(code="")
        .exclude(name="")
        .order_by("table__disclosure", "table__code", "position")
        .values_list("table__disclosure", "table__code", "code", "name", "source")
    )
    found: dict[int, dict[tuple[str, str], CodeName]] = defaultdict(dict)
    for pk, table, code, name, source in lines.iterator():
        code, name = intern(code), intern(name)
        if (code, name) not in found[pk]:
            found[pk][code, name] = CodeName(code, name, intern(f"{table}/{code}"), source)
    return {pk: tuple(entries.values()) for pk, entries in found.items()}


def _family_findings(context: SetContext, wanted: set[int]) -> Iterator[SetFinding]:
    """What the rules over families say, a few families in memory at a time."""
    families = [
        (head, *units)
        for head, units in context.families()
        if wanted & {member.disclosure for member in (head, *units)}
    ]
    for batch in _batches(families):
        contents = _contents(member.disclosure for members in batch for member in members)
        for members in batch:
            full = tuple(replace(item, content=contents.get(item.disclosure or 0), names=()) for item in members)
            yield from check_set(replace(context, members=full), Reach.FAMILY)


def _batches(families: Iterable[tuple[Member, ...]]) -> Iterator[list[tuple[Member, ...]]]:
    batch: list[tuple[Member, ...]] = []
    for members in families:
        if batch and sum(map(len, batch)) + len(members) > _TOGETHER:
            yield batch
            batch = []
        batch.append(members)
    if batch:
        yield batch


def _contents(disclosures: Iterable[int | None]) -> dict[int, PlainDisclosure]:
    """The tables that families are compared by; two queries."""
    tables = BudgetTable.objects.filter(disclosure__in=set(disclosures), code__in=_FAMILY_TABLES)
    return tables_of(tables.select_related("disclosure").order_by("disclosure", "position"))


# ---------------------------------------------------------------- keeping


@transaction.atomic
def _reconcile(region: Region, year: int, found: dict[int, list[Finding]], wanted: set[int]) -> int:
    """Hold what sets said of disclosures against what is stored; how many findings hold now.

    A disclosure that was never checked cannot hold findings yet: the next audit sees it.
    """
    stored = models.Finding.objects.filter(disclosure__in=wanted, rule__startswith=SET_PREFIX)
    touched = set(stored.order_by().values_list("disclosure", flat=True).distinct()) | set(found)
    if not touched:
        return 0
    list(Disclosure.objects.select_for_update(of=("self",)).filter(pk__in=touched).order_by("pk").values_list("pk"))
    known: dict[int, dict[str, models.Finding]] = defaultdict(dict)
    for item in stored:
        known[item.disclosure_id][item.fingerprint] = item
    latest = models.AuditRun.objects.filter(disclosure__in=touched).order_by().values("disclosure")
    runs = {
        run.disclosure_id: run
        for run in models.AuditRun.objects.filter(pk__in=latest.annotate(latest=Max("pk")).values("latest")).defer(
            "not_checked", "lapsed"
        )
    }
    decisions = decisions_on(item for items in known.values() for item in items.values())
    muted = muted_rules(region)
    changes = Changes()
    for pk in sorted(runs):
        result = CheckResult("", year, tuple(found.get(pk, ())), (), 0, 0)
        compare(changes, known[pk], list(records_of(result, pk)), decisions, muted)
    write(changes, runs, seen=False)
    return len(changes.new) + len(changes.held)
