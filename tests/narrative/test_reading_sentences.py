"""Sentences of part three become statements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.narrative.concepts import Labels
from audit.narrative.managed import read_managed
from audit.narrative.reader import read_section
from audit.narrative.statements import SectionReading
from audit.narrative.tokens import Kind, compact, tokenise
from disclosures.plain.data import Paragraph, Section

NAME = "青河市云台区档案局"


def read(numeral: str, heading: str, *texts: str) -> SectionReading:
    section = Section(
        numeral, f"{numeral}、{heading}", tuple(Paragraph(t, f"line {n}") for n, t in enumerate(texts, 1))
    )
    reading = read_section(section, Labels((NAME,)))
    assert reading is not None
    return reading


def said(reading: SectionReading) -> list[tuple[str | None, str]]:
    return [(amount.concept, amount.value) for amount in reading.amounts]


def test_totals_carry_over_and_change_belong_to_the_right_side() -> None:
    reading = read(
        "一",
        "部门预算收支数据变动情况及原因",
        f"2026年度{NAME}收入总计1,200.50万元，其中：本年收入1,100.00万元，上年结转100.50万元，比上年增加200.00万元，"
        "增长19.99%；支出总计1,200.50万元，其中：本年预算安排1,100.00万元，上年结转100.50万元，与上年持平。",
    )
    assert said(reading) == [
        ("income_total", "1200.50"),
        ("income_this_year", "1100.00"),
        ("carried_over", "100.50"),
        ("expenditure_total", "1200.50"),
        ("current_year", "1100.00"),
        ("carried_over_spent", "100.50"),
    ]
    rise, same = reading.changes
    assert (rise.subject and rise.subject.concept, rise.amount, rise.rate, rise.amount_sign) == (
        "income_total",
        "200.00",
        "19.99",
        1,
    )
    assert same.same
    assert same.subject
    assert same.subject.concept == "expenditure_total"


def test_amounts_in_a_reason_are_not_statements_until_a_known_item_resumes() -> None:
    reading = read(
        "七",
        "“三公”经费增减变动原因说明",
        "公务用车购置及运行费9.00万元，与上年相比预算数减少3.00万元，主要原因是甲单位减少运行费2.5万元，乙单位减少0.5万元，"
        "公务用车运行维护费9.00万元，与上年相比预算数减少3.00万元；公务用车购置费0万元，与上年预算数相同。",
    )
    assert said(reading) == [("vehicles", "9.00"), ("vehicle_running", "9.00"), ("vehicle_purchase", "0")]
    assert [(c.subject.concept if c.subject else None, c.amount, c.same) for c in reading.changes] == [
        ("vehicles", "3.00", False),
        ("vehicle_running", "3.00", False),
        ("vehicle_purchase", None, True),
    ]
    assert len(reading.reasons) == 1


def test_a_comparison_without_a_comma_keeps_its_year() -> None:
    reading = read("七", "“三公”经费", f"{NAME}“三公”经费预算5.49万元比2023年减少 7.10万元。")
    change = reading.changes[0]
    assert (change.year, change.amount, change.amount_sign) == (2023, "7.10", -1)
    assert change.subject
    assert change.subject.concept == "three_public"


@pytest.mark.parametrize(
    "text",
    [
        "基本支出861.57万元，占12.08%",
        "基本支出８６１．５７万元，占１２．０８％",
        "基本支出 861.57 万元 ，占支出总额的 12.08 %",
    ],
)
def test_width_and_spaces_of_digits_do_not_matter(text: str) -> None:
    reading = read("三", "支出预算情况说明", text)
    assert said(reading) == [("basic_all", "861.57")]
    assert [(share.part.concept if share.part else None, share.value) for share in reading.shares] == [
        ("basic_all", "12.08")
    ]


def test_headings_decide_the_topic_and_numerals_only_stand_in() -> None:
    assert read("五", "“三公”经费增减变动原因说明", "公务接待费1.00万元。").topic == "three_public"
    assert read("三", "有关情况", "基本支出1.00万元。").topic == "expenditure"


def test_a_list_knows_its_expense_kind_and_whether_it_is_open() -> None:
    reading = read("六", "一般公共预算基本支出情况说明", "人员经费9.00万元，主要包括：基本工资、津贴补贴等；")
    assert [(x.subject.concept if x.subject else None, x.items, x.open_ended) for x in reading.lists] == [
        ("personnel", ("基本工资", "津贴补贴"), True)
    ]


def test_sub_headings_number_the_places() -> None:
    reading = read(
        "五", "一般公共预算支出情况说明", "（一）规模", "当年支出5.00万元。", "（二）结构", "当年支出5.00万元。"
    )
    assert [amount.spot.where for amount in reading.amounts] == ["N/五/1", "N/五/2"]


def test_a_number_without_unit_is_reported_as_unread() -> None:
    reading = read("三", "支出预算情况说明", "其中：基本支出861.57，占12.08%。")
    assert reading.unread
    assert "861.57" in reading.unread[0].quote


def test_projects_are_grouped_by_scope_and_class() -> None:
    managed = read_managed(
        read(
            "十",
            "绩效管理情况",
            "2026年编报部门整体绩效目标，涉及资金90.00万元。",
            "纳入绩效管理的二级项目3个，共计金额6.00万元。其中：其他运转类项目1个，涉及金额1.00万元；特定目标类项目2个，"
            "涉及金额5.00万元。公开项目绩效目标3个，涉及项目金额6.00万元，占项目支出总额的100%。",
        )
    )
    found = {
        key: (g.count.value if g.count else "", g.amount.value if g.amount else "") for key, g in managed.groups.items()
    }
    assert found == {
        ("managed", "all"): ("3", "6.00"),
        ("managed", "operating"): ("1", "1.00"),
        ("managed", "specific"): ("2", "5.00"),
        ("disclosed", "all"): ("3", "6.00"),
    }
    assert managed.overall_funds
    assert managed.overall_funds.value == "90.00"
    assert managed.share
    assert managed.share.value == "100"


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.booleans())
def test_every_printed_amount_is_read_back(value: object, thousands: bool) -> None:
    text = f"{value:,}" if thousands else f"{value}"
    tokens = [t for t in tokenise(compact(f"支出{text}万元，占1%")) if t.kind is Kind.AMOUNT]
    assert [t.number for t in tokens] == [f"{value}"]
