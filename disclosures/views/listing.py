"""The list of disclosures; its filters stay in the address, so that a link keeps them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from disclosures.models import Disclosure, DisclosureKind, Region, State, User
from disclosures.services.permissions import visible_departments, visible_disclosures

from .access import page, person
from .rows import latest_versions, rows

PER_PAGE = 50
_ORDERS = {
    "": ("最近更新", ("-updated_at",)),
    "oldest": ("等得最久", ("updated_at",)),
    "name": ("部门名称", ("department__name", "-fiscal_year", "-version")),
}


class ListFilter(forms.Form):
    """What the list shows; every field is optional."""

    q = forms.CharField(label="部门名称", max_length=100, required=False)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *State.choices])
    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "全部类型"), *DisclosureKind.choices])
    region = forms.ModelChoiceField(
        label="地区", required=False, queryset=Region.objects.none(), empty_label="全部地区"
    )
    versions = forms.ChoiceField(label="版本", required=False, choices=[("", "只看最新版"), ("all", "全部版本")])
    order = forms.ChoiceField(
        label="排序", required=False, choices=[(key, f"按{label}") for key, (label, _) in _ORDERS.items()]
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = visible_disclosures(user)
        years = visible.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
        year, region = self.fields["year"], self.fields["region"]
        assert isinstance(year, forms.ChoiceField)
        assert isinstance(region, forms.ModelChoiceField)
        year.choices = [("", "全部年度"), *((value, f"{value} 年") for value in years)]
        region.queryset = Region.objects.filter(departments__in=visible_departments(user)).distinct()
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label or ""

    def chosen(self, records: QuerySet[Disclosure]) -> QuerySet[Disclosure]:
        """The disclosures that pass; a filter that makes no sense is left out."""
        data = self.cleaned_data
        if data.get("versions") != "all":
            records = latest_versions(records)
        exact = {"state": data.get("state"), "fiscal_year": data.get("year"), "kind": data.get("kind")}
        records = records.filter(**{key: value for key, value in exact.items() if value})
        if region := data.get("region"):
            records = records.filter(Q(department__region=region) | Q(department__region__parent=region))
        if words := data.get("q"):
            records = records.filter(Q(department__name__icontains=words) | Q(printed_department__icontains=words))
        return records.order_by(*_ORDERS[data.get("order") or ""][1], "pk")


@page
def disclosure_list(request: HttpRequest) -> HttpResponse:
    """Every disclosure that the person may see, filtered."""
    user = person(request)
    form = ListFilter(request.GET, user=user)
    form.is_valid()
    records = form.chosen(visible_disclosures(user)).select_related("department__region")
    shown = Paginator(records, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "title": "公开文本",
        "nav": "list",
        "form": form,
        "rows": rows(shown.object_list),
        "shown": shown,
        "query": query.urlencode(),
        "filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "workplace/list.html", context)
