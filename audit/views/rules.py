"""The catalogue of rules: what is checked, on which grounds, and how often it is broken within one's reach."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from audit.catalogue import Rule, rules
from audit.findings import Severity
from audit.models import Finding, RuleMute, Status
from audit.rules_page import KINDS
from disclosures.models import User
from disclosures.profiles import PROFILES
from disclosures.services.permissions import visible_to
from disclosures.views.access import page_of, person

from .waiving import lines

PER_PAGE = 50
_HOLDING = (Status.OPEN, Status.EXPLAINED)


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule with how it stands."""

    rule: Rule
    kind: str
    tables: str
    findings: int
    disclosures: int
    muted: str  # where; empty: nowhere


@page_of("rules")
def catalogue(request: HttpRequest) -> HttpResponse:
    """All rules by what they are about, narrowed by words, severity, and whether they are broken now."""
    words = request.GET.get("q", "").strip()[:100]
    severity, only = request.GET.get("severity", ""), request.GET.get("only", "")
    entries = [
        entry
        for entry in _entries(person(request))
        if (not words or words.lower() in f"{entry.rule.id} {entry.rule.title} {entry.rule.statement}".lower())
        and severity in ("", entry.rule.severity.value)
        and (only != "open" or entry.findings)
        and (only != "muted" or entry.muted)
    ]
    groups = [(kind, list(found)) for kind, found in groupby(entries, key=lambda entry: entry.kind)]
    context = {
        "title": "规则",
        "nav": "rules",
        "groups": groups,
        "number": len(entries),
        "total": len(rules()),
        "words": words,
        "severity": severity,
        "only": only,
        "severities": list(Severity),
        "filtered": bool(words or severity or only),
    }
    return render(request, "workplace/rules.html", context)


def _entries(user: User) -> list[Entry]:
    """Every rule by what it is about, in two queries."""
    held = visible_to(user, Finding.objects.filter(status__in=_HOLDING)).order_by().values_list("rule")
    counts = {
        rule: (findings, disclosures)
        for rule, findings, disclosures in held.annotate(Count("pk"), Count("disclosure", distinct=True))
    }
    muted: dict[str, list[str]] = {}
    for mute in RuleMute.objects.filter(ended_at=None).select_related("region"):
        muted.setdefault(mute.rule, []).append(str(mute.region or "全部地区"))
    found = [
        Entry(
            rule,
            kind_words(rule),
            table_words(rule),
            *counts.get(rule.id, (0, 0)),
            "、".join(muted.get(rule.id, ())),
        )
        for rule in rules().values()
    ]
    order = list(KINDS)
    return sorted(found, key=lambda entry: (order.index(entry.rule.id[0]), entry.rule.severity.rank))


def kind_words(rule: Rule) -> str:
    """What a rule is about, by the first letter of its id."""
    return KINDS[rule.id[0]]


def table_words(rule: Rule) -> str:
    """The tables that a rule reads, as they are numbered in print."""
    ordinals = {decl.id: decl.ordinal for profile in PROFILES.values() for decl in profile.tables}
    return "、".join(f"表{ordinals.get(table, table)}" for table in rule.tables)


@page_of("rule")
def one_rule(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule, and what it finds now."""
    entry = rules().get(rule)
    if entry is None:
        raise Http404
    found = visible_to(person(request), Finding.objects.filter(rule=rule, status__in=_HOLDING))
    shown = Paginator(
        found.order_by("disclosure__department__name", "disclosure", "position", "pk"), PER_PAGE
    ).get_page(request.GET.get("page"))
    context = {
        "title": entry.title,
        "nav": "rules",
        "rule": entry,
        "kind": kind_words(entry),
        "tables": table_words(entry),
        "shown": shown,
        "lines": lines(shown.object_list),  # type: ignore[arg-type]  # a slice of the query set
        "mutes": RuleMute.objects.filter(rule=rule, ended_at=None).select_related("region", "muted_by"),
        "query": "",
    }
    return render(request, "workplace/rule.html", context)
