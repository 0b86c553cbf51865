"""Made-up places and the names of their departments and units."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from .codes import Field

_FIRST = ("云", "岚", "青", "碧", "丹", "霁", "澄", "翠", "苍", "朗", "瑞", "汐")
_SECOND = ("溪", "川", "崖", "屏", "岭", "泽", "渡", "原", "浦", "峪", "台", "汀")


class Nature(StrEnum):
    """What kind of body a unit is; its economic classes and functional codes follow from it."""

    ADMINISTRATIVE = "行政单位"
    CIVIL_SERVANT_LIKE = "参照公务员法管理的事业单位"
    INSTITUTION = "事业单位"

    @property
    def official(self) -> bool:
        """Whether its operating costs count as 机关运行经费."""
        return self is not Nature.INSTITUTION


@dataclass(frozen=True, slots=True)
class Unit:
    name: str
    nature: Nature
    staff: int
    retired: int


@dataclass(frozen=True, slots=True)
class Region:
    """A made-up city, or a county or district under one."""

    name: str  # 岚川市, or 岚川市碧岭区
    grade: str  # 市 / 县 / 区

    @property
    def short(self) -> str:
        """The last part alone: 碧岭区."""
        return self.name if self.grade == "市" else self.name[self.name.index("市") + 1 :]


def make_region(rng: Random) -> Region:
    """A region nobody lives in."""
    city = rng.choice(_FIRST) + rng.choice(_SECOND) + "市"
    grade = rng.choice("市市县区")
    if grade == "市":
        return Region(city, grade)
    return Region(city + rng.choice(_FIRST) + rng.choice(_SECOND) + grade, grade)


def make_units(rng: Random, region: Region, field: Field, count: int, staff: tuple[int, int]) -> tuple[Unit, ...]:
    """The department's own office first, then its subordinate units, each named once."""
    names = [region.name + field.suffix]
    ordinals = "一二三四五六七八九十"
    suffixes = list(rng.sample(field.unit_suffixes, len(field.unit_suffixes)))
    suffixes += [f"第{n}{field.subject}服务中心" for n in ordinals]
    names += [region.name + suffix for suffix in suffixes[: count - 1]]
    units = []
    for position, name in enumerate(names):
        like = "执法队" in name or ("服务中心" in name and rng.random() < 0.15)
        nature = Nature.CIVIL_SERVANT_LIKE if like else Nature.INSTITUTION
        people = rng.randint(*staff)
        units.append(
            Unit(
                name,
                Nature.ADMINISTRATIVE if position == 0 else nature,
                people,
                rng.randint(0, max(1, people // 3)),
            )
        )
    return tuple(units)


def make_institution(rng: Random, region: Region, field: Field, staff: tuple[int, int]) -> Unit:
    """A public institution that publishes a disclosure of its own."""
    people = rng.randint(*staff)
    return Unit(
        region.name + rng.choice(field.unit_suffixes), Nature.INSTITUTION, people, rng.randint(0, people // 3 + 1)
    )
