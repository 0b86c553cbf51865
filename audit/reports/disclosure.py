"""The audit report of one disclosure as Word: what holds, where, what to do, who said what, what was not looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from audit.findings import Severity
from disclosures.writing.cells import Cell, Role, width, with_thousands
from disclosures.writing.charts import COUNTS, Chart, ChartKind, Series

from .content import DisclosureReport, Head, Item, Said, by_severity, clipped, date_words
from .paper import Paper

_NUMERALS = "一二三四五六七八九十"
_WIDEST_VALUE = 9  # full-width characters that a column of values holds on two lines
_FEWEST_PARTS, _MOST_PARTS = 3, 12  # of the chart
_FEW_FAMILIES = 3
_VALUES = (("actual", "现值"), ("expected", "应为"), ("difference", "差额"))
_WIDTH, _NUMBER_WIDTH, _VALUE_WIDTH = 156.0, 9.0, 18.5  # millimetres
_PLACE_SHARE = 0.38  # of what the other columns leave: where it is, beside what it is
_COLOURS = {Severity.ERROR: "B3261E", Severity.WARNING: "E8B64C"}  # as on the screen
_LONGEST_SAID = 200
_SIGNERS = ("核对人", "复核人", "单位负责人")
_WHAT_TO_DO = {
    Severity.ERROR: "错误是按规则可以确定的矛盾，须逐条改正；确属原文无误的，须说明原因并经审核同意。",
    Severity.WARNING: "提醒是很可能有误、但须由人判断之处，请逐条确认。",
    Severity.INFO: "参考是不影响公开、值得留意之处。",
}


def write_report(report: DisclosureReport) -> bytes:
    """The report as .docx."""
    writer = _Writer(report)
    writer.write()
    return writer.paper.saved()


class _Writer:
    """Appends section after section; sections with nothing to say are left out and not counted."""

    def __init__(self, report: DisclosureReport) -> None:
        self.report = report
        self.paper = Paper(report.head.title)
        self.sections = 0

    def write(self) -> None:
        head = self.report.head
        self.paper.head("部门预算公开核对报告", head.region or f"{head.year}年度", date_words(head.made_on))
        self.paper.facts(facts_of(head))
        self._section("核对结论")
        for text in conclusion(self.report):
            self.paper.prose(text)
        standing = self.report.standing()
        if standing:
            self._section("问题汇总")
            self._summary(standing)
        for severity, items in by_severity(standing).items():
            if items:
                self._section(f"{severity.label}（{len(items)}个）")
                self.paper.prose(_WHAT_TO_DO[severity], keep=True)
                self._items(items)
        self._settled()
        self._not_checked()
        self._remarks()
        self._section("说明")
        self.paper.closing(_SIGNERS)

    def _section(self, title: str) -> None:
        self.sections += 1
        self.paper.heading(f"{_NUMERALS[self.sections - 1]}、{title}")

    # ------------------------------------------------------------ sections

    def _summary(self, items: Sequence[Item]) -> None:
        counts = Counter((item.family, item.severity) for item in items)
        families = sorted(
            dict.fromkeys(item.family for item in items),
            key=lambda family: tuple(-counts[family, severity] for severity in Severity),
        )
        rows = [
            [
                Cell(family, Role.LABEL),
                *(_number(counts[family, severity]) for severity in Severity),
                _number(sum(counts[family, severity] for severity in Severity)),
            ]
            for family in families
        ]
        totals = [sum(counts[family, severity] for family in families) for severity in Severity]
        rows.append([_total("合计"), *(_number(number, strong=True) for number in (*totals, sum(totals)))])
        heads = ("类别", *(severity.label for severity in Severity), "合计")
        self.paper.table(heads, rows, (3.2, 1, 1, 1, 1), size=10.5)
        chart = parts_chart(items)
        if chart is not None:
            self.paper.chart(chart)

    def _items(self, items: Sequence[Item]) -> None:
        columns = _value_columns(items)
        rows = [
            [
                Cell(str(number), Role.NUMBER),
                Cell(place_text(item)),
                Cell(item_text(item), Role.TEXT),
                *(value_cell(getattr(item, name)) for name, _ in columns),
            ]
            for number, item in enumerate(items, start=1)
        ]
        room = _WIDTH - _NUMBER_WIDTH - _VALUE_WIDTH * len(columns)
        widths = (_NUMBER_WIDTH, room * _PLACE_SHARE, room * (1 - _PLACE_SHARE), *(_VALUE_WIDTH for _ in columns))
        self.paper.table(("序号", "位置", "问题与建议", *(label for _, label in columns)), rows, widths)

    def _settled(self) -> None:
        waived, muted = self.report.of_status("waived"), self.report.of_status("muted")
        if waived:
            self._section(f"已豁免的问题（{len(waived)}个）")
            self.paper.prose(
                "下列问题经审核人员同意，可以不改，不计入上面的个数；数字一有变动，豁免即失效。", keep=True
            )
            rows = [
                [
                    Cell(str(number), Role.NUMBER),
                    Cell(place_text(item)),
                    Cell(clipped(item.message), Role.TEXT),
                    Cell(_waiver(item), Role.TEXT),
                ]
                for number, item in enumerate(waived, start=1)
            ]
            self.paper.table(("序号", "位置", "问题", "理由和同意人"), rows, (9, 33, 64, 50))
        if muted or self.report.mutes:
            self._section("停用的规则")
            self.paper.prose(_muted_words(len(self.report.mutes), len(muted)))
            rows = [
                [
                    Cell(mute.title),
                    Cell(mute.region),
                    Cell(mute.reason, Role.TEXT),
                    Cell(mute.by, Role.WORD),
                    Cell(date_words(mute.ends_on) if mute.ends_on else "人工恢复为止", Role.WORD),
                ]
                for mute in self.report.mutes
            ]
            if rows:
                self.paper.table(("规则", "范围", "理由", "停用人", "停用到"), rows, (45, 22, 45, 20, 24))

    def _not_checked(self) -> None:
        found = list(dict.fromkeys(self.report.not_checked))
        if not found:
            return
        self._section(f"未能核对的事项（{len(found)}项）")
        self.paper.prose("下列事项因缺少依据没有核对，不等于没有问题。", keep=True)
        rows = [
            [Cell(str(number), Role.NUMBER), Cell(title), Cell(reason, Role.TEXT)]
            for number, (title, reason) in enumerate(found, start=1)
        ]
        self.paper.table(("序号", "核对事项", "没有核对的原因"), rows, (9, 57, 90))

    def _remarks(self) -> None:
        if not self.report.remarks:
            return
        self._section("批注")
        rows = [
            [Cell(said.by, Role.WORD), Cell(_day(said), Role.WORD), Cell(clipped(said.text), Role.TEXT)]
            for said in self.report.remarks
        ]
        self.paper.table(("批注人", "日期", "内容"), rows, (22, 26, 108))


def _value_columns(items: Sequence[Item]) -> list[tuple[str, str]]:
    """The columns of values that hold something in this list; without a difference nobody misses its column."""
    filled = [bool(any(getattr(item, name) for item in items)) for name, _ in _VALUES]
    return [column for number, column in enumerate(_VALUES) if any(filled[number:])]


# ---------------------------------------------------------------- words


def facts_of(head: Head) -> list[tuple[str, str]]:
    """The lines of the head: whose disclosure, which version, checked when, made from which file."""
    checked = f"{date_words(head.checked_at.date())} {head.checked_at:%H:%M}" if head.checked_at else "尚未核对"
    return [
        ("公开单位", head.department),
        ("预算年度", f"{head.year}年"),
        ("类型与版本", f"{head.kind}，第{head.version}版"),
        ("状态", head.state),
        ("核对时间", checked),
        ("核对范围", f"{head.rules_run}条规则，{head.checks_run}处" if head.rules_run else ""),
        ("原件", head.source_name or "没有原件"),
        ("SHA-256", head.source_sha256),
    ]


def conclusion(report: DisclosureReport) -> list[str]:
    """What the report comes to, in sentences for somebody who reads nothing else."""
    head = report.head
    errors, warnings, infos = (len(report.standing(severity)) for severity in Severity)
    scope = f"对{head.department}{head.year}年{head.kind}公开文本（第{head.version}版）"
    done = f"运用{head.rules_run}条规则，核对{head.checks_run}处" if head.rules_run else "进行了核对"
    if not (errors or warnings or infos):
        first = f"{scope}{done}，没有发现问题。"
    else:
        numbers = "、".join(
            f"{label}{number}个" for label, number in (("错误", errors), ("提醒", warnings), ("参考", infos)) if number
        )
        first = f"{scope}{done}，发现{numbers}。{_mostly(report, errors)}"
    texts = [first, _verdict(report, errors, warnings)]
    if not head.current:
        texts.append("核对之后内容又有改动，本报告反映的是核对当时的情况，请重新核对后再行定稿。")
    return texts


def _mostly(report: DisclosureReport, errors: int) -> str:
    """Where most of the errors are, of the most serious kind that there is."""
    chosen = report.standing(Severity.ERROR) if errors else report.standing()
    families = Counter(item.family for item in chosen).most_common(_FEW_FAMILIES)
    if len(chosen) < 2:
        return ""
    named = "、".join(f"{family}（{number}个）" for family, number in families)
    return f"{'错误' if errors else '问题'}{'集中在' if len(families) < 2 else '主要在'}{named}。"


def _verdict(report: DisclosureReport, errors: int, warnings: int) -> str:
    explained = sum(item.status == "explained" for item in report.standing())
    waived, not_checked = len(report.of_status("waived")), len(dict.fromkeys(report.not_checked))
    if errors:
        verdict = "这些错误改正或经审核同意之前，不宜公开。"
    elif warnings:
        verdict = "没有发现错误；上述提醒逐条确认后，可以公开。"
    else:
        verdict = "从核对的内容看，可以公开。"
    more = [
        f"其中{explained}个已由经办人员作出说明，等待审核" if explained else "",
        f"另有{waived}个问题经审核同意豁免" if waived else "",
        f"{not_checked}项因缺少依据未能核对" if not_checked else "",
        f"已更正{report.corrections}处文本错误，须按改稿清单改入原文件" if report.corrections else "",
    ]
    said = "；".join(text for text in more if text)
    return verdict + (f"{said}。" if said else "")


def place_text(item: Item) -> str:
    """Where a finding is: in the disclosure, below it in the original."""
    return item.place + (f"\n原件{item.source_words}" if item.source_words else "")


def item_text(item: Item) -> str:
    """The sentence of a finding; below it values too long for their columns, what to do, what people said."""
    lines = [clipped(item.message)]
    lines += [
        f"{label}：{clipped(value)}"
        for label, value in (("现值", item.actual), ("应为", item.expected), ("差额", item.difference))
        if value and not _fits(value)
    ]
    lines += [f"建议：{item.suggestion}。"] if item.suggestion else []
    lines += [f"{said.kind}（{said.by}）：{clipped(said.text, _LONGEST_SAID)}" for said in item.said]
    return "\n".join(lines)


def value_cell(value: str) -> Cell:
    """A value in its column; one that is too long stands in the text."""
    if not value:
        return Cell("—", Role.WORD)
    if not _fits(value):
        return Cell("见左", Role.WORD)
    sign, digits = (value[0], value[1:]) if value[0] in "+-" else ("", value)
    if not _is_number(digits):
        return Cell(value, Role.WORD)
    return Cell(sign + with_thousands(digits), Role.AMOUNT) if _is_amount(digits) else Cell(value, Role.WORD)


def _fits(value: str) -> bool:
    return width(value) <= _WIDEST_VALUE


def _is_number(digits: str) -> bool:
    return digits.replace(",", "").replace(".", "", 1).isdecimal()


def _is_amount(digits: str) -> bool:
    """Whether it is more than a year or a count, which have no thousands separators."""
    return "." in digits or len(digits) > len("2026")


def _waiver(item: Item) -> str:
    granted = [said for said in item.said if said.kind == "豁免"]
    return "\n".join(f"{clipped(said.text, _LONGEST_SAID)}\n{said.by} {_day(said)}".rstrip() for said in granted)


def _muted_words(mutes: int, findings: int) -> str:
    rules = f"{mutes}条规则在本地区停用" if mutes else "部分规则在核对时停用"
    return f"{rules}，由此略去的问题{findings}个，不计入上面的个数。" if findings else f"{rules}，没有因此略去问题。"


def _day(said: Said) -> str:
    return date_words(said.at) if said.at else ""


def parts_chart(items: Iterable[Item]) -> Chart | None:
    """Where to begin: errors and warnings by part of the document; None where few parts have any."""
    counts: dict[str, Counter[Severity]] = {}
    for item in items:
        if item.severity is not Severity.INFO:
            counts.setdefault(item.place.partition(" / ")[0], Counter())[item.severity] += 1
    if len(counts) < _FEWEST_PARTS:
        return None
    chosen = sorted(counts, key=lambda part: (-counts[part][Severity.ERROR], -counts[part].total()))[:_MOST_PARTS]
    series = tuple(
        Series(severity.label, tuple(Decimal(counts[part][severity]) for part in chosen), _COLOURS[severity])
        for severity in (Severity.ERROR, Severity.WARNING)
        if any(counts[part][severity] for part in chosen)
    )
    kind = ChartKind.STACKED if len(series) > 1 else ChartKind.BAR
    return Chart(kind, "错误和提醒在文本各处的个数", tuple(chosen), series, COUNTS)


def _number(number: int, *, strong: bool = False) -> Cell:
    return Cell(str(number) if number or strong else "", Role.NUMBER, strong=strong)


def _total(text: str) -> Cell:
    return Cell(text, Role.HEAD, strong=True)
