"""Audits over many disclosures: which there were, beginning one, how far it is, what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from audit.catalogue import rules
from audit.findings import Family, Severity
from audit.models import Audit, AuditItem, ItemState
from audit.services.audits import cancel_audit, counts, start_audit, visible_audits
from audit.services.selection import Selection, disclosures_of, reachable, regions_below
from audit.services.summarising import Line, Summary, summary
from disclosures.errors import ServiceError
from disclosures.models import Region, Role, State, User
from disclosures.services.findings import desk
from disclosures.services.permissions import visible_disclosures
from disclosures.views.access import api, page_of, person, told

PER_PAGE = 50
SHOWN = 20  # lines of each list of the result
_TOTALS = {
    "errors": "错误",
    "warnings": "提醒",
    "infos": "参考",
    "clean": "没有错误和提醒的份数",
    "waived": "已豁免的问题",
}


class SelectionForm(forms.Form):
    """What is to be checked."""

    year = forms.TypedChoiceField(label="预算年度", coerce=int)
    region = forms.ModelChoiceField(label="地区", required=False, queryset=Region.objects.none())
    states = forms.MultipleChoiceField(
        label="状态", required=False, choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    whole = forms.BooleanField(label="没有变化的也重新核对", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = visible_disclosures(user).order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
        self.years = list(found) or [timezone.localdate().year]
        year, region = self.fields["year"], self.fields["region"]
        assert isinstance(year, forms.ChoiceField)
        assert isinstance(region, forms.ModelChoiceField)
        year.choices = [(value, f"{value} 年") for value in self.years]
        own = user.region_id if user.role == Role.REVIEWER and not user.is_superuser else None
        region.queryset = regions_below(own) if own else Region.objects.all()
        region.empty_label = f"{user.region}及以下" if own else "全部地区"

    def selection(self) -> Selection:
        """What was chosen; of a form that was not sent yet, the latest year."""
        if not self.is_valid():
            return Selection(self.years[0])
        data = self.cleaned_data
        region = data["region"]
        return Selection(data["year"], region.pk if region else None, tuple(data["states"]))


@dataclass(frozen=True, slots=True)
class Named:
    """A line of a summary with its words."""

    title: str
    line: Line
    severity: Severity | None = None
    disclosures: int = 0
    rule: str = ""

    @property
    def change(self) -> str:
        """The change against the audit before, signed; "" where there is nothing to compare with."""
        number = self.line.change
        return "" if number is None else "不变" if number == 0 else f"{number:+d}".replace("-", "−")


@page_of("audits")
@require_GET
def audit_list(request: HttpRequest) -> HttpResponse:
    """The audits within a person's reach, the latest first."""
    found = visible_audits(person(request)).select_related("region", "user").defer("summary")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"title": "批量核对", "nav": "audits", "shown": shown, "audits": shown.object_list, "query": ""}
    return render(request, "workplace/audit_list.html", context)


@page_of("audit_new")
def new(request: HttpRequest) -> HttpResponseBase:
    """Choose what to check and see how much that is; posted, it begins."""
    user = person(request)
    form = SelectionForm(request.POST or request.GET or None, user=user)
    if request.method == "POST" and form.is_valid():
        begun: list[Audit] = []

        def begin() -> str:
            begun.append(start_audit(user, form.selection(), whole=form.cleaned_data["whole"]))
            return ""

        if told(request, begin):
            return redirect("audit", begun[0].pk)
    number, problem = _preview(user, form.selection())
    context = {
        "title": "发起批量核对",
        "nav": "audits",
        "form": form,
        "number": number,
        "problem": problem,
        "chosen": form.selection(),
        "whole": form.is_valid() and form.cleaned_data["whole"],
    }
    return render(request, "workplace/audit_new.html", context)


def _preview(user: User, selection: Selection) -> tuple[int, str]:
    """How many disclosures a selection covers, or why it is refused."""
    try:
        return disclosures_of(reachable(user, selection)).count(), ""
    except ServiceError as error:
        return 0, str(error)


