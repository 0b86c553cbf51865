"""Letting many findings of one rule stand at once: chosen, looked at, given a reason, confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from audit.catalogue import Rule, rules
from audit.models import Finding, Status
from audit.services.waiving import waive_findings
from disclosures.errors import InvalidValueError
from disclosures.models import User
from disclosures.plain.place_words import where_words
from disclosures.services.matrix import Act
from disclosures.services.permissions import states_for, visible_to
from disclosures.views.access import page_of, person, told

from .shapes import part_key

MOST = 500  # findings at once: as many as a person can look through
_STANDING = (Status.OPEN, Status.EXPLAINED)


@dataclass(frozen=True, slots=True)
class Line:
    """One finding as the pages list it."""

    finding: Finding
    place: str
    part: str

    @property
    def pk(self) -> int:
        return self.finding.pk


def lines(findings: QuerySet[Finding]) -> list[Line]:
    """Findings with their place in words and the tab of the workbench that shows it."""
    chosen = findings.select_related("disclosure__department__region")
    return [Line(item, where_words(item.where), part_key(item.where)) for item in chosen]


def waivable(user: User) -> QuerySet[Finding]:
    """What a reviewer may let stand now."""
    found = Finding.objects.filter(status__in=_STANDING, disclosure__state__in=states_for(user, Act.DECIDE))
    return visible_to(user, found)


@page_of("waive_rule")
def waive_rule(request: HttpRequest, rule: str) -> HttpResponse:
    """The findings of a rule to choose from; posted, what was chosen to look at; confirmed, done."""
    user, entry = person(request), rules().get(rule)
    if entry is None:
        raise Http404
    found = waivable(user).filter(rule=rule).order_by("disclosure__department__name", "disclosure", "position", "pk")
    if request.method == "POST":
        return _posted(request, user, entry, found)
    return _choose(request, entry, found, frozenset(), "")


def _choose(
    request: HttpRequest, entry: Rule, found: QuerySet[Finding], chosen: frozenset[int], reason: str
) -> HttpResponse:
    numbers = found.aggregate(findings=Count("pk"), disclosures=Count("disclosure", distinct=True))
    context = {
        "title": "批量豁免",
        "nav": "rules",
        "rule": entry,
        "lines": lines(found[:MOST]),
        "numbers": numbers,
        "most": MOST,
        "chosen": chosen,
        "reason": reason,
    }
    return render(request, "workplace/waive.html", context)


def _posted(request: HttpRequest, user: User, entry: Rule, found: QuerySet[Finding]) -> HttpResponse:
    chosen = frozenset(int(value) for value in request.POST.getlist("ids") if value.isdecimal() and len(value) < 19)
    reason = request.POST.get("reason", "").strip()
    here = lines(found.filter(pk__in=sorted(chosen)[: MOST + 1]))

    def checked() -> str:
        if not chosen or not reason:
            raise InvalidValueError([("", "请勾选要豁免的问题，并写明理由")])
        if len(here) != len(chosen):
            raise InvalidValueError([("", "勾选的问题中有的已经解决或不在您的地区，请重新勾选")])
        return ""

    if not told(request, checked) or "back" in request.POST:
        return _choose(request, entry, found, chosen, reason)
    if "confirm" not in request.POST:
        departments = len({line.finding.disclosure.department_id for line in here})
        context = {"title": "批量豁免", "nav": "rules", "rule": entry, "lines": here, "reason": reason}
        return render(request, "workplace/waive_confirm.html", context | {"departments": departments})

    def act() -> str:
        return f"已豁免 {len(waive_findings(user, sorted(chosen), reason))} 个问题。"

    if told(request, act):
        return redirect(reverse("rule", args=[entry.id]))
    return _choose(request, entry, found, chosen, reason)
