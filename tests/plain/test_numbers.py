"""Printed amounts, as offices print them."""

from __future__ import annotations

import pytest

from disclosures.plain.numbers import parse_amount


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("1,234.50", "1234.50"),
        ("１２３４．５０", "1234.50"),
        ("1 234.50", "1234.50"),
        ("−12.30", "-12.30"),
        ("(1,234.50)", "-1234.50"),
        ("（12.30）", "-12.30"),
        ("△12.30", "-12.30"),
        ("▲1,200", "-1200"),
    ],
)
def test_an_amount_is_understood(printed: str, amount: str) -> None:
    assert parse_amount(printed) == amount


@pytest.mark.parametrize("printed", ["(1)", "（12）", "(一)", "1,23", "(12.30", "△", "12.3%", "(1,23.50)", ""])
def test_what_is_no_amount_is_none(printed: str) -> None:
    assert parse_amount(printed) is None
