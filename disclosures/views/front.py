"""The front page of each role: what needs this person now comes first."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from disclosures.models import Role, State, User
from disclosures.services.permissions import visible_disclosures

from .access import page, person
from .completion import without_disclosure
from .rows import latest_versions, rows

Context = dict[str, Any]
SHOWN = 30
_CLERKS_TURN = (State.TO_CORRECT, State.RETURNED, State.WITHDRAWN)
_NO_DEADLINE = 10_000


@page
def front(request: HttpRequest) -> HttpResponse:
    """The page a person lands on, by role."""
    user = person(request)
    if user.is_superuser or user.role not in (Role.CLERK, Role.REVIEWER):
        return redirect("overview")
    year = _season(user)
    context: Context = {"title": "首页", "nav": "front", "year": year}
    if user.role == Role.CLERK:
        return render(request, "workplace/front_clerk.html", context | _clerk(user, year))
    return render(request, "workplace/front_reviewer.html", context | _reviewer(user, year))


def _season(user: User) -> int:
    """The budget year that the work is about: the latest on file, else this year."""
    latest = visible_disclosures(user).order_by("-fiscal_year").values_list("fiscal_year", flat=True).first()
    return latest or timezone.localdate().year


def _clerk(user: User, year: int) -> Context:
    mine = latest_versions(visible_disclosures(user)).select_related("department__region").order_by("-updated_at")
    found = rows([*mine.filter(state__in=_CLERKS_TURN)[:SHOWN], *mine.exclude(state__in=_CLERKS_TURN)[:SHOWN]])
    turn = [row for row in found if row.record.state in _CLERKS_TURN]
    turn.sort(key=lambda row: (row.deadline.days_left if row.deadline else _NO_DEADLINE, -row.errors))
    return {
        "turn": turn,
        "others": [row for row in found if row.record.state not in _CLERKS_TURN],
        "without": list(without_disclosure(user, year)[:SHOWN]),
    }


def _reviewer(user: User, year: int) -> Context:
    records = latest_versions(visible_disclosures(user)).select_related("department__region")
    by_state = dict(records.order_by().values_list("state").annotate(Count("pk")))
    queue = records.filter(state=State.IN_REVIEW).order_by("submitted_at")[:SHOWN]
    others = records.filter(state__in=(State.APPROVED, *_CLERKS_TURN)).order_by("updated_at")[: 2 * SHOWN]
    found = rows([*queue, *others])
    return {
        "queue": [row for row in found if row.record.state == State.IN_REVIEW],
        "approved": [row for row in found if row.record.state == State.APPROVED],
        "working": [row for row in found if row.record.state in _CLERKS_TURN],
        "without": list(without_disclosure(user, year)[:SHOWN]),
        "by_state": [(value, label, by_state.get(value, 0)) for value, label in State.choices],
    }
