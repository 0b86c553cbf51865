"""Charts as native parts of Word documents."""

from __future__ import annotations

import io
from decimal import Decimal

import docx
from lxml import etree

from disclosures.writing.charts import Chart, ChartKind, Series, add_chart, chart_part

_NAMES = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
_C = f"{{{_NAMES['c']}}}"
_STACKED = Chart(
    ChartKind.STACKED,
    "支出 <按> 分类 & 其他",
    ("教育支出", "卫生健康支出"),
    (Series("基本支出", (Decimal("10.00"), Decimal("1.00"))), Series("项目支出", (Decimal("90.00"), Decimal("0.50")))),
)


def _tree(chart: Chart) -> etree._Element:
    return etree.fromstring(chart_part(chart.kind, chart.title, chart.categories, chart.series))


def test_a_part_holds_title_categories_and_values_as_given() -> None:
    tree = _tree(_STACKED)
    assert tree.xpath("string(.//c:title)", namespaces=_NAMES) == _STACKED.title
    assert [node.get("val") for node in tree.iter(f"{_C}grouping")] == ["stacked"]
    values = [node.text for cache in tree.iter(f"{_C}numCache") for node in cache.iter(f"{_C}v")]
    assert values == ["10.00", "1.00", "90.00", "0.50"]
    assert tree.xpath(".//c:ser/c:tx//c:v/text()", namespaces=_NAMES) == ["基本支出", "项目支出"]


def test_parts_too_small_for_their_amount_bear_none() -> None:
    assert _tree(_STACKED).xpath(".//c:dLbl/c:idx/@val", namespaces=_NAMES) == ["0", "1", "1"]


def test_plain_bars_have_no_legend_for_one_series() -> None:
    chart = Chart(ChartKind.BAR, "三公", ("接待", "车辆"), (Series("金额", (Decimal(1), Decimal(2))),))
    assert list(_tree(chart).iter(f"{_C}legend")) == []
    assert len(list(_tree(_STACKED).iter(f"{_C}legend"))) == 1


def test_several_charts_in_one_document_have_parts_of_their_own() -> None:
    document = docx.Document()
    for _ in range(3):
        add_chart(document, _STACKED)
    out = io.BytesIO()
    document.save(out)
    again = docx.Document(io.BytesIO(out.getvalue()))
    charts = [str(part.partname) for part in again.part.package.iter_parts() if "charts/" in str(part.partname)]
    assert sorted(charts) == [f"/word/charts/chart{n}.xml" for n in (1, 2, 3)]
    assert not [paragraph.text for paragraph in again.paragraphs if paragraph.text]
