"""A disclosure as a tab-separated text export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from random import Random

from disclosures.plain.data import Disclosure, Kind, OverallTarget, ProjectTarget, Section, Table
from disclosures.profiles import DEFAULT_PROFILE

from .attached import attached_text, catalogue_rows
from .forms import TEXT_FIELDS, fund_rows, half_width, indicator_lines, yuan
from .overall_form import overall_rows
from .shapes import Line, body_rows, header_rows
from .styles import GRID_CONTENTS, GridStyle

_LABEL_WIDTH = 16
_PAGE_ROWS = 26
_SHIFTED = 0.06  # of the rows
_SUBHEADING = re.compile(r"^(?:（[一二三四五六七八九十]+）|\d、)[^。]{1,30}$")


def write_grid_text(disclosure: Disclosure, style: GridStyle = GRID_CONTENTS, seed: int = 0) -> str:
    """The whole document; `seed` decides where the accidents of the style happen."""
    return _Writer(style, Random(seed)).document(disclosure)


def _word(disclosure: Disclosure) -> str:
    return "部门" if disclosure.kind is Kind.DEPARTMENT else "单位"


class _Writer:
    def __init__(self, style: GridStyle, rng: Random) -> None:
        self.style, self.rng = style, rng

    def document(self, disclosure: Disclosure) -> str:
        blocks = [paragraph.text for paragraph in disclosure.title_lines]
        if self.style.contents:
            blocks.append("目 录")
            blocks.append("\n".join(_contents(disclosure)))
        sections = {section.numeral: section for section in disclosure.sections}
        blocks += self._section(sections.get("概况"), level=1)
        year, word = disclosure.fiscal_year, _word(disclosure)
        blocks.append(f"第二部分 {year}年{word}预算报表")
        for table in disclosure.tables:
            blocks += self._table(table, word)
        blocks.append(self._heading(f"第三部分 {year}年度{word}预算情况说明", 3))
        for section in disclosure.sections:
            if section.numeral in ("概况", "名词解释"):
                continue
            blocks += self._section(section, level=4)
            if section.numeral == "十":
                blocks += self._forms(disclosure)
        for attachment in disclosure.attachments:
            blocks += attached_text(attachment)
            blocks.append("\n".join("\t".join(cells) for cells in catalogue_rows()))
        blocks += self._section(sections.get("名词解释"), level=1)
        return "\n\n".join(blocks) + "\n"

    def _heading(self, text: str, level: int) -> str:
        return f"{'#' * level} {text}" if self.style.markdown else text

    def _section(self, section: Section | None, level: int) -> Iterator[str]:
        if section is None:
            return
        yield self._heading(section.heading, level)
        for paragraph in section.paragraphs:
            if _SUBHEADING.match(paragraph.text):
                yield self._heading(paragraph.text, level + 1)
            else:
                yield self._cut(paragraph.text)

    def _cut(self, text: str) -> str:
        """A long paragraph that a page break cut in two, once in a while."""
        if not self.style.page_breaks or len(text) < 90 or self.rng.random() > 0.25:
            return text
        places = [m.end() for m in re.finditer(r"[一-鿿](?=[一-鿿])", text[40:-20])]
        place = 40 + self.rng.choice(places)
        return f"{text[:place]}\n\n{text[place:]}"

    # ------------------------------------------------------------ tables

    def _table(self, table: Table, word: str) -> Iterator[str]:
        captioned = bool(table.caption) and self.style.captions
        if captioned:
            yield table.caption or ""
        if not (captioned and table.id in self.style.bare):
            yield f"{table.printed_year}年{table.title}"
        yield f"{word}名称：{table.printed_department}"
        yield f"单位：{table.printed_unit}"
        lines = ["\t".join(self._wrap(cell, 6) if cell else "" for cell in cells) for cells in header_rows(table)]
        for position, line in enumerate(body_rows(table, thousands=self.style.thousands), start=1):
            if self.style.page_breaks and position % _PAGE_ROWS == 0 and self.rng.random() < 0.5:
                lines.append("")
            lines.append(self._row(line))
        yield "\n".join(lines)
        if table.no_data:
            yield "注：本表无数据"
        if table.id == "T01":
            yield "注：本套报表因取数时四舍五入，部分金额可能存在尾差"

    def _row(self, line: Line) -> str:
        cells = [
            cell if position in line.amounts else self._wrap(cell, _LABEL_WIDTH)
            for position, cell in enumerate(line.cells)
        ]
        if self.style.bold and line.total:
            cells[0] = f"**{cells[0]}**"
        if self.style.shifts and self.rng.random() < _SHIFTED:
            cells = self._shifted(cells, line)
        return "\t".join(cells)

    def _shifted(self, cells: list[str], line: Line) -> list[str]:
        """The row without one of the blank amount cells in front of its last amount."""
        filled = [place for place in line.amounts if cells[place]]
        lost = [place for place in line.amounts if not cells[place] and filled and place < max(filled)]
        if not lost:
            return cells
        place = self.rng.choice(lost)
        return [*cells[:place], *cells[place + 1 :], ""]

    def _wrap(self, label: str, columns: int) -> str:
        """A label whose cell wrapped: a blank where the second line began, between two Chinese characters."""
        if not self.style.wrapped_labels or len(label) <= columns:
            return label
        pieces = [label[i : i + columns] for i in range(0, len(label), columns)]
        whole = all(not pair[0][-1].isascii() and not pair[1][0].isascii() for pair in pairwise(pieces))
        return " ".join(pieces) if whole else label

    # ------------------------------------------------------------ forms

    def _forms(self, disclosure: Disclosure) -> Iterator[str]:
        for overall in disclosure.overall_targets:
            yield from self._overall(overall, disclosure.fiscal_year)
        for target in disclosure.project_targets:
            yield from self._form(target, disclosure.fiscal_year)

    def _overall(self, target: OverallTarget, year: int) -> Iterator[str]:
        yield self._form_text(target.form_title or "")
        yield self._form_text(f"（{year}）年度")
        yield "\n".join("\t".join(map(self._form_text, cells)) for cells in overall_rows(target))

    def _form(self, target: ProjectTarget, year: int) -> Iterator[str]:
        yield self._form_text(target.form_title or "")
        yield self._form_text(f"（{year}年度）")
        rows = [*self._form_head(target), *self._form_indicators(target)]
        columns = max(len(row) for row in rows)
        yield "\n".join("\t".join(map(self._form_text, row + [""] * (columns - len(row)))) for row in rows)

    def _form_text(self, text: str) -> str:
        return half_width(text) if self.style.half_width_forms else text

    def _form_head(self, target: ProjectTarget) -> Iterator[list[str]]:
        gap = [""] if self.style.form_gap else []
        yield ["项目名称", *gap, target.project or ""]
        yield ["主管部门及代码", *gap, target.supervisor or "", "", "实施单位", *gap, target.implementing_unit or ""]
        yield ["项目属性", *gap, target.attribute or "", "", "项目期", *gap, target.term or ""]
        totals = yuan(target.whole.total), yuan(target.annual.total)
        yield ["项目资金 （元）", "实施期资金总额：", *gap, totals[0], "年度资金总额：", *gap, totals[1]]
        for label, whole, annual in fund_rows(target.whole, target.annual):
            yield ["", label, *gap, whole, label, *gap, annual]
        for key, label in TEXT_FIELDS:
            yield [label, *gap, getattr(target, key) or ""]
        yield ["实施期目标", "", "", "", "年度目标"]
        yield ["总体目标", *gap, target.objective_whole or "", *[""] * (3 - len(gap)), target.objective_annual or ""]
        names = ["二级指标", "三级指标", "指标值"]
        yield ["绩效指标", "一级指标", *names, *names]

    def _form_indicators(self, target: ProjectTarget) -> Iterator[list[str]]:
        for line in indicator_lines(target.indicators, clipped=self.style.clip):
            level2 = line.level2 if line.first else ""
            row = ["", line.level1 if line.opens else "", level2, *line.whole, level2, *line.annual]
            yield row[1:] if self._drifts(line.opens) else row
        stamp = target.reported_at or ""
        yield ["负责人：", "", "经办人：", "", "联系电话：", "", "填报日期：", stamp]

    def _drifts(self, opens: bool) -> bool:
        """A row that opens a level-1 class slips one column to the left now and then."""
        return self.style.drift and opens and self.rng.random() < 0.3


def _contents(disclosure: Disclosure) -> Iterator[str]:
    """Table of contents with made-up page numbers."""
    year, word = disclosure.fiscal_year, _word(disclosure)
    page = 1
    yield f"第一部分 概况\t{page}"
    yield f"一、本{word}职责……{page}"
    yield f"二、机构设置情况……{page}"
    yield f"第二部分 {year}年{word}预算报表\t{page + 1}"
    for table in disclosure.tables:
        page += 1
        yield f"表{DEFAULT_PROFILE.table(table.id).ordinal}{year}年{table.title}……{page}"
    yield f"第三部分 {year}年度{word}预算情况说明\t{page + 1}"
    for section in disclosure.sections:
        if section.numeral not in ("概况", "名词解释"):
            yield f"{section.heading}……{page + 1}"
    yield f"第四部分 名词解释……{page + 2}"
