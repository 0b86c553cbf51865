"""The truth behind one synthetic disclosure: who it is, its exact amounts, its projects and its assets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from disclosures.plain.data import Kind

from .basics import RECEPTION, RUNNING, Habits, basic_entries
from .codes import FIELDS, Field
from .ledger import ACCOUNT, CAPITAL, FISCAL, FUND, GENERAL, OWN, Entry, Ledger
from .names import Nature, Region, Unit, make_institution, make_region, make_units
from .projects import GENERAL_PURPOSES, Project, Purpose, cost, subject_purposes
from .sizes import Size


@dataclass(frozen=True, slots=True)
class Assets:
    """Section 十一: vehicles by use, floor area in 平方米, costly equipment."""

    vehicles: tuple[tuple[str, int], ...]
    establishment: int
    floor_area: str
    above_half_million: int
    above_million: int

    @property
    def in_use(self) -> int:
        return sum(count for _, count in self.vehicles)


@dataclass(frozen=True, slots=True)
class Budget:
    """Everything a disclosure is printed from; the previous year's amounts are in 分."""

    region: Region
    field: Field
    year: int
    kind: Kind
    units: tuple[Unit, ...]
    projects: tuple[Project, ...]
    carried_projects: tuple[Project, ...]
    ledger: Ledger
    assets: Assets
    three_public: tuple[tuple[str, int], ...]  # T10 item id -> 分
    previous: tuple[tuple[str, int], ...]
    procurement: tuple[int, int, int]  # goods, works, services in 分

    @property
    def department(self) -> str:
        return self.units[0].name

    @property
    def word(self) -> str:
        """部门 or 单位, as the document calls itself."""
        return "部门" if self.kind is Kind.DEPARTMENT else "单位"

    @property
    def operating(self) -> int:
        """机关运行经费 in 分."""
        return self.ledger.total(lambda e: e.official and e.public_use)

    def item(self, item_id: str) -> int:
        return dict(self.three_public)[item_id]

    def last_year(self, key: str) -> int:
        return dict(self.previous)[key]


def make_budget(rng: Random, size: Size, kind: Kind | None = None, year: int | None = None) -> Budget:
    """Draw a budget. Every amount in it is exact; nothing is rounded yet."""
    region, field = make_region(rng), rng.choice(FIELDS)
    kind = kind or _kind(rng, size)
    units = _units(rng, region, field, kind, size)
    vehicles = {unit.name: rng.randint(1, 4) for unit in units if rng.random() < 0.45}
    habits = Habits(
        annuity=rng.random() < 0.7,
        medical_allowance=rng.random() < 0.4,
        vehicles=vehicles,
        reception=frozenset(unit.name for unit in units if rng.random() < 0.3),
    )
    projects = tuple(_projects(rng, units, field, rng.randint(*size.projects), size.breadth))
    carried = tuple(_carried(rng, projects, rng.randint(*size.carried)))
    entries = [entry for unit in units for entry in basic_entries(rng, unit, field, habits)]
    entries += _own_income(rng, units, field)
    entries += [entry for project in projects for entry in _project_entries(project, carried=False)]
    entries += [entry for project in carried for entry in _project_entries(project, carried=True)]
    ledger = Ledger(entries)
    three_public = _three_public(ledger, projects)
    assets = _assets(rng, sum(vehicles.values()), projects)
    budget = Budget(
        region,
        field,
        year or rng.randint(2024, 2026),
        kind,
        units,
        projects,
        carried,
        ledger,
        assets,
        three_public,
        (),
        _procurement(rng, ledger),
    )
    return replace(budget, previous=_previous_year(rng, budget))


def _kind(rng: Random, size: Size) -> Kind:
    if size.units[0] > 1:
        return Kind.DEPARTMENT
    return Kind.DEPARTMENT if size.units[1] > 1 and rng.random() < 0.7 else Kind.UNIT


