"""Accounts for administrators: the list, one account with what can be done for it, the log of logins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from disclosures.models import Disclosure, LoginOutcome, LoginRecord, Role, User
from disclosures.services.accounts import hand_over, set_password, successors, unlock
from disclosures.services.logins import locked_names

from .access import page_of, person, told

PER_PAGE = 50
_RECENT = 20
_CONDITIONS = {"active": "在用的", "closed": "停用的", "first": "还没有改初始密码的", "never": "从未登录的"}


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account as the list shows it."""

    account: User
    locked: bool


class AccountFilter(forms.Form):
    """What the list of accounts shows."""

    q = forms.CharField(max_length=100, required=False)
    role = forms.ChoiceField(label="角色", required=False, choices=[("", "全部角色"), *Role.choices])
    only = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *_CONDITIONS.items()])

    def chosen(self) -> QuerySet[User]:
        data = self.cleaned_data
        accounts = User.objects.select_related("department", "region").order_by("username")
        if words := data.get("q"):
            accounts = accounts.filter(
                Q(username__icontains=words)
                | Q(first_name__icontains=words)
                | Q(department__name__icontains=words)
                | Q(region__name__icontains=words)
            )
        if role := data.get("role"):
            accounts = accounts.filter(role=role)
        conditions = {
            "active": Q(is_active=True),
            "closed": Q(is_active=False),
            "first": Q(must_change_password=True, is_active=True),
            "never": Q(last_login=None, is_active=True),
        }
        return accounts.filter(conditions.get(data.get("only") or "", Q()))


class LoginFilter(forms.Form):
    """What the log of logins shows."""

    q = forms.CharField(max_length=100, required=False)
    outcome = forms.ChoiceField(label="结果", required=False, choices=[("", "全部结果"), *LoginOutcome.choices])
    first = forms.DateField(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def chosen(self) -> QuerySet[LoginRecord]:
        data = self.cleaned_data
        records = LoginRecord.objects.select_related("user")
        if words := data.get("q"):
            records = records.filter(Q(username__icontains=words) | Q(address__startswith=words))
        if outcome := data.get("outcome"):
            records = records.filter(outcome=outcome)
        if first := data.get("first"):
            records = records.filter(at__date__gte=first)
        if last := data.get("last"):
            records = records.filter(at__date__lte=last)
        return records


@page_of("accounts")
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account, with whether it is locked now."""
    form = AccountFilter(request.GET)
    form.is_valid()
    shown = Paginator(form.chosen(), PER_PAGE).get_page(request.GET.get("page"))
    locked = locked_names(account.username for account in shown.object_list)
    context = {
        "title": "账号",
        "nav": "accounts",
        "form": form,
        "shown": shown,
        "rows": [AccountRow(account, account.username in locked) for account in shown.object_list],
        "query": _query(request),
        "filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "workplace/accounts.html", context)


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


@page_of("account")
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its duties, its last logins, and what an administrator can do for it."""
    found = get_object_or_404(User.objects.select_related("department", "region"), pk=pk)
    context = {
        "title": str(found),
        "nav": "accounts",
        "account": found,
        "locked": found.username in locked_names([found.username]),
        "logins": LoginRecord.objects.filter(username=found.username.lower())[:_RECENT],
        "successors": successors(found).select_related("department", "region"),
        "assigned": Disclosure.objects.filter(assigned_to=found).count(),
        "mine": found.pk == person(request).pk,
        "out_of_reach": found.is_superuser and not person(request).is_superuser,
    }
    return render(request, "workplace/account.html", context)


def _act(request: HttpRequest, pk: int, act: Callable[[User], str]) -> HttpResponse:
    told(request, lambda: act(person(request)))
    return redirect(reverse("account", args=[pk]))


@page_of("account_password")
@require_POST
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a password, to be changed at the next login."""

    def act(user: User) -> str:
        account = set_password(user, pk, request.POST.get("password", ""))
        return f"已为“{account}”设定密码，请当面或电话告知；本人登录时须改成自己的密码。"

    return _act(request, pk, act)


@page_of("account_unlock")
@require_POST
def lift_lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift the lock-out of an account."""
    return _act(request, pk, lambda user: f"“{unlock(user, pk)}”的锁定已解除，可以立即登录。")


@page_of("hand_over")
@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass the work of this account to another and close it."""

    def act(user: User) -> str:
        wanted = request.POST.get("to", "")
        to = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0
        moved = hand_over(user, pk, to, request.POST.get("reason", ""))
        coming = User.objects.get(pk=to)
        return f"工作已交给“{coming}”，其中指定负责的公开文本 {moved} 份；原账号已停用，历史记录不变。"

    return _act(request, pk, act)


@page_of("logins")
def logins(request: HttpRequest) -> HttpResponse:
    """Who tried to log in, from where, and what came of it."""
    form = LoginFilter(request.GET)
    form.is_valid()
    shown = Paginator(form.chosen(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "登录记录",
        "nav": "accounts",
        "form": form,
        "shown": shown,
        "query": _query(request),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "today": timezone.localdate(),
    }
    return render(request, "workplace/logins.html", context)
