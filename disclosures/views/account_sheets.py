"""Accounts in bulk: a template to fill in, a check of everything, then all or nothing; and the list as Excel."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from disclosures.errors import InvalidValueError
from disclosures.exchange import incoming
from disclosures.exchange.accounts import read_accounts
from disclosures.exchange.columns import Column, Kind
from disclosures.exchange.files import LARGEST
from disclosures.models import Role
from disclosures.services.accounts import COLUMNS, AccountsResult, Row, create_accounts

from .access import page_of, person, told
from .accounts import AccountFilter
from .sheets import excel

SHOWN = 500  # errors, or accounts of the diff, on one page
_ROWS = 200
_ROLES = tuple((role.label, role.label) for role in Role)
TEMPLATE = (
    Column("username", COLUMNS["username"], Kind.CODE, "登录用的名字，文字、数字和 @ . + - _", required=True, width=18),
    Column("first_name", COLUMNS["first_name"], note="显示在页面上的姓名", width=14),
    Column("role", COLUMNS["role"], Kind.CHOICE, required=True, choices=_ROLES, width=12),
    Column("department", COLUMNS["department"], note="经办必填；重名时写“地区/名称”", width=34),
    Column("region", COLUMNS["region"], note="审核必填：能看到该地区和下级地区", width=18),
    Column("password", COLUMNS["password"], Kind.CODE, "首次登录时须改掉", required=True, width=18),
)
_LISTED = (
    *TEMPLATE[:5],
    Column("state", "状态", width=10),
    Column("last", "最近登录", Kind.DATE, width=14),
)


@page_of("accounts_template")
def template(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in, with lists to choose from and explanations."""
    return excel("账号模板", TEMPLATE, (), _ROWS)


@page_of("accounts_export")
def export(request: HttpRequest) -> HttpResponse:
    """What the list of accounts shows, without any password."""
    form = AccountFilter(request.GET)
    form.is_valid()
    lines = [
        (
            account.username,
            account.first_name,
            account.get_role_display(),
            account.department,
            account.region,
            "在用" if account.is_active else "停用",
            account.last_login and account.last_login.date(),
        )
        for account in form.chosen()
    ]
    return excel("账号", _LISTED, lines)


@page_of("accounts_import")
def import_accounts(request: HttpRequest) -> HttpResponse:
    """A file is checked whole; when nothing is wrong, its accounts are shown and made on confirmation."""
    context: dict[str, object] = {"title": "批量建立账号", "nav": "accounts", "shown": SHOWN}
    if request.method == "POST":
        if token := request.POST.get("token", ""):
            return _confirmed(request, token)
        context |= _checked(request)
    return render(request, "workplace/accounts_import.html", context)


def _checked(request: HttpRequest) -> dict[str, object]:
    """What is wrong with the file that was sent, or what it would make."""
    file, user = request.FILES.get("file"), person(request)
    if file is None or (file.size or 0) > LARGEST:
        return {"problem": f"请选择一个不超过 {LARGEST // 1024 // 1024} MB 的 Excel 或 CSV 文件。"}
    data = file.read()
    try:
        rows = read_accounts(data)
    except InvalidValueError as error:
        return {"problem": str(error)}
    result = create_accounts(user, rows, dry_run=True)
    if result.errors:
        return {"errors": result.errors, "file_name": file.name, "rows": sum(1 for row in rows if any(row.values()))}
    if not result.created:
        return {"problem": "表格里没有账号，请从第二行起填写。"}
    return {"token": incoming.keep(user.pk, data), "accounts": _wanted(rows), "file_name": file.name}


def _wanted(rows: list[dict[str, str]]) -> list[Row]:
    """The filled rows without their passwords."""
    return [{key: value for key, value in row.items() if key != "password"} for row in rows if any(row.values())]


def _confirmed(request: HttpRequest, token: str) -> HttpResponse:
    """Make what was checked: once more checked, all or none."""
    user = person(request)
    data = incoming.kept(user.pk, token)
    if data is None:
        messages.error(request, "这次检查已经过期，请重新选择文件。")
        return redirect(reverse("accounts_import"))
    results: list[AccountsResult] = []

    def act() -> str:
        results.append(create_accounts(user, read_accounts(data)))
        return f"已建立 {len(results[0].created)} 个账号。" if not results[0].errors else ""

    told(request, act)
    incoming.forget(user.pk, token)
    if results and results[0].errors:
        context = {"title": "批量建立账号", "nav": "accounts", "errors": results[0].errors, "shown": SHOWN}
        return render(request, "workplace/accounts_import.html", context)
    return redirect(reverse("accounts"))
