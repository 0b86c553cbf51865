"""The budget tables as printed: title, unit line, header and rows, from the declaration and the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from disclosures.plain.data import Disclosure, Kind, Level, Row, Table
from disclosures.profiles import LABEL_HEADS, PROFILES, Hierarchy, SideDecl, TableDecl
from disclosures.profiles import LEFT as HEADER_LEFT
from disclosures.profiles import UP as HEADER_UP

from .cells import LEFT, UP, Cell, Grid, Place, Places, Role

NO_DATA = "注：本表无数据"
ROUNDED = "注：本套报表因取数时四舍五入，部分金额可能存在尾差"
_WIDTHS = {"code": 9.0, "item": 24.0, "project": 34.0, "unit": 34.0, "name": 27.0}
_LABEL_WIDTH = 26.0
_AMOUNT_WIDTH = 11.0
_INDENTS = {Level.UNIT: 1, Level.PROJECT: 2}
_CODE_INDENTS = {3: 0, 5: 1, 7: 2, 9: 3}
_CATEGORY_DIGITS = 3
_STRONG = frozenset({Level.TOTAL, Level.DEPARTMENT, Level.GROUP})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table ready to be printed."""

    id: str
    name: str  # 表一
    title: str  # with the year
    caption: str | None
    department: str  # 部门名称：…
    unit: str  # 单位：万元
    grid: Grid
    notes: tuple[str, ...]


def sheet_of(disclosure: Disclosure, table: Table) -> Sheet:
    """A budget table of a disclosure as printed."""
    decl = PROFILES[disclosure.profile].table(table.id)
    word = "部门" if disclosure.kind is Kind.DEPARTMENT else "单位"
    year = table.printed_year or disclosure.fiscal_year
    notes = (NO_DATA,) if table.no_data else ()
    return Sheet(
        id=table.id,
        name=f"表{decl.ordinal}",
        title=f"{table.printed_year}年{table.title}" if table.printed_year else table.title,
        caption=table.caption,
        department=f"{word}名称：{table.printed_department}" if table.printed_department else "",
        unit=f"单位：{table.printed_unit}" if table.printed_unit else "",
        grid=grid_of(decl, table, year),
        notes=(*notes, ROUNDED) if table.id == "T01" else notes,
    )


def grid_of(decl: TableDecl, table: Table, year: int) -> Grid:
    """Header and rows of a table."""
    header = tuple(_header(decl, year))
    rows = tuple(_two_sided(decl, table)) if decl.two_sided else tuple(_line(decl, (row,)) for row in table.rows)
    return Grid((*header, *rows), tuple(_widths(decl)), len(header))


def _widths(decl: TableDecl) -> Iterator[float]:
    for side in decl.sides:
        yield from (_WIDTHS.get(label, _LABEL_WIDTH) for label in side.labels)
        yield from (_AMOUNT_WIDTH for _ in side.columns)


# ---------------------------------------------------------------- header


def _header(decl: TableDecl, year: int) -> Iterator[Places]:
    marks = {HEADER_LEFT: LEFT, HEADER_UP: UP}
    rows = decl.header or (tuple(_plain_header(decl)),)
    for row in rows:
        yield tuple(marks.get(text) or Cell(text.replace("{year}", str(year)), Role.HEAD, strong=True) for text in row)
    if decl.column_numbers:
        yield tuple(Cell(str(number), Role.NUMBER) for number in range(1, decl.width + 1))


def _plain_header(decl: TableDecl) -> Iterator[str]:
    """The header of a table that declares none."""
    for side in decl.sides:
        yield from (LABEL_HEADS[label] for label in side.labels)
        yield from (column.label for column in side.columns)


# ---------------------------------------------------------------- rows


def _line(decl: TableDecl, rows: Sequence[Row | None]) -> Places:
    """One printed line: a row of every side, None where a side has none."""
    places: list[Place] = []
    for side, row in zip(decl.sides, rows, strict=True):
        if row is None:
            places += [Cell("")] * len(side.labels) + [Cell("", Role.AMOUNT)] * len(side.columns)
            continue
        strong = _is_strong(decl, row)
        places += _labels(decl, side, row, strong)
        places += [Cell(cell.value or "", Role.AMOUNT, strong=strong) for _, cell in row.cells]
    return tuple(places)


def _is_strong(decl: TableDecl, row: Row) -> bool:
    """Whether a row is set in bold: totals, departments, groups, 类 codes."""
    if decl.hierarchy is Hierarchy.CODE:
        return len(row.code) in (0, _CATEGORY_DIGITS)
    if row.level in _STRONG or row.name in decl.total_labels:
        return True
    side = decl.side(row.side)
    totals = {item.item for item in side.items if any(total.total == item.id for total in side.row_sums)}
    return row.name in totals


def _labels(decl: TableDecl, side: SideDecl, row: Row, strong: bool) -> Iterator[Place]:
    if len(side.labels) == 1:
        yield Cell(_marker(side, row) + row.name, indent=_indent(decl, row), strong=strong)
    elif side.labels[0] != "code":
        group = decl.hierarchy is Hierarchy.GROUP and row.second_name
        yield Cell(row.name, indent=1 if group else 0, strong=strong)
        yield Cell(row.second_name, strong=strong)
    elif row.code:
        yield Cell(row.code, Role.CODE, strong=strong)
        yield Cell(row.name, indent=_CODE_INDENTS.get(len(row.code), 0), strong=strong)
    else:
        yield Cell(row.name, Role.WORD, strong=strong)
        yield LEFT if row.name else Cell("")


def _indent(decl: TableDecl, row: Row) -> int:
    if decl.hierarchy in (Hierarchy.NESTING, Hierarchy.UNITS):
        return _INDENTS.get(row.level, 0) if row.level else 0
    item = next((item for item in decl.side(row.side).items if row.name in (item.item, *item.variants)), None)
    return 1 if item and item.marker and len(item.marker) == 1 else 0


def _marker(side: SideDecl, row: Row) -> str:
    """What the template prints in front of a fixed item: 一、 or ①."""
    named = (item.marker or "" for item in side.items if row.name in (item.item, *item.variants))
    return next(named, "")


def _two_sided(decl: TableDecl, table: Table) -> Iterator[Places]:
    """Items beside items from the top, first totals beside first totals, last beside last."""
    sides = [_stretches(side, tuple(table.side(side.side))) for side in decl.sides]
    for stretches in zip(*sides, strict=True):
        for rows in zip_longest(*stretches):
            yield _line(decl, rows)


def _stretches(side: SideDecl, rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], ...]:
    """The rows of a side above its first total, from there to its last total, and from there on."""
    names = _total_names(side)
    if not names:
        return rows, (), ()
    first = next((n for n, row in enumerate(rows) if row.name in names[0]), len(rows))
    last = next((n for n, row in enumerate(rows) if n > first and row.name in names[-1]), len(rows))
    return rows[:first], rows[first:last], rows[last:]


def _total_names(side: SideDecl) -> list[tuple[str, ...]]:
    items = [side.item(total.total) for total in side.row_sums]
    return [(item.item, *item.variants) for item in items]
