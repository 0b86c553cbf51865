"""The catalogue of rules for everybody, and muting for administrators: what it silences is shown before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.catalogue import rules
from audit.models import Finding, RuleMute, Status
from disclosures.models import Region, Role


@pytest.fixture
def administrator(record, log_in):
    return log_in(Role.ADMINISTRATOR)


@pytest.fixture
def finding(record) -> Finding:
    return Finding.objects.filter(disclosure=record, status=Status.OPEN)[0]


def test_every_rule_is_in_the_catalogue_with_its_findings(record, log_in, finding, queries_of):
    client = log_in(Role.CLERK)
    context = client.get(reverse("rules")).context
    entries = {entry.rule.id: entry for _, found in context["groups"] for entry in found}
    assert set(entries) == set(rules())
    assert entries[finding.rule].findings == Finding.objects.filter(rule=finding.rule).count()
    assert queries_of(client, reverse("rules")) <= 15


def test_counts_are_of_ones_own_reach(record, log_in, finding):
    outsider = log_in(Role.CLERK, elsewhere=True)
    assert outsider.get(f"{reverse('rules')}?only=open").context["groups"] == []
    page = outsider.get(reverse("rule", args=[finding.rule])).content.decode()
    assert finding.message not in page


@pytest.mark.parametrize("query", ["q=合计", "severity=warning", "only=open", "q=zzzz", "severity=nonsense"])
def test_filters_of_the_catalogue(query, record, log_in):
    page = log_in(Role.AUDITOR).get(f"{reverse('rules')}?{query}")
    assert page.status_code == 200
    if "zzzz" in query or "nonsense" in query:
        assert "没有符合条件的规则" in page.content.decode()


def test_one_rule_lists_what_it_finds(record, log_in, finding, queries_of):
    client = log_in(Role.CLERK)
    page = client.get(reverse("rule", args=[finding.rule])).content.decode()
    assert rules()[finding.rule].statement in page.replace("&lt;", "<").replace("&gt;", ">").replace("&#x27;", "'")
    assert reverse("workbench", args=[record.pk]) in page
    assert "批量豁免" not in page
    assert client.get(reverse("rule", args=["NO-SUCH"])).status_code == 404
    assert queries_of(client, reverse("rule", args=[finding.rule])) <= 15


def test_muting_shows_what_it_silences_before_it_is_done(administrator, record, finding, region, queries_of):
    form = {"rule": finding.rule, "region": region.pk, "reason": "本地格式不同", "ends_on": ""}
    preview = administrator.post(reverse("mute"), form)
    assert preview.context["number"] == Finding.objects.filter(rule=finding.rule).count()
    assert finding.message in preview.content.decode()
    assert not RuleMute.objects.exists()
    assert administrator.post(reverse("mute"), {**form, "confirm": "1"})["Location"] == reverse("mute")
    finding.refresh_from_db()
    assert finding.status == Status.MUTED
    assert [item.findings for item in administrator.get(reverse("mute")).context["muted"]] == [1]
    assert queries_of(administrator, reverse("mute")) <= 15
    assert "在青山市停用" in administrator.get(f"{reverse('rules')}?only=muted").content.decode()
    administrator.post(reverse("unmute", args=[RuleMute.objects.get().pk]))
    finding.refresh_from_db()
    assert finding.status == Status.OPEN


def test_the_preview_of_another_region_is_empty(administrator, finding):
    other = Region.objects.create(name="远方市")
    form = {"rule": finding.rule, "region": other.pk, "reason": "误报"}
    assert administrator.post(reverse("mute"), form).context["number"] == 0


def test_a_mute_whose_day_has_passed_is_gone_when_the_page_opens(administrator, finding, user_of):
    yesterday = timezone.localdate() - timedelta(days=1)
    RuleMute.objects.create(rule=finding.rule, reason="误报", muted_by=user_of(administrator), ends_on=yesterday)
    Finding.objects.filter(pk=finding.pk).update(status=Status.MUTED)
    assert administrator.get(reverse("mute")).context["muted"] == []
    finding.refresh_from_db()
    assert finding.status == Status.OPEN


@pytest.mark.parametrize(
    "wrong", [{"rule": "NO-SUCH"}, {"reason": " "}, {"region": "999"}, {"ends_on": "2020-01-01"}, {"ends_on": "昨天"}]
)
def test_wrong_forms_mute_nothing(wrong, administrator, finding):
    form = {"rule": finding.rule, "region": "", "reason": "误报", "ends_on": "", "confirm": "1", **wrong}
    assert administrator.post(reverse("mute"), form).status_code == 200
    assert not RuleMute.objects.exists()