def _units(rng: Random, region: Region, field: Field, kind: Kind, size: Size) -> tuple[Unit, ...]:
    if kind is Kind.DEPARTMENT:
        return make_units(rng, region, field, rng.randint(*size.units), size.staff)
    if rng.random() < 0.4:
        return (make_institution(rng, region, field, size.staff),)
    return make_units(rng, region, field, 1, size.staff)


# ---------------------------------------------------------------- projects


def _codes_for(rng: Random, field: Field, breadth: int) -> tuple[str, ...]:
    others = [other for other in FIELDS if other is not field]
    lent = rng.sample(others, min(breadth, len(others)))
    return tuple(dict.fromkeys(field.project_codes + tuple(code for other in lent for code in other.project_codes)))


def _projects(rng: Random, units: tuple[Unit, ...], field: Field, count: int, breadth: int) -> Iterator[Project]:
    codes = _codes_for(rng, field, breadth)
    pools = {unit.name: _purposes(rng, field, unit) for unit in units}
    for _ in range(count):
        unit = rng.choice([unit for unit in units if pools[unit.name]] or [units[0]])
        if not pools[unit.name]:
            return
        purpose, name = pools[unit.name].pop()
        yield _project(rng, unit, purpose, name, rng.choice(codes), field)


def _purposes(rng: Random, field: Field, unit: Unit) -> list[tuple[Purpose, str]]:
    """What a unit may spend on, in random order; no name twice."""
    named = [(purpose, purpose.name) for purpose in (*GENERAL_PURPOSES, *subject_purposes(field.subject))]
    named += [(p, f"{name}（{tail}）") for p, name in named if not p.three_public for tail in ("一期", "续建部分")]
    if unit.nature is Nature.INSTITUTION:
        named = [(p, name) for p, name in named if p.three_public != "abroad"]
    rng.shuffle(named)
    return named


def _project(rng: Random, unit: Unit, purpose: Purpose, name: str, code: str, field: Field) -> Project:
    costing = cost(rng, purpose)
    sources: tuple[tuple[str, int], ...] = ((GENERAL, costing.yuan),)
    if not purpose.three_public:
        code, sources = _other_money(rng, unit, code, costing.yuan, field)
    fiscal = sum(yuan for source, yuan in sources if source in (GENERAL, FUND, CAPITAL))
    long_term = not purpose.special and rng.random() < 0.7
    return Project(
        purpose,
        name,
        unit,
        code,
        costing.yuan,
        costing.count,
        costing.sentence,
        costing.standard,
        sources,
        _levels(rng, fiscal, purpose.special),
        long_term,
        rng.choice((1, 1, 1, 2, 3)) if long_term else 1,
    )


def _other_money(
    rng: Random, unit: Unit, code: str, yuan: int, field: Field
) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Now and then a fund, state capital or the unit's own income pays, wholly or in part."""
    draw = rng.random()
    if field.fund_codes and draw < 0.15:
        return rng.choice(field.fund_codes), ((FUND, yuan),)
    if field.capital_codes and draw < 0.25:
        return rng.choice(field.capital_codes), ((CAPITAL, yuan),)
    if field.earns and unit.nature is Nature.INSTITUTION and draw < 0.2:
        own = yuan if rng.random() < 0.5 else yuan // 300 * 100
        return code, tuple(pair for pair in ((GENERAL, yuan - own), (field.earns, own)) if pair[1])
    return code, ((GENERAL, yuan),)


def _levels(rng: Random, fiscal: int, special: bool) -> tuple[tuple[str, int], ...]:
    if special and fiscal >= 1_000 and rng.random() < 0.35:
        central = fiscal * rng.randint(3, 7) // 10
        return (("central", central), ("provincial", 0), ("local", fiscal - central))
    if special and rng.random() < 0.2:
        return (("central", 0), ("provincial", fiscal), ("local", 0))
    return (("central", 0), ("provincial", 0), ("local", fiscal))


def _carried(rng: Random, projects: tuple[Project, ...], count: int) -> Iterator[Project]:
    """Fiscal money that projects of this year's list have left from the last; their forms cover it."""
    going_on = [p for p in projects if not p.purpose.three_public and p.sources[0][0] in FISCAL]
    for project in rng.sample(going_on, min(count, len(going_on))):
        costing = cost(rng, project.purpose)
        yield replace(project, yuan=costing.yuan, count=costing.count, sources=((project.sources[0][0], costing.yuan),))


