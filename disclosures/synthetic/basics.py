"""Basic expenditure of one unit by economic class: what its people and its running cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from .codes import ANNUITY, CIVIL_SERVANT_MEDICAL, HOUSING_FUND, PENSION, Field
from .ledger import GENERAL, Entry
from .names import Nature, Unit

WAGES, GOODS, FAMILY, CAPITAL_GROUP = "工资福利支出", "商品和服务支出", "对个人和家庭的补助", "资本性支出"
GROUPS = (WAGES, GOODS, FAMILY, CAPITAL_GROUP)


@dataclass(frozen=True, slots=True)
class Class:
    """An economic class: its department name, its government names for officials and institutions,
    and what it costs a head in 元 a year (lowest, highest)."""

    group: str
    dept: str
    official: str
    institution: str
    per_head: tuple[int, int]
    chance: float = 1.0
    public_use: bool = False


_OFFICE, _SERVICES = "办公经费", "商品和服务支出"
CLASSES: tuple[Class, ...] = (
    Class(WAGES, "基本工资", "工资奖金津补贴", WAGES, (30_000, 52_000)),
    Class(WAGES, "津贴补贴", "工资奖金津补贴", WAGES, (8_000, 33_000)),
    Class(WAGES, "奖金", "工资奖金津补贴", WAGES, (3_000, 26_000)),
    Class(WAGES, "伙食补助费", "其他工资福利支出", WAGES, (900, 3_000), 0.2, True),
    Class(WAGES, "绩效工资", "", WAGES, (15_000, 36_000)),
    Class(WAGES, "其他社会保障缴费", "社会保障缴费", WAGES, (200, 700)),
    Class(WAGES, "其他工资福利支出", "其他工资福利支出", WAGES, (500, 9_000), 0.4),
    Class(GOODS, "办公费", _OFFICE, _SERVICES, (800, 4_000), 1.0, True),
    Class(GOODS, "印刷费", _OFFICE, _SERVICES, (100, 900), 0.5, True),
    Class(GOODS, "水费", _OFFICE, _SERVICES, (40, 300), 0.4, True),
    Class(GOODS, "电费", _OFFICE, _SERVICES, (200, 1_500), 0.5, True),
    Class(GOODS, "邮电费", _OFFICE, _SERVICES, (80, 700), 0.6, True),
    Class(GOODS, "取暖费", _OFFICE, _SERVICES, (500, 3_000), 0.4, True),
    Class(GOODS, "差旅费", _OFFICE, _SERVICES, (300, 2_500), 0.8, True),
    Class(GOODS, "维修（护）费", "维修（护）费", _SERVICES, (60, 900), 0.5, True),
    Class(GOODS, "会议费", "会议费", _SERVICES, (30, 300), 0.3, True),
    Class(GOODS, "培训费", "培训费", _SERVICES, (40, 600), 0.6, True),
    Class(GOODS, "劳务费", "委托业务费", _SERVICES, (80, 1_500), 0.4, True),
    Class(GOODS, "委托业务费", "委托业务费", _SERVICES, (80, 1_500), 0.3, True),
    Class(GOODS, "工会经费", _OFFICE, _SERVICES, (500, 1_400), 0.9, True),
    Class(GOODS, "福利费", _OFFICE, _SERVICES, (400, 1_700), 0.6, True),
    Class(GOODS, "其他交通费用", _OFFICE, _SERVICES, (900, 7_800), 0.8, True),
    Class(GOODS, "其他商品和服务支出", "其他商品和服务支出", _SERVICES, (100, 3_000), 0.8, True),
    Class(CAPITAL_GROUP, "办公设备购置", "设备购置", "", (100, 1_200), 0.2, True),
)
RECEPTION = "公务接待费"
RUNNING = "公务用车运行维护费"
_ORDER = (
    *(c.dept for c in CLASSES if c.group == WAGES),
    "机关事业单位基本养老保险缴费",
    "职业年金缴费",
    "职工基本医疗保险缴费",
    "公务员医疗补助缴费",
    "住房公积金",
    *(c.dept for c in CLASSES if c.group == GOODS),
    RECEPTION,
    RUNNING,
    "离休费",
    "退休费",
    "办公设备购置",
)
ORDER = {dept: position for position, dept in enumerate(_ORDER)}

# (department class, government class of officials, per mille of wages, code of officials, of institutions)
_CONTRIBUTIONS = (
    ("机关事业单位基本养老保险缴费", "社会保障缴费", 160, PENSION, PENSION),
    ("职业年金缴费", "社会保障缴费", 80, ANNUITY, ANNUITY),
    ("职工基本医疗保险缴费", "社会保障缴费", 65, "2101101", "2101102"),
    ("公务员医疗补助缴费", "社会保障缴费", 30, CIVIL_SERVANT_MEDICAL, ""),
    ("住房公积金", "住房公积金", 120, HOUSING_FUND, HOUSING_FUND),
)


EntryMaker = Callable[[str, str, str, int, str], Entry]


@dataclass(frozen=True, slots=True)
class Habits:
    """Choices that hold for every unit of one disclosure."""

    annuity: bool
    medical_allowance: bool
    vehicles: dict[str, int]  # unit name -> vehicles in use
    reception: frozenset[str]  # names of units that receive guests


def basic_entries(rng: Random, unit: Unit, field: Field, habits: Habits) -> Iterator[Entry]:
    """All general-public basic expenditure of a unit, in 分."""
    code = field.running if unit.nature.official else field.institution
    official = unit.nature.official

    def entry(group: str, dept: str, gov: str, cents: int, at: str, public_use: bool = False) -> Entry:
        return Entry(
            unit.name,
            at,
            GENERAL,
            cents,
            group=group,
            dept_econ=dept,
            gov_econ=gov,
            official=official,
            public_use=public_use,
        )

    wages = 0
    for cls in CLASSES:
        gov = cls.official if official else cls.institution
        if not gov or rng.random() > cls.chance:
            continue
        cents = unit.staff * rng.randint(cls.per_head[0] * 100, cls.per_head[1] * 100)
        wages += cents if cls.group == WAGES and not cls.public_use else 0
        yield entry(cls.group, cls.dept, gov, cents, code, cls.public_use)
    for dept, gov, per_mille, official_code, institution_code in _CONTRIBUTIONS:
        at = official_code if official else institution_code
        if not at or (at == ANNUITY and not habits.annuity):
            continue
        if at == CIVIL_SERVANT_MEDICAL and not habits.medical_allowance:
            continue
        yield entry(WAGES, dept, gov if official else WAGES, wages * per_mille // 1000, at)
    if unit.name in habits.reception:
        yield entry(GOODS, RECEPTION, RECEPTION, rng.randrange(200_000, 3_000_000, 1_000), code, True)
    if cars := habits.vehicles.get(unit.name, 0):
        cost = sum(rng.randrange(1_200_000, 3_900_000, 1_000) for _ in range(cars))
        yield entry(GOODS, RUNNING, RUNNING, cost, code, True)
    yield from _retirement(rng, unit, entry_for=entry)


def _retirement(rng: Random, unit: Unit, entry_for: EntryMaker) -> Iterator[Entry]:
    at = "2080501" if unit.nature is Nature.ADMINISTRATIVE else "2080502"
    if unit.retired:
        yield entry_for(FAMILY, "退休费", "离退休费", unit.retired * rng.randint(400_000, 2_600_000), at)
    if unit.retired > 5 and rng.random() < 0.3:
        yield entry_for(FAMILY, "离休费", "离退休费", rng.randint(6_000_000, 16_000_000), at)
