"""The weekly figures of a region, told to its reviewers and to auditors, each with the report in Word."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from audit.models import Finding, FindingEvent, Happening, Status
from disclosures.models import Department, Disclosure, NoticeKind, Notification, Region, Role, State, User
from disclosures.notifications import tell
from disclosures.reach import in_region
from disclosures.schedules.reminding import due_departments
from disclosures.services.deadlines import HANDED_IN

from .making import hand_out_region_report
from .selection import Selection, disclosures_of

_WEEK = timedelta(days=7)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Figures:
    """How a region (with those below it) stands in a year, and what happened in the last seven days."""

    year: int
    departments: int
    handed_in: int
    in_review: int
    published: int
    overdue: int
    errors: int
    warnings: int
    opened: int
    solved: int


def figures(region: int | None, today: date) -> Figures:
    """The figures of a region (None: everywhere), in a constant number of queries."""
    year = today.year
    chosen = disclosures_of(Selection(year, region))
    states = dict(chosen.order_by().values_list("state").annotate(Count("pk")))
    holding = Finding.objects.filter(disclosure__in=chosen, status__in=(Status.OPEN, Status.EXPLAINED)).order_by()
    severities = dict(holding.values_list("severity").annotate(Count("pk")))
    since = timezone.make_aware(datetime.combine(today - _WEEK, time()))
    events = FindingEvent.objects.filter(finding__disclosure__in=chosen, at__gte=since).order_by()
    happened = dict(events.values_list("what").annotate(Count("finding", distinct=True)))
    departments = Department.objects.filter(in_region(region) if region else Q())
    handed_in = Disclosure.objects.filter(department=OuterRef("pk"), fiscal_year=year, state__in=HANDED_IN)
    known = departments.aggregate(all=Count("pk"), done=Count("pk", filter=Exists(handed_in)))
    late = {item.department.pk for item in due_departments(today, ()) if item.year == year}
    return Figures(
        year=year,
        departments=known["all"],
        handed_in=known["done"],
        in_review=states.get(State.IN_REVIEW, 0),
        published=states.get(State.PUBLISHED, 0),
        overdue=departments.filter(pk__in=late).count(),
        errors=severities.get("error", 0),
        warnings=severities.get("warning", 0),
        opened=happened.get(Happening.OPENED, 0) + happened.get(Happening.REOPENED, 0),
        solved=happened.get(Happening.CLOSED, 0),
    )


def words(found: Figures) -> str:
    """The figures in plain Chinese, a line for each subject."""
    return "\n".join(
        (
            f"部门（单位）{found.departments} 个：已提交 {found.handed_in} 个，"
            f"没有提交 {found.departments - found.handed_in} 个，其中超过公开期限 {found.overdue} 个",
            f"公开文本：等待审核 {found.in_review} 份，已公开 {found.published} 份",
            f"现有问题：错误 {found.errors} 个，提醒 {found.warnings} 个",
            f"最近七天：新出现 {found.opened} 个，已解决 {found.solved} 个",
        )
    )


def tell_weekly(today: date, step: Callable[[int, int], object] = lambda done, total: None) -> int:
    """Tell everybody whom it concerns, once a week; how many. The figures of a region are counted once.

    The report is written once as well; each person gets it among their tasks, and with the mail (`mailing`).
    `step` hears how many regions of how many are done, and may raise to stop.
    """
    told = 0
    people = User.objects.filter(is_active=True, role__in=(Role.REVIEWER, Role.AUDITOR)).select_related("region")
    groups = _by_region(people)
    for number, (place, group) in enumerate(groups.items()):
        step(number, len(groups))
        key = f"weekly:{place or 'all'}:{today:%G-%V}"
        had = set(Notification.objects.filter(user__in=group, key=key).values_list("user", flat=True))
        told += _tell([user for user in group if user.pk not in had], place, key, today)
    return told


def _tell(group: list[User], place: int | None, key: str, today: date) -> int:
    if not group:
        return 0
    found = figures(place, today)
    region = Region.objects.get(pk=place) if place else None
    try:
        made = hand_out_region_report(group, found.year, region, key)
    except OSError:  # without room for the file the figures are told all the same
        _log.exception("the weekly report of region %s could not be kept", place)
        made = {}
    return sum(
        tell(
            [user],
            NoticeKind.WEEKLY,
            f"{region or '全部地区'} {found.year} 年预算公开一周情况（截至 {today:%m-%d}）",
            text=words(found),
            link=reverse("task_output", args=[made[user.pk]]) if user.pk in made else reverse("overview"),
            key=key,
        )
        for user in group
    )


def _by_region(people: Iterable[User]) -> dict[int | None, list[User]]:
    """Reviewers by their region; auditors see everywhere. A reviewer without a region sees nothing."""
    found: dict[int | None, list[User]] = {}
    for user in people:
        place = user.region_id if user.role == Role.REVIEWER else None
        if place is not None or user.role == Role.AUDITOR:
            found.setdefault(place, []).append(user)
    return found
