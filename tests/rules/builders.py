"""Tiny disclosures for the cases of rules: a table is a few lines of text.

    tiny(T03='''
        合计 | 10.00 | 4.00 | 6.00
        208 社会保障和就业支出 | 10.00 | 4.00 | 6.00
    ''')

One row to a line: the label, then the amounts in the order of the declaration; blank cells at the end
may be left out. A code is the digits before the name; the two classes of T06 are parted by "/"; rows of
T01, T04 and T09 begin with "<" (income) or ">" (expenditure); rows of T12 and T13 may begin with a level
(department:, unit:, project:). `tiny(T13=None)` prints the table with 本表无数据.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from disclosures.plain.data import (
    Cell,
    Disclosure,
    Kind,
    Level,
    Paragraph,
    ProjectTarget,
    Row,
    Section,
    Side,
    Table,
)
from disclosures.profiles import SHANXI_2024, TableDecl

DEPARTMENT = "某市某局"
_CODE = re.compile(r"(\d+)\s+(.*)")
_LEVEL = re.compile(r"(total|department|unit|project):\s*(.*)")


def row(decl: TableDecl, line: str, source: str | None = None) -> Row:
    """One row of a table from its line."""
    label, *amounts = (part.strip() for part in line.split("|"))
    side = Side.ONE
    if decl.two_sided:
        side = {"<": Side.INCOME, ">": Side.EXPENDITURE}[label[0]]
        label = label[1:].strip()
    level_match = _LEVEL.fullmatch(label)
    level = Level(level_match[1]) if level_match else None
    label = level_match[2] if level_match else label
    code_match = _CODE.fullmatch(label) if decl.side(side).labels[0] == "code" else None
    code, name = (code_match[1], code_match[2]) if code_match else ("", label)
    first, _, second = name.partition("/") if decl.id == "T06" else (name, "", "")
    keys = decl.side(side).column_keys
    assert len(amounts) <= len(keys), f"too many amounts: {line}"
    values = [*amounts, *[""] * (len(keys) - len(amounts))]
    cells = tuple((key, Cell(value or None)) for key, value in zip(keys, values, strict=True))
    return Row(name=first, cells=cells, side=side, code=code, second_name=second, level=level, source=source)


def table(table_id: str, lines: str | None) -> Table:
    """A table from its lines; None is a table that says 本表无数据."""
    decl = SHANXI_2024.table(table_id)
    if lines is None:
        return Table(id=table_id, title=decl.title, no_data=True, source="line 1")
    rows = [line for line in lines.splitlines() if line.strip()]
    return Table(
        id=table_id,
        title=decl.title,
        rows=tuple(row(decl, line, f"line {number}") for number, line in enumerate(rows, start=1)),
        printed_unit="万元",
    )


def section(numeral: str, *paragraphs: str) -> Section:
    """A section of part three."""
    return Section(numeral, f"{numeral}、", tuple(Paragraph(text, f"line {n}") for n, text in enumerate(paragraphs, 1)))


def tiny(
    *sections: Section,
    year: int = 2026,
    kind: Kind = Kind.DEPARTMENT,
    department: str = DEPARTMENT,
    targets: tuple[ProjectTarget, ...] = (),
    **tables: str | None,
) -> Disclosure:
    """A disclosure of the given tables and sections only."""
    return Disclosure(
        department=department,
        fiscal_year=year,
        kind=kind,
        tables=tuple(table(table_id, lines) for table_id, lines in sorted(tables.items())),
        sections=sections,
        project_targets=targets,
    )


def of_tables(tables: Mapping[str, str | None]) -> Disclosure:
    """A disclosure of tables by their ids."""
    return replace(tiny(), tables=tuple(table(table_id, lines) for table_id, lines in sorted(tables.items())))
