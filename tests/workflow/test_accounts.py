"""Accounts from a sheet, passwords by an administrator, hand-over, lock-out and the log of logins."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from disclosures import models
from disclosures.errors import InvalidValueError, NotAllowedError, NotVisibleError, RefusedError
from disclosures.exchange.accounts import read_accounts
from disclosures.services.accounts import COLUMNS, create_accounts, hand_over, set_password, unlock
from disclosures.services.logins import is_locked

PASSWORD = "Qingshan-2026-Kefu"


@pytest.fixture
def administrator(people) -> models.User:
    return people["administrator"]


def _sheet(*rows: tuple[object, ...], header: tuple[str, ...] = tuple(COLUMNS.values())) -> bytes:
    book = Workbook()
    book.active.append(header)
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_makes_accounts_that_must_change_their_password(administrator, department):
    rows = read_accounts(
        _sheet(
            ("zhang", "张三", "经办", department.name, None, PASSWORD),
            (None, None, None, None, None, None),
            ("li", "李四", "审核", None, "青山市", PASSWORD),
        )
    )
    assert create_accounts(administrator, rows, dry_run=True).created == ("zhang", "li")
    assert not models.User.objects.filter(username="zhang").exists()
    assert create_accounts(administrator, rows).created == ("zhang", "li")
    made = models.User.objects.get(username="zhang")
    assert (made.role, made.department, made.must_change_password) == ("clerk", department, True)
    assert made.check_password(PASSWORD)
    assert models.User.objects.get(username="li", region__name="青山市")


def test_everything_wrong_is_said_by_row_and_column_and_nothing_is_made(administrator, department):
    rows = read_accounts(
        _sheet(
            ("good", "好", "经办", department.name, None, PASSWORD),
            ("good", "重", "经办", department.name, None, PASSWORD),
            ("", "空", "局长", "没有的局", None, "1"),
            ("bad name", "坏", "审核", None, None, PASSWORD),
        )
    )
    result = create_accounts(administrator, rows)
    assert result.created == ()
    assert {(error.row, error.column) for error in result.errors} == {
        (3, "账号"),
        (4, "账号"),
        (4, "角色"),
        (4, "所属部门（单位）"),
        (4, "初始密码"),
        (5, "账号"),
        (5, "所属地区"),
    }
    assert not models.User.objects.filter(username="good").exists()


def test_two_departments_of_one_name_are_told_apart_by_region(administrator, department, regions):
    twin = models.Department.objects.create(name=department.name, region=regions["other"])
    row = {"username": "wang", "role": "经办", "password": PASSWORD}
    assert "不止一个" in create_accounts(administrator, [row | {"department": department.name}]).errors[0].message
    create_accounts(administrator, [row | {"department": f"南山市/{department.name}"}])
    assert models.User.objects.get(username="wang").department == twin


@pytest.mark.parametrize("data", [b"", b"not excel", _sheet(header=("账号",))])
def test_what_is_no_such_sheet_is_refused(data):
    with pytest.raises(InvalidValueError):
        read_accounts(data)


def test_only_administrators_manage_accounts(people, clerk):
    for user in (clerk, people["reviewer"], people["auditor"]):
        for call in (
            lambda user=user: create_accounts(user, []),
            lambda user=user: set_password(user, clerk.pk, PASSWORD),
            lambda user=user: hand_over(user, clerk.pk, clerk.pk, "交接"),
            lambda user=user: unlock(user, clerk.pk),
        ):
            with pytest.raises(NotAllowedError):
                call()


def test_a_superuser_s_password_is_out_of_an_administrator_s_reach(administrator):
    root = models.User.objects.create(username="root", is_superuser=True)
    with pytest.raises(NotAllowedError):
        set_password(administrator, root.pk, PASSWORD)
    with pytest.raises(NotVisibleError):
        set_password(administrator, 10**6, PASSWORD)


def test_a_password_that_was_given_is_to_be_changed_first(administrator, clerk):
    with pytest.raises(InvalidValueError):
        set_password(administrator, clerk.pk, "123")
    clerk.is_staff = True
    clerk.save()
    set_password(administrator, clerk.pk, PASSWORD)
    browser = Client()
    assert browser.login(username=clerk.username, password=PASSWORD)
    change = reverse("password_change")
    assert browser.get(reverse("admin:index"))["Location"] == change
    assert browser.post(reverse("admin:index")).status_code == 403
    assert browser.get(change).status_code == 200
    new = "Xin-mima-8812"
    browser.post(change, {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    clerk.refresh_from_db()
    assert not clerk.must_change_password
    assert browser.get(reverse("admin:index")).status_code == 200


def test_work_is_handed_over(administrator, clerk, record, department, people):
    next_clerk = models.User.objects.create(username="next", role=models.Role.CLERK)
    models.Disclosure.objects.update(assigned_to=clerk)
    with pytest.raises(InvalidValueError):
        hand_over(administrator, clerk.pk, next_clerk.pk, " ")
    with pytest.raises(RefusedError, match="经办账号"):
        hand_over(administrator, clerk.pk, people["auditor"].pk, "调动")
    assert hand_over(administrator, clerk.pk, next_clerk.pk, "调动") == 1
    for item in (clerk, next_clerk, record):
        item.refresh_from_db()
    assert (clerk.is_active, next_clerk.department, record.assigned_to) == (False, department, next_clerk)
    assert record.created_by == clerk
    assert record.events.first().details["reason"] == "调动"


def _attempt(username: str, password: str, address: str = "10.0.0.1"):
    return authenticate(RequestFactory().post("/", REMOTE_ADDR=address), username=username, password=password)


@pytest.fixture
def known(clerk) -> models.User:
    clerk.set_password(PASSWORD)
    clerk.save()
    return clerk


def test_too_many_failures_lock_even_the_right_password_out(known, settings):
    for _ in range(settings.LOGIN_FAILURES):
        assert _attempt(known.username, "wrong") is None
    assert _attempt(known.username, PASSWORD) is None
    assert _attempt(f" {known.username} ", PASSWORD) is None
    outcomes = list(models.LoginRecord.objects.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == ["failure"] * settings.LOGIN_FAILURES + ["locked", "locked"]
    assert _attempt(known.username, PASSWORD, "10.0.0.2") == known


def test_one_failure_fewer_does_not_lock(known, settings):
    for _ in range(settings.LOGIN_FAILURES - 1):
        _attempt(known.username, "wrong")
    assert _attempt(known.username, PASSWORD) == known


def test_guessing_from_many_addresses_locks_everywhere(known, settings):
    for number in range(settings.LOGIN_FAILURES_ANYWHERE):
        _attempt(known.username, "wrong", f"10.0.1.{number}")
    assert _attempt(known.username, PASSWORD, "10.0.2.1") is None


def test_the_lock_ends_by_itself_and_by_an_administrator(known, settings, administrator):
    for _ in range(settings.LOGIN_FAILURES):
        _attempt(known.username, "wrong")
    assert is_locked(known.username, "10.0.0.1")
    unlock(administrator, known.pk)
    assert _attempt(known.username, PASSWORD) == known
    for _ in range(settings.LOGIN_FAILURES):
        _attempt(known.username, "wrong")
    assert is_locked(known.username, "10.0.0.1")
    settings.LOGIN_LOCK_MINUTES = 0
    assert not is_locked(known.username, "10.0.0.1")


def test_a_success_ends_a_series_of_failures(known, settings):
    browser = Client(REMOTE_ADDR="10.0.0.1")
    known.is_staff = True
    known.save()
    for _ in range(settings.LOGIN_FAILURES - 1):
        _attempt(known.username, "wrong")
    browser.post(reverse("admin:login"), {"username": known.username, "password": PASSWORD})
    assert models.LoginRecord.objects.filter(outcome="success").exists()
    _attempt(known.username, "wrong")
    assert not is_locked(known.username, "10.0.0.1")


def test_the_log_tells_who_came_from_where_and_cannot_be_changed(known):
    browser = Client(REMOTE_ADDR="10.0.0.9")
    known.is_staff = True
    known.save()
    browser.post(reverse("admin:login"), {"username": known.username, "password": PASSWORD})
    browser.post(reverse("admin:logout"))
    browser.post(reverse("admin:login"), {"username": "nobody", "password": "x"})
    written = models.LoginRecord.objects.order_by("pk").values_list("username", "user", "address", "outcome")
    assert list(written) == [
        (known.username, known.pk, "10.0.0.9", "success"),
        (known.username, known.pk, "10.0.0.9", "logout"),
        ("nobody", None, "10.0.0.9", "failure"),
    ]
    with pytest.raises(models.AppendOnlyError):
        models.LoginRecord.objects.all().delete()


def test_a_session_ends_so_many_minutes_after_the_last_request(known, settings):
    settings.SESSION_COOKIE_AGE = 600
    browser = Client()
    browser.force_login(known)
    before = browser.session.get_expiry_date()
    browser.get(reverse("admin:index"))
    key = browser.cookies["sessionid"].value
    expires = Session.objects.get(session_key=key).expire_date
    assert before <= expires <= timezone.now() + timedelta(seconds=600)
