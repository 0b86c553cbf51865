"""CSV files: nothing lost, nothing a formula, many lines in small pieces."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from disclosures.plain.cells import canonical, unguarded
from disclosures.profiles import DEFAULT_PROFILE
from disclosures.synthetic import generate
from disclosures.synthetic.sizes import SMALL
from disclosures.writing.csv import csv_bytes, table_rows, write_csv
from disclosures.writing.lines_csv import LINE_HEADER, MEASURES, line_rows, stream

_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def _read(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_file_for_each_table_and_for_narrative_targets_and_indicators() -> None:
    disclosure = generate(1, SMALL)
    with zipfile.ZipFile(io.BytesIO(write_csv(disclosure))) as archive:
        names = archive.namelist()
        files = {name: _read(archive.read(name)) for name in names}
    assert len(names) == 13 + 4
    assert names[2] == "03_表三_支出总表.csv"
    t03 = disclosure.table("T03")
    assert t03 is not None
    assert files[names[2]][0] == ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    assert [row[0] for row in files[names[2]][1:]] == [row.code for row in t03.rows]
    paragraphs = [p.text for section in disclosure.sections for p in section.paragraphs]
    assert [unguarded(row[3]) for row in files[names[13]][1:]] == paragraphs
    indicators = sum(len(target.indicators) for target in disclosure.overall_targets)
    indicators += sum(len(target.indicators) for target in disclosure.project_targets)
    assert len(files[names[16]]) == 1 + indicators


def test_every_amount_of_every_table_stands_in_its_column() -> None:
    for table in generate(4, SMALL).tables:
        decl = DEFAULT_PROFILE.table(table.id)
        header, rows = table_rows(decl, table)
        labels = {column.key: column.label for side in decl.sides for column in side.columns}
        for row, cells in zip(table.rows, rows, strict=True):
            said = dict(zip(header, cells, strict=True))
            assert {labels[key]: cell.value for key, cell in row.cells}.items() <= said.items()
            assert row.name in cells


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_cell_can_be_taken_for_a_formula_and_every_text_comes_back(texts: list[str]) -> None:
    row = _read(csv_bytes(["列"] * len(texts), [texts]))[-1]
    assert not [cell for cell in row if cell.startswith(_RISKY) and not cell.lstrip("-").replace(".", "", 1).isdigit()]
    assert [canonical(unguarded(cell)) for cell in row] == [canonical(text) for text in texts]


def _lines(count: int) -> Iterator[Any]:
    record = SimpleNamespace(pk=1, printed_department="某局", fiscal_year=2026, version=1)
    table = SimpleNamespace(code="T03", disclosure=record)
    blank = dict.fromkeys(MEASURES)
    for position in range(count):
        yield SimpleNamespace(
            table=table, position=position, side="", code="2080101", name="=行政运行", second_name="", unit_name=None,
            printed={"total": "500"}, **blank,
        )  # fmt: skip


def test_lines_come_in_pieces_before_the_last_is_asked_for() -> None:
    asked = 0

    def counted() -> Iterator[Any]:
        nonlocal asked
        for line in _lines(100_000):
            asked += 1
            yield line

    pieces = stream(LINE_HEADER, line_rows(counted()))
    first = next(pieces)
    assert asked < 2000
    assert max(map(len, pieces)) < 200_000
    assert asked == 100_000
    rows = list(csv.reader(io.StringIO(first.decode("utf-8-sig"))))
    said = dict(zip(rows[0], rows[1], strict=True))
    assert (said["表"], said["名称"], said["合计"], said["基本支出"]) == ("表三", "'=行政运行", "500", "")
