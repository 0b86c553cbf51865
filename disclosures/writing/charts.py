"""Native Word charts (DrawingML): bars and stacked bars that Word, WPS and LibreOffice draw and can restyle.

    chart_part(kind, title, categories, series) -> the XML of a chart part
    add_chart(document, Chart(...))             -> puts it at the end of a python-docx document

Amounts stand beside the bars, so no axis of values is needed; colours tell apart for the colour-blind too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm

from .cells import printable

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_COLOURS = ("2F5D8C", "D98E04", "4F8F6B", "8E5572", "6B7A8F", "B5533C")  # told apart without red and green
AMOUNTS, COUNTS = "#,##0.00", "#,##0"  # formats of the numbers beside the bars
_FONT = "仿宋_GB2312"
_LEAST_LABELLED = 8  # a part shorter than this share of the longest bar has no room for its amount
_ROOM = Decimal("1.15")  # behind the longest bar, for its amount
_LINE_CM = 0.8  # of height for every bar
_LIGHT = 1300  # of 2550: red, green and blue as the eye weighs them
_WIDTH_CM = 15.6  # the type area of an official document


class ChartKind(StrEnum):
    """How the series of a chart stand to each other."""

    BAR = "bar"
    STACKED = "stacked"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values, one for each category. `colour` (six hex digits) where it means something; else in order."""

    name: str
    values: tuple[Decimal, ...]
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars: the first category on top."""

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    numbers: str = AMOUNTS

    @property
    def height_cm(self) -> float:
        per_category = len(self.series) if self.kind is ChartKind.BAR else 1
        legend = 0.8 if len(self.series) > 1 else 0.0
        return max(4.0, 2.2 + legend + _LINE_CM * len(self.categories) * per_category)


def add_chart(document: Document, chart: Chart, *, width_cm: float = _WIDTH_CM, style: str | None = None) -> None:
    """Append a chart to a document, in a paragraph of its own."""
    package = document.part.package
    used = {str(part.partname) for part in package.iter_parts()}
    number = next(n for n in range(1, len(used) + 2) if f"/word/charts/chart{n}.xml" not in used)
    blob = chart_part(chart.kind, chart.title, chart.categories, chart.series, chart.numbers)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CONTENT_TYPE, blob, package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    paragraph = document.add_paragraph(style=style)
    layout = paragraph.paragraph_format
    layout.line_spacing, layout.first_line_indent = 1.0, Cm(0)  # a line of exact height would cut the chart off
    paragraph._p.append(parse_xml(_inline(relation, number, chart, width_cm)))


def _inline(relation: str, number: int, chart: Chart, width_cm: float) -> str:
    """The run that shows a chart part; the title is its text for those who cannot see it."""
    size = f'cx="{int(Cm(width_cm))}" cy="{int(Cm(chart.height_cm))}"'
    return (
        f'<w:r xmlns:w="{_WORD}" xmlns:wp="{_DRAWING}" xmlns:a="{_MAIN}" xmlns:r="{_RELATIONS}"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{1000 + number}" name={quoteattr(f"图表 {number}")} descr={quoteattr(printable(chart.title))}/>'
        f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" r:id="{relation}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def chart_part(
    kind: ChartKind, title: str, categories: Sequence[str], series: Sequence[Series], numbers: str = AMOUNTS
) -> bytes:
    """The XML of a chart part."""
    stacked = kind is ChartKind.STACKED
    grouping = "stacked" if stacked else "clustered"
    overlap = '<c:overlap val="100"/>' if stacked else ""
    longest = max(_totals(kind, series), default=Decimal(0))
    least = longest / _LEAST_LABELLED if stacked else Decimal(0)
    bars = "".join(_series(number, one, categories, numbers, least, stacked) for number, one in enumerate(series))
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/>' + _text_size(900) + "</c:legend>"
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}"><c:roundedCorners val="0"/><c:chart>'
        f'{_title(title)}<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{bars}'
        f'<c:gapWidth val="45"/>{overlap}<c:axId val="111"/><c:axId val="222"/></c:barChart>'
        f"{_category_axis()}{_value_axis(longest * _ROOM)}</c:plotArea>{legend if len(series) > 1 else ''}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>'
    )
    return xml.encode()


def _totals(kind: ChartKind, series: Sequence[Series]) -> list[Decimal]:
    """The lengths of the bars."""
    if kind is ChartKind.STACKED:
        return [sum(values, Decimal(0)) for values in zip(*(one.values for one in series), strict=True)]
    return [value for one in series for value in one.values]


def _title(text: str) -> str:
    run = f'<a:rPr lang="zh-CN" sz="1200" b="1"><a:latin typeface="{_FONT}"/><a:ea typeface="{_FONT}"/></a:rPr>'
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r>{run}<a:t>{escape(printable(text))}</a:t></a:r></a:p></c:rich>"
        '</c:tx><c:overlay val="0"/></c:title>'
    )


def _series(number: int, series: Series, categories: Sequence[str], numbers: str, least: Decimal, stacked: bool) -> str:
    column = chr(ord("B") + number)
    last = len(categories) + 1
    names = "".join(f'<c:pt idx="{n}"><c:v>{escape(printable(name))}</c:v></c:pt>' for n, name in enumerate(categories))
    values = "".join(f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(series.values))
    count = f'<c:ptCount val="{len(categories)}"/>'
    colour = series.colour or _COLOURS[number % len(_COLOURS)]
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(printable(series.name))}</c:v></c:pt></c:strCache>'
        f'</c:strRef></c:tx><c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'</c:spPr><c:invertIfNegative val="0"/>{"".join(_labels(series, numbers, least, stacked))}'
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache>{count}{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f><c:numCache>"
        f"<c:formatCode>{numbers}</c:formatCode>{count}{values}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _labels(series: Series, numbers: str, least: Decimal, stacked: bool) -> Iterator[str]:
    """Amounts beside the bars; of stacked bars within them, and none where a part is too small to hold one."""
    shown = '<c:showLegendKey val="0"/><c:showVal val="{}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    shown += '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    yield "<c:dLbls>"
    for number, value in enumerate(series.values):
        if stacked and value <= least:
            yield f'<c:dLbl><c:idx val="{number}"/><c:delete val="1"/></c:dLbl>'
    yield f'<c:numFmt formatCode="{numbers}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
    yield _text_size(900, _on(series.colour) if stacked else "333333")
    yield f'<c:dLblPos val="{"ctr" if stacked else "outEnd"}"/>{shown.format(1)}</c:dLbls>'


def _on(colour: str) -> str:
    """Dark letters on a light colour, white ones on a dark colour."""
    light = bool(colour) and sum(int(colour[n : n + 2], 16) * part for n, part in ((0, 3), (2, 6), (4, 1))) > _LIGHT
    return "1B2733" if light else "FFFFFF"


def _text_size(size: int, colour: str = "333333") -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="{_FONT}"/><a:ea typeface="{_FONT}"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p>'
        "</c:txPr>"
    )


def _category_axis() -> str:
    return (
        '<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="999999"/></a:solidFill></a:ln></c:spPr>'
        f'{_text_size(900)}<c:crossAx val="222"/><c:crosses val="autoZero"/><c:auto val="1"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
    )


def _value_axis(longest: Decimal) -> str:
    return (
        '<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{longest}"/><c:min val="0"/></c:scaling>'
        '<c:delete val="1"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="111"/><c:crosses val="max"/></c:valAx>'
    )
