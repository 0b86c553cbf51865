"""Reviewers decide: explanations one by one, waivers of one rule in bulk, with a look before it is done."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from audit import services as audit
from audit.models import Explanation, Finding, Status, Waiver
from disclosures.models import Role, State, User


@pytest.fixture
def finding(record) -> Finding:
    return Finding.objects.filter(disclosure=record, status=Status.OPEN, severity="error")[0]


@pytest.fixture
def explained(finding, record) -> Finding:
    clerk = User.objects.create(username="经办人", role=Role.CLERK, department=record.department)
    audit.explain_finding(clerk, finding.pk, "<b>年初批复数</b>")
    return finding


@pytest.fixture
def reviewer(record, log_in):
    return log_in(Role.REVIEWER)


def test_an_explanation_is_read_and_accepted_where_it_stands(explained, reviewer, queries_of):
    page = reviewer.get(reverse("explanations")).content.decode()
    assert "&lt;b&gt;年初批复数" in page
    assert explained.message in page
    assert queries_of(reviewer, reverse("explanations")) <= 15
    reviewer.post(reverse("decide_explanation", args=[explained.pk, "accept"]))
    explained.refresh_from_db()
    assert explained.status == Status.WAIVED
    assert "没有等待决定的说明" in reviewer.get(reverse("explanations")).content.decode()


def test_a_refusal_needs_an_answer(explained, reviewer):
    address = reverse("decide_explanation", args=[explained.pk, "refuse"])
    answer = reviewer.post(address, {"text": " "})
    assert "请写明" in str(next(iter(get_messages(answer.wsgi_request))))
    reviewer.post(address, {"text": "请附文件"})
    assert Explanation.objects.get().answer == "请附文件"
    explained.refresh_from_db()
    assert explained.status == Status.OPEN
    assert reviewer.post(reverse("decide_explanation", args=[explained.pk, "nonsense"])).status_code == 404


def test_nobody_decides_on_their_own_words(finding, reviewer, user_of):
    audit.explain_finding(user_of(reviewer), finding.pk, "自己写的")
    assert "须由其他审核人员决定" in reviewer.get(reverse("explanations")).content.decode()
    reviewer.post(reverse("decide_explanation", args=[finding.pk, "accept"]))
    assert not Waiver.objects.exists()


def test_reviewers_elsewhere_find_neither(explained, log_in):
    outsider = log_in(Role.REVIEWER, elsewhere=True)
    assert explained.message not in outsider.get(reverse("explanations")).content.decode()
    assert outsider.post(reverse("decide_explanation", args=[explained.pk, "accept"])).status_code == 404
    address = reverse("waive_rule", args=[explained.rule])
    assert explained.message not in outsider.get(address).content.decode()
    outsider.post(address, {"ids": [explained.pk], "reason": "误报", "confirm": "1"})
    assert not Waiver.objects.exists()


def test_findings_of_a_rule_are_waived_after_a_look(finding, reviewer, queries_of):
    address = reverse("waive_rule", args=[finding.rule])
    same = list(Finding.objects.filter(rule=finding.rule).values_list("pk", flat=True))
    look = reviewer.post(address, {"ids": same, "reason": "情况属实"})
    assert f"将豁免 1 个部门（单位）的 {len(same)} 个问题" in look.content.decode()
    assert not Waiver.objects.exists()
    back = reviewer.post(address, {"ids": same, "reason": "情况属实", "back": "1"}).content.decode()
    assert "情况属实" in back
    assert "checked" in back
    done = reviewer.post(address, {"ids": same, "reason": "情况属实", "confirm": "1"})
    assert done["Location"] == reverse("rule", args=[finding.rule])
    assert set(Waiver.objects.values_list("finding", flat=True)) == set(same)
    assert queries_of(reviewer, address) <= 15


@pytest.mark.parametrize(
    "form", [{"reason": "误报"}, {"ids": ["x", "999999"], "reason": "误报"}, {"ids": [], "reason": ""}]
)
def test_incomplete_or_strange_choices_change_nothing(form, finding, reviewer):
    answer = reviewer.post(reverse("waive_rule", args=[finding.rule]), {**form, "confirm": "1"})
    assert answer.status_code == 200
    assert "请" in answer.content.decode()
    assert not Waiver.objects.exists()


def test_findings_of_another_rule_are_not_slipped_in(finding, reviewer):
    other = Finding.objects.exclude(rule=finding.rule)[0]
    form = {"ids": [finding.pk, other.pk], "reason": "误报", "confirm": "1"}
    assert "重新勾选" in reviewer.post(reverse("waive_rule", args=[finding.rule]), form).content.decode()
    assert not Waiver.objects.exists()


def test_what_is_published_is_not_offered(finding, record, reviewer):
    type(record).objects.filter(pk=record.pk).update(state=State.PUBLISHED)
    assert reviewer.get(reverse("waive_rule", args=[finding.rule])).context["lines"] == []
    assert reviewer.get(reverse("waive_rule", args=["NO-SUCH-RULE"])).status_code == 404
