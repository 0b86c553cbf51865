"""The front page of each role: what needs this person now comes first."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from disclosures.filters import latest_versions
from disclosures.models import Disclosure, Remark, Role, State, User
from disclosures.services.completion import without_disclosure
from disclosures.services.findings import desk
from disclosures.services.matrix import Act
from disclosures.services.missing import missing_query, missing_rows, season
from disclosures.services.permissions import states_for, visible_disclosures, visible_to

from .access import page, person
from .advice import CLERKS_TURN, advice
from .listing import numbers_by_state
from .people import colleagues
from .rows import rows

Context = dict[str, Any]
SHOWN = 30
_MISSING_SHOWN = 10
_NO_DEADLINE = 10_000
# How the queue of a reviewer can be sorted.
_SORTS = {"": ("submitted_at", "pk"), "errors": ("-open_errors", "-open_warnings", "submitted_at", "pk")}


@page
def front(request: HttpRequest) -> HttpResponse:
    """The page a person lands on, by role."""
    user = person(request)
    if user.is_superuser or user.role not in (Role.CLERK, Role.REVIEWER):
        return redirect("overview")
    context: Context = {"title": "首页", "nav": "front", "open_remarks": _open_remarks(user)}
    if user.role == Role.CLERK:
        return render(request, "workplace/front_clerk.html", context | _clerk(user, season(user)))
    sort = request.GET.get("sort", "")
    return render(request, "workplace/front_reviewer.html", context | _reviewer(user, sort))


def _open_remarks(user: User) -> int:
    """Remarks that nobody has dealt with, by others than the reader."""
    found = Remark.objects.filter(answers=None, resolved=False, disclosure__state__in=states_for(user, Act.REMARK))
    return visible_to(user, found.exclude(user=user)).count()


def _clerk(user: User, year: int) -> Context:
    mine = latest_versions(visible_disclosures(user)).select_related("department__region", "assigned_to")
    mine = mine.order_by("-updated_at")
    found = rows([*mine.filter(state__in=CLERKS_TURN)[:SHOWN], *mine.exclude(state__in=CLERKS_TURN)[:SHOWN]])
    turn = [row for row in found if row.record.state in CLERKS_TURN]
    turn.sort(key=lambda row: (row.deadline.days_left if row.deadline else _NO_DEADLINE, -row.errors))
    others = [row for row in found if row.record.state not in CLERKS_TURN]
    without = list(without_disclosure(user, year)[:SHOWN])
    told = advice(turn, others, without, year)
    return {"year": year, "turn": turn, "others": others, "without": without, "advice": told}


def _reviewer(user: User, sort: str) -> Context:
    records = latest_versions(visible_disclosures(user)).select_related("department__region", "assigned_to")
    by_state, late, latest = numbers_by_state(records)
    year = latest or timezone.localdate().year
    missing = list(missing_query(user, year).annotate(altogether=Window(Count("pk")))[:_MISSING_SHOWN])
    found = rows(_waiting(records, sort))
    queue = [row for row in found if row.record.state == State.IN_REVIEW]
    return {
        "year": year,
        "queue": queue,
        "sort": sort if sort in _SORTS else "",
        "more": by_state.get(State.IN_REVIEW, 0) - len(queue),
        "approved": [row for row in found if row.record.state == State.APPROVED],
        "missing": missing_rows(missing),
        "missing_number": getattr(missing[0], "altogether", 0) if missing else 0,
        "to_decide": _to_decide(user),
        "late": late,
        "by_state": [(value, label, by_state.get(value, 0)) for value, label in State.choices],
        "in_review": by_state.get(State.IN_REVIEW, 0),
        "colleagues": colleagues(user),
        "sorting": (("", "等得最久的在前"), ("errors", "错误最多的在前")),
    }


def _waiting(records: QuerySet[Disclosure], sort: str) -> QuerySet[Disclosure]:
    """The first of what waits for a review, the oldest or the most serious, and of what is to be published; at once."""
    waiting = records.filter(state__in=(State.IN_REVIEW, State.APPROVED))
    if sort == "errors":
        waiting = desk().counted(waiting)
    rank = Window(RowNumber(), partition_by="state", order_by=list(_SORTS.get(sort, _SORTS[""])))
    return waiting.annotate(rank=rank).filter(rank__lte=SHOWN).order_by("rank")


def _to_decide(user: User) -> int:
    """Explanations that wait for this reviewer's word."""
    reach = visible_disclosures(user).filter(state__in=states_for(user, Act.DECIDE))
    return desk().counted(reach).aggregate(number=Sum("to_decide"))["number"] or 0