@page_of("audit")
@require_GET
def audit(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an audit is, or what it says."""
    found = _visible(request, pk)
    context: dict[str, Any] = {"title": str(found), "nav": "audits", "audit": found}
    if found.is_open:
        return render(request, "workplace/audit_running.html", context | {"progress": _progress(found)})
    context |= {"states": [State(state).label for state in found.states]} | _result(summary(found))
    return render(request, "workplace/audit_result.html", context)


def _result(found: Summary) -> dict[str, Any]:
    """The parts of the page of results."""
    kept, catalogue = found.audit.summary, rules()
    broken = kept.get("rules", {})
    return {
        "summary": found,
        "totals": [Named(_TOTALS[line.key], line) for line in found.totals],
        "families": [Named(_family(line.key), line) for line in found.families if line.now or line.before],
        "regions": [
            Named(line.key, line, disclosures=kept["regions"].get(line.key, {}).get("disclosures", 0))
            for line in found.regions
        ],
        "rules": [
            Named(
                catalogue[line.key].title if line.key in catalogue else line.key,
                line,
                Severity(broken[line.key]["severity"]) if line.key in broken else None,
                broken.get(line.key, {}).get("disclosures", 0),
                line.key if line.key in catalogue else "",
            )
            for line in found.rules[:SHOWN]
        ],
        "worst": kept.get("departments", [])[:SHOWN],
        "missing": kept.get("missing", [])[:SHOWN],
        "missing_number": kept.get("missing_number", 0),
        "late": kept.get("late", [])[:SHOWN],
        "late_number": kept.get("late_number", 0),
        "failures": found.audit.items.filter(state=ItemState.FAILED).select_related("disclosure__department")[:SHOWN],
    }


def _family(value: str) -> str:
    return Family(value).label if value in list(Family) else value


@api
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far an audit is, for the program of its page."""
    return JsonResponse(_progress(_visible(request, pk)))


def _progress(found: Audit) -> dict[str, Any]:
    numbers = counts(found.pk)
    left = numbers.get(ItemState.QUEUED, 0)
    if not found.is_open:
        words = found.get_state_display()
    elif found.started_at is None:
        words = "排队中，轮到时自动开始"
    else:
        words = "正在比较各部门并汇总" if not left else f"已核对 {found.total - left} 份，共 {found.total} 份"
    return {
        "open": found.is_open,
        "done": found.total - left,
        "total": found.total,
        "failed": numbers.get(ItemState.FAILED, 0),
        "words": words,
    }


@page_of("audit_cancel")
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Stop an audit; what was checked is kept."""

    def act() -> str:
        cancel_audit(person(request), pk)
        return "已取消，核对过的结果保留"

    told(request, act)
    return redirect("audit", pk)


@page_of("audit_items")
@require_GET
def items(request: HttpRequest, pk: int) -> HttpResponse:
    """The disclosures of an audit, all or those in one state."""
    found = _visible(request, pk)
    chosen: Any = found.items.select_related("disclosure__department__region")
    state = request.GET.get("state", "")
    if state in ItemState.values:
        chosen = chosen.filter(state=state)
    shown = Paginator(chosen.order_by("disclosure__department__name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    numbers = counts(pk)
    listed: list[AuditItem] = list(shown.object_list)
    held = desk().counts([item.disclosure_id for item in listed])
    context = {
        "title": "各份公开文本",
        "nav": "audits",
        "audit": found,
        "state": state,
        "states": [(value, label, numbers.get(value, 0)) for value, label in ItemState.choices if numbers.get(value)],
        "items": [(item, held.get(item.disclosure_id)) for item in listed],
        "shown": shown,
        "query": f"state={state}",
    }
    return render(request, "workplace/audit_items.html", context)


def _visible(request: HttpRequest, pk: int) -> Audit:
    found = visible_audits(person(request)).select_related("region", "user")
    return get_object_or_404(found, pk=pk)
