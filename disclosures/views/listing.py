"""The list of disclosures; its filters and order stay in the address, so that a link keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, F, Max, OrderBy, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from disclosures.filters import DisclosureFilter
from disclosures.models import DepartmentYear, Disclosure, DisclosureKind, Region, Role, State, User
from disclosures.services.bulk import open_rechecks
from disclosures.services.deadlines import SOON
from disclosures.services.findings import desk
from disclosures.services.pages import may_open
from disclosures.services.permissions import visible_departments, visible_disclosures
from disclosures.services.saved import forget_filter, save_filter, saved_filters

from .access import page_of, person, told, way_back
from .people import colleagues
from .rows import rows, turn_of

PER_PAGE = 50
_UNSETTLED_STATES = tuple(state for state in State if turn_of(state) is not None)
Order = tuple[str | OrderBy, ...]
# Keys of the address: the words, and by what is sorted. Those with a column are chosen by its heading.
_ORDERS: dict[str, tuple[str, Order]] = {
    "": ("最近更新的在前", ("-updated_at",)),
    "oldest": ("等得最久的在前", ("updated_at",)),
    "errors": ("错误最多的在前", ("-open_errors", "-open_warnings")),
    "due": ("期限最近的在前", (F("approved_on").asc(nulls_last=True),)),
    "name": ("按部门名称", ("department__name", "-fiscal_year", "-version")),
    "state": ("按状态", ("state", "-updated_at")),
    "year": ("按年度", ("-fiscal_year", "department__name")),
}
_FINDINGS = {
    "errors": ("有未处理的错误", Q(open_errors__gt=0)),
    "warnings": ("有未处理的提醒", Q(open_warnings__gt=0)),
    "explained": ("有待审的说明", Q(to_decide__gt=0)),
    "clean": ("没有待处理的错误和提醒", Q(was_checked=True, open_errors=0, open_warnings=0, to_decide=0)),
    "unchecked": ("未核对", Q(was_checked=False)),
}
_HOLDERS = {"me": "我负责的", "nobody": "没有负责人的"}
_DUE = {"late": "已超期", "soon": f"{SOON} 天内到期"}
_TURNS = {Role.CLERK.value: "等经办", Role.REVIEWER.value: "等审核"}


def _choices(none: str, named: dict[str, str]) -> list[tuple[str, str]]:
    return [("", none), *named.items()]


class ListFilter(forms.Form):
    """What the list shows; every field is optional."""

    q = forms.CharField(label="部门名称", max_length=100, required=False)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *State.choices])
    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)
    region = forms.ModelChoiceField(
        label="地区", required=False, queryset=Region.objects.none(), empty_label="全部地区"
    )
    turn = forms.ChoiceField(label="等谁处理", required=False, choices=_choices("不论等谁", _TURNS))
    findings = forms.ChoiceField(
        label="问题", required=False, choices=_choices("不论问题", {key: word for key, (word, _) in _FINDINGS.items()})
    )
    holder = forms.ChoiceField(label="负责人", required=False, choices=_choices("不论负责人", _HOLDERS))
    due = forms.ChoiceField(label="期限", required=False, choices=_choices("不论期限", _DUE))
    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "全部类型"), *DisclosureKind.choices])
    versions = forms.ChoiceField(label="版本", required=False, choices=[("", "只看最新版"), ("all", "全部版本")])
    order = forms.ChoiceField(
        label="排序", required=False, choices=[(key, label) for key, (label, _) in _ORDERS.items()]
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        visible = visible_disclosures(user)
        years = visible.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
        year, region = self.fields["year"], self.fields["region"]
        assert isinstance(year, forms.ChoiceField)
        assert isinstance(region, forms.ModelChoiceField)
        year.choices = [("", "全部年度"), *((value, f"{value} 年") for value in years)]
        region.queryset = reached_regions(user)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label or ""

    def chosen(self) -> QuerySet[Disclosure]:
        """The disclosures within reach that pass; a filter that makes no sense is left out."""
        data = self.cleaned_data
        records = DisclosureFilter(_shared(data), visible_disclosures(self.user)).qs
        if turn := data.get("turn"):
            records = records.filter(state__in=[state for state in State if turn_of(state) == turn])
        if holder := data.get("holder"):
            records = records.filter(assigned_to=self.user if holder == "me" else None)
        records = _measured(records, data)
        if data.get("findings"):
            records = records.filter(_FINDINGS[data["findings"]][1])
        if data.get("due"):
            records = records.filter(_due(data["due"]))
        return records.order_by(*_ORDERS[data.get("order") or ""][1], "pk")

    @property
    def narrowed(self) -> bool:
        """Whether the list shows less than everything."""
        return any(self.data.get(name) for name in self.fields if name != "order")


def _shared(data: dict[str, Any]) -> dict[str, Any]:
    """What the list and the API narrow by alike, under the names of the API."""
    region = data.get("region")
    return {
        "search": data.get("q"),
        "state": data.get("state"),
        "fiscal_year": data.get("year"),
        "kind": data.get("kind"),
        "region": region.pk if region else None,
        "versions": data.get("versions") or "latest",
    }


def _measured(records: QuerySet[Disclosure], data: dict[str, Any]) -> QuerySet[Disclosure]:
    """With what a filter or the order asks of findings and deadlines, and nothing else."""
    if data.get("findings") or data.get("order") == "errors":
        records = desk().counted(records)
    if data.get("due") or data.get("order") == "due":
        years = DepartmentYear.objects.filter(department=OuterRef("department"), fiscal_year=OuterRef("fiscal_year"))
        records = records.annotate(approved_on=Subquery(years.values("budget_approved_on")[:1]))
    return records


def _due(due: str) -> Q:
    last_approval_in_time = timezone.localdate() - timedelta(days=settings.DISCLOSURE_DEADLINE_DAYS)
    waiting = Q(state__in=_UNSETTLED_STATES)
    if due == "late":
        return waiting & Q(approved_on__lt=last_approval_in_time)
    return waiting & Q(
        approved_on__gte=last_approval_in_time, approved_on__lte=last_approval_in_time + timedelta(days=SOON)
    )


def numbers_by_state(records: QuerySet[Disclosure]) -> tuple[dict[str, int], int, int]:
    """How many are in each state, how many should be public by now and are not, the latest year or 0; one query."""
    counted = _measured(records.order_by(), {"due": "late"}).values("state")
    found = list(counted.annotate(number=Count("pk"), year=Max("fiscal_year"), late=Count("pk", filter=_due("late"))))
    numbers = {line["state"]: line["number"] for line in found}
    return numbers, sum(line["late"] for line in found), max((line["year"] for line in found), default=0)


def reached_regions(user: User) -> QuerySet[Region]:
    """The regions in which a person works for departments, and those above them."""
    near = Region.objects.filter(departments__in=visible_departments(user))
    above = Q(pk__in=near.values("pk"))
    for level in range(1, 4):
        above |= Q(pk__in=near.values("__".join(["parent"] * level)))
    return Region.objects.filter(above).order_by("code", "name")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the list; with an address where it sorts."""

    label: str
    address: str = ""
    chosen: bool = False
    kind: str = ""


