"""Findings outlive runs: what holds keeps its decisions, what changes loses them, and says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from audit import services as audit
from audit.findings import CheckResult, Family, Severity
from audit.findings import Finding as Found
from audit.models import AuditRun, Finding, RuleMute, Waiver
from audit.services.comparing import LAPSED
from disclosures import models
from disclosures.errors import InvalidValueError, NotAllowedError, RefusedError
from disclosures.services.correcting import correct_cell
from disclosures.services.findings import Counts, desk
from disclosures.services.importing import import_file
from disclosures.services.remarks import add_remark
from disclosures.services.saving import Edit
from disclosures.storage import load_record
from tests.workflow.conftest import PLACE, file_of, spoilt


@pytest.fixture
def finding(record) -> Finding:
    return Finding.objects.get(disclosure=record)


def test_an_import_is_checked_at_once(record, finding, clerk):
    run = AuditRun.objects.get()
    assert (run.trigger, run.user, run.errors, run.opened, run.revision) == ("import", clerk, 1, 1, 0)
    assert (finding.where, finding.status, finding.first_run, finding.last_run) == (PLACE, "open", run, run)
    assert "表三合计 1.00" in finding.message
    assert desk().counts([record.pk])[record.pk].errors == 1


def test_a_second_run_changes_nothing_but_who_saw_it_last(record, finding):
    run = audit.check_stored(record.pk, "schedule")
    again = Finding.objects.get()
    assert (again.pk, again.first_run, again.last_run) == (finding.pk, finding.first_run, run)
    assert (run.opened, run.closed, run.lapsed) == (0, 0, [])


def test_closed_and_opened_again_it_is_the_same_finding(record, finding, clerk, right_value):
    closing = correct_cell(Edit(clerk, record.pk, 0), PLACE, right_value)
    finding.refresh_from_db()
    assert (finding.status, closing.gone[0].id) == ("gone", finding.pk)
    opening = correct_cell(Edit(clerk, record.pk, 1), PLACE, "1.00")
    assert [item.id for item in opening.new] == [finding.pk]


def test_a_waiver_stays_while_its_values_do_and_lapses_aloud_when_they_change(record, finding, clerk, reviewer):
    audit.waive_finding(reviewer, finding.pk, "情况属实")
    assert correct_cell(Edit(clerk, record.pk, 0), "T13/@caption", "预算公开表13").counts.waived == 1
    result = correct_cell(Edit(clerk, record.pk, 1), PLACE, "2.00")
    assert [item.id for item in result.lapsed] == [finding.pk]
    assert (result.counts.waived, result.counts.errors) == (0, 1)
    waiver = Waiver.objects.get()
    assert (waiver.end_reason, waiver.ended_at is not None) == (LAPSED, True)
    finding.refresh_from_db()
    assert finding.status == "open"
    assert AuditRun.objects.latest("pk").lapsed == [finding.fingerprint]
    back = correct_cell(Edit(clerk, record.pk, 2), PLACE, "1.00")
    assert (back.counts.waived, back.counts.errors) == (0, 1)  # what lapsed does not come back by itself


def test_an_explanation_lapses_with_its_values_too(record, finding, clerk):
    audit.explain_finding(clerk, finding.pk, "原因")
    result = correct_cell(Edit(clerk, record.pk, 0), PLACE, "2.00")
    assert ([item.id for item in result.lapsed], result.counts.explained) == ([finding.pk], 0)
    assert finding.explanations.get().decision == "lapsed"


def test_a_waiver_outlives_a_finding_that_goes_and_comes_back_with_its_values(
    record, finding, clerk, reviewer, right_value
):
    audit.waive_finding(reviewer, finding.pk, "情况属实")
    correct_cell(Edit(clerk, record.pk, 0), PLACE, right_value)
    assert correct_cell(Edit(clerk, record.pk, 1), PLACE, "1.00").counts.waived == 1


def test_remarks_stay_with_the_fingerprint(record, finding, clerk):
    add_remark(clerk, record.pk, "请看", fingerprint=finding.fingerprint)
    correct_cell(Edit(clerk, record.pk, 0), PLACE, "2.00")
    assert Finding.objects.get().fingerprint == models.Remark.objects.get().fingerprint


def test_explanations_are_replaced_withdrawn_and_not_decided_by_their_author(record, finding, clerk, reviewer, people):
    audit.explain_finding(clerk, finding.pk, "第一次")
    audit.explain_finding(clerk, finding.pk, "第二次")
    assert [item.decision for item in finding.explanations.order_by("pk")] == ["replaced", "pending"]
    audit.withdraw_explanation(clerk, finding.pk)
    with pytest.raises(RefusedError, match="没有待审核的说明"):
        audit.accept_explanation(reviewer, finding.pk)
    audit.explain_finding(reviewer, finding.pk, "代经办说明")
    with pytest.raises(RefusedError, match="您自己写的"):
        audit.accept_explanation(reviewer, finding.pk)
    assert audit.accept_explanation(people["second"], finding.pk, "同意").reason == "同意"
    with pytest.raises(RefusedError, match="已豁免"):
        audit.explain_finding(clerk, finding.pk, "再说明")


@pytest.mark.parametrize("text", ["", "  "])
def test_reasons_are_wanted(finding, clerk, reviewer, people, text):
    for call in (
        lambda: audit.explain_finding(clerk, finding.pk, text),
        lambda: audit.waive_finding(reviewer, finding.pk, text),
        lambda: audit.refuse_explanation(reviewer, finding.pk, text),
        lambda: audit.mute_rule(people["administrator"], finding.rule, None, text),
    ):
        with pytest.raises(InvalidValueError):
            call()


def test_a_waiver_is_revoked(record, finding, reviewer):
    audit.waive_finding(reviewer, finding.pk, "情况属实")
    with pytest.raises(RefusedError, match="不能豁免"):
        audit.waive_finding(reviewer, finding.pk, "再一次")
    waiver = audit.revoke_waiver(reviewer, finding.pk, "看错了")
    assert (waiver.ended_by, waiver.end_reason) == (reviewer, "看错了")
    finding.refresh_from_db()
    assert finding.status == "open"
    assert [e.action for e in record.events.order_by("pk")] == ["imported", "waived", "waiver_revoked"]
    with pytest.raises(RefusedError, match="没有有效的豁免"):
        audit.revoke_waiver(reviewer, finding.pk, "再一次")


def test_waivers_in_bulk_are_all_or_none(record, finding, reviewer, sound, clerk):
    audit.waive_findings(reviewer, [finding.pk], "批量")
    correct_cell(Edit(clerk, record.pk, 0), "T01/income/收入总计/amount", "3.00")
    more = list(Finding.objects.filter(status="open").values_list("pk", flat=True))
    assert more
    with pytest.raises(RefusedError):
        audit.waive_findings(reviewer, [*more, finding.pk], "批量")
    assert Waiver.objects.filter(finding__in=more).count() == 0
    assert len(audit.waive_findings(reviewer, more, "批量")) == len(more)


def test_a_rule_is_muted_for_a_region_and_speaks_again(record, finding, people, regions, clerk):
    administrator = people["administrator"]
    with pytest.raises(NotAllowedError):
        audit.mute_rule(people["reviewer"], finding.rule, None, "误报")
    with pytest.raises(InvalidValueError, match="没有规则"):
        audit.mute_rule(administrator, "T-99999", None, "误报")
    audit.mute_rule(administrator, finding.rule, regions["other"], "别处误报")
    assert desk().counts([record.pk])[record.pk].muted == 0
    mute = audit.mute_rule(administrator, finding.rule, regions["province"], "误报")
    with pytest.raises(RefusedError, match="已经停用"):
        audit.mute_rule(administrator, finding.rule, regions["province"], "误报")
    assert desk().counts([record.pk])[record.pk].muted == 1
    muted = correct_cell(Edit(clerk, record.pk, 0), PLACE, "2.00")
    assert (muted.counts.muted, muted.counts.errors) == (1, 0)
    audit.unmute_rule(administrator, mute.pk)
    assert desk().counts([record.pk])[record.pk].errors == 1
    assert RuleMute.objects.filter(ended_at=None).count() == 1


def test_a_finding_that_two_mutes_cover_stays_silent_when_one_ends(record, finding, people, regions):
    administrator = people["administrator"]
    audit.mute_rule(administrator, finding.rule, None, "误报")
    city = audit.mute_rule(administrator, finding.rule, regions["city"], "误报")
    audit.unmute_rule(administrator, city.pk)
    assert desk().counts([record.pk])[record.pk].muted == 1


def test_last_year_s_disclosure_is_held_against_this_one(sound, record, clerk, monkeypatch):
    seen = _watched(monkeypatch)
    import_file(file_of(replace(sound, fiscal_year=sound.fiscal_year - 1)), "last.json", clerk)
    audit.check_stored(record.pk)
    assert [previous and previous.fiscal_year for previous, _ in seen] == [None, sound.fiscal_year - 1]


def _watched(monkeypatch) -> list[tuple[Any, Any]]:
    """What the engine is given from now on; it finds nothing."""
    seen: list[tuple[Any, Any]] = []

    def check(_checker, disclosure, previous, names) -> CheckResult:
        seen.append((previous, names))
        return CheckResult("", 0, (), (), 0, 0)

    monkeypatch.setattr("audit.incremental.IncrementalCheck.check", check)
    return seen


def test_corrected_names_of_the_catalogue_are_used(record, monkeypatch):
    seen = _watched(monkeypatch)
    models.FunctionalClass.objects.create(code="2080110", name="自定义名称", verified=True)
    audit.check_stored(record.pk)
    assert seen[0][1].functional("2080110", 2026).name == "自定义名称"


def test_a_save_during_a_check_makes_it_start_again(record, clerk, monkeypatch):
    prepare, calls = type(desk()).prepare, []

    def slowly(self, stored, disclosure):
        prepared = prepare(self, stored, disclosure)
        calls.append(stored.revision)
        if len(calls) == 1:
            monkeypatch.setattr(type(desk()), "prepare", prepare)
            correct_cell(Edit(clerk, record.pk, 0), PLACE, "5")
            monkeypatch.setattr(type(desk()), "prepare", slowly)
        return prepared

    monkeypatch.setattr(type(desk()), "prepare", slowly)
    assert audit.check_stored(record.pk).revision == 1
    assert calls == [0, 1]


def test_two_findings_of_one_fingerprint_are_two(record, monkeypatch):
    twins = tuple(Found("T-X", Family.OTHER, Severity.INFO, "doc", actual=text) for text in "甲乙")
    monkeypatch.setattr("audit.incremental.IncrementalCheck.check", lambda *given: CheckResult("", 0, twins, (), 0, 0))
    audit.check_stored(record.pk)
    stored = Finding.objects.exclude(status="gone").values_list("fingerprint", flat=True)
    assert sorted(stored) == [twins[0].fingerprint, f"{twins[0].fingerprint}-2"]


@pytest.mark.parametrize("extra", [0, 30])
def test_queries_of_a_check_do_not_grow(record, clerk, extra, sound, django_assert_max_num_queries):
    for number in range(extra):
        place = f"T05/{sound.table('T05').rows[number % 5].code or '合计'}/total"
        models.Remark.objects.create(disclosure=record, text=str(number), place=place, user=clerk)
    with django_assert_max_num_queries(12):
        load_record(record)
    with django_assert_max_num_queries(32):
        audit.check_stored(record.pk)
    with django_assert_max_num_queries(2):
        desk().counts([record.pk])


def test_counts_of_nothing(record):
    assert desk().counts([]) == {}
    Finding.objects.all().delete()
    AuditRun.objects.all().delete()
    assert desk().counts([record.pk]).get(record.pk, Counts()) == Counts()


def test_published_versions_are_not_touched_by_a_mute(record, finding, people, in_state):
    in_state(record, models.State.PUBLISHED)
    audit.mute_rule(people["administrator"], finding.rule, None, "误报")
    finding.refresh_from_db()
    assert finding.status == "open"


def test_a_new_version_takes_over_what_still_applies(record, finding, reviewer, clerk, sound):
    """The re-upload keeps the wrong figure (waived) and mends nothing else."""
    audit.waive_finding(reviewer, finding.pk, "情况属实")
    again = import_file(file_of(spoilt(spoilt(sound), "N/一/1", "别的话。")), "b.json", clerk).record
    (taken,) = Finding.objects.filter(disclosure=again, where=PLACE)
    assert (taken.status, taken.waivers.get().reason, taken.waivers.get().granted_by) == (
        "waived",
        "情况属实",
        reviewer,
    )
    third = import_file(file_of(spoilt(sound, PLACE, "2.00")), "c.json", clerk).record
    assert Finding.objects.get(disclosure=third, where=PLACE).status == "open"


def test_a_pending_explanation_is_taken_over(record, finding, clerk, sound):
    audit.explain_finding(clerk, finding.pk, "原因")
    again = import_file(file_of(spoilt(sound)) + b"\n", "b.json", clerk).record
    (taken,) = Finding.objects.filter(disclosure=again)
    assert (taken.status, taken.explanations.get().text, taken.explanations.get().user) == ("explained", "原因", clerk)
