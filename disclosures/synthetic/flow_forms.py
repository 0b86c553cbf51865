"""Target forms as a PDF text layer dumps them: labels and texts interleaved, columns glued."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from random import Random

from disclosures.plain.data import OverallTarget, ProjectTarget

from .flow_pages import Pages, wrap
from .forms import (
    ANNUAL_WIDTH,
    TEXT_FIELDS,
    WHOLE_WIDTH,
    IndicatorLine,
    fund_rows,
    indicator_lines,
    width,
    yuan,
)
from .overall_form import INDICATOR_HEADER, indicator_rows, staff_rows
from .overall_form import fund_rows as overall_fund_rows
from .styles import FlowStyle

_TEXT_WIDTH = 48
_WHOLE_TEXT, _ANNUAL_TEXT = 38, 23
_PAGE_INDICATORS = 9
_BENEFITS = ("经济效益", "社会效益", "生态效益", "可持续影响")
_SATISFACTION_WIDTH = 8  # of the whole-period label column, one short of the label


class FlowForms:
    """Prints forms onto pages."""

    def __init__(self, pages: Pages, style: FlowStyle, rng: Random, year: int) -> None:
        self.pages, self.style, self.rng, self.year = pages, style, rng, year

    # ------------------------------------------------------------ project forms

    def project(self, target: ProjectTarget) -> None:
        """One form, on two pages where it is long and the style has it so."""
        lines = list(indicator_lines(target.indicators, clipped=self.style.clip))
        cut = _PAGE_INDICATORS if self.style.form_pages and len(lines) > _PAGE_INDICATORS else len(lines)
        while cut < len(lines) and not lines[cut].first:
            cut += 1
        self._head(target)
        self._indicators(lines[:cut])
        if lines[cut:]:
            self.pages.end_page()
            self._head(target)
            self.pages.row("绩\n效\n\n指\n\n标")
            self._indicators(lines[cut:])
        self.pages.row(f"负责人： 经办人： 联系电话： 填报日期： {target.reported_at or ''}")

    def _head(self, target: ProjectTarget) -> None:
        row = self.pages.row
        row(target.form_title or "")
        row(f"（{self.year}年度）")
        self._field("项目名称", target.project or "")
        row(f"主管部门及代码 {target.supervisor} 实施单位 {target.implementing_unit}")
        row(f"项目属性 {target.attribute} 项目期 {target.term}")
        row("项目资金\n\n（元）")
        row(f"实施期资金总额： {yuan(target.whole.total)} 年度资金总额： {yuan(target.annual.total)}")
        for label, whole, annual in fund_rows(target.whole, target.annual):
            wraps = label.startswith("市县")  # the one label too long for the left column
            left = f"{label[:-1]}\n\n{label[-1]}\n" if wraps else f"{label} "
            row(f"{left}{whole} {label} {annual}" if whole else f"{label} {label}")
        for key, label in TEXT_FIELDS:
            self._field(label, getattr(target, key) or "")
        row("实施期目标 年度目标")
        self._objectives(target)
        row("绩\n\n效\n指\n\n标")
        row("一级指标 二级指标 三级指标 指标值 二级指标 三级指标 指标值")

    def _field(self, label: str, text: str) -> None:
        """On the label's line where it fits, else below it."""
        if width(label) + width(text) < _TEXT_WIDTH:
            self.pages.row(f"{label} {text}")
        else:
            self.pages.row(label + self.rng.choice(("\n", "\n\n")) + self._ragged(wrap(text, _TEXT_WIDTH)))

    def _ragged(self, lines: Sequence[str]) -> str:
        """Wrapped lines with the dump's irregular empty lines between them."""
        return "".join(line + self.rng.choice(("\n", "\n\n")) for line in lines).rstrip("\n")

    def _objectives(self, target: ProjectTarget) -> None:
        whole, annual = target.objective_whole or "", target.objective_annual or ""
        lines = wrap(whole, _WHOLE_TEXT)
        self.pages.row(f"总体目标 {lines[0]}" if len(lines) == 1 else f"总体目标\n{self._ragged(lines)}")
        self.pages.row(self._ragged(wrap(annual, _ANNUAL_TEXT)))

    def _indicators(self, lines: Sequence[IndicatorLine]) -> None:
        for level1, of_level1 in groupby(lines, key=lambda line: line.level1):
            classes = [list(group) for _, group in groupby(of_level1, key=lambda line: line.level2)]
            if level1 != "满意度指标":
                self.pages.row(level1)
            for group in classes:
                self._class(group)

    def _class(self, group: Sequence[IndicatorLine]) -> None:
        label = self._label(group[0].level2)
        if group[0].level2 == "服务对象满意度":
            left = f"满意度指标 {label[:_SATISFACTION_WIDTH]}{self._pair(group[0].whole, WHOLE_WIDTH)}"
            self.pages.row(f"{left} {label}{self._pair(group[0].annual, ANNUAL_WIDTH)}")
            for line in group[1:]:
                self._plain_line(line)
        elif len(group) == 1:
            halves = (self._half(label, group[0].whole, WHOLE_WIDTH), self._half(label, group[0].annual, ANNUAL_WIDTH))
            self.pages.row(" ".join(halves))
        else:
            first = group[0]
            self.pages.row(f"{label}\n{self._pair(first.whole, WHOLE_WIDTH)}")
            self.pages.row(f"{label}\n{self._pair(first.annual, ANNUAL_WIDTH)}")
            for line in group[1:]:
                self._plain_line(line)

    def _plain_line(self, line: IndicatorLine) -> None:
        self.pages.row(f"{self._pair(line.whole, WHOLE_WIDTH)} {self._pair(line.annual, ANNUAL_WIDTH)}".strip())

    def _label(self, level2: str) -> str:
        return f"{level2}指标" if level2 in _BENEFITS or level2 == "服务对象满意度" else level2

    def _half(self, label: str, pair: tuple[str, str], columns: int) -> str:
        return f"{label} {self._pair(pair, columns)}".strip()

    def _pair(self, pair: tuple[str, str], columns: int) -> str:
        """Name and value; a name that fills its column leaves no room for a space."""
        name, value = pair
        glued = self.style.glue and width(name) > columns - 0.6
        return f"{name}{value}" if glued else f"{name} {value}".strip()

    # ------------------------------------------------------------ department-wide forms

    def overall(self, target: OverallTarget) -> None:
        """The department-wide form; its labels wrap after four characters."""
        row = self.pages.row
        row(target.form_title or "")
        row(f"（{self.year}）年度")
        row("部门基本\n信息")
        self.pages.rows([" ".join(cells) for cells in staff_rows(target)])
        self._block("部门职责", target.duties)
        self._block("部门战略\n目标", target.strategy)
        row("年度\n\n预算情况")
        self.pages.rows([" ".join(cells) for cells in overall_fund_rows(target)])
        row("年度重点\n任务")
        row("核心职能 重点任务")
        self.pages.rows([" ".join(task) for task in target.tasks])
        self._block("年度绩效\n\n目标", target.objective)
        row(" ".join(INDICATOR_HEADER))
        for level1, level2, name, value in indicator_rows(target):
            if level1:
                row(level1)
            if level2:
                row(level2)
            row(f"{name} {value}")

    def _block(self, label: str, text: str | None) -> None:
        self.pages.row(label)
        self.pages.row("\n".join(wrap(text or "", _TEXT_WIDTH)))
