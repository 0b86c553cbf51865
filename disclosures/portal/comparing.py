"""Up to four publications side by side: departments or years, figure by figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render

from disclosures.models import Publication

from . import selectors
from .asking import Asked, asked_of
from .charts import width
from .figures import FUNCTION, SOURCE, TOTAL, VISIT, Figure
from .http import public
from .statements import percent

MOST = 4
_LISTED = 12
_MEASURES = {
    TOTAL: ("总数", ""),
    SOURCE: ("钱从哪里来", "占收入的比重"),
    FUNCTION: ("用在哪里（功能分类）", "占支出的比重"),
    VISIT: ("“三公”经费", "占“三公”经费的比重"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    amount: Decimal | None
    share: str
    width: str


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A measure as a table with bars on one scale."""

    id: str
    title: str
    note: str
    rows: tuple[Row, ...]


@public
def compare(request: HttpRequest) -> HttpResponseBase:
    """The chosen ones, and a list to choose more from."""
    chosen = _chosen(request)
    figures = selectors.figures(chosen)
    asked = asked_of(request)
    context = {
        "title": "比较部门和年度",
        "chosen": [{"item": item, "without": _query(chosen, without=item.pk)} for item in chosen],
        "groups": groups(chosen, figures),
        "asked": asked,
        "regions": selectors.regions(),
        "years": selectors.years(),
        "full": len(chosen) >= MOST,
        "offered": [] if len(chosen) >= MOST else _offered(chosen, asked),
        "keys": [item.pk for item in chosen],
    }
    return render(request, "portal/compare.html", context)


def groups(chosen: Sequence[Publication], figures: dict[int, list[Figure]]) -> list[Group]:
    """One table for each measure, rows in the order of the first that has them."""
    found = []
    for measure, (title, note) in _MEASURES.items():
        labels: dict[str, str] = {}
        amounts: dict[tuple[str, int], Decimal] = {}
        for item in chosen:
            for figure in figures[item.pk]:
                if figure.measure == measure:
                    labels.setdefault(figure.key, figure.label)
                    amounts[figure.key, item.pk] = figure.amount
        if labels:
            rows = tuple(_row(key, label, chosen, amounts, bool(note)) for key, label in labels.items())
            found.append(Group(measure, title, note, _scaled(rows)))
    return found


def _row(
    key: str, label: str, chosen: Sequence[Publication], amounts: dict[tuple[str, int], Decimal], shares: bool
) -> Row:
    cells = []
    for item in chosen:
        value = amounts.get((key, item.pk))
        whole = sum((one for (_, pk), one in amounts.items() if pk == item.pk), Decimal(0))
        cells.append(Cell(value, percent(value, whole) if shares and value is not None else "", "0"))
    return Row(label, tuple(cells))


def _scaled(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The bars of a measure on the scale of its largest amount."""
    every = [cell.amount for row in rows for cell in row.cells if cell.amount is not None]
    most = max(every, default=Decimal(0))
    return tuple(
        Row(row.label, tuple(Cell(cell.amount, cell.share, width(cell.amount, most)) for cell in row.cells))
        for row in rows
    )


def _chosen(request: HttpRequest) -> list[Publication]:
    """What `?p=` names, in that order, each once, at most four; what is not current is left out."""
    wanted: list[int] = []
    for text in request.GET.getlist("p")[: MOST * 4]:
        if text.isascii() and text.isdecimal() and len(text) <= 15 and int(text) not in wanted:
            wanted.append(int(text))
    wanted = wanted[:MOST]
    order = Case(*(When(pk=pk, then=Value(n)) for n, pk in enumerate(wanted)), output_field=IntegerField())
    return list(selectors.current().filter(pk__in=wanted).order_by(order)) if wanted else []


def _offered(chosen: Sequence[Publication], asked: Asked) -> list[dict[str, object]]:
    """What can be added: other years of the last one chosen first, else what is asked for."""
    found = selectors.current().exclude(pk__in=[item.pk for item in chosen])
    if asked.q:
        found = found.filter(department__name__icontains=asked.q)
    if asked.region:
        found = found.filter(department__region__in=selectors.region_and_below(asked.region))
    if asked.year:
        found = found.filter(fiscal_year=asked.year)
    if chosen and not asked.any:
        same = Case(When(department=chosen[-1].department_id, then=Value(0)), default=Value(1))
        found = found.order_by(same, "-fiscal_year", "department__name", "pk")
    else:
        found = found.order_by("department__name", "-fiscal_year", "pk")
    return [{"item": item, "with": _query(chosen, extra=item.pk)} for item in found[:_LISTED]]


def _query(chosen: Sequence[Publication], *, without: int | None = None, extra: int | None = None) -> str:
    query = QueryDict(mutable=True)
    keys = [item.pk for item in chosen if item.pk != without] + ([extra] if extra else [])
    query.setlist("p", [str(key) for key in keys])
    return f"?{query.urlencode()}"
