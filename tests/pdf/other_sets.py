"""Documents that print other sets of tables than the declared one, as PDF, Word and Excel files.

A document is a list of blocks; `Ruled` tables carry header rows with spans and rows of texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from typing import Any

import docx
from openpyxl import Workbook

from disclosures.synthetic.pdf_sheet import Cell, PdfStyle, Sheet


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that stands out."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A table with what stands above it; `head` are header rows in which "<" and "^" go on to the left and above."""

    caption: str | None
    title: str | None
    unit: bool
    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    own_page: bool = True

    @property
    def amounts(self) -> list[str]:
        return [text for row in self.rows for text in row if is_amount(text)]


Block = Heading | Prose | Printed


def is_amount(text: str) -> bool:
    return "." in text and text.replace(".", "").replace(",", "").isdigit()


@dataclass
class Maker:
    """Makes amounts of which none is printed twice."""

    rng: Random
    used: set[str] = field(default_factory=set)

    def amount(self) -> str:
        while True:
            text = f"{self.rng.randint(1, 99999) / 100:.2f}"
            if text not in self.used and text != "0.00":
                self.used.add(text)
                return text

    def row(self, *labels: str, amounts: int, blank: float = 0.2) -> tuple[str, ...]:
        """Labels and amounts, some of them blank; the first always there."""
        rest = ["" if self.rng.random() < blank else self.amount() for _ in range(amounts - 1)]
        return (*labels, self.amount(), *rest)


_NAMES = (
    "社会保障和就业支出",
    "行政事业单位养老支出",
    "机关事业单位基本养老保险缴费支出",
    "卫生健康支出",
    "行政单位医疗",
    "住房公积金",
)
_CODES = ("208", "20805", "2080505", "210", "2101101", "2210201")


def coded(maker: Maker, columns: int, count: int = 6) -> tuple[tuple[str, ...], ...]:
    """Rows by code with a total on top."""
    rows = [("", "合计", *maker.row(amounts=columns))]
    for n in range(count):
        rows.append(
            maker.row(_CODES[n % 6] if n < 6 else f"{2300000 + n}", f"{_NAMES[n % 6]}{n // 6 or ''}", amounts=columns)
        )
    return tuple(rows)


def _sided(maker: Maker) -> tuple[tuple[str, ...], ...]:
    income = (
        "一、一般公共预算拨款收入",
        "二、政府性基金预算拨款收入",
        "三、事业收入",
        "四、其他收入",
        "本年收入合计",
        "用事业基金弥补收支差额",
    )
    spending = ("一、一般公共服务支出", "二、外交支出", "三、教育支出", "四、科学技术支出", "本年支出合计", "结转下年")
    return tuple((a, maker.amount(), b, maker.amount()) for a, b in zip(income, spending, strict=True))


_SIDED = (("收入", "<", "支出", "<"), ("项目", "2026年预算数", "项目", "2026年预算数"))
_INCOME = (
    ("项目", "<", "合计", "上年结转", "一般公共预算拨款收入", "事业收入", "<", "其他收入"),
    ("科目编码", "科目名称", "^", "^", "^", "金额", "其中：教育收费", "^"),
)
_SPENDING = (("单位代码", "单位名称（科目）", "合计", "基本支出", "项目支出", "上缴上级支出", "对附属单位补助支出"),)
_COMPARED = (
    ("项目", "<", "2025年执行数", "2026年预算数", "<", "<", "比上年增减", "<"),
    ("科目编码", "科目名称", "^", "小计", "基本支出", "项目支出", "增减额", "增减%"),
)
_ECONOMIC = (("经济分类科目", "<", "基本支出", "<", "<"), ("编码", "名称", "小计", "人员支出", "日常公用支出"))
_TRAVEL = (
    ("单位名称", "当年财政拨款预算安排", "<", "<", "<", "<", "<"),
    ("^", "合计", "因公出国（境）费用", "公务用车购置及运行费", "<", "<", "公务接待费"),
    ("^", "^", "^", "小计", "购置", "运行", "^"),
)
_ASSETS = (("资产名称", "计量单位", "数量", "单价", "金额", "使用科室"),)
_SAY = "负责贯彻执行国家和自治区有关方针政策，拟订有关规划并组织实施，承担日常管理和公共服务工作。"


