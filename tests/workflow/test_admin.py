"""The lists of findings, runs and logins: within reach, in few queries; a password given there is to be changed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from audit import services as audit
from audit.models import Finding
from disclosures import models

LISTS = ("audit_finding", "audit_auditrun", "audit_waiver", "audit_rulemute")


def _browser(user) -> Client:
    models.User.objects.filter(pk=user.pk).update(is_staff=True)
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.mark.parametrize("name", LISTS)
def test_lists_open_in_few_queries(name, record, people, django_assert_max_num_queries):
    finding = Finding.objects.get()
    audit.waive_finding(people["reviewer"], finding.pk, "情况属实")
    audit.mute_rule(people["administrator"], finding.rule, None, "误报")
    browser = _browser(people["clerk"])
    with django_assert_max_num_queries(15):
        assert browser.get(reverse(f"admin:{name}_changelist")).status_code == 200


@pytest.mark.parametrize(("who", "sees"), [("clerk", True), ("auditor", True), ("other clerk", False)])
def test_findings_of_others_are_not_listed(record, people, who, sees):
    browser = _browser(people[who])
    page = browser.get(reverse("admin:audit_finding_changelist")).content.decode()
    assert ("表三合计 1.00" in page) is sees
    one = browser.get(reverse("admin:audit_finding_change", args=[Finding.objects.get().pk]))
    assert (one.status_code == 200) is sees


@pytest.mark.parametrize(("who", "status"), [("administrator", 200), ("clerk", 403), ("auditor", 403)])
def test_only_administrators_see_the_log_of_logins(people, who, status):
    assert _browser(people[who]).get(reverse("admin:disclosures_loginrecord_changelist")).status_code == status


def test_a_password_given_in_the_admin_is_to_be_changed(people, clerk):
    browser = _browser(people["administrator"])
    new = "Qingshan-2026-Kefu"
    address = reverse("admin:auth_user_password_change", args=[clerk.pk])
    browser.post(address, {"password1": new, "password2": new, "usable_password": "true"})
    clerk.refresh_from_db()
    assert clerk.check_password(new)
    assert clerk.must_change_password
