"""Whatever a table holds, its sheet comes back as no change; whatever a cell says, no spreadsheet evaluates it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosures.exchange.columns import Column, Kind, problem, same
from disclosures.exchange.files import read_file, write_csv, write_xlsx
from disclosures.exchange.narrative import NarrativeResource
from disclosures.exchange.tables import TABLE_RESOURCES
from disclosures.plain import data as plain
from disclosures.plain.cells import canonical, guarded, text_of, unguarded
from disclosures.profiles import DEFAULT_PROFILE
from disclosures.storage import load, store
from tests.storage.plain_strategies import paragraphs, sources, texts
from tests.storage.plain_strategies import tables as any_table

CALM = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
TABLES = st.sampled_from(DEFAULT_PROFILE.tables).flatmap(any_table)
WRITERS = st.sampled_from([write_xlsx, write_csv])
SECTIONS = st.lists(st.builds(plain.Section, texts, texts, paragraphs, sources), min_size=1, max_size=3).map(tuple)


@CALM
@given(table=TABLES, writer=WRITERS)
def test_any_table_comes_back_unchanged(department, clerk, table, writer):
    record = store(plain.Disclosure("局", 2026, plain.Kind.DEPARTMENT, tables=(table,)), department)
    resource = TABLE_RESOURCES[table.id]
    exported = resource(user=clerk).export()
    chosen = resource(user=clerk).template()
    for row in exported:
        if row[0] == str(record.pk):
            chosen.append(row)
    before = load(record.pk)
    if table.rows:
        result = resource(user=clerk).import_data(read_file(writer(chosen)), user=clerk, kind="document")
        assert (result.errors, result.diffs, result.unchanged) == ([], [], len(table.rows))
    assert load(record.pk) == before


@CALM
@given(sections=SECTIONS, writer=WRITERS)
def test_any_narrative_comes_back_unchanged(department, clerk, sections, writer):
    record = store(plain.Disclosure("局", 2026, plain.Kind.DEPARTMENT, sections=sections), department)
    chosen = NarrativeResource(user=clerk).template()
    for row in NarrativeResource(user=clerk).export():
        if row[0] == str(record.pk):
            chosen.append(row)
    result = NarrativeResource(user=clerk).import_data(read_file(writer(chosen)), user=clerk, kind="document")
    assert (result.errors, result.diffs) == ([], [])


@given(st.text())
def test_what_is_guarded_comes_back_and_is_no_formula(text):
    assert unguarded(guarded(text)) == text
    if not guarded(text).startswith("-"):
        assert guarded(text)[:1] not in tuple("=+@\t\r＝＋－＠")
    else:
        assert float(guarded(text)) <= 0  # a negative amount


@given(st.decimals(-(10**12) + 1, 10**12 - 1, places=2))
def test_an_amount_survives_the_floats_of_a_spreadsheet(amount):
    column = Column("total", "合计", Kind.AMOUNT)
    typed = text_of(float(f"{amount:.2f}"))
    assert same(column, f"{amount:.2f}", typed)
    assert problem(column, typed) is None


@pytest.mark.parametrize(
    ("raw", "text"),
    [(2080101.0, "2080101"), (0.1 + 0.2, "0.3"), (True, "是"), (None, ""), (5, "5"), (1e15, "1000000000000000")],
)
def test_cells_of_excel_as_text(raw, text):
    assert text_of(raw) == text


@pytest.mark.parametrize("text", ["=1+1", "+86", "-单位", "@SUM(1)", "\t=1", "＝1", "#N/A", "'=1"])
def test_formulas_are_texts_in_both_formats(department, clerk, text):
    row = plain.Row(text, (("total", plain.Cell("-1.00")), ("basic", plain.Cell()), ("project", plain.Cell())))
    store(
        plain.Disclosure("局", 2026, plain.Kind.DEPARTMENT, tables=(plain.Table("T03", "表", rows=(row,)),)), department
    )
    exported = TABLE_RESOURCES["T03"](user=clerk).export()
    name = exported.headers.index("科目名称")
    for writer in (write_xlsx, write_csv):
        (back,) = read_file(writer(exported))
        assert (type(back[name]), canonical(back[name])) == (str, text)
    assert not any(
        cell[:1] in "=+@\t＝" for cell in write_csv(exported).decode("utf-8-sig").splitlines()[1].split(",") if cell
    )
