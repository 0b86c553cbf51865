"""One publication: what it says at a glance, charts, tables, prose, targets, files and history."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from disclosures.models import Publication
from disclosures.plain.data import Disclosure, Table
from disclosures.profiles import PROFILES

from . import charts, selectors
from .addresses import current_link, fixed_link, link
from .downloads import FORMS
from .figures import figures_of, projects_of
from .grids import PrintedTable, printed
from .http import GONE, public
from .selectors import Address, History
from .statements import changes, statement_of, told_changes

_MOST_CELLS = 1200  # of all tables that stand on the page itself; a cell is some thirty bytes
_LARGEST_TABLE = 450
_MOST_PROSE = 9000  # characters, three bytes each
_MOST_TARGETS = 12


@public
def disclosure(
    request: HttpRequest, department: int, year: int, kind: str, version: int | None = None
) -> HttpResponseBase:
    """The page of a publication; what was withdrawn says so and shows nothing."""
    known = found(department, year, kind, version)
    if not known.is_open or known.asked is None:
        return closed(request, known)
    read = selectors.content(known.asked)
    figures, projects = figures_of(read), list(projects_of(read))
    before = selectors.last_year(known.asked)
    changed = changes(figures, selectors.figures([before])[before.pk]) if before else told_changes(read, figures)
    prose = sum(len(section.text) for section in read.sections)
    context = about(known, version) | {
        "statement": statement_of(figures),
        "charts": charts.charts_of(figures, projects),
        "changed": charts.pairs(changed),
        "before": before,
        "tables": _tables(read),
        "sections": read.sections,
        "prose_here": prose <= _MOST_PROSE,
        "targets": forms_of(read)[:_MOST_TARGETS],
        "target_count": len(forms_of(read)),
        "forms": FORMS,
    }
    return render(request, "portal/disclosure.html", context)


def found(department: int, year: int, kind: str, version: int | None) -> History:
    """The history of an address. Raises Http404 where nothing was ever published."""
    known = selectors.history(Address(department, year, kind, version))
    if known is None:
        raise Http404
    return known


def closed(request: HttpRequest, known: History) -> HttpResponseBase:
    """What is said of a publication that is no longer public: that, when and why."""
    publication = known.asked or known.publications[0]
    context = {"title": _title(publication), "publication": publication, "history": known}
    return render(request, "portal/closed.html", context, status=GONE)


def about(known: History, version: int | None) -> dict[str, Any]:
    """What every page of a publication shows of it."""
    publication = known.asked
    if publication is None:
        raise Http404
    address = Address(publication.department_id, publication.fiscal_year, selectors.SLUGS[publication.kind], version)
    return {
        "title": _title(publication),
        "publication": publication,
        "history": known,
        "address": address,
        "link": link(address),
        "canonical": current_link(publication) if known.current == publication else fixed_link(publication),
    }


def forms_of(read: Disclosure) -> list[dict[str, Any]]:
    """The target forms by number, department-wide ones first, as `derive` numbers them."""
    overall = [
        {"number": n, "name": f"{item.unit}整体支出绩效目标", "funds": None, "count": len(item.indicators)}
        for n, item in enumerate(read.overall_targets, start=1)
    ]
    start = len(overall) + 1
    projects = [
        {
            "number": n,
            "name": item.project or "（没有印项目名称）",
            "unit": item.implementing_unit,
            "funds": item.annual.total,
            "count": len(item.indicators),
        }
        for n, item in enumerate(read.project_targets, start=start)
    ]
    return overall + projects


def _tables(read: Disclosure) -> list[dict[str, Any]]:
    """Every table; those that are small stand on the page, as long as there is room."""
    shown, room = [], _MOST_CELLS
    profile = PROFILES[read.profile]
    for table in read.tables:
        decl = profile.table(table.id)
        cells = len(table.rows) * decl.width // (2 if decl.two_sided else 1)
        here: PrintedTable | None = None
        if cells <= min(room, _LARGEST_TABLE):
            room -= cells
            here = printed(read, table)
        shown.append({"decl": decl, "table": table, "here": here, "is_empty": is_empty(table)})
    return shown


def is_empty(table: Table) -> bool:
    """Whether a table says 本表无数据 and keeps to it."""
    return table.no_data and all(row.is_blank for row in table.rows)


def _title(publication: Publication) -> str:
    return f"{publication.title} {publication.fiscal_year} 年{publication.get_kind_display()}"
