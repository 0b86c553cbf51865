"""The documents that the browser tests hand in: made up, each with two planted errors."""

from __future__ import annotations

from disclosures.plain.data import Disclosure, Kind
from disclosures.synthetic import SMALL, generate, write_grid_text
from disclosures.synthetic.samples import spoilt
from disclosures.synthetic.styles import GRID_CONTENTS

SEEDS = (42, 43, 44, 45)


def clean(number: int) -> Disclosure:
    return generate(SEEDS[number], SMALL, kind=Kind.DEPARTMENT, year=2026)


DEPARTMENTS = tuple(clean(number).department for number in range(len(SEEDS)))


def planted(number: int):
    """The text with a misspelt name and a wrong digit, the text with the name only, and the labels."""
    bad, labels = spoilt(clean(number), 5, ("code_name", "table_digit"))
    named, _ = spoilt(clean(number), 5, ("code_name",))
    return _bytes(bad), _bytes(named), labels


def _bytes(disclosure: Disclosure) -> bytes:
    return write_grid_text(disclosure, GRID_CONTENTS).encode()
