"""Remarks are threads: asked, answered, dealt with and opened again, by those who may."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from audit.models import Finding
from disclosures.models import Event, Remark, Role, State
from disclosures.services.remarks import add_remark


@pytest.fixture
def reviewer(record, log_in):
    return log_in(Role.REVIEWER)


@pytest.fixture
def clerk(record, log_in):
    return log_in(Role.CLERK)


@pytest.fixture
def thread(record, reviewer, user_of) -> Remark:
    finding = Finding.objects.filter(disclosure=record)[0]
    return add_remark(user_of(reviewer), record.pk, "请<i>核对</i>", fingerprint=finding.fingerprint)


def test_a_question_is_answered_and_closed(thread, record, reviewer, clerk, queries_of):
    page = clerk.get(reverse("remarks")).content.decode()
    assert Finding.objects.get(fingerprint=thread.fingerprint).message in page
    assert "请&lt;i&gt;核对" in page
    clerk.post(reverse("add_remark", args=[record.pk]), {"text": "已改", "answers": thread.pk})
    answer = Remark.objects.get(answers=thread)
    reviewer.post(reverse("add_remark", args=[record.pk]), {"text": "再看", "answers": answer.pk})
    assert list(thread.replies.values_list("text", flat=True)) == ["已改", "再看"]  # a thread stays one thread
    assert [len(item.answers) for item in reviewer.get(reverse("remarks")).context["threads"]] == [2]
    assert queries_of(clerk, reverse("remarks")) <= 15
    reviewer.post(reverse("close_remark", args=[thread.pk, "resolve"]))
    thread.refresh_from_db()
    assert thread.resolved
    assert reviewer.get(reverse("remarks")).context["threads"] == []
    assert len(reviewer.get(f"{reverse('remarks')}?only=resolved").context["threads"]) == 1
    clerk.post(reverse("close_remark", args=[thread.pk, "reopen"]))
    thread.refresh_from_db()
    assert not thread.resolved
    assert Event.objects.filter(disclosure=record, action="remarked").count() == 5


def test_remarks_on_a_cell_and_on_the_whole_say_so(record, reviewer, user_of):
    add_remark(user_of(reviewer), record.pk, "金额", place="T03/合计/total")
    reviewer.post(reverse("add_remark", args=[record.pk]), {"text": "整份"})
    about = [item.about for item in reviewer.get(f"{reverse('remarks')}?disclosure={record.pk}").context["threads"]]
    assert about[0] == "整份公开文本"
    assert about[1].startswith("表三")


def test_an_empty_remark_is_refused_in_words(record, reviewer):
    answer = reviewer.post(reverse("add_remark", args=[record.pk]), {"text": " "})
    assert "请写批注的内容" in [str(item) for item in get_messages(answer.wsgi_request)]
    assert not Remark.objects.exists()


def test_who_cannot_see_the_disclosure_finds_no_remark(thread, record, log_in):
    outsider = log_in(Role.REVIEWER, elsewhere=True)
    assert outsider.get(reverse("remarks")).context["threads"] == []
    assert outsider.get(f"{reverse('remarks')}?disclosure={record.pk}").status_code == 404
    assert outsider.get(f"{reverse('remarks')}?disclosure=x").status_code == 404
    for name, arguments in (("add_remark", [record.pk]), ("close_remark", [thread.pk, "resolve"])):
        assert outsider.post(reverse(name, args=arguments), {"text": "我"}).status_code == 404
    thread.refresh_from_db()
    assert not thread.resolved


def test_a_published_disclosure_takes_no_more_remarks(thread, record, reviewer):
    type(record).objects.filter(pk=record.pk).update(state=State.PUBLISHED)
    for name, arguments in (("add_remark", [record.pk]), ("close_remark", [thread.pk, "resolve"])):
        assert reviewer.post(reverse(name, args=arguments), {"text": "再说"}).status_code == 403
    assert Remark.objects.count() == 1


def test_the_workbench_settles_remarks_of_its_own_disclosure_only(thread, record, reviewer):
    address = reverse("settle_remark", args=[record.pk, thread.pk, "resolve"])
    answer = reviewer.post(address, {}, content_type="application/json")
    assert answer.json() == {"id": thread.pk, "resolved": True}
    elsewhere = reverse("settle_remark", args=[record.pk, thread.pk + 1, "resolve"])
    assert reviewer.post(elsewhere, {}, content_type="application/json").status_code == 404
    nonsense = reverse("settle_remark", args=[record.pk, thread.pk, "nonsense"])
    assert reviewer.post(nonsense, {}, content_type="application/json").status_code == 404
