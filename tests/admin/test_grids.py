"""Amounts and places as people read them."""

from __future__ import annotations

import pytest

from disclosures.admin.grids import LABEL_HEADS, display_amount, where_words
from disclosures.profiles import PROFILES


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        (None, ""),
        ("0.00", "0.00"),
        ("500", "500.00"),
        ("1234567.5", "1,234,567.50"),
        ("12.345", "12.345"),
        ("-1234.50", "-1,234.50"),
        ("0.1000000000000000055", "0.1000000000000000055"),
    ],
)
def test_amounts_have_separators_and_lose_no_digit(printed, shown):
    assert display_amount(printed) == shown


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (None, ""),
        ("doc", "全文"),
        ("T13", "表十三"),
        ("T03/2080110/project", "表三 / 2080110 / 项目支出"),
        ("T01/income/上年结转/amount", "表一 / 收入 / 上年结转 / 金额"),
        ("N/八", "第八节"),
        ("N/五/2", "第五节 / 第 2 段"),
        ("N/概况", "概况"),
        ("P/培训费#2/funds", "项目绩效目标 / 培训费#2 / funds"),
        ("elsewhere", "elsewhere"),
    ],
)
def test_places_of_the_contract_in_words(where, words):
    assert where_words(where) == words


def test_every_label_of_every_declaration_has_a_heading():
    sides = [side for profile in PROFILES.values() for decl in profile.tables for side in decl.sides]
    assert {label for side in sides for label in side.labels} <= set(LABEL_HEADS)
