"""Real documents, where ../shared is there: tables cell by cell, sections, the contract's schema."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from disclosures.plain.codec import to_json
from disclosures.plain.data import Disclosure, Row, Side, Surety
from disclosures.plain.text import fold, squeeze
from disclosures.recognise.document import parse_bytes

SHARED = Path(__file__).resolve().parents[3] / "shared"
SEEDS = {path.name[:3]: path for path in sorted((SHARED / "seeds").glob("*.txt"))}
GRIDS = ("000", "002", "004")
pytestmark = pytest.mark.skipif(not SEEDS, reason="../shared/seeds is not there")


@lru_cache
def _read(name: str) -> Disclosure:
    return parse_bytes(SEEDS[name].read_bytes(), SEEDS[name].name).disclosure


def _labels(row: dict[str, Any]) -> tuple[str, ...]:
    keys = ("side", "code", "item", "name", "dept_econ", "gov_econ", "unit", "project")
    return tuple(fold(str(row.get(key) or "")) for key in keys)


def test_004_is_what_was_read_by_hand() -> None:
    path = next((SHARED / "examples").glob("004*.disclosure.json"))
    by_hand = json.loads(path.read_text())
    read = to_json(_read("004"))
    assert (read["department"], read["fiscal_year"], read["kind"]) == (
        by_hand["department"],
        by_hand["fiscal_year"],
        by_hand["kind"],
    )
    assert read["sections"] == by_hand["sections"]
    cells = 0
    for table_id, expected in by_hand["tables"].items():
        table = read["tables"][table_id]
        assert (table["title"], table["no_data"]) == (expected["title"], expected["no_data"])
        assert [_labels(row) for row in table["rows"]] == [_labels(row) for row in expected["rows"]]
        for row, wanted in zip(table["rows"], expected["rows"], strict=True):
            amounts = {key: value for key, value in wanted.items() if key in row and key not in ("side", "level")}
            assert {key: row[key] for key in amounts if not isinstance(row[key], list)} == amounts
            cells += sum(1 for key in amounts if _is_amount(wanted[key]))
    assert cells > 300


def _is_amount(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[\d.]+", value) is not None


def _printed(row: Row, lines: list[str]) -> list[str]:
    """The amounts that stand on a row's line, on its side of the table."""
    cells = [squeeze(cell) for cell in lines[int((row.source or "line 0").split()[1]) - 1].split("\t")]
    behind_labels = {Side.ONE: cells[1:], Side.INCOME: cells[:2], Side.EXPENDITURE: cells[3:]}
    return [cell for cell in behind_labels[row.side] if re.fullmatch(r"-?[\d,]*\.\d\d", cell)]


@pytest.mark.parametrize("name", GRIDS)
def test_every_row_holds_the_amounts_of_its_line_and_every_line_with_amounts_is_a_row(name: str) -> None:
    disclosure = _read(name)
    lines = SEEDS[name].read_text().split("\n")
    used: set[int] = set()
    for table in disclosure.tables:
        for row in table.rows:
            used.add(int((row.source or "line 0").split()[1]))
            if table.id != "T09":
                assert [cell.value for _, cell in row.cells if cell.value] == _printed(row, lines), row
    first, last = min(used), max(used)
    amounts = {n for n in range(first, last + 1) if re.search(r"\t-?[\d,]*\.\d\d(?:\t|$)", lines[n - 1])}
    assert amounts <= used


@pytest.mark.parametrize("name", GRIDS)
def test_every_row_adds_up_and_nothing_was_inferred(name: str) -> None:
    # Wherever a number stood in a wrong column, some total would miss it.
    for table in _read(name).tables:
        for row in table.rows:
            assert {cell.surety for _, cell in row.cells} == {Surety.SURE}
            if row.side is Side.INCOME or table.id == "T07":
                continue
            total, *parts = [
                Decimal(cell.value or 0) for key, cell in row.cells if (table.id, key) != ("T02", "carried_over")
            ]
            assert abs(total - sum(parts)) <= Decimal("0.005") * (len(parts) + 1), (table.id, row)


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_every_section_is_there_with_text(name: str) -> None:
    sections = _read(name).sections
    assert [section.numeral for section in sections] == [
        "概况", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "名词解释",
    ]  # fmt: skip
    assert all(section.text for section in sections)
    # No line of prose was left broken off in the middle of a sentence, none swallowed by a heading.
    assert sum(len(section.text) for section in sections) > 2500


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_the_result_keeps_the_contract(name: str) -> None:
    schema = json.loads((SHARED / "contract" / "disclosure.schema.json").read_text())
    jsonschema.validate(to_json(_read(name)), schema)


@pytest.mark.parametrize(("name", "counts"), [("000", (69, 11)), ("002", (26, 3)), ("004", (25, 0))])
def test_projects_know_their_units(name: str, counts: tuple[int, int]) -> None:
    tables = [_read(name).table(table_id) for table_id in ("T12", "T13")]
    assert tuple(len(table.rows) for table in tables if table) == counts
    for table in tables:
        assert table is not None
        units = {row.name for row in table.rows if row.level and row.level.value != "project"}
        assert all(row.unit_name in units for row in table.rows if row.level and row.level.value == "project")
