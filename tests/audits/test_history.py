"""The life of findings: written down by checks and by people, asked for one by one and by day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Finding, FindingEvent, Status
from audit.services import (
    check_stored,
    explain_finding,
    finding_history,
    mute_rule,
    revoke_waiver,
    trend,
    unmute_rule,
    waive_finding,
    withdraw_explanation,
)
from audit.services.selection import Selection
from disclosures import models
from disclosures.services.correcting import correct_cell
from disclosures.services.saving import Edit
from tests.audits.test_running import generate_right


@pytest.fixture
def people(region) -> dict[str, models.User]:
    def make(role: models.Role, **fields) -> models.User:
        return models.User.objects.create(username=role, role=role, **fields)

    return {
        "administrator": make(models.Role.ADMINISTRATOR),
        "reviewer": make(models.Role.REVIEWER, region=region),
    }


@pytest.fixture
def finding(put, spoil) -> Finding:
    """An error of a disclosure that was checked once."""
    record = put(1, spoil)
    check_stored(record.pk, "import")
    return Finding.objects.filter(severity="error").order_by("pk")[0]


def steps(finding: Finding) -> list[str]:
    return list(finding_history(finding).order_by("pk").values_list("what", flat=True))


def set_value(finding: Finding, value: str) -> None:
    record = finding.disclosure
    record.refresh_from_db()
    correct_cell(Edit(None, record.pk, record.revision), "T03/合计/total", value)


def test_it_is_opened_closed_and_opened_again(finding) -> None:
    set_value(finding, generate_right(1))
    set_value(finding, "1.00")
    assert steps(finding) == ["opened", "closed", "reopened"]
    runs = list(finding_history(finding).values_list("run", flat=True))
    assert len(set(runs)) == 3
    assert None not in runs


def test_a_check_that_says_the_same_writes_nothing(finding) -> None:
    before = FindingEvent.objects.count()
    check_stored(finding.disclosure_id, "schedule")
    assert FindingEvent.objects.count() == before


def test_decisions_of_people_are_steps_with_their_names(finding, people) -> None:
    explain_finding(people["reviewer"], finding.pk, "系统口径不同")
    withdraw_explanation(people["reviewer"], finding.pk)
    waive_finding(people["reviewer"], finding.pk, "已核实")
    revoke_waiver(people["reviewer"], finding.pk, "又看了一遍")
    assert steps(finding) == ["opened", "explained", "unexplained", "waived", "revoked"]
    latest = finding_history(finding)[0]
    assert (latest.user, latest.before, latest.after) == (people["reviewer"], Status.WAIVED, Status.OPEN)


def test_a_waiver_for_other_values_lapses(finding, people) -> None:
    waive_finding(people["reviewer"], finding.pk, "已核实")
    set_value(finding, "2.00")
    assert steps(finding) == ["opened", "waived", "lapsed"]


def test_a_muted_rule_silences_its_findings_and_speaks_again(finding, people) -> None:
    mute = mute_rule(people["administrator"], finding.rule, None, "误报")
    unmute_rule(people["administrator"], mute.pk)
    assert steps(finding) == ["opened", "muted", "unmuted"]


def test_the_trend_counts_by_day_and_says_what_stood_at_its_end(finding, people) -> None:
    today = timezone.localdate()
    opened = FindingEvent.objects.count()
    FindingEvent.objects.update(at=timezone.now() - timedelta(days=3))
    waive_finding(people["reviewer"], finding.pk, "已核实")
    days = trend(Selection(2026), today - timedelta(days=3), today)
    assert [(day.opened, day.waived, day.standing) for day in days] == [
        (opened, 0, opened),
        (0, 0, opened),
        (0, 0, opened),
        (0, 1, opened - 1),
    ]
    assert trend(Selection(2026), today, today)[0].standing == opened - 1
    assert trend(Selection(2025), today, today)[0].standing == 0


def test_the_trend_takes_two_queries_whatever_the_span(finding, django_assert_num_queries) -> None:
    today = timezone.localdate()
    with django_assert_num_queries(2):
        trend(Selection(2026), today - timedelta(days=365), today)


def test_the_history_says_who_did_what_and_what_came_by_which_run(finding, people) -> None:
    waive_finding(people["reviewer"], finding.pk, "已核实")
    latest, first = finding_history(finding)
    assert (latest.what, latest.get_what_display(), latest.user) == ("waived", "豁免", people["reviewer"])
    assert (first.get_what_display(), first.before, first.after) == ("新出现", "", "open")
    assert first.run is not None
    assert first.run.get_trigger_display() == "导入"
    today = timezone.localdate()
    (day,) = trend(Selection(2026), today, today)
    assert (day.day, day.waived) == (today, 1)
