"""The forms of the shared text dump, held against what a person reads in it (skipped where it is absent)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from disclosures.plain.data import Horizon, OverallTarget, ProjectTarget
from disclosures.plain.numbers import to_decimal
from disclosures.reading.blocks import Layout, Line
from disclosures.recognise.furniture import remove_furniture
from performance.recognise import read_forms
from tests.performance.flow_content import char_width

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
# As a person who went through the pages found them; two rows fit either horizon.
FORMS, INDICATORS, DOUBTFUL = 66, 1555, 2


@pytest.fixture(scope="module")
def readings() -> list[ProjectTarget | OverallTarget]:
    found = sorted(SEEDS.glob("001_*.txt"))
    if not found:
        pytest.skip(f"{SEEDS} is absent: the text dump was not read")
    texts = found[0].read_text(encoding="utf-8").split("\n")
    lines = [Line(f"line {number}", text) for number, text in enumerate(texts, start=1) if text.strip()]
    forms = [line for line in remove_furniture(lines).lines if 1430 <= int(line.source.split()[1]) < 14682]
    return [target for target, _ in read_forms(forms, Layout.FLOW, "部门")]


@pytest.fixture(scope="module")
def projects(readings: list[ProjectTarget | OverallTarget]) -> list[ProjectTarget]:
    return [target for target in readings if isinstance(target, ProjectTarget)]


def test_every_form_is_read_with_all_its_parts(projects: list[ProjectTarget]):
    assert len(projects) == FORMS
    for target in projects:
        parts = (target.project, target.supervisor, target.implementing_unit, target.attribute, target.term)
        texts = (target.overview, target.basis, target.necessity, target.safeguards, target.plan)
        assert all((*parts, *texts, target.objective_whole, target.objective_annual)), target.project
        assert re.fullmatch(r"20\d{12}", target.reported_at or ""), target.project
        assert target.doubtful == (), target.project


def test_the_funds_of_every_form_add_up(projects: list[ProjectTarget]):
    for target in projects:
        for funds in (target.whole, target.annual):
            parts = (funds.central, funds.provincial, funds.local, funds.self_raised, funds.other)
            assert funds.total is not None
            assert sum(map(to_decimal, parts)) == to_decimal(funds.total), target.project


def test_names_are_no_wider_than_their_columns_and_have_values(projects: list[ProjectTarget]):
    indicators = [indicator for target in projects for indicator in target.indicators]
    assert len(indicators) == INDICATORS
    assert sum(indicator.doubtful for indicator in indicators) <= DOUBTFUL
    for indicator in indicators:
        limit = 12.1 if indicator.horizon is Horizon.WHOLE else 8.1
        assert sum(map(char_width, indicator.level3)) <= limit, indicator
        assert indicator.value is not None, indicator


@pytest.mark.parametrize(
    ("line", "horizon", "name", "value"),
    [
        (2106, Horizon.ANNUAL, "生活困难及医疗保", "≤526万元"),
        (2118, Horizon.WHOLE, "1996年机构改革自愿辞职人", "≥90%"),
        (2744, Horizon.WHOLE, "人才引进资质符合率（%）", "100%"),
        (4190, Horizon.WHOLE, "按时组织开展各项专项招聘", "根据人社部、省人社厅具体安排，按"),
        (6303, Horizon.ANNUAL, "发放2022年1月~2", "≥4189人"),
        (7643, Horizon.ANNUAL, "提高受表彰人员工", "提高"),
        (9337, Horizon.ANNUAL, "办公用品购置和办", "每月序时进行"),
        (12393, Horizon.ANNUAL, "补助对象满意度≥", "≥95%"),
    ],
)
def test_single_rows_as_a_person_reads_them(
    projects: list[ProjectTarget], line: int, horizon: Horizon, name: str, value: str
):
    rows = [i for target in projects for i in target.indicators if i.source == f"line {line}" and i.horizon is horizon]
    assert [(row.level3, row.value) for row in rows] == [(name, value)]


def test_the_department_wide_form(readings: list[ProjectTarget | OverallTarget]):
    (target,) = (target for target in readings if isinstance(target, OverallTarget))
    assert dict(target.funds)["total_by_source"] == "40143.35"
    assert dict(target.funds)["general_public"] == "39593.35"
    assert len(target.tasks) == 7
    assert len(target.indicators) == 106
    assert all(indicator.value for indicator in target.indicators)
