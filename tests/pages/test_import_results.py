"""What the result of an import says of doubtful cells and unrecognised tables, so that a link leads there."""

from __future__ import annotations

from dataclasses import replace

from disclosures import editing
from disclosures.plain.data import Disclosure, OtherTable, Surety
from disclosures.services.intake import describe_reading
from tests.rules.builders import tiny

TABLE = """
    合计 | 30.00 | 12.00 | 18.00
    2080101 行政运行 | 12.00 | 12.00 |
    2080102 一般行政管理事务 | 18.00 | | 18.00
"""


def doubted() -> Disclosure:
    disclosure = tiny(T03=TABLE)
    for place in ("T03/2080102/project", "T03/2080101/name"):
        disclosure = editing.with_surety(disclosure, editing.find(disclosure, place)[1], Surety.DOUBTFUL)
    return disclosure


def test_what_is_doubtful_is_listed_with_its_place():
    result = describe_reading(doubted())
    assert [item["where"] for item in result["doubtful"]] == ["T03/2080101", "T03/2080102/project"]
    assert result["doubtful_total"] == 2
    assert [item["place"] for item in result["doubtful"]] == [
        "表三 行政运行（名称）",
        "表三 一般行政管理事务 项目支出",
    ]


def test_unrecognised_tables_are_listed():
    others = (OtherTable("甲表", (("一", "二"),), "page 3"), OtherTable("", (("三",),), "page 4"))
    result = describe_reading(replace(tiny(T03=TABLE), other_tables=others))
    assert (result["others"], result["others_total"]) == (["甲表", "没有标题的表格"], 2)