def _travel_rows(maker: Maker) -> tuple[tuple[str, ...], ...]:
    return tuple(maker.row(name, amounts=6) for name in ("合计", "某某厅机关", "某某厅信息中心"))


def _asset_rows(maker: Maker) -> tuple[tuple[str, ...], ...]:
    names = ("台式计算机", "便携式计算机", "复印机", "碎纸机")
    return tuple((name, "台", "3", maker.amount(), maker.amount(), "办公室") for name in names)


Set = Callable[[Maker], list[Printed]]


def lettered(maker: Maker) -> list[Printed]:
    """表1 above, the title below it: 表1, 表1-1 …"""
    return [
        Printed("表1", "部门收支总表", True, _SIDED, _sided(maker)),
        Printed("表1-1", "部门收入总表", True, _INCOME, coded(maker, 6)),
        Printed("表1-2", "部门支出总表", True, _SPENDING, coded(maker, 5)),
        Printed("表3-1", "财政拨款支出明细表", True, _COMPARED, coded(maker, 6)),
        Printed("表3-3", "公用经费明细表", True, _ECONOMIC, coded(maker, 3)),
        Printed("表5", "新增资产配置表", True, _ASSETS, _asset_rows(maker)),
    ]


def numbered(maker: Maker) -> list[Printed]:
    """公开01表 above the title."""
    return [
        Printed("公开01表", "部门收支总表", True, _SIDED, _sided(maker)),
        Printed("公开02表", "部门收入总表", True, _INCOME, coded(maker, 6, 70)),
        Printed("公开03表", "部门支出总表", True, _SPENDING, coded(maker, 5)),
        Printed("公开05表", "一般公共支出比较表", True, _COMPARED, coded(maker, 6)),
        Printed("公开07表", "公费支出情况表", True, _TRAVEL, _travel_rows(maker)),
    ]


def attached(maker: Maker) -> list[Printed]:
    """附表2-1 and the title in one line."""
    return [
        Printed(None, "附表1 部门收支总体情况表", True, _SIDED, _sided(maker)),
        Printed(None, "附表2-1　部门收入总体情况表", True, _INCOME, coded(maker, 6)),
        Printed(None, "附表2-2　部门支出总体情况表", True, _SPENDING, coded(maker, 5)),
        Printed(None, "附表3：商品和服务支出表（按经济分类）", True, _ECONOMIC, coded(maker, 3)),
        Printed(None, "附表10 三项经费支出情况表", True, _TRAVEL, _travel_rows(maker)),
    ]


def bare(maker: Maker) -> list[Printed]:
    """Titles only, or not even a title."""
    return [
        Printed(None, "部门收支总体情况", True, _SIDED, _sided(maker)),
        Printed(None, None, True, _INCOME, coded(maker, 6)),
        Printed(None, None, False, _SPENDING, coded(maker, 5)),
        Printed(None, "政府采购计划", False, _ASSETS, _asset_rows(maker)),
    ]


SETS: dict[str, Set] = {"lettered": lettered, "numbered": numbered, "attached": attached, "bare": bare}


def document(tables: Sequence[Printed], *, tables_last: bool = False) -> list[Block]:
    """A whole disclosure around some tables; the tables in part two or at the end."""
    duties: list[Block] = [
        Heading("第一部分 部门概况"),
        Heading("一、主要职责"),
        Prose(_SAY * 4),
        Prose("设有内设机构十二个。" + _SAY),
    ]
    told: list[Block] = [Heading("一、部门预算收支情况说明"), Prose("2026年收入预算总额较上年有所增加。" + _SAY)]
    words: list[Block] = [Prose("一般公共预算拨款收入：指财政当年拨付的资金。" + _SAY)]
    cover: list[Block] = [Heading("某某厅"), Heading("2026年部门预算公开")]
    if tables_last:
        return [
            *cover, *duties, Heading("第二部分 2026年部门预算情况说明"), *told,
            Heading("第三部分 名词解释"), *words, Heading("第四部分 2026年部门预算表"), *tables,
        ]  # fmt: skip
    return [
        *cover, *duties, Heading("第二部分 2026年部门预算表"), *tables,
        Heading("第三部分 2026年部门预算情况说明"), *told, Heading("第四部分 名词解释"), *words,
    ]  # fmt: skip


