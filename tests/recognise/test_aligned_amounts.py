"""Text that keeps the look of the page: columns are told by where their amounts end, not by counting spaces."""

from __future__ import annotations

import re

import pytest

from disclosures.plain.data import Surety
from tests.recognise.sample import TABLES, document, parse, table_text, values

AMOUNT = re.compile(r"-?[\d,]+\.\d\d$")
WIDTHS = (46, 30, 14, 14, 14, 14, 14, 14, 14)


def _wide(text: str) -> int:
    return sum(1 if char < "\u0100" else 2 for char in text)


def _padded(rows: list[str], shift: int, width=_wide) -> list[str]:
    """Rows with their cells set in columns, amounts to the right; a page further right by `shift`."""
    out = []
    for row in rows:
        cells = row.split("\t")
        line = " " * shift
        for cell, room in zip(cells, WIDTHS, strict=False):
            space = " " * max(0, room - width(cell))
            line += (space + cell if AMOUNT.match(cell) else cell + space) + "  "
        out.append(line.rstrip())
    return out


@pytest.mark.parametrize("width", [_wide, len], ids=["as displayed", "by characters"])
@pytest.mark.parametrize("page", [0, 6])
def test_amounts_stand_in_the_column_whose_edge_they_share(width, page: int) -> None:
    texts = {}
    for key, rows in TABLES.items():
        # The second half of every table stands on a page that is set further right.
        half = len(rows) - 3
        texts[key] = table_text(key, [*_padded(rows[:half], 0, width), *_padded(rows[half:], page, width)])
    disclosure = parse(document(texts)).disclosure
    sound = parse(document()).disclosure
    for table in ("T02", "T03", "T05", "T06"):
        read, expected = disclosure.table(table), sound.table(table)
        assert read is not None
        assert expected is not None
        assert values(read) == values(expected)


def test_columns_that_sums_leave_open_are_not_called_sure() -> None:
    texts = {key: table_text(key, _padded(rows, 0)) for key, rows in TABLES.items()}
    table = parse(document(texts)).disclosure.table("T11")
    assert table is not None
    assert [row.value("general_public") for row in table.rows] == ["8.00", "5.00", "3.00"]
    assert all(row.cell("general_public").surety is not Surety.SURE for row in table.rows)
