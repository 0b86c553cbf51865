"""The thirteen tables of a real PDF text-layer dump, against figures read by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from disclosures.plain.data import Level, Surety, Table
from disclosures.profiles import SHANXI_2024
from disclosures.reading.text import read_text
from disclosures.recognise.flow_table import read_flow_table
from disclosures.recognise.furniture import remove_furniture

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
# First line of each table (the heading in front of its caption); the last entry is the end of the tables.
STARTS = (105, 217, 356, 487, 644, 736, 849, 867, 886, 909, 940, 964, 1248, 1289)
ROWS = (41, 37, 37, 42, 37, 51, 1, 1, 1, 6, 5, 83, 11)


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    path = next(iter(SEEDS.glob("001*.txt")), None)
    if path is None:
        pytest.skip("../shared is not here")
    lines = remove_furniture(read_text(path.read_bytes(), path.name).lines).lines
    found = {}
    for decl, start, end in zip(SHANXI_2024.tables, STARTS, STARTS[1:], strict=False):
        mine = [line for line in lines if start < int(line.source.split()[1]) < end]
        table, notes = read_flow_table(decl, mine, "晋城市人力资源和社会保障局")
        assert notes == (), decl.id
        found[decl.id] = table
    return found


def amounts(table: Table, name: str, side: str = "") -> list[str | None]:
    row = next(row for row in table.rows if name in (row.code, row.name) and row.side.value == side)
    return [cell.value for _, cell in row.cells]


def column_sum(table: Table, column: str, level: Level) -> Decimal:
    return sum((Decimal(row.value(column) or 0) for row in table.rows if row.level is level), Decimal(0))


def test_every_row_is_there_and_sure(tables):
    assert tuple(len(table.rows) for table in tables.values()) == ROWS
    assert {cell.surety for table in tables.values() for row in table.rows for _, cell in row.cells} == {Surety.SURE}
    assert {row.label_surety for table in tables.values() for row in table.rows} == {Surety.SURE}


def test_what_is_printed_around_the_tables(tables):
    assert {table.printed_year for table in tables.values()} == {2024}
    assert {table.printed_unit for table in tables.values()} == {"万元"}
    assert {table.printed_department for table in tables.values()} == {"晋城市人力资源和社会保障局"}
    assert [table.caption[-1:] for table in tables.values() if table.caption] == list("1234567890123")
    assert [table_id for table_id, table in tables.items() if table.no_data] == ["T07", "T08", "T09"]


@pytest.mark.parametrize(
    ("table_id", "side", "name", "expected"),
    [
        ("T01", "income", "单位资金", ["550.00"]),
        ("T01", "expenditure", "教育支出", ["10213.58", "9599.14", "614.44"]),
        ("T01", "expenditure", "卫生健康支出", ["1085.23", "1085.23", None]),
        ("T01", "expenditure", "灾害防治及应急管理支出", [None, None, None]),
        ("T01", "expenditure", "本年支出合计", ["42298.72", "39880.81", "2417.91"]),
        ("T02", "", "合计", ["39880.81", "39330.81", None, None, None, "550.00", "2417.91"]),
        ("T02", "", "208", ["28224.78", "28224.78", None, None, None, None, "1803.48"]),
        ("T02", "", "2080199", ["1108.10", "1108.10", None, None, None, None, None]),
        ("T03", "", "20807", ["4863.48", None, "4863.48"]),
        ("T03", "", "2080505", ["1004.64", "1004.64", None]),
        ("T04", "income", "上年财政拨款结转", ["2417.91"]),
        ("T04", "expenditure", "社会保障和就业支出", ["30028.26", "30028.26", None, None]),
        ("T05", "", "2080502", ["938.18", "30.53", "907.65"]),
        ("T06", "", "商品和服务支出", ["1060.91", None, "1060.91"]),
        ("T10", "", "公务用车购置及运行费", ["3.90", "3.90", None, None]),
        ("T11", "", "部门合计", ["278.03", "278.03", None, None]),
        ("T12", "", "培训中心培训专项", ["500.00", None, None, None, None, "500.00"]),
        ("T12", "", "技师工作站、技能人才培养基地", ["20.00", None, None, None, None, "20.00"]),
        ("T13", "", "汽车钣金与涂装高水平实训基地", ["300.00", "300.00", None, None]),
    ],
)
def test_amounts_stand_in_their_columns(tables, table_id, side, name, expected):
    assert amounts(tables[table_id], name, side) == expected


def test_projects_nest_and_add_up(tables):
    for table_id, units, projects in (("T12", 10, 72), ("T13", 2, 8)):
        table = tables[table_id]
        assert [sum(row.level is level for row in table.rows) for level in (Level.UNIT, Level.PROJECT)] == [
            units,
            projects,
        ]
        for column, cell in table.rows[0].cells:
            total = Decimal(cell.value or 0)
            assert abs(column_sum(table, column, Level.UNIT) - total) <= Decimal("0.02")
            assert abs(column_sum(table, column, Level.PROJECT) - total) <= Decimal("0.02")
    named = {row.unit_name for row in tables["T12"].rows if row.name == "遗属补助"}
    assert named == {"晋城市人力资源和社会保障局", "晋城技师学院", "晋城市创业指导服务中心", "晋城市公共就业服务中心"}


def test_pairs_of_classes(tables):
    pairs = [(row.name, row.second_name) for row in tables["T06"].rows]
    assert pairs.count(("公务接待费", "公务接待费")) == 2
    assert ("机关事业单位基本养老保险缴费", "社会保障缴费") in pairs
    assert [name for name, second in pairs if not second] == [
        "合计",
        "工资福利支出",
        "商品和服务支出",
        "对个人和家庭的补助",
    ]


def test_wrapped_names_are_joined(tables):
    names = {row.name for table in tables.values() for row in table.rows}
    assert {
        "其他人力资源和社会保障管理事务支出",
        "抗疫特别国债安排的支出",
        "市直原试点事业单位退休人员取暖费、丧葬费一次性抚恤金财政补助",
        "学院网络专线及企业“上云”网络运维费",
        "2023年已完成未支付项目",
    } <= names
