"""What the list of disclosures in the admin does with many at once; what changes anything is asked once more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from disclosures.errors import ServiceError
from disclosures.models import Disclosure, User
from disclosures.services.bulk import recheck
from disclosures.services.pages import may_open
from disclosures.services.workflow import assign
from disclosures.views.bulk import MOST, assignee_of, sheet
from disclosures.views.people import colleagues

MOST_LISTED = 60
_PAGES = {"recheck_chosen": "bulk_recheck", "assign_chosen": "bulk_assign", "export_chosen": "bulk_export"}


class BulkActions(admin.ModelAdmin):
    """Check again, assign, export: for those whom `services.pages` lets do it in the workplace."""

    actions = tuple(_PAGES)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The actions of the person's role; nobody deletes a disclosure."""
        user = request.user
        found: dict[str, Any] = super().get_actions(request)
        return {
            name: action
            for name, action in found.items()
            if name in _PAGES and isinstance(user, User) and may_open(user, _PAGES[name])
        }

    @admin.action(description="重新核对所选的公开文本")
    def recheck_chosen(self, request: HttpRequest, queryset: QuerySet[Disclosure]) -> HttpResponse | None:
        """Check them again in the background."""
        words = "将在后台重新核对下面 {} 份公开文本；已提交审核或已通过的，按角色可能不再核对。"
        return self._ask_or(request, queryset, "重新核对", words, self._recheck)

    @admin.action(description="为所选的公开文本指定负责人")
    def assign_chosen(self, request: HttpRequest, queryset: QuerySet[Disclosure]) -> HttpResponse | None:
        """Name who is responsible for them; all or none."""
        return self._ask_or(request, queryset, "指定负责人", "为下面 {} 份公开文本指定负责人。", self._assign)

    @admin.action(description="导出所选的公开文本清单（Excel）")
    def export_chosen(self, request: HttpRequest, queryset: QuerySet[Disclosure]) -> HttpResponse:
        """Their list as Excel."""
        return sheet(list(queryset.select_related("department__region", "assigned_to")))

    def _ask_or(
        self,
        request: HttpRequest,
        queryset: QuerySet[Disclosure],
        title: str,
        words: str,
        act: Callable[[HttpRequest, list[int]], str],
    ) -> HttpResponse | None:
        """The page that asks; once it was answered, what was asked for, and back to the list."""
        records = list(queryset.select_related("department")[: MOST + 1])
        if len(records) > MOST:
            messages.error(request, f"一次最多 {MOST} 份，请先用右侧的筛选缩小范围。")
            return None
        chosen = [record.pk for record in records]
        if request.POST.get("confirmed") != "1":
            return self._ask(request, records, title, words.format(len(chosen)))
        try:
            messages.success(request, act(request, chosen))
        except ServiceError as error:
            messages.error(request, str(error))
        return None

    def _ask(self, request: HttpRequest, records: list[Disclosure], title: str, sentence: str) -> HttpResponse:
        action = request.POST.get("action", "")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "sentence": sentence,
            "button": title,
            "action": action,
            "across": request.POST.get("select_across") == "1",
            "chosen": [record.pk for record in records],
            "shown": records[:MOST_LISTED],
            "more": max(0, len(records) - MOST_LISTED),
            "colleagues": colleagues(_person(request)) if action == "assign_chosen" else (),
        }
        return TemplateResponse(request, "admin/disclosures/disclosure/confirm.html", context)

    def _recheck(self, request: HttpRequest, chosen: list[int]) -> str:
        queued, passed_over = recheck(_person(request), chosen)
        left = f"另有 {passed_over} 份现在的状态不需要核对。" if passed_over else ""
        return f"{queued} 份正在后台重新核对，进度见“后台任务”。{left}"

    def _assign(self, request: HttpRequest, chosen: list[int]) -> str:
        assignee = assignee_of(request.POST.get("assignee", ""))
        changed = assign(_person(request), chosen, assignee)
        return f"已把 {changed} 份交给{assignee}。" if assignee else f"{changed} 份不再有负责人。"


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
