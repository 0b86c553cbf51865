"""Which role may open which page: written out once more by hand, and every address asked as every role."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from audit.models import Finding
from disclosures.models import Notification, Remark, Role, SavedFilter, User
from disclosures.schedules import sync_schedules
from disclosures.services.pages import PAGES, menu
from disclosures.services.roles_page import page as roles_page

C, R, A, M = Role.CLERK, Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR
EVERYBODY = {C, R, A, M}
# Pages that are read, then actions that are posted.
READ = {
    "front": EVERYBODY,
    "list": EVERYBODY,
    "quick_check": EVERYBODY,
    "remarks": EVERYBODY,
    "tasks": EVERYBODY,
    "rules": EVERYBODY,
    "rule": EVERYBODY,
    "overview": EVERYBODY,
    "password_change": EVERYBODY,
    "import": {C, R, M},
    "audits": {R, A, M},
    "missing": {R, A, M},
    "missing_export": {R, A, M},
    "explanations": {R},
    "waive_rule": {R},
    "mute": {M},
    "notifications": EVERYBODY,
    "notification_settings": EVERYBODY,
    "schedules": {M},
    "schedule": {M},
    "accounts": {M},
    "accounts_export": {M},
    "accounts_template": {M},
    "accounts_import": {M},
    "account": {M},
    "logins": {M},
}
POSTED = {
    "save_filter": EVERYBODY,
    "forget_filter": EVERYBODY,
    "bulk_export": EVERYBODY,
    "report_findings": EVERYBODY,
    "bulk_assign": {R, M},
    "bulk_recheck": {C, R, M},
    "decide_explanation": {R},
    "add_remark": {C, R, M},
    "close_remark": {C, R, M},
    "notification_open": EVERYBODY,
    "notifications_read": EVERYBODY,
    "schedule_run": {M},
    "schedule_switch": {M},
    "schedules_sync": {M},
    "unmute": {M},
    "account_password": {M},
    "account_unlock": {M},
    "hand_over": {M},
}
# Addresses about one disclosure or one task, whose permission is the matrix of actions or the owner's
# (tests/workflow/test_matrix.py, tests/pages/test_access.py), and those that need no role.
ELSEWHERE = {
    "login",
    "logout",
    "import_upload",
    "import_tasks",
    "import_answer",
    "workbench",
    "part",
    "original",
    "original_place",
    "original_pages",
    "original_page",
    "doubts",
    "confirm_readings",
    "download",
    "correct",
    "revert",
    "place_history",
    "remark",
    "settle_remark",
    "final_file",
    "final_file_download",
    "generate_final",
    "step",
    "published",
    "published_file",
    "quick_check_run",
    "quick_check_state",
    "findings",
    "recheck",
    "settle",
}


# Declared, or without a role, and tested by the tests of their own subject (tests/audits, tests/access, …).
OF_OTHERS = {"audit_new", "audit", "audit_progress", "audit_cancel", "audit_items"}
OF_OTHERS |= {"report_audit", "report_region", "disclosure_report"}  # tests/reports
OF_OTHERS |= {"export_lines", "tokens", "token_revoke", "export", "restructure", "undo"}


@pytest.fixture
def arguments(record) -> dict[str, list[object]]:
    """What the addresses of things that exist are made of."""
    finding = Finding.objects.filter(disclosure=record)[0]
    author = User.objects.create(username="作者", role=Role.REVIEWER, region=record.department.region)
    remark = Remark.objects.create(disclosure=record, text="请看", user=author)
    told = Notification.objects.create(user=author, kind="weekly", subject="别人的")
    sync_schedules()
    kept = SavedFilter.objects.create(user=author, page="list", name="别人的")
    return {
        "rule": [finding.rule],
        "waive_rule": [finding.rule],
        "account": [author.pk],
        "account_password": [author.pk],
        "account_unlock": [author.pk],
        "hand_over": [author.pk],
        "forget_filter": [kept.pk],
        "decide_explanation": [finding.pk, "accept"],
        "add_remark": [record.pk],
        "close_remark": [remark.pk, "resolve"],
        "unmute": [1],
        "notification_open": [told.pk],
        "schedule": ["tidy"],
        "schedule_run": ["tidy"],
        "schedule_switch": ["tidy"],
    }


def test_the_declaration_says_what_was_decided():
    assert {name: set(PAGES[name].roles) for name in {**READ, **POSTED}} == {**READ, **POSTED}


def test_every_page_of_the_menu_is_for_its_readers():
    for role in Role:
        for entry in menu(User(role=role)):
            assert role in READ[entry.name]


@pytest.mark.parametrize("role", Role)
def test_pages_open_for_those_they_are_for_and_for_nobody_else(role, record, log_in, arguments):
    client = log_in(role)
    for name, roles in READ.items():
        answer = client.get(reverse(name, args=arguments.get(name, ())), follow=name == "front")
        assert answer.status_code == (200 if role in roles else 403), name


@pytest.mark.parametrize("role", Role)
def test_actions_are_refused_to_others(role, record, log_in, arguments):
    client = log_in(role)
    for name, roles in POSTED.items():
        answer = client.post(reverse(name, args=arguments.get(name, ())), {})
        assert (answer.status_code == 403) is (role not in roles), name
    assert SavedFilter.objects.filter(name="别人的").exists()  # nobody deletes what is not theirs
    assert Notification.objects.get(subject="别人的").read_at is None  # nor reads what is not told to them


def test_strangers_get_the_login_everywhere(record, arguments):
    for name in {**READ, **POSTED}:
        for ask in (Client().get, Client().post):
            answer = ask(reverse(name, args=arguments.get(name, ())))
            assert answer.status_code in (302, 405), name
            if answer.status_code == 302:
                assert answer["Location"].startswith(reverse("login")), name


def test_actions_cannot_be_triggered_by_a_link(record, log_in, arguments):
    for role, names in ((Role.REVIEWER, POSTED), (Role.ADMINISTRATOR, POSTED)):
        client = log_in(role)
        for name in names:
            if role in POSTED[name]:
                assert client.get(reverse(name, args=arguments.get(name, ()))).status_code == 405, name


def test_no_page_of_these_apps_is_without_a_line_here():
    """A page that is declared must stand above; an address that is not declared must be known."""
    declared = set(PAGES) - {*READ, *POSTED}
    assert not declared - OF_OTHERS, f"add to READ or POSTED: {declared - OF_OTHERS}"
    names = {
        pattern.name
        for group in get_resolver().url_patterns
        if isinstance(group, URLResolver) and str(group.pattern) == ""
        for pattern in group.url_patterns
        if isinstance(pattern, URLPattern)
    }
    assert not names - {*READ, *POSTED, *ELSEWHERE, *OF_OTHERS}


def test_the_documented_page_lists_them():
    documented = (Path(settings.BASE_DIR) / "docs" / "roles.md").read_text(encoding="utf-8")
    assert documented == roles_page(), "run: python manage.py document_roles"
    assert "批量豁免" in documented
