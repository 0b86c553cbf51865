"""T09 with data in a text dump: 合计 once for each side, or once for both."""

import pytest

from disclosures.profiles import SHANXI_2024
from disclosures.reading.blocks import Line
from disclosures.recognise.flow_table import read_flow_table

HEAD = (
    "部门名称：某市某局 单位：万元\n项目\n国有资本经营收入预算\n"
    "科目编码 科目名称 合计 基本支出 项目支出\n收入科目编码 科目名称\n"
)
ROWS = "103 非税收入 222.41 223 国有资本经营预算支出 222.41  222.41"


def lines(text: str) -> list[Line]:
    return [Line(f"line {number}", line) for number, line in enumerate(text.splitlines(), start=1)]


@pytest.mark.parametrize(
    "total", ["合计 222.41 合计 222.41  222.41", "合计 222.41合计 222.41  222.41", "合计 222.41 222.41  222.41"]
)
def test_both_totals_are_rows(total: str) -> None:
    table, _ = read_flow_table(SHANXI_2024.table("T09"), lines(f"{HEAD}{total}\n{ROWS}"), "某市某局")
    assert [(row.side.value, row.code or row.name, *(cell.value for _, cell in row.cells)) for row in table.rows] == [
        ("income", "合计", "222.41"),
        ("income", "103", "222.41"),
        ("expenditure", "合计", "222.41", None, "222.41"),
        ("expenditure", "223", "222.41", None, "222.41"),
    ]
