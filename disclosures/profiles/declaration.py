"""The types a template profile is written in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from disclosures.plain.data import Side

# What people call the label fields of rows.
LABEL_HEADS = {
    "item": "项目",
    "code": "科目编码",
    "name": "科目名称",
    "dept_econ": "部门预算支出经济科目",
    "gov_econ": "政府预算支出经济科目",
    "unit": "单位名称",
    "project": "项目名称",
}


# The header rows printed over a table. "{year}" stands for the year, LEFT and UP for a cell that goes on from
# the one to its left or above it.
Header = tuple[tuple[str, ...], ...]
LEFT, UP = "<", "^"


class Hierarchy(StrEnum):
    """How the rows of a table nest."""

    NONE = "none"
    CODE = "code"  # 3/5/7-digit functional codes: a code is the sum of its children
    GROUP = "group"  # T06: a row without a government class is the sum of the rows under it
    NESTING = "nesting"  # T12/T13: department, units, projects
    UNITS = "units"  # T11: 部门合计, then units


@dataclass(frozen=True, slots=True)
class ColumnDecl:
    """An amount column: key in the contract, Chinese label, and what its header may read when folded."""

    key: str
    label: str
    headers: tuple[str, ...] = ()

    @property
    def all_headers(self) -> tuple[str, ...]:
        return (self.label, *self.headers)


@dataclass(frozen=True, slots=True)
class ItemDecl:
    """A fixed row of T01, T04 or T10: id for rules, its printed item, and other wordings of it.

    `marker` is what is printed in front and not part of the item ("一、", "①"); None where nothing is.
    `functional_code` ties an expenditure category to its 类 code in T02/T03.
    """

    id: str
    item: str
    variants: tuple[str, ...] = ()
    marker: str | None = None
    functional_code: str | None = None


@dataclass(frozen=True, slots=True)
class RowSum:
    """Per column: the row `total` equals the sum of the rows `parts` (ids of ItemDecl)."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)  # one object for each side: caches key on it
class SideDecl:
    """One side of a table: label fields as the contract names them, columns, fixed items and sums."""

    side: Side
    labels: tuple[str, ...]
    columns: tuple[ColumnDecl, ...]
    column_sums: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (total column, its component columns)
    items: tuple[ItemDecl, ...] = ()
    row_sums: tuple[RowSum, ...] = ()

    @property
    def column_keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)

    def item(self, item_id: str) -> ItemDecl:
        return next(item for item in self.items if item.id == item_id)


@dataclass(frozen=True, slots=True, eq=False)  # one object for each table: caches key on it
class TableDecl:
    """One budget table."""

    id: str
    ordinal: str  # 一 … 十三
    title: str  # without the year
    short_title: str  # for tabs and messages
    sides: tuple[SideDecl, ...]
    hierarchy: Hierarchy = Hierarchy.NONE
    title_keys: tuple[str, ...] = ()  # fragments of the folded title that together identify it
    other_titles: tuple[str, ...] = ()  # whole titles in use elsewhere, folded, without year, 部门 and brackets
    total_labels: tuple[str, ...] = ("合计",)
    column_numbers: bool = False  # prints a row 1 2 3 … under the header
    header: Header = ()

    @property
    def number(self) -> int:
        return int(self.id[1:])

    def side(self, side: Side) -> SideDecl:
        return next(decl for decl in self.sides if decl.side == side)

    @property
    def two_sided(self) -> bool:
        return len(self.sides) == 2

    @property
    def width(self) -> int:
        """How many columns are printed: labels and amounts of every side."""
        return sum(len(side.labels) + len(side.columns) for side in self.sides)


@dataclass(frozen=True, slots=True, eq=False)
class TemplateProfile:
    """The set of tables that a province prints in certain years."""

    id: str
    label: str
    first_year: int
    last_year: int
    tables: tuple[TableDecl, ...]

    def table(self, table_id: str) -> TableDecl:
        return next(decl for decl in self.tables if decl.id == table_id)
