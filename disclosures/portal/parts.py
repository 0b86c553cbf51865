"""The parts of a publication that are too large for its page: a table, the prose, the target forms."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from disclosures.plain.data import Disclosure, Horizon, Indicator
from disclosures.plain.form_fields import FUND_KEYS, OVERALL_FUNDS, OVERALL_TEXTS, PROSE_TEXTS
from disclosures.profiles import PROFILES

from . import selectors
from .grids import printed
from .http import public
from .paging import page_of
from .showing import about, closed, forms_of, found, is_empty

_ROWS = 200  # of a table on one page
_FORMS = 60
_FUND_WORDS = dict(
    zip(FUND_KEYS, ("合计", "中央资金", "省级资金", "市县（区）资金", "单位自筹", "其他资金"), strict=True)
)
_FACTS = {
    "supervisor": "主管部门及代码",
    "implementing_unit": "实施单位",
    "attribute": "项目属性",
    "term": "项目期限",
    "reported_at": "填报日期",
}


@public
def table(
    request: HttpRequest, department: int, year: int, kind: str, table: str, version: int | None = None
) -> HttpResponseBase:
    """One of the thirteen tables as published."""
    known = found(department, year, kind, version)
    if not known.is_open or known.asked is None:
        return closed(request, known)
    read = selectors.content(known.asked)
    chosen = read.table(table)
    if chosen is None:
        raise Http404
    grid = printed(read, chosen)
    profile = PROFILES[read.profile]
    context = about(known, version) | {
        "decl": profile.table(chosen.id),
        "is_empty": is_empty(chosen),
        "grid": grid,
        "page": page_of(request, grid.body, _ROWS),
        "others": [profile.table(item.id) for item in read.tables],
    }
    return render(request, "portal/table.html", context)


@public
def narrative(
    request: HttpRequest, department: int, year: int, kind: str, version: int | None = None
) -> HttpResponseBase:
    """The prose."""
    known = found(department, year, kind, version)
    if not known.is_open or known.asked is None:
        return closed(request, known)
    sections = selectors.content(known.asked).sections
    return render(request, "portal/narrative.html", about(known, version) | {"sections": sections})


@public
def targets(
    request: HttpRequest, department: int, year: int, kind: str, version: int | None = None
) -> HttpResponseBase:
    """All target forms."""
    known = found(department, year, kind, version)
    if not known.is_open or known.asked is None:
        return closed(request, known)
    forms = forms_of(selectors.content(known.asked))
    context = about(known, version) | {"page": page_of(request, forms, _FORMS), "target_count": len(forms)}
    return render(request, "portal/targets.html", context)


@public
def target(
    request: HttpRequest, department: int, year: int, kind: str, form: int, version: int | None = None
) -> HttpResponseBase:
    """One target form with its indicators."""
    known = found(department, year, kind, version)
    if not known.is_open or known.asked is None:
        return closed(request, known)
    shown = _form(selectors.content(known.asked), form)
    if shown is None:
        raise Http404
    return render(request, "portal/target.html", about(known, version) | {"form": shown})


def _form(read: Disclosure, number: int) -> dict[str, Any] | None:
    """A target form by its number, department-wide ones first."""
    overall = len(read.overall_targets)
    if number <= overall:
        return _overall(read, number)
    if number > overall + len(read.project_targets):
        return None
    item = read.project_targets[number - overall - 1]
    return {
        "number": number,
        "name": item.project or "（没有印项目名称）",
        "facts": [(label, value) for key, label in _FACTS.items() if (value := getattr(item, key))],
        "funds": [
            (label, (getattr(item.whole, key), getattr(item.annual, key)))
            for key, label in _FUND_WORDS.items()
            if getattr(item.whole, key) is not None or getattr(item.annual, key) is not None
        ],
        "fund_heads": ("实施期", "年度"),
        "unit": "元",
        "texts": [(label, value) for key, label in PROSE_TEXTS.items() if (value := getattr(item, key))],
        "tasks": (),
        "horizons": _horizons(item.indicators),
    }


def _overall(read: Disclosure, number: int) -> dict[str, Any]:
    item = read.overall_targets[number - 1]
    return {
        "number": number,
        "name": f"{item.unit}整体支出绩效目标",
        "facts": list(item.staff),
        "funds": [(OVERALL_FUNDS.get(key, key), (amount,)) for key, amount in item.funds],
        "fund_heads": ("金额",),
        "unit": item.funds_unit,
        "texts": [(label, value) for key, label in OVERALL_TEXTS.items() if (value := getattr(item, key))],
        "tasks": item.tasks,
        "horizons": _horizons(item.indicators),
    }


def _horizons(indicators: tuple[Indicator, ...]) -> list[tuple[str, list[Indicator]]]:
    """Indicators of the year first: they are what is asked for."""
    words = ((Horizon.ANNUAL, "年度指标"), (Horizon.WHOLE, "实施期指标"))
    split = [(label, [item for item in indicators if item.horizon is horizon]) for horizon, label in words]
    return [(label, items) for label, items in split if items]
