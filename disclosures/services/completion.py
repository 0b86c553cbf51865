"""How far the departments of each region are in a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from disclosures.models import Department, DepartmentKind, Disclosure, Region, State, User
from disclosures.services.permissions import visible_departments

# How far a department is, from nothing to the end: the words, and the states of its latest disclosure.
STAGES: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("没有导入", ()),
    ("经办修改中", (State.TO_CORRECT, State.RETURNED, State.WITHDRAWN, State.SUPERSEDED)),
    ("待审核", (State.IN_REVIEW,)),
    ("已通过", (State.APPROVED,)),
    ("已公开", (State.PUBLISHED,)),
)
_STAGE_OF = {state: number for number, (_, states) in enumerate(STAGES) for state in states}
_FINISHED = 3  # stages from here on
NO_REGION = "（未填地区）"


@dataclass(frozen=True, slots=True)
class Regions:
    """The tree of regions in memory; a country has a few thousand."""

    names: dict[int, str]
    above: dict[int, int | None]

    def chain(self, region: int | None) -> list[int]:
        """From the top down to the region itself."""
        found: list[int] = []
        while region is not None and region not in found:
            found.insert(0, region)
            region = self.above.get(region)
        return found

    def below(self, top: int | None, region: int | None) -> int | None:
        """The region right below `top` that holds `region`; `top` itself where it lies there directly."""
        chain = self.chain(region)
        if top is None:
            return chain[0] if chain else None
        return chain[chain.index(top) + 1] if chain.index(top) + 1 < len(chain) else top

    def within(self, top: int | None, region: int | None) -> bool:
        return top is None or top in self.chain(region)


def regions() -> Regions:
    """All of them, in one query."""
    found = list(Region.objects.order_by("code", "name").values_list("pk", "name", "parent"))
    return Regions({pk: name for pk, name, _ in found}, {pk: parent for pk, _, parent in found})


@dataclass(frozen=True, slots=True)
class Progress:
    """How many departments of a region stand at each stage."""

    region: int | None
    name: str
    opens: bool  # there are regions below it to look into
    stages: tuple[int, ...]

    @property
    def departments(self) -> int:
        return sum(self.stages)

    @property
    def finished(self) -> int:
        return sum(self.stages[_FINISHED:])

    @property
    def percent(self) -> int:
        return self.finished * 100 // self.departments if self.departments else 0


def progress(user: User, year: int, tree: Regions, top: int | None = None) -> list[Progress]:
    """One line for each region right below `top` (None: the highest), the least finished first; one query."""
    latest = Disclosure.objects.filter(department=OuterRef("pk"), fiscal_year=year).order_by("-version", "-pk")
    departments = visible_departments(user).filter(kind=DepartmentKind.DEPARTMENT).order_by()
    found = departments.annotate(stage_state=Subquery(latest.values("state")[:1])).values_list("region", "stage_state")
    counts: dict[int | None, Counter[int]] = {}
    opens: set[int | None] = set()
    for region, state, number in found.annotate(number=Count("pk")):
        if not tree.within(top, region):
            continue
        line = tree.below(top, region)
        counts.setdefault(line, Counter())[_STAGE_OF[State(state)] if state else 0] += number
        if line != top and line != region:
            opens.add(line)
    lines = [
        Progress(
            region,
            NO_REGION if region is None else tree.names[region] + ("本级" if region == top else ""),
            region in opens,
            tuple(numbers[stage] for stage in range(len(STAGES))),
        )
        for region, numbers in counts.items()
    ]
    return sorted(lines, key=lambda line: (line.percent, -line.departments, line.name))


def altogether(lines: Iterable[Progress]) -> Progress:
    """The sum of lines."""
    totals = [sum(column) for column in zip(*(line.stages for line in lines), strict=True)]
    return Progress(None, "合计", False, tuple(totals) or (0,) * len(STAGES))


def without_disclosure(user: User, year: int) -> QuerySet[Department]:
    """Departments that have nothing on file for the year."""
    on_file = Disclosure.objects.filter(department=OuterRef("pk"), fiscal_year=year)
    return visible_departments(user).filter(~Exists(on_file)).select_related("region").order_by("region", "name")