def _project_entries(project: Project, *, carried: bool) -> Iterator[Entry]:
    for source, yuan in project.sources:
        yield Entry(project.unit.name, project.code, source, yuan * 100, project=True, carried=carried)


# ---------------------------------------------------------------- the rest


def _own_income(rng: Random, units: tuple[Unit, ...], field: Field) -> list[Entry]:
    """Basic expenditure that institutions pay from fees and other income of their own."""
    if not field.earns:
        return []
    return [
        Entry(unit.name, field.institution, rng.choice((ACCOUNT, OWN)), rng.randrange(100_000, 90_000_000, 7))
        for unit in units
        if unit.nature is Nature.INSTITUTION and rng.random() < 0.4
    ]


def _three_public(ledger: Ledger, projects: tuple[Project, ...]) -> tuple[tuple[str, int], ...]:
    def from_projects(item: str) -> int:
        return sum(p.yuan * 100 for p in projects if p.purpose.three_public == item)

    running = ledger.total(lambda e: e.dept_econ == RUNNING)
    purchase = from_projects("vehicle_purchase")
    reception = ledger.total(lambda e: e.dept_econ == RECEPTION)
    abroad = from_projects("abroad")
    return (
        ("abroad", abroad),
        ("reception", reception),
        ("vehicles", purchase + running),
        ("vehicle_purchase", purchase),
        ("vehicle_running", running),
        ("total", abroad + reception + purchase + running),
    )


_VEHICLE_USES = (
    "领导用车",
    "机要通信用车",
    "应急保障用车",
    "执法执勤用车",
    "特种专业技术用车",
    "事业单位业务用车",
    "其他公务用车",
)


def _assets(rng: Random, vehicles: int, projects: tuple[Project, ...]) -> Assets:
    uses = [rng.choice(_VEHICLE_USES[1:]) for _ in range(vehicles)]
    bought = sum(p.count for p in projects if p.purpose.three_public == "vehicle_purchase")
    million = rng.randint(0, 3)
    return Assets(
        tuple((use, uses.count(use)) for use in _VEHICLE_USES),
        vehicles + bought + rng.choice((0, 0, 1, 2)),
        rng.choice((str(rng.randint(200, 9000)), f"{rng.randint(2000, 90000) / 10:.1f}")),
        million + rng.randint(0, 5),
        million,
    )


def _procurement(rng: Random, ledger: Ledger) -> tuple[int, int, int]:
    """Goods, works and services; together never more than the projects."""
    room = ledger.total(lambda e: e.project and not e.carried) // 2
    goods = rng.randint(0, room // 3) // 10_000 * 10_000
    works = rng.choice((0, 0, rng.randint(0, room // 3) // 10_000 * 10_000))
    return goods, works, rng.randint(0, room // 3) // 10_000 * 10_000


def _previous_year(rng: Random, budget: Budget) -> tuple[tuple[str, int], ...]:
    """Last year's amounts, never contradicting one another: parts of a whole add up to it."""

    def earlier(cents: int) -> int:
        return max(0, cents * rng.randint(70, 128) // 100 // 10_000 * 10_000 + rng.randint(0, 9_999)) if cents else 0

    ledger = budget.ledger
    general = ledger.source(GENERAL)
    previous_general = earlier(general)
    previous_rest = earlier(ledger.everything - general)
    items = {
        key: rng.choice((budget.item(key), earlier(budget.item(key)) // 10_000 * 10_000))
        for key in ("abroad", "reception", "vehicle_purchase", "vehicle_running")
    }
    items["vehicles"] = items["vehicle_purchase"] + items["vehicle_running"]
    items["total"] = items["abroad"] + items["reception"] + items["vehicles"]
    operating = earlier(budget.operating)
    return (
        ("everything", previous_general + previous_rest),
        ("general_public", previous_general),
        ("operating", operating),
        *items.items(),
    )
