"""Amounts printed in 元 are brought to 万元 without losing a digit."""

from hypothesis import given
from hypothesis import strategies as st

from disclosures.plain.data import Cell, Row, Table
from disclosures.recognise.units import in_ten_thousands, shifted


def table(table_id: str, unit: str | None, value: str = "12345678.90") -> Table:
    return Table(id=table_id, title="", printed_unit=unit, rows=(Row("合计", (("total", Cell(value)),)),))


def values(*tables: Table) -> list[str | None]:
    return [each.rows[0].value("total") for each in in_ten_thousands(tables)[0]]


def test_a_document_in_yuan_is_converted_and_says_so() -> None:
    tables, notes = in_ten_thousands([table("T01", "元"), table("T02", "元")])
    assert values(table("T01", "元"), table("T02", "元")) == ["1234.567890", "1234.567890"]
    assert [note.where for note in notes] == ["T01", "T02"]
    assert {each.printed_unit for each in tables} == {"元"}


def test_one_odd_caption_changes_no_number() -> None:
    given_tables = (table("T01", "万元"), table("T02", "元"), table("T03", "万元"))
    assert values(*given_tables) == ["12345678.90"] * 3
    assert [note.where for note in in_ten_thousands(given_tables)[1]] == ["T02"]


def test_ten_thousands_and_no_caption_say_nothing() -> None:
    assert in_ten_thousands([table("T01", "万元"), table("T02", None)])[1] == ()


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_every_digit_survives(value: object) -> None:
    assert shifted(shifted(f"{value}", -4), 4).rstrip("0").rstrip(".") == f"{value}".rstrip("0").rstrip(".")
