"""What is done with several disclosures of a list at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from disclosures.errors import InvalidValueError
from disclosures.exchange.columns import Column, Kind
from disclosures.models import Disclosure, User
from disclosures.services.bulk import recheck
from disclosures.services.permissions import visible_disclosures
from disclosures.services.workflow import assign

from .access import page_of, person, told, way_back
from .listing import filter_of
from .rows import DisclosureRow, rows
from .sheets import excel

MOST = 2000  # disclosures at once; a county has three hundred a year

COLUMNS = (
    Column("region", "地区", width=16),
    Column("department", "部门（单位）", width=34),
    Column("year", "预算年度", Kind.YEAR, width=10),
    Column("kind", "类型", width=10),
    Column("version", "版本", Kind.INTEGER, width=8),
    Column("state", "状态", width=12),
    Column("errors", "错误", Kind.INTEGER, "未处理的", width=8),
    Column("warnings", "提醒", Kind.INTEGER, "未处理的", width=8),
    Column("explained", "待审说明", Kind.INTEGER, width=10),
    Column("next", "等谁", width=10),
    Column("step", "下一步", width=34),
    Column("holder", "负责人", width=12),
    Column("due", "公开期限", Kind.DATE, width=12),
    Column("left", "剩余天数", Kind.INTEGER, "负数为已超过的天数", width=10),
    Column("updated", "更新时间", Kind.DATE, width=12),
)


@page_of("bulk_assign")
@require_POST
def bulk_assign(request: HttpRequest) -> HttpResponse:
    """Name who is responsible for the chosen ones; all or none."""
    user = person(request)

    def act() -> str:
        assignee = assignee_of(request.POST.get("assignee", ""))
        changed = assign(user, _chosen(request, user), assignee)
        return f"已把 {changed} 份交给{assignee}。" if assignee else f"{changed} 份不再有负责人。"

    told(request, act)
    return redirect(way_back(request, reverse("list")))


@page_of("bulk_recheck")
@require_POST
def bulk_recheck(request: HttpRequest) -> HttpResponse:
    """Check the chosen ones again, in the background."""
    user = person(request)

    def act() -> str:
        queued, passed_over = recheck(user, _chosen(request, user))
        left = f"另有 {passed_over} 份现在的状态不需要核对。" if passed_over else ""
        return f"{queued} 份正在重新核对，完成后列表里的问题数会更新。{left}"

    told(request, act)
    return redirect(way_back(request, reverse("list")))


@page_of("bulk_export")
@require_POST
def bulk_export(request: HttpRequest) -> HttpResponse:
    """The chosen lines of the list as Excel."""
    user = person(request)
    try:
        chosen = _chosen(request, user)
    except InvalidValueError as error:
        messages.error(request, str(error))
        return redirect(way_back(request, reverse("list")))
    records = visible_disclosures(user).filter(pk__in=chosen).select_related("department__region", "assigned_to")
    order = {pk: number for number, pk in enumerate(chosen)}
    return sheet(sorted(records, key=lambda record: order[record.pk]))


def sheet(records: Sequence[Disclosure]) -> HttpResponse:
    """These disclosures as the list shows them, as Excel."""
    return excel("公开文本", COLUMNS, [_line(row) for row in rows(records)])


def _chosen(request: HttpRequest, user: User) -> list[int]:
    """The keys of what was ticked, or of all that the filters of the list let through. Raises InvalidValueError."""
    if request.POST.get("all"):
        records = filter_of(user, QueryDict(request.POST.get("query", ""))).chosen()
        chosen = list(records.values_list("pk", flat=True)[: MOST + 1])
    else:
        chosen = [int(value) for value in request.POST.getlist("ids") if value.isdecimal() and len(value) < 19]
    if not chosen:
        raise InvalidValueError([("ids", "请先在列表中勾选公开文本")])
    if len(chosen) > MOST:
        raise InvalidValueError([("ids", f"一次最多 {MOST} 份，请先缩小筛选范围")])
    return list(dict.fromkeys(chosen))


def assignee_of(wanted: str) -> User | None:
    """Whom a form names: the key of an account, or "nobody". Raises InvalidValueError."""
    if not wanted:
        raise InvalidValueError([("assignee", "请选择由谁负责")])
    if wanted == "nobody":
        return None
    found = User.objects.filter(pk=int(wanted), is_active=True).first() if wanted.isdecimal() else None
    if found is None:
        raise InvalidValueError([("assignee", "没有这个账号")])
    return found


def _line(row: DisclosureRow) -> tuple[object, ...]:
    record, counts, deadline = row.record, row.counts, row.deadline
    return (
        record.department.region,
        record.department,
        record.fiscal_year,
        record.get_kind_display(),
        record.version,
        record.get_state_display(),
        counts.errors if counts else None,
        counts.warnings if counts else None,
        counts.explained if counts else None,
        row.next_role,
        row.next_step,
        record.assigned_to,
        deadline.last_day if deadline else None,
        deadline.days_left if deadline else None,
        timezone.localdate(record.updated_at),
    )
