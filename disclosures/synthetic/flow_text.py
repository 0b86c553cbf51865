"""A disclosure as the text layer of a PDF, dumped line by line."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from disclosures.plain.data import Disclosure, Kind, Section, Table
from disclosures.profiles import DEFAULT_PROFILE

from .attached import attached_text, catalogue_rows
from .flow_forms import FlowForms
from .flow_pages import PROSE_WIDTH, Pages, cells_text, table_row, wrap
from .shapes import Line, body_rows, header_rows
from .styles import FLOW_PDF, FlowStyle

# Width of the label columns in full-width characters.
_LABEL_WIDTHS = {"T01": 11, "T02": 17, "T03": 16, "T04": 9, "T05": 16, "T12": 15, "T13": 16}
_DEFAULT_LABEL_WIDTH = 20
_MERGED_TOTALS = ("T02", "T03", "T05", "T06", "T07", "T08", "T09")  # 合计 stands across both label columns
_STRAY_AT = 27  # rows of the first table in front of a stray heading
_INDENT = "\u3000"


def write_flow_text(disclosure: Disclosure, style: FlowStyle = FLOW_PDF, seed: int = 0) -> str:
    """The whole document; `seed` decides where the accidents of the style happen."""
    return _Writer(disclosure, style, Random(seed)).document()


class _Writer:
    def __init__(self, disclosure: Disclosure, style: FlowStyle, rng: Random) -> None:
        self.disclosure, self.style, self.rng = disclosure, style, rng
        self.word = "部门" if disclosure.kind is Kind.DEPARTMENT else "单位"
        year = disclosure.fiscal_year
        self.pages = Pages(style, rng, f"{disclosure.department}{year}年{self.word}预算公开报告")

    def document(self) -> str:
        document, year = self.disclosure, self.disclosure.fiscal_year
        for paragraph in document.title_lines:
            self._prose(paragraph.text)
        self.pages.end_page()
        sections = {section.numeral: section for section in document.sections}
        self._section(sections.get("概况"))
        self.pages.end_page()
        if not self.style.stray_heading:
            self._part_two()
        for table in document.tables:
            self._table(table)
            self.pages.end_page()
        self.pages.row(f"第三部分 {year}年度{self.word}预算情况说明")
        for section in document.sections:
            if section.numeral in ("概况", "名词解释"):
                continue
            self._section(section)
            if section.numeral == "十":
                self._forms()
        self._attachments()
        self._section(sections.get("名词解释"))
        return self.pages.text()

    def _part_two(self) -> None:
        self.pages.row(f"第二部分 {self.disclosure.fiscal_year}年{self.word}预算报表")

    def _section(self, section: Section | None) -> None:
        if section is None:
            return
        self.pages.row(section.heading)
        for paragraph in section.paragraphs:
            self._prose(paragraph.text)

    def _prose(self, text: str) -> None:
        self.pages.rows(wrap(text, PROSE_WIDTH))

    def _attachments(self) -> None:
        """The columns of a catalogue come out one after the other."""
        for attachment in self.disclosure.attachments:
            self.pages.end_page()
            for text in attached_text(attachment):
                self._prose(text)
            header, *rows = catalogue_rows()
            for column in zip(*rows, strict=True):
                self.pages.row("\n".join(column))
            self.pages.row(" ".join(header))
            self.pages.end_page()

    def _forms(self) -> None:
        forms = FlowForms(self.pages, self.style, self.rng, self.disclosure.fiscal_year)
        self.pages.forms_begin()
        for overall in self.disclosure.overall_targets:
            forms.overall(overall)
        for target in self.disclosure.project_targets:
            self.pages.end_page()
            forms.project(target)
        self.pages.forms_end()

    # ------------------------------------------------------------ tables

    def _table(self, table: Table) -> None:
        title = f"{table.printed_year}年{table.title}"
        self.pages.row(f"表{DEFAULT_PROFILE.table(table.id).ordinal}{title}")
        if table.caption and self.style.captions:
            self.pages.row(" " * self.rng.randint(0, 6) + table.caption)
        self.pages.row(title)
        self.pages.row(f"{self.word}名称：{table.printed_department} 单位：{table.printed_unit}")
        for cells in header_rows(table):
            if named := [cell for cell in cells if cell]:
                self.pages.row(" ".join(named))
        columns = _LABEL_WIDTHS.get(table.id, _DEFAULT_LABEL_WIDTH)
        glue = frozenset({2}) if table.id in ("T01", "T04") else frozenset[int]()
        for position, line in enumerate(body_rows(table)):
            if self.style.stray_heading and table.id == "T01" and position == _STRAY_AT:
                self._part_two()
            if not any(line.cells):
                self.pages.row(cells_text(line.cells, self.style, self.rng))
                continue
            self.pages.row(table_row(self._laid_out(table, line), self.style, self.rng, columns, glue))
        if table.no_data:
            self.pages.row("注：本表无数据")

    def _laid_out(self, table: Table, line: Line) -> Line:
        """The row as its layout prints it: totals in one merged label cell, nesting as indentation."""
        cells = line.cells
        if table.id in _MERGED_TOTALS and cells[0] == "合计":
            kept = [place for place in range(len(cells)) if place == 0 or cells[place - 1] != "合计"]
            amounts = frozenset(new for new, old in enumerate(kept) if old in line.amounts)
            return Line(tuple(cells[place] for place in kept), amounts)
        if table.id in ("T12", "T13"):
            depth = min(line.indent, 1) if self.word == "单位" else line.indent
            return replace(line, cells=(_INDENT * depth + cells[0], *cells[1:]))
        return line