# ---------------------------------------------------------------- as files


def spanned(head: Sequence[Sequence[str]]) -> Iterator[tuple[Cell, ...]]:
    """Header rows as merged cells."""
    for r, row in enumerate(head):
        cells = []
        for c, text in enumerate(row):
            if text in "<^":
                continue
            columns = next((n for n in range(1, len(row) - c) if row[c + n] != "<"), len(row) - c)
            rows = next((n for n in range(1, len(head) - r) if head[r + n][c] != "^"), len(head) - r)
            cells.append(Cell(c, text, columns, rows, "center"))
        yield tuple(cells)


def as_pdf(blocks: Sequence[Block], style: PdfStyle) -> bytes:
    """Printed on paper."""
    sheet = Sheet(style)
    for block in blocks:
        if isinstance(block, Heading):
            sheet.title(block.text, 16)
        elif isinstance(block, Prose):
            sheet.paragraph(block.text)
        else:
            if block.own_page:
                sheet.new_page()
            if block.caption:
                sheet.sides(block.caption, "")
            if block.title:
                sheet.title(block.title, 14)
            if block.unit:
                sheet.sides("部门：某某厅", "单位：万元")
            body = [
                tuple(Cell(n, text, align="right" if is_amount(text) else "left") for n, text in enumerate(row))
                for row in block.rows
            ]
            sheet.table(
                [*spanned(block.head), *body], [3 if n == 1 else 2 for n in range(len(block.head[0]))], len(block.head)
            )
    return sheet.output()


def as_docx(blocks: Sequence[Block]) -> bytes:
    """As a Word file."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, Heading | Prose):
            document.add_paragraph(block.text)
            continue
        for text in (block.caption, block.title, "部门：某某厅\t单位：万元" if block.unit else None):
            if text:
                document.add_paragraph(text)
        table = document.add_table(len(block.head) + len(block.rows), len(block.head[0]))
        for r, row in enumerate(spanned(block.head)):
            for cell in row:
                merged = table.cell(r, cell.column).merge(table.cell(r + cell.rows - 1, cell.column + cell.columns - 1))
                merged.text = cell.text
        for r, texts in enumerate(block.rows, start=len(block.head)):
            for c, text in enumerate(texts):
                table.cell(r, c).text = text
        document.add_paragraph("")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_xlsx(blocks: Sequence[Block]) -> bytes:
    """As a workbook: prose on one sheet, each table on its own."""
    book = Workbook()
    prose: Any = book.active
    prose.title = "说明"
    for block in blocks:
        if isinstance(block, Heading | Prose):
            prose.append([block.text])
            continue
        sheet = book.create_sheet()
        width = len(block.head[0])
        for text in (block.caption, block.title):
            if text:
                sheet.append([text])
                sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=width)
        if block.unit:
            sheet.append(["部门：某某厅", *[""] * (width - 2), "单位：万元"])
        top = sheet.max_row if sheet.max_row > 1 or sheet.cell(1, 1).value else 0
        for r, row in enumerate(spanned(block.head), start=top + 1):
            for cell in row:
                sheet.cell(r, cell.column + 1, cell.text)
                sheet.merge_cells(
                    start_row=r,
                    end_row=r + cell.rows - 1,
                    start_column=cell.column + 1,
                    end_column=cell.column + cell.columns,
                )
        for r, texts in enumerate(block.rows, start=top + len(block.head) + 1):
            for c, text in enumerate(texts, start=1):
                if text:
                    sheet.cell(r, c, float(text) if is_amount(text) else text).number_format = "0.00"
    out = BytesIO()
    book.save(out)
    return out.getvalue()
