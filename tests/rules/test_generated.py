"""Generated disclosures: silent when right, and one changed digit is found at the changed cell.

A fixed sample for every run; `make measure` takes the large one.
"""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from audit.catalogue import rules
from audit.engine import check
from disclosures.plain.data import Disclosure
from disclosures.plain.places import row_keys
from disclosures.synthetic import LARGE, MEDIUM, SMALL, TINY, generate

TABLE_RULES = [rule for rule in rules().values() if rule.id[:2] in ("T-", "X-", "C-")]
SAMPLE = [(seed, size) for size in (TINY, SMALL, MEDIUM) for seed in range(8)] + [(1, LARGE)]


def digit_changed(disclosure: Disclosure, rng: Random) -> tuple[Disclosure, str]:
    """The disclosure with one digit of one table cell changed by more than rounding could explain, and its place."""
    while True:
        table = rng.choice([table for table in disclosure.tables if table.rows])
        at = rng.randrange(len(table.rows))
        row = table.rows[at]
        printed = [n for n, (_, cell) in enumerate(row.cells) if cell.value]
        if not printed:
            continue
        n = rng.choice(printed)
        key, cell = row.cells[n]
        old = cell.value or ""
        digit = rng.choice([i for i, sign in enumerate(old) if sign.isdigit()])
        value = old[:digit] + rng.choice("0123456789") + old[digit + 1 :]
        # Half a cent for each of the most parts a sum of these documents has.
        if abs(Decimal(value) - Decimal(old)) < Decimal("0.5"):
            continue
        cells = (*row.cells[:n], (key, replace(cell, value=value)), *row.cells[n + 1 :])
        rows = (*table.rows[:at], replace(row, cells=cells), *table.rows[at + 1 :])
        tables = tuple(replace(table, rows=rows) if other is table else other for other in disclosure.tables)
        return replace(disclosure, tables=tables), f"{table.id}/{row_keys(table)[at]}/{key}"


@pytest.mark.parametrize(("seed", "size"), SAMPLE)
def test_a_right_disclosure_yields_no_finding_in_its_tables(seed, size) -> None:
    assert check(generate(seed, size), rules=TABLE_RULES).findings == ()


@pytest.mark.parametrize(("seed", "size"), SAMPLE)
def test_a_changed_digit_is_one_finding_that_names_the_cell(seed, size) -> None:
    rng, right = Random(seed), generate(seed, size)
    for _ in range(12):
        wrong, place = digit_changed(right, rng)
        findings = check(wrong, rules=TABLE_RULES).findings
        named = [{finding.where, *(item.where for item in finding.evidence)} for finding in findings]
        assert any(place in places for places in named), (place, named)
        assert len(findings) == 1, (place, [finding.message for finding in findings])
