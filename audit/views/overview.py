"""The auditor's front page: how far the regions are, what goes wrong most often, where, and how that changes."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from audit.services.statistics import (
    Day,
    RuleCount,
    errors_first,
    heat,
    rule_counts,
    trend,
    trend_title,
)
from disclosures.filters import latest_versions
from disclosures.models import Disclosure, User
from disclosures.reach import in_region
from disclosures.services.completion import STAGES, Progress, Regions, altogether, progress, regions
from disclosures.services.permissions import visible_disclosures
from disclosures.views.access import page_of, person, year_asked

Context = dict[str, Any]


@page_of("overview")
def overview(request: HttpRequest) -> HttpResponse:
    """Completion by region with a way down, findings by rule and region, the trend; for one budget year."""
    user = person(request)
    tree = regions()
    year = year_asked(request, user)
    top = _top(request, user, tree)
    if top is None and "region" not in request.GET:
        top = _only_one(progress(user, year, tree))
    records = latest_versions(visible_disclosures(user).filter(fiscal_year=year))
    if top is not None:
        records = records.filter(in_region(top, "department__"))
    return render(request, "workplace/front_auditor.html", _context(user, records, tree, top, year))


def _context(user: User, records: QuerySet[Disclosure], tree: Regions, top: int | None, year: int) -> Context:
    lines = progress(user, year, tree, top)
    whole = altogether(lines)
    counts = rule_counts(records)
    frequent, frequent_title = errors_first(counts)
    shading = heat(records, tree, top)
    days = trend(records)
    return {
        "title": "总览",
        "nav": "front",
        "year": year,
        "years": _years(user),
        "top": top,
        "trail": [(pk, tree.names[pk]) for pk in tree.chain(top)],
        "stages": [name for name, _ in STAGES],
        "lines": lines,
        "whole": whole,
        "completion_title": _completion_title(whole, lines),
        "frequent": frequent,
        "frequent_title": frequent_title,
        "frequent_word": frequent[0].severity.label if frequent else "",
        "heat": shading,
        "days": [day for day in days if day.opened or day.closed],
        "trend_title": trend_title(days),
        "charts": _charts(lines, frequent, days),
        "totals": _totals(counts),
    }


def _top(request: HttpRequest, user: User, tree: Regions) -> int | None:
    """The region looked into: of the address, else the reader's own."""
    wanted = request.GET.get("region", "")
    if not wanted:
        return user.region_id if "region" not in request.GET and user.region_id in tree.names else None
    if not wanted.isdecimal() or len(wanted) > 18 or int(wanted) not in tree.names:
        raise Http404
    return int(wanted)


def _only_one(lines: list[Progress]) -> int | None:
    """Where all departments lie in one region that has regions below, that is where to look."""
    return lines[0].region if len(lines) == 1 and lines[0].opens else None


def _years(user: User) -> list[int]:
    found = visible_disclosures(user).order_by("-fiscal_year").values_list("fiscal_year", flat=True)
    return list(found.distinct())


def _completion_title(whole: Progress, lines: list[Progress]) -> str:
    if not whole.departments:
        return ""
    if whole.finished == whole.departments:
        return f"{whole.departments} 个部门全部通过或公开"
    done = f"{whole.departments} 个部门中 {whole.finished} 个已通过或公开（{whole.percent}%）"
    last = next((line for line in lines if line.region is not None), None)  # departments of no region name no place
    if last is None or len(lines) < 2 or last.percent >= whole.percent:
        return done
    return f"{done}，{last.name}最慢"


def _totals(counts: list[RuleCount]) -> list[tuple[str, str, int]]:
    """The three severities with how many findings hold."""
    found: dict[str, int] = {}
    for item in counts:
        found[item.severity.value] = found.get(item.severity.value, 0) + item.findings
    return [(key, word, found.get(key, 0)) for key, word in (("error", "错误"), ("warning", "提醒"), ("info", "参考"))]


def _charts(lines: list[Progress], frequent: list[RuleCount], days: list[Day]) -> Context:
    """What the program of the page draws; the tables beside hold the same figures."""
    return {
        "completion": {
            "stages": [name for name, _ in STAGES],
            "lines": [
                {"name": line.name, "numbers": line.stages, "region": line.region if line.opens else None}
                for line in lines
            ],
        },
        "frequent": [{"name": item.title, "number": item.findings, "rule": item.rule} for item in frequent],
        "trend": [[day.day.isoformat(), day.opened, day.closed] for day in days],
    }
