"""The pages of audits: choosing, beginning, progress, cancelling, the result; who may, and at what cost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Audit, AuditState
from audit.services import audits
from audit.services.selection import Selection
from disclosures import models
from disclosures.tasks.running import run_queued


@pytest.fixture
def browser() -> Callable[[models.User], Client]:
    def of(user: models.User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return of


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def test_from_the_choice_to_the_result(put, spoil, region, auditor, browser) -> None:
    wrong = put(1, spoil)
    put(2)
    models.Department.objects.create(name="没有交的局", region=region)
    client = browser(auditor)
    assert "还没有批量核对过" in text_of(client, reverse("audits"))
    page = text_of(client, f"{reverse('audit_new')}?year=2026&region={region.pk}&states=to_correct")
    assert "所选范围内有 2 份公开文本" in page
    begun = client.post(reverse("audit_new"), {"year": 2026, "region": region.pk, "states": ["to_correct"]})
    audit = Audit.objects.get()
    assert begun.headers["Location"] == reverse("audit", args=[audit.pk])
    assert "取消核对" in text_of(client, begun.headers["Location"])
    now = client.get(reverse("audit_progress", args=[audit.pk])).json()
    assert (now["open"], now["done"], now["total"]) == (True, 0, 2)
    run_queued()
    assert client.get(reverse("audit_progress", args=[audit.pk])).json()["open"] is False
    result = text_of(client, reverse("audit", args=[audit.pk]))
    assert reverse("workbench", args=[wrong.pk]) in result
    for words in ("第1局", "没有交的局", "共 2 份：核对 2 份", "还没有更早的结果可比", "待修改"):
        assert words in result
    assert "第2局" in text_of(client, reverse("audit_items", args=[audit.pk]) + "?state=checked")


def test_the_second_result_says_what_came_and_went(put, spoil, auditor, browser) -> None:
    put(1, spoil)
    first = audits.run_audit(audits.start_audit(auditor, Selection(2026), enqueue=False).pk)
    put(1)
    second = audits.run_audit(audits.start_audit(auditor, Selection(2026), enqueue=False).pk)
    page = text_of(browser(auditor), reverse("audit", args=[second.pk]))
    assert f"新出现 0 个问题，解决了 {first.summary['errors'] + first.summary['warnings']} 个" in page
    assert f"−{first.summary['errors']}" in page


def test_nothing_to_check_is_said_before_and_refused_after(put, auditor, browser) -> None:
    put(1)
    client = browser(auditor)
    assert "请放宽条件" in text_of(client, reverse("audit_new") + "?year=2026&states=published")
    refused = client.post(reverse("audit_new"), {"year": 2026, "states": ["published"]})
    assert refused.status_code == 200
    assert not Audit.objects.exists()


def test_cancelling_keeps_the_page_and_a_second_time_is_told(put, auditor, browser) -> None:
    put(1)
    audit = audits.start_audit(auditor, Selection(2026))
    client = browser(auditor)
    cancel = reverse("audit_cancel", args=[audit.pk])
    assert client.get(cancel).status_code == 405
    assert "已取消" in client.post(cancel, follow=True).content.decode()
    assert Audit.objects.get().state == AuditState.CANCELLED
    assert "已经结束，不用取消" in client.post(cancel, follow=True).content.decode()


def test_a_broken_disclosure_is_named_on_the_result(put, auditor, browser, monkeypatch) -> None:
    put(1)

    def load(_record: models.Disclosure):
        raise ValueError("broken")

    monkeypatch.setattr(audits, "load_record", load)
    audit = audits.run_audit(audits.start_audit(auditor, Selection(2026), enqueue=False).pk)
    page = text_of(browser(auditor), reverse("audit", args=[audit.pk]))
    assert "没有完成 1 份" in page
    assert "系统出错" in page


def test_a_reviewer_sees_the_audits_of_their_region_only(put, region, auditor, reviewer, browser) -> None:
    put(1)
    everywhere = audits.start_audit(auditor, Selection(2026), enqueue=False)
    here = audits.start_audit(reviewer, Selection(2026), enqueue=False)
    client = browser(reviewer)
    assert client.get(reverse("audit", args=[everywhere.pk])).status_code == 404
    assert client.post(reverse("audit_cancel", args=[everywhere.pk])).status_code == 404
    assert client.get(reverse("audit", args=[here.pk])).status_code == 200
    elsewhere = models.Region.objects.create(name="南山市")
    assert elsewhere.name not in text_of(client, reverse("audit_new"))
    client.post(reverse("audit_new"), {"year": 2026, "region": elsewhere.pk})
    assert Audit.objects.count() == 2


@pytest.mark.parametrize("name", ["audits", "audit_new"])
def test_clerks_and_strangers_are_kept_out(put, name: str, browser) -> None:
    clerk = models.User.objects.create(username="jingban", department=put(1).department)
    assert browser(clerk).get(reverse(name)).status_code == 403
    assert browser(clerk).post(reverse(name)).status_code == 403
    assert Client().get(reverse(name)).status_code == 302


def test_the_address_survives_nonsense(put, auditor, browser) -> None:
    put(1)
    client = browser(auditor)
    for query in ("?year=abc", "?region=999999", "?states=<script>", "?year=2026&region=x&states=gone"):
        assert "<script>alert" not in text_of(client, reverse("audit_new") + query)


@pytest.mark.parametrize("number", [2, 12])
def test_pages_cost_the_same_however_many_disclosures(put, spoil, auditor, browser, number: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for position in range(number):
        put(position, spoil)
    audit = audits.run_audit(audits.start_audit(auditor, Selection(2026), enqueue=False).pk)
    client, costs = browser(auditor), {}
    for name, args in (("audits", []), ("audit_new", []), ("audit", [audit.pk]), ("audit_items", [audit.pk])):
        with CaptureQueriesContext(connection) as captured:
            text_of(client, reverse(name, args=args))
        costs[name] = len(captured)
    # Two for the session and its user.
    assert costs == {"audits": 8, "audit_new": 9, "audit": 9, "audit_items": 12}
