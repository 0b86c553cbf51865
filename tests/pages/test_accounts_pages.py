"""Accounts by their pages: in bulk from a sheet, hand-over, lock-out, and the password that must be changed."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from disclosures.models import Disclosure, LoginOutcome, LoginRecord, Role, User
from disclosures.services.accounts import COLUMNS
from disclosures.services.logins import is_locked, locked_names

PASSWORD = "Qingshan-2026-Kefu"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def administrator(record, log_in) -> Client:
    return log_in(Role.ADMINISTRATOR)


def sheet(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book = Workbook()
    book.active.append(tuple(COLUMNS.values()))
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("账号.xlsx", out.getvalue())


def test_a_template_filled_in_makes_accounts_after_a_look(administrator, record, user_of):
    template = administrator.get(reverse("accounts_template"))
    heads = [cell.value for cell in next(load_workbook(BytesIO(template.content)).worksheets[0].iter_rows())]
    assert heads == list(COLUMNS.values())
    good = sheet(("zhang", "张三", "经办", record.department.name, None, PASSWORD), (None,) * 6)
    look = administrator.post(reverse("accounts_import"), {"file": good})
    assert "将建立 1 个账号" in look.content.decode()
    assert PASSWORD not in look.content.decode()
    assert not User.objects.filter(username="zhang").exists()
    confirm = {"token": look.context["token"]}
    assert administrator.post(reverse("accounts_import"), confirm)["Location"] == reverse("accounts")
    assert User.objects.get(username="zhang").must_change_password
    administrator.post(reverse("accounts_import"), confirm)  # pressed twice
    assert User.objects.filter(username="zhang").count() == 1
    sheet_out = administrator.get(f"{reverse('accounts_export')}?q=zhang")
    assert "zhang" in [row[0].value for row in load_workbook(BytesIO(sheet_out.content)).worksheets[0].iter_rows()]


def test_everything_wrong_is_listed_and_nothing_is_made(administrator, record):
    before = User.objects.count()
    bad = sheet(
        ("good", "好", "经办", record.department.name, None, PASSWORD),
        ("good", "重", "局长", "没有的局", None, "1"),
        ("", "空", "审核", None, "没有的市", PASSWORD),
    )
    page = administrator.post(reverse("accounts_import"), {"file": bad})
    assert {(error.row, error.column) for error in page.context["errors"]} == {
        (3, "账号"),
        (3, "角色"),
        (3, "所属部门（单位）"),
        (3, "初始密码"),
        (4, "账号"),
        (4, "所属地区"),
    }
    assert "一个账号都没有建立" in page.content.decode()
    assert User.objects.count() == before


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\xff\xfe\x00", "=1+1,姓名\n".encode()])
def test_what_is_no_such_sheet_is_said_in_words(data, administrator):
    file = SimpleUploadedFile("账号.xlsx", data or b" ")
    page = administrator.post(reverse("accounts_import"), {"file": file})
    assert page.status_code == 200
    assert page.context["problem"]


def test_a_formula_makes_no_account(administrator, record):
    page = administrator.post(reverse("accounts_import"), {"file": sheet(("=A1", "", "审计", "", "", PASSWORD))})
    assert "是公式" in page.context["problem"]


def test_a_token_is_good_for_its_owner_only(administrator, record, log_in):
    look = administrator.post(reverse("accounts_import"), {"file": sheet(("li", "李", "审计", "", "", PASSWORD))})
    other = log_in(Role.ADMINISTRATOR)
    for token in (look.context["token"], "../../etc/passwd", "0" * 32):
        other.post(reverse("accounts_import"), {"token": token})
    assert not User.objects.filter(username="li").exists()


def test_lock_out_unlocking_and_the_forced_change_of_a_password(administrator, record):
    clerk = User.objects.create(username="wang", role=Role.CLERK, department=record.department)
    administrator.post(reverse("account_password", args=[clerk.pk]), {"password": PASSWORD})
    browser, login = Client(), reverse("login")
    for _ in range(settings.LOGIN_FAILURES):
        page = browser.post(login, {"username": "wang", "password": "falsch"}).content.decode()
        assert "账号或密码不对" in page
    locked = browser.post(login, {"username": "wang", "password": PASSWORD}).content.decode()
    assert "解除锁定" in locked
    assert locked_names(["wang", "nobody"]) == {"wang"}
    assert "已锁定" in administrator.get(reverse("accounts")).content.decode()
    administrator.post(reverse("account_unlock", args=[clerk.pk]))
    assert locked_names(["wang"]) == set()

    assert browser.post(login, {"username": "wang", "password": PASSWORD})["Location"] == reverse("front")
    change = reverse("password_change")
    for name in ("front", "list", "rules", "remarks", "missing"):
        assert browser.get(reverse(name))["Location"] == change, name
    assert browser.post(reverse("bulk_export"), {"ids": [record.pk]}).status_code == 403
    assert "管理员设定的" in browser.get(change).content.decode()
    weak = {"old_password": PASSWORD, "new_password1": "12345678", "new_password2": "12345678"}
    assert browser.post(change, weak).status_code == 200
    new = {"old_password": PASSWORD, "new_password1": "Xin-mima-8812", "new_password2": "Xin-mima-8812"}
    assert browser.post(change, new)["Location"] == reverse("front")
    assert browser.get(reverse("list")).status_code == 200
    outcomes = set(LoginRecord.objects.filter(username="wang").values_list("outcome", flat=True))
    assert outcomes == {"failure", "locked", "unlocked", "success"}
    log = administrator.get(f"{reverse('logins')}?q=wang&outcome=locked")
    assert {item.outcome for item in log.context["shown"]} == {LoginOutcome.LOCKED}


def test_the_list_of_locked_names_agrees_with_the_lock(db):
    def note(address: str, outcome: LoginOutcome) -> None:
        LoginRecord.objects.create(username="wang", address=address, outcome=outcome)

    for outcomes in ("fffff", "ffffsf", "ffffusf", "fffffs", "fffffu", "ssffffff"):
        for letter in outcomes:
            note("10.0.0.1", {"f": LoginOutcome.FAILURE, "s": LoginOutcome.SUCCESS, "u": LoginOutcome.UNLOCKED}[letter])
        assert (locked_names(["wang"]) == {"wang"}) is is_locked("wang", "10.0.0.1"), outcomes
        note("10.0.0.1", LoginOutcome.UNLOCKED)


def test_work_is_handed_over_by_the_page(administrator, record):
    leaving = User.objects.create(username="lao", role=Role.CLERK, department=record.department)
    coming = User.objects.create(username="xin", role=Role.CLERK)
    Disclosure.objects.filter(pk=record.pk).update(assigned_to=leaving)
    page = administrator.get(reverse("account", args=[leaving.pk]))
    assert coming in page.context["successors"]
    address = reverse("hand_over", args=[leaving.pk])
    administrator.post(address, {"to": "x", "reason": "调动"})
    administrator.post(address, {"to": coming.pk, "reason": ""})
    leaving.refresh_from_db()
    assert leaving.is_active
    administrator.post(address, {"to": coming.pk, "reason": "调动"})
    for item in (leaving, coming, record):
        item.refresh_from_db()
    assert (leaving.is_active, coming.department, record.assigned_to) == (False, record.department, coming)


def test_a_superuser_is_out_of_an_administrator_s_reach(administrator):
    root = User.objects.create(username="root", is_superuser=True)
    assert "只能由超级用户修改" in administrator.get(reverse("account", args=[root.pk])).content.decode()
    assert administrator.post(reverse("account_password", args=[root.pk]), {"password": PASSWORD}).status_code == 403
    assert administrator.get(reverse("account", args=[10**6])).status_code == 404


@pytest.mark.parametrize("query", ["q=青山", "role=clerk", "only=never", "only=nonsense", "outcome=x&first=gestern"])
def test_filters_and_queries(query, administrator, queries_of):
    for name in ("accounts", "logins"):
        assert queries_of(administrator, f"{reverse(name)}?{query}") <= 15
