"""An unspoilt synthetic disclosure is right in every respect."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from disclosures.plain.codec import from_json, to_json
from disclosures.plain.data import Disclosure, Kind, Level
from disclosures.synthetic import HUGE, LARGE, MEDIUM, SMALL, TINY, generate
from tests.generator.equations import equations, holds
from tests.generator.seed_runs import SEEDS, seed_windows, windows

SCHEMA = Path(__file__).resolve().parents[3] / "shared" / "contract" / "disclosure.schema.json"
CASES = [(seed, size) for size in (TINY, SMALL, MEDIUM) for seed in range(15)] + [(1, LARGE), (2, LARGE), (1, HUGE)]


@pytest.fixture(scope="module")
def documents() -> list[Disclosure]:
    return [generate(seed, size) for seed, size in CASES]


def test_the_same_seed_gives_the_same_document() -> None:
    assert generate(7, MEDIUM) == generate(7, MEDIUM)
    assert generate(7, MEDIUM) != generate(8, MEDIUM)


def test_every_identity_of_the_tables_holds(documents: list[Disclosure]) -> None:
    broken = [
        (n, where, total, parts)
        for n, document in enumerate(documents)
        for where, total, parts in equations(document)
        if not holds(total, parts)
    ]
    assert broken == []


def test_rounding_differences_appear_as_in_real_documents(documents: list[Disclosure]) -> None:
    off = [
        where
        for document in documents
        for where, total, parts in equations(document)
        if Decimal(total or 0) != sum(Decimal(part) for part in parts if part)
    ]
    assert len(off) > 100


def test_documents_reach_the_sizes_of_the_plan(documents: list[Disclosure]) -> None:
    rows = [sum(len(table.rows) for table in document.tables) for document in documents]
    targets = [len(document.project_targets) for document in documents]
    assert min(targets) == 1
    assert max(rows) > 900
    assert max(targets) > 200


def test_both_kinds_and_every_optional_part_occur(documents: list[Disclosure]) -> None:
    assert {document.kind for document in documents} == {Kind.DEPARTMENT, Kind.UNIT}
    filled = {table.id for document in documents for table in document.tables if not table.no_data}
    empty = {table.id for document in documents for table in document.tables if table.no_data}
    assert {"T07", "T08", "T09", "T10", "T11", "T13"} <= filled & empty
    assert any(document.overall_targets for document in documents)


def test_a_project_name_may_stand_under_several_units_but_once_in_each(documents: list[Disclosure]) -> None:
    for document in documents:
        table = document.table("T12")
        assert table is not None
        names = [(row.unit_name, row.name) for row in table.rows if row.level is Level.PROJECT]
        assert max(Counter(names).values()) == 1
    repeated = [
        Counter(target.project for target in document.project_targets).most_common(1)[0][1] for document in documents
    ]
    assert max(repeated) > 1


def test_every_t12_project_has_its_form_with_its_amount(documents: list[Disclosure]) -> None:
    for document in documents:
        table = document.table("T12")
        assert table is not None
        amounts = {(row.unit_name, row.name): row.value("total") for row in table.rows if row.level is Level.PROJECT}
        assert set(amounts) == {(form.implementing_unit, form.project) for form in document.project_targets}
        assert len(amounts) == len(document.project_targets)
        for form in document.project_targets:
            printed = Decimal(amounts[form.implementing_unit, form.project or ""] or 0)
            assert abs(Decimal(form.annual.total or 0) / 10_000 - printed) <= Decimal("0.005")


def test_form_funds_add_up_and_one_year_projects_have_equal_horizons(documents: list[Disclosure]) -> None:
    for form in (form for document in documents for form in document.project_targets):
        for funds in (form.whole, form.annual):
            parts = (funds.central, funds.provincial, funds.local, funds.self_raised, funds.other)
            assert int(funds.total or 0) == sum(int(part or 0) for part in parts)
        if form.term == "1年":
            assert form.whole == form.annual


def test_every_form_has_the_required_classes_with_values(documents: list[Disclosure]) -> None:
    for form in (form for document in documents for form in document.project_targets):
        classes = {item.level2 for item in form.indicators}
        assert {"数量指标", "质量指标", "时效指标", "成本指标", "社会效益", "服务对象满意度"} <= classes
        assert all(item.value and item.value != item.level3 for item in form.indicators)


def test_shares_in_the_narrative_add_up_to_the_whole(documents: list[Disclosure]) -> None:
    for document in documents:
        for numeral in ("二", "三"):
            section = document.section(numeral)
            assert section is not None
            shares = [Decimal(found) for found in re.findall(r"占([\d.]+)%", section.text)]
            assert abs(sum(shares, Decimal(-100))) <= Decimal("0.005") * len(shares), section.text


def test_change_and_rate_agree(documents: list[Disclosure]) -> None:
    """Last year is this year less the change; the rate is the change over last year, within its last digit."""
    pattern = re.compile(r"总计([\d,.]+)万元.*?(增加|减少|增长|下降)([\d,.]+)万元，(增长|下降)([\d.]+)%")
    seen = 0
    for document in documents:
        section = document.section("一")
        assert section is not None
        for now, word, change, rate_word, rate in pattern.findall(section.text):
            difference = Decimal(change.replace(",", "")) * (1 if word.startswith("增") else -1)
            last_year = Decimal(now.replace(",", "")) - difference
            assert word.startswith("增") is (rate_word == "增长")
            assert abs(abs(difference) * 100 / last_year - Decimal(rate)) < Decimal("0.02")
            seen += 1
    assert seen > 40


def test_no_finding_hides_in_the_years(documents: list[Disclosure]) -> None:
    for document in documents:
        for section in document.sections:
            years = {int(year) for year in re.findall(r"(20\d\d)年", section.text)}
            assert years <= {document.fiscal_year, document.fiscal_year - 1}


def test_it_survives_the_interchange_format(documents: list[Disclosure]) -> None:
    for document in documents:
        assert from_json(json.loads(json.dumps(to_json(document)))) == document


@pytest.mark.skipif(not SCHEMA.exists(), reason="../shared/contract is not there")
def test_it_is_valid_against_the_contract(documents: list[Disclosure]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for document in documents:
        jsonschema.validate(to_json(document), schema)


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seeds is not there")
def test_it_copies_no_sentence_of_a_real_document(documents: list[Disclosure]) -> None:
    real = seed_windows()
    for document in documents:
        texts = [section.text for section in document.sections]
        texts += [json.dumps(to_json(document)["project_targets"], ensure_ascii=False)]
        assert not windows("\n".join(texts)) & real
