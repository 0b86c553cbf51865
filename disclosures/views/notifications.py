"""A person's notifications: the list, marking them as read, and how they want to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from disclosures.models import NoticeGroup, NoticeWay, User
from disclosures.notifications import inbox
from disclosures.notifications.kinds import GROUPS, groups_of

from .access import page_of, person, told, way_back

PER_PAGE = 30
# One line for each group on the page of settings.
EXPLAINED = {
    NoticeGroup.WORK: "退回、通过、公开、撤回，以及说明是否采纳",
    NoticeGroup.REVIEW: "有公开文本提交到您的地区",
    NoticeGroup.REMARKS: "有人给您写批注或答复",
    NoticeGroup.ASSIGNED: "指定您负责，或把工作交给您",
    NoticeGroup.DEADLINES: "公开期限临近或已过，还没有提交",
    NoticeGroup.TASKS: "您不在时，导入、重新核对、批量核对有了结果",
    NoticeGroup.REPORTS: "每周提交、公开和问题的数字",
    NoticeGroup.SYSTEM: "后台任务积压或没有进程处理",
}


@page_of("notifications")
@never_cache
@require_GET
def notifications(request: HttpRequest) -> HttpResponse:
    """What the person was told, the latest first."""
    user = person(request)
    only, group = request.GET.get("only", ""), request.GET.get("group", "")
    found = inbox.inbox(user).select_related("disclosure__department")
    if only == "unread":
        found = found.filter(read_at=None)
    if group in NoticeGroup.values:
        found = found.filter(kind__in=[kind for kind, of in GROUPS.items() if of == group])
    query = request.GET.copy()
    query.pop("page", None)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "通知",
        "nav": "notifications",
        "shown": shown,
        "only": only,
        "group": group,
        "groups": [(item.value, item.label) for item in groups_of(user)],
        "filtered": bool(only or group),
        "query": query.urlencode(),
        "unread": inbox.unread_count(user),
    }
    return render(request, "workplace/notifications.html", context)


@page_of("notification_open")
@require_POST
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and go where it leads; without a link, or with `stay`, back to the list."""
    target = way_back(request, reverse("notifications"))

    def act() -> str:
        nonlocal target
        found = inbox.open_notification(person(request), pk)
        if found.link and "stay" not in request.POST and url_has_allowed_host_and_scheme(found.link, None):
            target = found.link
        return ""

    told(request, act)
    return redirect(target)


@page_of("notifications_read")
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""

    def act() -> str:
        number = inbox.mark_read(person(request))
        return f"{number} 条通知已标为已读。" if number else "没有未读的通知。"

    told(request, act)
    return redirect(way_back(request, reverse("notifications")))


class WaysForm(forms.Form):
    """How a person wants to be told of each group that concerns them."""

    email = forms.EmailField(
        label="我的邮箱",
        required=False,
        max_length=254,
        help_text="不填就收不到邮件，通知只在系统内显示",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "邮箱地址不对，应像 name@example.cn 这样"},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].initial = user.email
        for group, way in inbox.preferences(user).items():
            self.fields[group.value] = forms.ChoiceField(
                label=group.label, choices=NoticeWay.choices, initial=way, help_text=EXPLAINED[group]
            )

    def ways(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "email"}


@page_of("notification_settings")
def ways(request: HttpRequest) -> HttpResponse:
    """Choose how to be told."""
    user = person(request)
    form = WaysForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            inbox.choose(user, form.ways(), form.cleaned_data["email"])
            return "通知方式已保存。"

        if told(request, act):
            return redirect("notification_settings")
    return render(
        request, "workplace/notification_settings.html", {"title": "通知方式", "nav": "notifications", "form": form}
    )
