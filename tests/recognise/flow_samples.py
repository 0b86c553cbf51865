"""Random FLOW tables of every kind, with what reading them came to."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from disclosures.plain.data import Note, Surety, Table
from disclosures.profiles import SHANXI_2024, TableDecl
from disclosures.reading.blocks import Line
from disclosures.recognise.flow_table import read_flow_table
from tests.recognise.flow_render import Sample, Style, code_table, item_table, pair_table, project_table, render

HEADERS = {
    "T01": "收入 支出|项目 2024年 项目 2024年合计 当年预算安排 上年结转安排",
    "T02": "项目 本年收入|上年结转|科目编码 科目名称 合计 一般公共预算 政府性基金"
    "|国有资本经营|预算|财政专户管理|资金|单位资金",
    "T03": "项目 2024年预算数|科目编码 科目名称 合计 基本支出 项目支出",
    "T04": "收入 支出|项目 金额 项目|金额|小计 一般公共预算|政府性基|金预算|国有资本经|营预算",
    "T06": "部门预算支出经济科目名称 政府预算支出经济科目名称|2024年预算数|合计 人员经费 公用经费",
    "T12": "项目名称 合计|2024年财政拨款|财政专户管理资金|单位资金"
    "|一般公共预算|政府性|基金预算|国有资本经营预算|1 2 3 4 5 6 7",
    "T13": "项目名称 合计|2024年财政拨款|一般公共预算|政府性基金|预算|国有资本|经营预算|1 2 3 4 5",
}


@dataclass(frozen=True)
class Outcome:
    """Expected against read: labels, cells that the reader is sure of, cells it marked."""

    decl: TableDecl
    sample: Sample
    table: Table
    notes: tuple[Note, ...]

    @property
    def labels_right(self) -> bool:
        return self.labels_read == self.labels_expected

    @property
    def labels_read(self) -> list[tuple[str, str, str, str]]:
        return [(row.side.value, row.code, row.name, row.second_name) for row in self.table.rows]

    @property
    def labels_expected(self) -> list[tuple[str, str, str, str]]:
        return [(row.side.value, row.code, row.name, row.second) for row in self.sample.expected]

    def cells(self) -> list[tuple[str | None, str | None, Surety, str]]:
        """(expected, read, surety, row) of every cell."""
        return [
            (want, cell.value, cell.surety, row.code or row.name)
            for row, expected in zip(self.table.rows, self.sample.expected, strict=True)
            for (_, cell), want in zip(row.cells, expected.values, strict=True)
        ]

    @property
    def wrong_but_sure(self) -> list[tuple[str | None, str | None, Surety, str]]:
        return [cell for cell in self.cells() if cell[0] != cell[1] and cell[2] is Surety.SURE]

    def reread(self, lines: list[Line]) -> Table:
        """The table that other lines give."""
        return read_flow_table(self.decl, lines, None)[0]


def sample_of(table_id: str, rng: Random, style: Style) -> Sample:
    decl = SHANXI_2024.table(table_id)
    width = len(decl.sides[-1].columns) - 1
    if table_id in ("T01", "T04"):
        return item_table(rng, style, decl)
    if table_id == "T06":
        return pair_table(rng, style)
    if table_id in ("T12", "T13"):
        return project_table(rng, style, width)
    return code_table(rng, style, width, outside=1 if table_id == "T02" else 0)


def header_of(table_id: str, style: Style) -> list[str]:
    """The lines of a table's header; column numbers are always one space apart."""
    lines = HEADERS[table_id].split("|")
    return [line if line[0] == "1" else line.replace(" ", " " * style.unit) for line in lines]


def read_sample(table_id: str, seed: int, style: Style) -> Outcome:
    """A random table printed in a style and read back."""
    decl = SHANXI_2024.table(table_id)
    sample = sample_of(table_id, Random(seed), style)
    lines = render(sample.printed, header_of(table_id, style), style, seed)
    table, notes = read_flow_table(decl, lines, None)
    return Outcome(decl, sample, table, notes)
