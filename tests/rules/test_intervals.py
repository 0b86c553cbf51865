"""Interval arithmetic: a true statement, rounded for print, is never called false."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.intervals import (
    EVERYTHING,
    NIL,
    Interval,
    can_meet,
    change_rate,
    printed,
    printed_percent,
    share,
    total,
)

amounts = st.decimals(min_value=Decimal("-99999"), max_value=Decimal("99999"), places=6)
positive = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999"), places=6)
places = st.integers(min_value=0, max_value=4)


def rounded(value: Decimal, digits: int) -> str:
    return f"{value.quantize(Decimal((0, (1,), -digits)), ROUND_HALF_UP):f}"


def holds(interval: Interval, value: Fraction) -> bool:
    return Fraction(interval.low) <= value <= Fraction(interval.high)


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("12.34", "万元", "12.335", "12.345"),
        ("500", "万元", "499.5", "500.5"),
        ("500", "元", "0.04995", "0.05005"),
        ("1.2", "亿元", "11500", "12500"),
        ("-3.0", "万元", "-3.05", "-2.95"),
    ],
)
def test_a_printed_amount_stands_for_half_a_unit_of_its_last_place_on_either_side(text, unit, low, high) -> None:
    assert printed(text, unit) == Interval(Decimal(low), Decimal(high))


def test_a_blank_is_exactly_nil_and_an_exact_number_has_no_width() -> None:
    assert printed(None) == printed("") == NIL
    assert printed("500", exact=True) == Interval(Decimal(500), Decimal(500))


def test_a_printed_percentage_is_a_ratio() -> None:
    assert printed_percent("7.79") == Interval(Decimal("0.07785"), Decimal("0.07795"))


@given(st.lists(st.tuples(amounts, places), min_size=1, max_size=40), places)
def test_rounded_parts_always_can_meet_their_rounded_total(parts, digits) -> None:
    whole = sum((value for value, _ in parts), Decimal(0))
    assert can_meet(total(printed(rounded(value, n)) for value, n in parts), printed(rounded(whole, digits)))


@given(amounts, amounts, places)
def test_a_rounded_difference_can_meet_the_difference_of_the_rounded(a, b, digits) -> None:
    assert can_meet(printed(rounded(a, digits)) - printed(rounded(b, digits)), printed(rounded(a - b, digits)))


@given(positive, positive, places)
def test_a_rounded_share_can_meet_the_share_of_the_rounded(part, whole, digits) -> None:
    percent = rounded(part / whole * 100, digits)
    assert can_meet(share(printed(rounded(part, 2)), printed(rounded(whole, 2))), printed_percent(percent))


@given(amounts, positive, places)
def test_a_rounded_change_rate_can_meet_the_rate_of_the_rounded(change, last, digits) -> None:
    rate = rounded(change / last * 100, digits)
    measured = change_rate(printed(rounded(change, 2)), printed(rounded(last + change, 2)))
    assert can_meet(measured, printed_percent(rate))


@given(st.tuples(amounts, amounts), st.tuples(amounts, amounts))
def test_products_and_quotients_hold_every_product_and_quotient_of_their_ends(first, second) -> None:
    a, b = Interval(min(first), max(first)), Interval(min(second), max(second))
    for x in (a.low, a.high):
        for y in (b.low, b.high):
            assert holds(a * b, Fraction(x) * Fraction(y))
            if a / b != EVERYTHING:
                assert holds(a / b, Fraction(x) / Fraction(y))


@given(amounts, st.integers(min_value=2, max_value=900))
def test_two_amounts_that_differ_by_more_than_both_widths_cannot_meet(value, cents) -> None:
    other = rounded(value.quantize(Decimal("0.01"), ROUND_HALF_UP) + Decimal(cents) / 100, 2)
    mine = rounded(value, 2)
    assert not can_meet(printed(mine), printed(other))
    assert not can_meet(printed(other), printed(mine))


def test_what_may_be_divided_by_nil_says_nothing() -> None:
    assert share(printed("5.00"), NIL) == EVERYTHING
    assert share(printed("5.00"), printed("0.00")) == EVERYTHING


def test_an_interval_knows_what_it_has_in_common_with_another() -> None:
    wide, narrow = printed("500"), printed("500.40")
    assert wide.common(narrow) == narrow
    assert wide.common(printed("501.00")) is None
    with pytest.raises(ValueError, match="wrong order"):
        Interval(Decimal(2), Decimal(1))
