"""The report of a region as Word: how far its departments are, what goes wrong most often, who is behind."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from audit.findings import Severity
from disclosures.writing.cells import Cell, Role
from disclosures.writing.charts import COUNTS, Chart, ChartKind, Series

from .content import RegionReport, clipped, date_words
from .disclosure import place_text
from .paper import Paper

SHOWN_RANKING, SHOWN_LATE, SHOWN_RULES, SHOWN_ERRORS = 50, 200, 20, 300  # lines of each list
_CHART_RULES, _CHART_LINES, _CHART_DAYS = 10, 12, 14
_NUMERALS = "一二三四五六七八九十"
# As on the screen: from nothing done to published, from light to dark.
_STAGES = ("DDE2E7", "A9C6E3", "6B9FD0", "2F6BA8", "123B63")
_OPENED, _CLOSED = "7A4FB5", "00797A"
_SIGNERS = ("编制人", "复核人", "单位负责人")


def write_region(report: RegionReport) -> bytes:
    """The report as .docx."""
    writer = _Writer(report)
    writer.write()
    return writer.paper.saved()


class _Writer:
    """Appends section after section; each says so in words where it has nothing to list."""

    def __init__(self, report: RegionReport) -> None:
        self.report = report
        self.paper = Paper(report.title)
        self.sections = 0

    def write(self) -> None:
        report = self.report
        self.paper.head("部门预算公开核对情况报告", report.region, date_words(report.made_on))
        self._section("总体情况")
        for text in overall(report):
            self.paper.prose(text)
        self._section("完成情况")
        self._completion()
        self._section("问题较多的部门")
        self._ranking()
        self._section("常见问题")
        self._frequent()
        self._section("变化趋势")
        self._trend()
        self._section("尚未提交的部门")
        self._late()
        self._section("未处理的错误")
        self._errors()
        self._section("说明")
        self.paper.closing(_SIGNERS)

    def _section(self, title: str) -> None:
        self.sections += 1
        self.paper.heading(f"{_NUMERALS[self.sections - 1]}、{title}")

    # ------------------------------------------------------------ sections

    def _completion(self) -> None:
        report = self.report
        if not report.lines:
            self.paper.prose("本地区还没有登记部门。")
            return
        rows = [_stage_cells(line.name, line.numbers, line.finished) for line in report.lines]
        if len(report.lines) > 1:
            numbers = tuple(sum(column) for column in zip(*(line.numbers for line in report.lines), strict=True))
            finished = sum(line.finished for line in report.lines)
            rows.append(_stage_cells("合计", numbers, finished, strong=True))
        widths = (30, 12, *(20 for _ in report.stages), 14)
        self.paper.table(("地区", "部门", *report.stages, "完成"), rows, widths, size=10)
        chosen = report.lines[:_CHART_LINES]
        if len(chosen) > 1:
            series = tuple(
                Series(stage, tuple(Decimal(line.numbers[number]) for line in chosen), _colour(_STAGES, number))
                for number, stage in enumerate(report.stages)
                if any(line.numbers[number] for line in chosen)
            )
            names = tuple(line.name for line in chosen)
            self.paper.chart(Chart(ChartKind.STACKED, "各地区完成情况（部门数）", names, series, COUNTS))

    def _ranking(self) -> None:
        shown = self.report.ranking[:SHOWN_RANKING]
        if not shown:
            self.paper.prose("各部门都没有未处理的错误和提醒。")
            return
        rows = [
            [
                Cell(str(number), Role.NUMBER),
                Cell(clipped(item.name, 60)),
                Cell(item.region or "—", Role.WORD),
                Cell(item.state, Role.WORD),
                *(_count(value) for value in (item.errors, item.warnings, item.infos)),
            ]
            for number, item in enumerate(shown, start=1)
        ]
        heads = ("名次", "部门（单位）", "地区", "状态", "错误", "提醒", "参考")
        self.paper.table(heads, rows, (11, 62, 29, 21, 11, 11, 11), size=10.5)
        self._more(len(self.report.ranking), len(shown), "个部门")

    def _frequent(self) -> None:
        shown = self.report.frequent[:SHOWN_RULES]
        if not shown:
            self.paper.prose("没有发现问题。")
            return
        rows = [
            [
                Cell(str(number), Role.NUMBER),
                Cell(item.title),
                Cell(item.severity.label, Role.WORD),
                _count(item.findings),
                _count(item.disclosures),
            ]
            for number, item in enumerate(shown, start=1)
        ]
        self.paper.table(("名次", "规则", "程度", "问题", "涉及份数"), rows, (11, 95, 16, 16, 18), size=10.5)
        self._more(len(self.report.frequent), len(shown), "条规则")
        errors = [item for item in self.report.frequent if item.severity is Severity.ERROR][:_CHART_RULES]
        if len(errors) > 1:
            series = (Series("问题", tuple(Decimal(item.findings) for item in errors)),)
            names = tuple(clipped(item.title, 16) for item in errors)
            self.paper.chart(Chart(ChartKind.BAR, "最常见的错误（个）", names, series, COUNTS))

    def _trend(self) -> None:
        if self.report.compared:
            self.paper.prose(self.report.compared)
        moving = [day for day in self.report.days if day.opened or day.closed][-_CHART_DAYS:]
        if not moving:
            self.paper.prose("最近30天没有新出现的问题，也没有解决的问题。")
            return
        opened, closed = sum(day.opened for day in self.report.days), sum(day.closed for day in self.report.days)
        standing = self.report.days[-1].standing
        self.paper.prose(f"最近30天新出现问题{opened}个，解决{closed}个，现有未处理和待审核的问题{standing}个。")
        if len(moving) > 1:
            series = (
                Series("新出现", tuple(Decimal(day.opened) for day in moving), _OPENED),
                Series("解决", tuple(Decimal(day.closed) for day in moving), _CLOSED),
            )
            names = tuple(f"{day.day.month}月{day.day.day}日" for day in moving)
            self.paper.chart(Chart(ChartKind.BAR, "新出现和解决的问题（个）", names, series, COUNTS))

    def _late(self) -> None:
        shown = self.report.late[:SHOWN_LATE]
        if not shown:
            self.paper.prose("各部门都已提交。")
            return
        rows = [
            [
                Cell(str(number), Role.NUMBER),
                Cell(clipped(item.name, 60)),
                Cell(item.region or "—", Role.WORD),
                Cell(item.words, Role.TEXT),
            ]
            for number, item in enumerate(shown, start=1)
        ]
        self.paper.table(("序号", "部门（单位）", "地区", "进度和期限"), rows, (11, 60, 30, 55), size=10.5)
        self._more(max(self.report.late_number, len(self.report.late)), len(shown), "个部门")
        if self.report.failed:
            self.paper.subheading("没有核对成功的公开文本")
            failed = [[Cell(item.name), Cell(item.words, Role.TEXT)] for item in self.report.failed]
            self.paper.table(("部门（单位）", "原因"), failed, (60, 96), size=10.5)

    def _errors(self) -> None:
        shown = self.report.open_errors[:SHOWN_ERRORS]
        if not shown:
            number = self.report.open_errors_number
            self.paper.prose(f"未处理的错误共{number}个，内容请登录系统查看。" if number else "没有未处理的错误。")
            return
        rows = [
            [
                Cell(str(number), Role.NUMBER),
                Cell(clipped(item.department, 60)),
                Cell(place_text(item)),
                Cell(clipped(item.message), Role.TEXT),
            ]
            for number, item in enumerate(shown, start=1)
        ]
        self.paper.table(("序号", "部门（单位）", "位置", "问题"), rows, (10, 33, 38, 75))
        self._more(max(self.report.open_errors_number, len(shown)), len(shown), "个错误")

    def _more(self, number: int, shown: int, what: str) -> None:
        if number > shown:
            self.paper.note(f"共{number}{what}，这里列出前{shown}；全部请在系统中导出Excel。")


def overall(report: RegionReport) -> Sequence[str]:
    """What the report comes to, in sentences."""
    departments, finished = (
        sum(values)
        for values in ([line.departments for line in report.lines], [line.finished for line in report.lines])
    )
    percent = f"（{finished * 100 // departments}%）" if departments else ""
    done = f"{report.region}应公开{report.year}年部门预算的部门{departments}个，已通过审核或公开{finished}个{percent}。"
    if not report.disclosures:
        return [f"{report.basis}{done}", "还没有可以核对的公开文本。"]
    found = f"核对公开文本{report.disclosures}份，其中没有错误和提醒的{report.clean}份；"
    numbers = f"未处理和待审核的错误{report.errors}个、提醒{report.warnings}个、参考{report.infos}个"
    waived = f"，另有{report.waived}个问题经审核同意豁免" if report.waived else ""
    return [f"{report.basis}{done}", f"{found}{numbers}{waived}。"]


def _stage_cells(name: str, numbers: Sequence[int], finished: int, *, strong: bool = False) -> list[Cell]:
    total = sum(numbers)
    percent = f"{finished * 100 // total}%" if total else "—"
    values = [Cell(str(number) if number else "", Role.NUMBER, strong=strong) for number in numbers]
    head = [
        Cell(name, Role.HEAD if strong else Role.LABEL, strong=strong),
        Cell(str(total), Role.NUMBER, strong=strong),
    ]
    return [*head, *values, Cell(percent, Role.NUMBER, strong=strong)]


def _colour(colours: Sequence[str], number: int) -> str:
    return colours[number] if number < len(colours) else ""


def _count(number: int) -> Cell:
    return Cell(str(number) if number else "", Role.NUMBER)
