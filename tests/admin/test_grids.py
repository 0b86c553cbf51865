"""Amounts and places as people read them."""

from __future__ import annotations

import pytest

from disclosures.admin.grids import display_amount
from disclosures.profiles import LABEL_HEADS, PROFILES


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


def test_every_label_of_every_declaration_has_a_heading():
    sides = [side for profile in PROFILES.values() for decl in profile.tables for side in decl.sides]
    assert {label for side in sides for label in side.labels} <= set(LABEL_HEADS)
