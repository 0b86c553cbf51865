"""Tables and forms laid out as cells: headers from the declarations, merged places, both sides beside each other."""

from __future__ import annotations

import pytest

from disclosures.plain.data import Cell as Amount
from disclosures.plain.data import Disclosure, Horizon, Indicator, Kind, ProjectTarget, Row, Side, Table
from disclosures.profiles import DEFAULT_PROFILE, TableDecl
from disclosures.synthetic import generate
from disclosures.writing.cells import LEFT, Cell, merged
from disclosures.writing.forms import project_form
from disclosures.writing.tables import grid_of, sheet_of


@pytest.mark.parametrize("decl", DEFAULT_PROFILE.tables, ids=lambda decl: decl.id)
def test_every_header_is_as_wide_as_its_table_and_names_every_amount_column(decl: TableDecl) -> None:
    table = next(table for table in generate(3).tables if table.id == decl.id)
    grid = grid_of(decl, table, 2026)
    assert {len(row) for row in grid.rows} == {decl.width} == {len(grid.widths)}
    said = {cell.cell.text.removeprefix("2026年") for cell in merged(grid) if cell.row < grid.head_rows}
    for side in decl.sides:
        for column in side.columns:
            assert any(name in said or any(name in text for text in said) for name in column.all_headers), column.label


def test_merged_cells_cover_each_place_once() -> None:
    disclosure = generate(5)
    for table in disclosure.tables:
        grid = sheet_of(disclosure, table).grid
        seen: list[tuple[int, int]] = []
        for item in merged(grid):
            seen += [(item.row + r, item.column + c) for r in range(item.rows) for c in range(item.columns)]
        assert len(seen) == len(set(seen)) == len(grid.rows) * len(grid.widths), table.id


def test_totals_of_both_sides_stand_beside_each_other() -> None:
    disclosure = generate(5)
    table = disclosure.table("T04")
    assert table is not None
    lines = [
        tuple(place.text for place in row if isinstance(place, Cell)) for row in sheet_of(disclosure, table).grid.rows
    ]
    assert any(line[0] == "收入总计" and line[2] == "支出总计" for line in lines)
    assert any(line[0] == "本年收入合计" and line[2] == "本年支出合计" for line in lines)


def test_a_side_without_totals_loses_no_row() -> None:
    decl = DEFAULT_PROFILE.table("T01")
    rows = (
        Row("一般公共预算", (("amount", Amount("1.00")),), Side.INCOME),
        Row(
            "支出总计",
            tuple((key, Amount("1.00")) for key in decl.side(Side.EXPENDITURE).column_keys),
            Side.EXPENDITURE,
        ),
    )
    grid = grid_of(decl, Table("T01", decl.title, rows=rows), 2026)
    texts = [place.text for row in grid.rows for place in row if isinstance(place, Cell)]
    assert "一、一般公共预算" in texts
    assert "支出总计" in texts


def test_a_total_without_code_covers_both_label_columns() -> None:
    decl = DEFAULT_PROFILE.table("T03")
    row = Row("合计", tuple((key, Amount("1.00")) for key in decl.sides[0].column_keys))
    line = grid_of(decl, Table("T03", decl.title, rows=(row,)), 2026).rows[-1]
    assert isinstance(line[0], Cell)
    assert line[1] is LEFT


def test_indicators_out_of_order_keep_their_order() -> None:
    pairs = (("产出指标", "质量指标"), ("产出指标", "数量指标"), ("产出指标", "质量指标"))
    indicators = tuple(
        Indicator(horizon, *pair, f"{horizon}{n}", "1") for horizon in Horizon for n, pair in enumerate(pairs)
    )
    grid = project_form(ProjectTarget("甲", indicators=indicators))
    texts = [place.text for row in grid.rows for place in row if isinstance(place, Cell)]
    for horizon in Horizon:
        assert [text for text in texts if text.startswith(horizon.value)] == [f"{horizon}{n}" for n in range(3)]


def test_a_year_that_the_table_does_not_print_is_not_added_to_its_title() -> None:
    decl = DEFAULT_PROFILE.table("T13")
    disclosure = Disclosure("某局", 2026, Kind.UNIT, tables=(Table("T13", decl.title, no_data=True),))
    sheet = sheet_of(disclosure, disclosure.tables[0])
    assert sheet.title == decl.title
    assert sheet.notes == ("注：本表无数据",)
