"""The overview: completion with a way down, what goes wrong where, the trend, each with its answer as a title."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from audit.models import AuditRun, Finding
from audit.services.statistics import part_words, trend_title
from disclosures import models
from disclosures.models import Role, State


@pytest.fixture
def auditor(record, log_in):
    return log_in(Role.AUDITOR)


@pytest.fixture
def county(record, region) -> models.Region:
    """A county below the city, with a department that has published."""
    found = models.Region.objects.create(name="青山县", parent=region)
    department = models.Department.objects.create(name="青山县水务局", region=found)
    models.Disclosure.objects.create(
        department=department,
        fiscal_year=record.fiscal_year,
        kind="department_budget",
        version=1,
        profile=record.profile,
        state=State.PUBLISHED,
    )
    return found


def test_completion_leads_down_to_the_regions_below(auditor, record, region, county):
    page = auditor.get(reverse("overview"))
    assert page.context["top"] == region.pk  # all lies below one region, so that is where to look
    assert [(line.name, line.stages, line.opens) for line in page.context["lines"]] == [
        ("青山市本级", (0, 1, 0, 0, 0), False),
        ("青山县", (0, 0, 0, 0, 1), False),
    ]
    assert page.context["completion_title"] == "2 个部门中 1 个已通过或公开（50%），青山市本级最慢"
    whole = auditor.get(f"{reverse('overview')}?region=").context
    assert [(line.name, line.departments, line.opens) for line in whole["lines"]] == [("青山市", 2, True)]
    below = auditor.get(f"{reverse('overview')}?region={county.pk}").context
    assert below["completion_title"] == "1 个部门全部通过或公开"
    assert [name for _, name in below["trail"]] == ["青山市", "青山县"]


def test_figures_of_the_page_are_those_of_the_findings(auditor, record, region, county):
    context = auditor.get(reverse("overview")).context
    holding = Finding.objects.filter(disclosure=record, status="open")
    assert [number for _, _, number in context["totals"]] == [
        holding.filter(severity=severity).count() for severity in ("error", "warning", "info")
    ]
    assert sum(item.findings for item in context["frequent"]) == holding.filter(severity="error").count()
    rows = context["heat"].rows
    assert sum(square.findings for row in rows for square in row.squares) == holding.exclude(severity="info").count()
    assert max(square.shade for row in rows for square in row.squares) == 5
    assert "青山市本级" in context["heat"].title
    assert auditor.get(f"{reverse('overview')}?region={county.pk}").context["frequent"] == []


def test_the_trend_counts_by_day(auditor, record):
    AuditRun.objects.update(opened=7, closed=2, at=timezone.now() - timedelta(days=1))
    context = auditor.get(reverse("overview")).context
    assert [(day.opened, day.closed) for day in context["days"]] == [(7, 2)]
    assert context["trend_title"] == "最近 7 天新出现的比解决的多：新出现 7 个，解决 2 个"
    assert trend_title([]) == ""


def test_people_see_their_own_reach_only(record, log_in, region):
    elsewhere = log_in(Role.REVIEWER, elsewhere=True).get(f"{reverse('overview')}?region={region.pk}").context
    assert elsewhere["lines"] == []
    assert elsewhere["frequent"] == []
    assert elsewhere["days"] == []


@pytest.mark.parametrize("query", ["region=x", "region=999999", "region=99999999999999999999"])
def test_regions_that_do_not_exist(auditor, query):
    assert auditor.get(f"{reverse('overview')}?{query}").status_code == 404


def test_an_empty_site_says_so(db, log_in, record):
    models.Department.objects.update(kind="unit")
    Finding.objects.all().delete()
    AuditRun.objects.all().delete()
    page = log_in(Role.ADMINISTRATOR).get(f"{reverse('overview')}?year=2019").content.decode()
    assert "还没有登记部门" in page
    assert "还没有核对出问题" in page


def test_queries_do_not_grow_with_regions(auditor, record, region, county, queries_of):
    alone = queries_of(auditor, reverse("overview"))
    for number in range(6):
        below = models.Region.objects.create(name=f"第{number}县", parent=region)
        models.Department.objects.create(name=f"第{number}局", region=below)
    assert queries_of(auditor, reverse("overview")) == alone <= 15


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_shares_in_words_are_never_far_off(numbers):
    number, of = numbers
    words, share = part_words(number, of), Fraction(number, of)
    if words == "全部":
        assert share == 1
    elif words.endswith("%"):
        assert abs(Fraction(int(words[:-1]), 100) - share) <= Fraction(1, 100)
    elif not words.startswith("约"):
        assert share.denominator in (2, 3, 4, 5, 10)
