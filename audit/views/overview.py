"""The auditor's front page: how far the regions are, and what goes wrong most often."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from audit.catalogue import rules
from audit.findings import Severity
from audit.models import Finding, Status
from disclosures.models import Disclosure
from disclosures.services.permissions import visible_disclosures
from disclosures.views.access import page, person
from disclosures.views.completion import completion
from disclosures.views.rows import latest_versions, rows

SHOWN = 15
_HOLDING = (Status.OPEN, Status.EXPLAINED)


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often one rule is broken."""

    rule: str
    title: str
    severity: Severity
    findings: int
    disclosures: int


@page
def overview(request: HttpRequest) -> HttpResponse:
    """Completion by region, frequent findings, latest changes, for one budget year."""
    user = person(request)
    visible = visible_disclosures(user)
    year = visible.order_by("-fiscal_year").values_list("fiscal_year", flat=True).first()
    year = year or timezone.localdate().year
    records = latest_versions(visible.filter(fiscal_year=year))
    context = {
        "title": "首页",
        "nav": "front",
        "year": year,
        "completion": completion(user, year),
        "frequent": frequent_rules(records),
        "latest": rows(records.select_related("department__region").order_by("-updated_at")[:10]),
    }
    return render(request, "workplace/front_auditor.html", context)


def frequent_rules(records: QuerySet[Disclosure]) -> list[RuleCount]:
    """The rules that these disclosures break most often, in one query."""
    found = (
        Finding.objects.filter(disclosure__in=records, status__in=_HOLDING)
        .values_list("rule", "severity")
        .annotate(number=Count("pk"), disclosures=Count("disclosure", distinct=True))
        .order_by("-number", "rule")[:SHOWN]
    )
    titles = {key: rule.title for key, rule in rules().items()}
    return [
        RuleCount(rule, titles.get(rule, rule), Severity(severity), findings, disclosures)
        for rule, severity, findings, disclosures in found
    ]