_HEADINGS = (
    ("部门（单位）", "name", ""),
    ("年度", "year", "num"),
    ("状态", "state", ""),
    ("问题", "errors", ""),
    ("下一步", None, ""),
    ("期限", "due", ""),
    ("更新", "", ""),
)


def _headings(query: QueryDict) -> list[Heading]:
    found = []
    for label, key, kind in _HEADINGS:
        if key is None:
            found.append(Heading(label, kind=kind))
            continue
        other = query.copy()
        other["order"] = "oldest" if key == "" and not query.get("order") else key
        chosen = query.get("order", "") == key or (key == "" and query.get("order") == "oldest")
        found.append(Heading(label, f"?{other.urlencode()}", chosen, kind))
    return found


def filter_of(user: User, query: QueryDict) -> ListFilter:
    """The filters of an address."""
    form = ListFilter(query, user=user)
    form.is_valid()
    return form


@page_of("list")
def disclosure_list(request: HttpRequest) -> HttpResponse:
    """Every disclosure that the person may see, filtered."""
    user = person(request)
    form = filter_of(user, request.GET)
    records = form.chosen().select_related("department__region", "assigned_to")
    shown = Paginator(records, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    may_assign = may_open(user, "bulk_assign")
    context = {
        "title": "公开文本",
        "nav": "list",
        "form": form,
        "rows": rows(shown.object_list),
        "shown": shown,
        "query": query.urlencode(),
        "headings": _headings(query),
        "filtered": form.narrowed,
        "saved": saved_filters(user, "list"),
        "open_work": list(open_rechecks(user).values_list("pk", flat=True)),
        "may_assign": may_assign,
        "may_recheck": may_open(user, "bulk_recheck"),
        "colleagues": colleagues(user) if may_assign else (),
    }
    return render(request, "workplace/list.html", context)


@page_of("save_filter")
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the list under a name."""
    query = QueryDict(request.POST.get("query", ""))
    kept = urlencode([(key, query[key]) for key in ListFilter.base_fields if query.get(key)])
    name = request.POST.get("name", "")
    told(request, lambda: f"已保存筛选“{save_filter(person(request), 'list', name, kept)}”。")
    return redirect(f"{reverse('list')}?{kept}")


@page_of("forget_filter")
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one of one's own saved filters."""

    def act() -> str:
        forget_filter(person(request), pk)
        return "已删除这组筛选。"

    told(request, act)
    return redirect(way_back(request, reverse("list")))
