"""What files of other programs do that ours do not: each cause in a page written by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from disclosures.reading import read_file
from disclosures.reading.blocks import Line

_TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
    "{n} beginbfchar {pairs} endbfchar endcmap end end"
)


def page(content: str, meanings: dict[int, int] | None = None) -> bytes:
    """A PDF of one page, 600 × 400 points, in Courier; `meanings` says what some of its codes mean."""
    pairs = " ".join(f"<{code:02x}> <{meaning:04x}>" for code, meaning in (meanings or {}).items())
    cmap = _TO_UNICODE.format(n=len(meanings or {}), pairs=pairs)
    unicode = " /ToUnicode 6 0 R" if meanings else ""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 400] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Courier{unicode} >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    return body + f"{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF".encode()


def text(x: float, y: float, words: str, size: float = 10) -> str:
    return f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET"


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    upright = [f"{x} {min(ys)} m {x} {max(ys)} l S" for x in xs]
    level = [f"{min(xs)} {y} m {max(xs)} {y} l S" for y in ys]
    return " ".join(["0.5 w", *upright, *level])


def lines_of(content: str, meanings: dict[int, int] | None = None) -> tuple[Line, ...]:
    return read_file(page(content, meanings), "a.pdf").lines


def rows_of(content: str) -> list[tuple[str, ...]]:
    return [line.cells for line in lines_of(content) if line.cells is not None]


# Columns of 60 points; a letter of Courier at 10 points is 6 points wide.
_GRID = grid([100, 160, 220, 280], [200, 220, 240, 260])
_HEAD = [text(102, 246, "Code"), text(162, 246, "Name"), text(222, 246, "Sum")]


def test_letters_of_negative_size_turned_back_by_their_matrix_stand_upright() -> None:
    turned = [
        f"BT /F -10 Tf -1 0 0 -1 100 {y} Tm ({words}) Tj ET" for y, words in ((300, "First line"), (280, "Second"))
    ]
    assert [line.text for line in lines_of(" ".join(turned))] == ["First line", "Second"]


@pytest.mark.parametrize("turned", [False, True])
def test_a_table_is_read_in_its_order_whichever_way_its_letters_are_turned(turned: bool) -> None:
    def put(x: float, y: float, words: str) -> str:
        return f"BT /F -10 Tf -1 0 0 -1 {x} {y} Tm ({words}) Tj ET" if turned else text(x, y, words)

    rows = [("Code", "Name", "Sum"), ("201", "Office", "12.50"), ("205", "School", "7.25")]
    drawn = [put(102 + 60 * c, 246 - 20 * r, words) for r, row in enumerate(rows) for c, words in enumerate(row)]
    assert rows_of(" ".join([_GRID, *drawn])) == rows


@pytest.mark.parametrize(
    ("x", "word", "column"),
    [
        (102, "Administration", 0),  # 84 points, from the left of the first column
        (162, "Administration", 1),  # out of the second into the last
        (222, "Administration", 2),  # out of the table
        (178, "1234567.89", 1),  # most of it in the second
        (192, "123,456,789.00", 2),  # an amount set to the right, half of it in the column before
    ],
)
def test_a_word_wider_than_its_cell_stays_whole(x: float, word: str, column: int) -> None:
    drawn = [_GRID, *_HEAD, text(x, 226, word), text(102, 206, "205"), text(162, 206, "School"), text(222, 206, "7.25")]
    _, wide, last = rows_of(" ".join(drawn))
    assert [cell for cell in wide if cell] == [word]
    assert wide[column] == word
    assert last == ("205", "School", "7.25")


def test_texts_of_one_object_that_stand_apart_are_parted_by_the_lines_between_them() -> None:
    row = "BT /F 10 Tf 102 226 Td [(201) -7000 (Office) -4000 (12.50)] TJ ET"
    drawn = [_GRID, *_HEAD, row, text(102, 206, "205"), text(162, 206, "School"), text(222, 206, "7.25")]
    assert rows_of(" ".join(drawn))[1] == ("201", "Office", "12.50")


def test_bullets_of_symbol_fonts_are_no_unknown_characters() -> None:
    meanings = {ord("a"): 0xF0B7, ord("b"): 0xF06C, ord("c"): 0xF0D8, ord("d"): 0xF0FC}
    content = " ".join(text(100, 300 - 20 * n, f"{code} 100") for n, code in enumerate("abcd"))
    assert [line.text[0] for line in lines_of(content, meanings)] == ["•", "●", "➢", "✓"]


def dotted(xs: Sequence[float], ys: Sequence[float]) -> str:
    """A grid of dots half a point wide, each a rectangle of its own."""
    upright = [(x, min(ys) + 1.5 * n) for x in xs for n in range(int((max(ys) - min(ys)) / 1.5) + 1)]
    level = [(min(xs) + 1.5 * n, y) for y in ys for n in range(int((max(xs) - min(xs)) / 1.5) + 1)]
    return " ".join(f"{x} {y} 0.5 0.5 re f" for x, y in [*upright, *level])


def test_a_table_ruled_with_dots_is_a_ruled_table() -> None:
    xs, ys = [100, 160, 220, 280], [176, 200, 220, 240, 260]
    tall = [text(102, 190, "One and"), text(102, 180, "more"), text(162, 190, "Both"), text(222, 184, "3.00")]
    rows = [("201", "Office", "12.50"), ("205", "", "7.25")]
    drawn = [text(102 + 60 * c, 226 - 20 * r, words) for r, row in enumerate(rows) for c, words in enumerate(row)]
    read = rows_of(" ".join([dotted(xs, ys), *_HEAD, *drawn, *tall]))
    assert read == [("Code", "Name", "Sum"), *rows, ("One and more", "Both", "3.00")]


def test_a_field_filled_with_dots_rules_nothing() -> None:
    field = " ".join(f"{100 + 3.5 * c} {100 + 3.5 * r} 0.5 0.5 re f" for r in range(70) for c in range(80))
    assert [line.cells for line in lines_of(f"{field} {text(120, 300, 'One line of text')}")] == [None]


def test_amounts_with_hardly_a_gap_between_them_stand_in_their_columns() -> None:
    head = [text(100 + 66 * n, 300, word) for n, word in enumerate(("Total", "Basic", "Other"))]
    wide = text(100, 285, "1234567.89 2345678.90 3456789.01")  # one space of six points between two of them
    last = [text(100 + 66 * n, 270, word) for n, word in enumerate(("1.00", "2.00", "3.00"))]
    assert rows_of(" ".join([*head, wide, *last])) == [
        ("Total", "Basic", "Other"),
        ("1234567.89", "2345678.90", "3456789.01"),
        ("1.00", "2.00", "3.00"),
    ]
