"""A disclosure as a PDF file with a text layer, ruled or unruled: what departments publish.

Needs fpdf2 (requirements-dev.txt) and the Noto CJK fonts; `disclosures.synthetic` does not import it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from disclosures.plain.data import Disclosure, Kind, OverallTarget, ProjectTarget, Section, Table

from .attached import attached_text, catalogue_rows
from .forms import TEXT_FIELDS, fund_rows, indicator_lines, yuan
from .overall_form import overall_rows
from .pdf_sheet import Cell, PdfStyle, Row, Sheet, flat
from .shapes import Line, body_rows, header_rows

_FORM_SHARES = (2.2, 2.2, 2.6, 5, 3.2, 2.6, 5, 3.2)
_WIDE_LABELS = {"T12": 3.4, "T13": 3.4, "T11": 3, "T10": 3, "T01": 2.6, "T04": 2.6, "T06": 3, "T09": 1.8}


def write_pdf(disclosure: Disclosure, style: PdfStyle | None = None) -> bytes:
    """The whole document, in its official order."""
    writer = _Writer(style or PdfStyle())
    writer.document(disclosure)
    return writer.sheet.output()


class _Writer:
    def __init__(self, style: PdfStyle) -> None:
        self.style = style
        self.sheet = Sheet(style)

    def document(self, disclosure: Disclosure) -> None:
        sheet = self.sheet
        word = "部门" if disclosure.kind is Kind.DEPARTMENT else "单位"
        year = disclosure.fiscal_year
        for line in disclosure.title_lines:
            sheet.title(line.text, 22)
        sections = {section.numeral: section for section in disclosure.sections}
        sheet.new_page()
        self._section(sections.get("概况"), 16)
        sheet.new_page()
        sheet.title(f"第二部分 {year}年{word}预算报表", 18)
        for table in disclosure.tables:
            self._table(table, word)
        sheet.new_page()
        sheet.title(f"第三部分 {year}年度{word}预算情况说明", 18)
        for section in disclosure.sections:
            if section.numeral in ("概况", "名词解释"):
                continue
            self._section(section, 14)
            if section.numeral == "十":
                self._forms(disclosure, word)
        for attachment in disclosure.attachments:
            title, *lines = attached_text(attachment)
            sheet.title(title, 14)
            for text in lines:
                sheet.paragraph(text)
            sheet.table([flat(cells) for cells in catalogue_rows()], (1, 2, 2, 2), 1)
        self._section(sections.get("名词解释"), 16)

    def _section(self, section: Section | None, size: float) -> None:
        if section is None:
            return
        self.sheet.title(section.heading, size, center=size > 14)
        for paragraph in section.paragraphs:
            self.sheet.paragraph(paragraph.text)

    def _table(self, table: Table, word: str) -> None:
        sheet = self.sheet
        sheet.new_page()
        if table.caption:
            sheet.title(table.caption, 9, center=False)
        sheet.title(f"{table.printed_year}年{table.title}", 14)
        sheet.sides(f"{word}名称：{table.printed_department}", f"单位：{table.printed_unit}")
        header = merged_header(header_rows(table))
        body = body_rows(table, thousands=self.style.thousands)
        width = len(header_rows(table)[-1])
        rows = [*header, *(_body_row(line) for line in body)]
        sheet.table(rows, _shares(table, body, width), len(header))
        if table.no_data:
            sheet.paragraph("注：本表无数据")
        if table.id == "T01":
            sheet.paragraph("注：本套报表因取数时四舍五入，部分金额可能存在尾差")

    # ------------------------------------------------------------ forms

    def _forms(self, disclosure: Disclosure, word: str) -> None:
        for overall in disclosure.overall_targets:
            self._overall(overall, disclosure.fiscal_year)
        for target in disclosure.project_targets:
            self._form(target, disclosure.fiscal_year)
        if disclosure.project_targets:
            self.sheet.new_page()

    def _overall(self, target: OverallTarget, year: int) -> None:
        self.sheet.new_page()
        self.sheet.title(target.form_title or "", 14)
        self.sheet.title(f"（{year}）年度", 10)
        rows = [list(row) for row in overall_rows(target)]
        self.sheet.table(list(_overall_cells(rows)), (2, 3, 3, 4, 3))

    def _form(self, target: ProjectTarget, year: int) -> None:
        sheet = self.sheet
        sheet.new_page()
        sheet.title(target.form_title or "", 14)
        sheet.title(f"（{year}年度）", 10)
        sheet.table([*_form_head(target), *_form_indicators(target)], _FORM_SHARES)
        sheet.spread(("负责人：", "经办人：", "联系电话：", f"填报日期：{target.reported_at or ''}"))


def merged_header(header: Sequence[Sequence[str]]) -> list[Row]:
    """Header rows with the cells that span columns (blank to the right) and rows (blank below) merged."""
    width = len(header[-1])
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    numbered = len(header) - 1 if header[-1][0] == "1" else len(header)
    for r, row in enumerate(header):
        for c in range(width):
            if row[c] or r >= numbered:
                owner[r, c] = (r, c)
                continue
            below = any(lower[c] for lower in header[r + 1 : numbered])
            if c and (below or r == 0):
                owner[r, c] = owner[r, c - 1]
            else:
                owner[r, c] = owner[r - 1, c] if r else (r, c)
    rows: list[Row] = []
    for r, row in enumerate(header):
        cells = []
        for c in range(width):
            if owner[r, c] != (r, c):
                continue
            own = [at for at, first in owner.items() if first == (r, c)]
            columns, height = max(at[1] for at in own) - c + 1, max(at[0] for at in own) - r + 1
            cells.append(Cell(c, row[c], columns, height, "center"))
        rows.append(tuple(cells))
    return rows


def _body_row(line: Line) -> Row:
    return tuple(
        Cell(
            column,
            text,
            align="right" if column in line.amounts else "left",
            indent=line.indent if column == 0 else 0,
        )
        for column, text in enumerate(line.cells)
    )


def _shares(table: Table, body: Sequence[Line], width: int) -> list[float]:
    """Widths of the columns: labels wider than amounts, codes narrower."""
    amounts = {column for line in body for column in line.amounts}
    shares = []
    for column in range(width):
        if column in amounts:
            shares.append(1.6)
        elif table.id in _WIDE_LABELS:
            shares.append(_WIDE_LABELS[table.id])
        else:
            shares.append(1.3 if column == 0 else 3.2)
    return shares


def _form_head(target: ProjectTarget) -> Iterator[Row]:
    """Rows above the indicators, eight columns wide."""
    yield Cell(0, "项目名称", 2), Cell(2, target.project or "", 6)
    yield (
        Cell(0, "主管部门及代码", 2),
        Cell(2, target.supervisor or "", 3),
        Cell(5, "实施单位"),
        Cell(6, target.implementing_unit or "", 2),
    )
    yield (
        Cell(0, "项目属性", 2),
        Cell(2, target.attribute or "", 3),
        Cell(5, "项目期"),
        Cell(6, target.term or "", 2),
    )
    totals = yuan(target.whole.total), yuan(target.annual.total)
    amounts = [("实施期资金总额：", totals[0], "年度资金总额：", totals[1])]
    amounts += [(label, whole, label, annual) for label, whole, annual in fund_rows(target.whole, target.annual)]
    for position, (left, whole, right, annual) in enumerate(amounts):
        first = (Cell(0, "项目资金（元）", rows=len(amounts)),) if position == 0 else ()
        yield (
            *first,
            Cell(1, left, 2),
            Cell(3, whole, 2, align="right"),
            Cell(5, right, 2),
            Cell(7, annual, align="right"),
        )
    for key, label in TEXT_FIELDS:
        yield Cell(0, label, 2), Cell(2, getattr(target, key) or "", 6)
    yield Cell(0, "总体目标", rows=2), Cell(1, "实施期目标", 4, align="center"), Cell(5, "年度目标", 3, align="center")
    yield Cell(1, target.objective_whole or "", 4), Cell(5, target.objective_annual or "", 3)


def _form_indicators(target: ProjectTarget) -> Iterator[Row]:
    lines = list(indicator_lines(target.indicators, clipped=False))
    names = ("一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值")
    head = tuple(Cell(column, name, align="center") for column, name in enumerate(names, start=1))
    yield Cell(0, "绩效指标", rows=len(lines) + 1), *head
    for _, level1 in groupby(lines, key=lambda line: line.level1):
        of_level1 = list(level1)
        opening = True
        for _, level2 in groupby(of_level1, key=lambda line: line.level2):
            rows = list(level2)
            for position, line in enumerate(rows):
                cells: list[Cell] = [Cell(1, line.level1, rows=len(of_level1))] if opening else []
                if position == 0:
                    cells += [Cell(2, line.level2, rows=len(rows)), Cell(5, line.level2, rows=len(rows))]
                cells += [Cell(3 + n, text) for n, text in enumerate(line.whole)]
                cells += [Cell(6 + n, text) for n, text in enumerate(line.annual)]
                yield tuple(sorted(cells, key=lambda cell: cell.column))
                opening = False


def _overall_cells(rows: Sequence[Sequence[str]]) -> Iterator[Row]:
    """Blocks whose label reaches down beside their rows; a text alone in its row takes the row's width."""
    width = max(map(len, rows))
    starts = [n for n, row in enumerate(rows) if row[0]]
    for n, row in enumerate(rows):
        cells = []
        if row[0]:
            end = next((start for start in starts if start > n), len(rows))
            cells.append(Cell(0, row[0], rows=end - n))
        filled = [c for c in range(1, width) if c < len(row) and row[c]]
        last = filled[-1] if filled else 1
        for c in range(1, width):
            if c < last or last > 2 or not filled:
                cells.append(Cell(c, row[c] if c < len(row) else ""))
            elif c == last:
                cells.append(Cell(c, row[c], width - c))
        yield tuple(cells)
