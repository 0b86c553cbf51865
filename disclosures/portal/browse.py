"""Finding a publication: the home page, a department with its years, an address by names."""

from __future__ import annotations

from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import resolve

from disclosures.models import Department, Publication, PublicationStatus

from . import selectors
from .addresses import link
from .asking import NOTHING, Asked, asked_of
from .http import public
from .paging import page_of

_NEWEST = 8
_PAGE = 30


@public
def home(request: HttpRequest) -> HttpResponseBase:
    """Find by region, name, year; what is new."""
    asked = asked_of(request)
    page = page_of(request, _departments(asked), _PAGE)
    known: dict[int, list[Publication]] = {}
    for item in selectors.current().filter(department__in=page.rows).order_by("-fiscal_year", "kind"):
        known.setdefault(item.department_id, []).append(item)
    context = {
        "title": "部门预算公开",
        "asked": asked,
        "is_filtered": asked.any,
        "regions": selectors.regions(),
        "years": selectors.years(),
        "page": page,
        "found": [(department, known.get(department.pk, [])) for department in page.rows],
        "newest": [] if asked.any else selectors.current().order_by("-published_at", "-pk")[:_NEWEST],
    }
    return render(request, "portal/home.html", context)


@public
def department(request: HttpRequest, department: int) -> HttpResponseBase:
    """A department: its years, the versions of each, its units where they publish themselves."""
    publications = list(selectors.visible().filter(department=department).order_by("-fiscal_year", "kind", "-version"))
    if not publications:
        raise Http404
    record = publications[0].department
    years = [
        {"year": year, "kind": items[0].get_kind_display(), "items": items, "current": _current(items)}
        for (year, _), group in groupby(publications, key=lambda item: (item.fiscal_year, item.kind))
        for items in (list(group),)
    ]
    of_years = [item["current"] for item in years if item["current"]][:4]
    units = _departments().filter(parent=department)
    context = {"title": record.name, "department": record, "years": years, "units": units, "comparable": of_years}
    return render(request, "portal/department.html", context)


@public
def by_name(request: HttpRequest, region: str, department: str, year: int, kind: str) -> HttpResponseBase:
    """For those who know the names and not the numbers."""
    found = selectors.current().filter(
        department__name=department[:200],
        department__region__name=region[:100],
        fiscal_year=year,
        kind=selectors.KINDS[kind],
    )
    publication = found.first()
    if publication is None or "\x00" in region + department:
        raise Http404
    return HttpResponseRedirect(link(selectors.address_of(publication)))


@public
def nowhere(request: HttpRequest) -> HttpResponseBase:
    """An address that is none; with a slash at its end it may be one."""
    if not request.path_info.endswith("/") and resolve(f"{request.path_info}/").url_name != "nowhere":
        return HttpResponsePermanentRedirect(f"{request.path_info}/")
    raise Http404


def _departments(asked: Asked = NOTHING) -> QuerySet[Department]:
    """Departments of which something is current, within what is asked."""
    publications = selectors.current().filter(department=OuterRef("pk"))
    if asked.year:
        publications = publications.filter(fiscal_year=asked.year)
    found = Department.objects.filter(Exists(publications.select_related(None).defer(None).values("pk")))
    if asked.q:
        found = found.filter(name__icontains=asked.q)
    if asked.region:
        found = found.filter(region__in=selectors.region_and_below(asked.region))
    return found.select_related("region").order_by("region__code", "code", "name", "pk")


def _current(items: list[Publication]) -> Publication | None:
    return next((item for item in items if item.status == PublicationStatus.CURRENT), None)
