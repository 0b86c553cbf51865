"""Findings as an Excel workbook to work through: filters on, one line each, and a sheet that sums up by rule."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from audit.findings import Severity
from disclosures.writing.cells import number_in, printable, width
from disclosures.writing.xlsx import LONGEST_CELL

from .content import Item, clipped

HEADS = (
    "部门",
    "年度",
    "程度",
    "规则",
    "位置",
    "现值",
    "应为",
    "差额",
    "问题说明",
    "状态",
    "依据",
    "原件位置",
    "经办说明和批注",
    "处理情况",
)
_WIDTHS = (24, 8, 8, 22, 30, 14, 14, 12, 60, 10, 36, 20, 30, 24)
_RULE_HEADS = ("规则", "编号", "类别", "程度", "问题", "未处理", "涉及份数", "核对什么", "文件依据")
_RULE_WIDTHS = (30, 18, 18, 8, 8, 8, 10, 60, 40)
_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_SHOWN_EVIDENCE = 6
_A3 = 8
_LINE_POINTS, _TALLEST = 14.0, 180.0
_FONT, _BOLD = Font(name="宋体", size=10), Font(name="宋体", size=10, bold=True)
_THIN = Side(style="thin", color="BFBFBF")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", fgColor="DCE6F1")
_FILLS = {
    Severity.ERROR.label: PatternFill("solid", fgColor="F8D7DA"),
    Severity.WARNING.label: PatternFill("solid", fgColor="FFF3CD"),
}
_CENTRED = frozenset({"年度", "程度", "状态", "问题", "未处理", "涉及份数"})
_NUMBERS = frozenset({"年度", "现值", "应为", "差额", "问题", "未处理", "涉及份数"})


@dataclass
class _Count:
    """What is known of one rule while its findings pass by."""

    item: Item
    findings: int = 0
    standing: int = 0
    disclosures: set[tuple[str, int]] = field(default_factory=set)

    def add(self, item: Item) -> None:
        self.findings += 1
        self.standing += item.status == "open"
        self.disclosures.add((item.department, item.year))


def write_findings(items: Iterable[Item]) -> bytes:
    """The workbook as .xlsx; items pass through one by one."""
    book = Workbook(write_only=True)
    counts: dict[str, _Count] = {}
    listed = _Lines(book, "问题清单", HEADS, _WIDTHS)
    for item in items:
        listed.append(_values(item))
        counts.setdefault(item.rule, _Count(item)).add(item)
    listed.close()
    summary = _Lines(book, "按规则汇总", _RULE_HEADS, _RULE_WIDTHS)
    ranked = sorted(counts.values(), key=lambda count: (count.item.severity.rank, -count.findings, count.item.rule))
    for count in ranked:
        summary.append(_summary(count))
    summary.close()
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _values(item: Item) -> tuple[str, ...]:
    return (
        item.department,
        str(item.year or ""),
        item.severity.label,
        item.title,
        item.place,
        item.actual,
        item.expected,
        item.difference,
        item.message,
        item.status_words,
        _evidence(item),
        item.source_words,
        "\n".join(f"{said.kind}（{said.by}）：{said.text}" for said in item.said),
        "",
    )


def _evidence(item: Item) -> str:
    """What the finding rests on, a line each; of a long sum its first terms."""
    more = [f"……等 {len(item.evidence)} 处"] if len(item.evidence) > _SHOWN_EVIDENCE else []
    return "\n".join([*item.evidence[:_SHOWN_EVIDENCE], *more])


def _summary(count: _Count) -> tuple[str, ...]:
    item = count.item
    numbers = (str(count.findings), str(count.standing), str(len(count.disclosures)))
    return (item.title, item.rule, item.family, item.severity.label, *numbers, item.statement, item.basis)


class _Lines:
    """A sheet that is written line by line and forgotten as it is written."""

    def __init__(self, book: Workbook, title: str, heads: Sequence[str], widths: Sequence[float]) -> None:
        self.sheet: Any = book.create_sheet(title)
        self.heads, self.widths, self.row = heads, widths, 1
        for number, wide in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = wide
        self.sheet.freeze_panes = "B2"
        self.sheet.page_setup.paperSize, self.sheet.page_setup.orientation = _A3, "landscape"
        self.sheet.page_setup.fitToWidth, self.sheet.page_setup.fitToHeight = 1, 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.sheet.print_title_rows = "1:1"
        self.sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
        self.sheet.append([_head(self.sheet, head) for head in heads])

    def append(self, texts: Sequence[str]) -> None:
        """A line, as high as its longest text; what is longer than a screen is cut by its row, not lost."""
        self.row += 1
        lines = max(_lines(text, wide) for text, wide in zip(texts, self.widths, strict=True))
        self.sheet.row_dimensions[self.row].height = min(_TALLEST, _LINE_POINTS * lines + 2)
        self.sheet.append([_cell(self.sheet, head, text) for head, text in zip(self.heads, texts, strict=True)])

    def close(self) -> None:
        """Put the filters on."""
        self.sheet.auto_filter.ref = f"A1:{get_column_letter(len(self.heads))}{self.row}"


def _format(printed: str, *, signed: bool) -> str:
    """As many decimals as are printed, thousands separators where a number is long; a difference carries its sign."""
    whole, _, decimals = printed.replace(",", "").lstrip("+-").partition(".")
    shape = ("#,##0" if decimals or len(whole) > len("2026") else "0") + ("." + "0" * len(decimals) if decimals else "")
    return f"+{shape};-{shape};{shape}" if signed else shape


def _head(sheet: Any, text: str) -> Any:
    cell: Any = WriteOnlyCell(sheet, text)
    cell.font, cell.fill, cell.border = _BOLD, _HEAD_FILL, _RULED
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def _lines(text: str, wide: float) -> int:
    return sum(max(1, -int(-2 * width(line) // (wide - 1))) for line in text.split("\n"))


def _cell(sheet: Any, head: str, text: str) -> Any:
    shown = clipped(printable(text), LONGEST_CELL)
    number = number_in(shown.removeprefix("+")) if head in _NUMBERS else None
    cell: Any = WriteOnlyCell(sheet, number if number is not None else shown)
    cell.font, cell.border = _FONT, _RULED
    side = "center" if head in _CENTRED else "right" if number is not None else "left"
    cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
    if head == "程度" and text in _FILLS:
        cell.fill = _FILLS[text]
    if number is not None and head != "年度":
        cell.number_format = _format(shown, signed=head == "差额")
    if number is None and shown:
        cell.data_type, cell.number_format = "s", "@"  # text is text, whatever it begins with
        cell.quotePrefix = shown.startswith(_RISKY)
    return cell
