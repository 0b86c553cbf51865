"""Reminders of deadlines: to the clerks of departments that have handed in nothing, to reviewers a list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from disclosures.models import Department, DepartmentYear, Disclosure, NoticeKind, Region, Role, User
from disclosures.notifications import tell
from disclosures.notifications.people import nearest
from disclosures.services.deadlines import HANDED_IN, Deadline, of_approval
from disclosures.tasks import TaskContext

from .kinds import Option, ScheduleType, scheduled

KIND = "deadline_reminders"
_DAYS = (10, 5, 1)
_WEEKS = 8  # so long after its last day a department is still reminded
_LISTED = 30
_LEVELS = 4


@dataclass(frozen=True, slots=True)
class Late:
    """A department that has handed in nothing: its deadline and which reminder it is now."""

    department: Department
    year: int
    deadline: Deadline
    stage: str


def read_days(entered: Any) -> list[int]:
    """“10、5、1” as numbers, the largest first. Raises ValueError."""
    parts = [part for part in re.split(r"[\s,，、;；]+", str(entered)) if part]
    if not parts or not all(part.isdecimal() and int(part) <= 60 for part in parts):
        raise ValueError("请写 0 至 60 之间的天数，以逗号分开，例如 10、5、1")
    return sorted({int(part) for part in parts}, reverse=True)


def due_departments(today: date, days: Iterable[int], *, afterwards: bool = True) -> list[Late]:
    """Departments that wait to be reminded, in one query. A reminder that was missed comes with the next look."""
    first = today - timedelta(days=settings.DISCLOSURE_DEADLINE_DAYS + 7 * _WEEKS)
    handed_in = Disclosure.objects.filter(
        department=OuterRef("department"), fiscal_year=OuterRef("fiscal_year"), state__in=HANDED_IN
    )
    years = (
        DepartmentYear.objects.filter(budget_approved_on__gte=first, budget_approved_on__lte=today)
        .exclude(Exists(handed_in))
        .select_related("department")
        .order_by("budget_approved_on", "department__code", "department__name")
    )
    found = []
    for item in years:
        assert item.budget_approved_on is not None
        limit = of_approval(item.budget_approved_on, today)
        if stage := _stage(limit.days_left, days, afterwards=afterwards):
            found.append(Late(item.department, item.fiscal_year, limit, stage))
    return found


def _stage(days_left: int, days: Iterable[int], *, afterwards: bool) -> str:
    """Which reminder a department is to have had by now; empty for none."""
    if days_left < 0:
        return f"late{(-days_left - 1) // 7}" if afterwards else ""
    reached = [number for number in days if days_left <= number]
    return f"{min(reached)}" if reached else ""


def remind(today: date, days: Sequence[int], *, afterwards: bool = True) -> str:
    """Send every reminder that is due and was not sent; says how many in words. Doing it again sends nothing."""
    late = due_departments(today, days, afterwards=afterwards)
    places = _Places()
    told = 0
    by_reviewer: dict[int, list[Late]] = defaultdict(list)
    for item in late:
        clerks = places.clerks(item.department)
        told += tell(
            clerks,
            NoticeKind.DEADLINE,
            f"“{item.department.name} {item.year} 年”{_words(item.deadline)}",
            text=f"最后一天是 {item.deadline.last_day:%Y-%m-%d}，还没有提交。请导入公开文本并提交审核。",
            link=reverse("front"),
            key=f"deadline:{item.department.pk}:{item.year}:{item.stage}",
        )
        for reviewer in places.reviewers(item.department):
            by_reviewer[reviewer.pk].append(item)
    for pk, items in by_reviewer.items():
        _list_for(places.users[pk], items, today)
    return (
        f"{len(late)} 个部门还没有提交，提醒经办 {told} 人次、审核 {len(by_reviewer)} 人"
        if late
        else "没有需要提醒的部门"
    )


def _list_for(reviewer: User, items: Sequence[Late], today: date) -> None:
    """One notice with the list; told again only when a department has come to a new stage."""
    lines = [f"{item.department.name} {item.year} 年：{_words(item.deadline)}" for item in items[:_LISTED]]
    if len(items) > _LISTED:
        lines.append(f"……等 {len(items)} 个部门")
    stages = sorted(f"{item.department.pk}:{item.year}:{item.stage}" for item in items)
    tell(
        [reviewer],
        NoticeKind.DEADLINE,
        f"{len(items)} 个部门临近或超过公开期限，还没有提交",
        text="\n".join(lines),
        link=reverse("missing"),
        key=f"deadlines:{_digest(stages)}",
    )


def _digest(parts: Sequence[str]) -> str:
    from hashlib import sha256

    return sha256("\n".join(parts).encode()).hexdigest()[:24]


def _words(limit: Deadline) -> str:
    if limit.days_left < 0:
        return f"已超过公开期限 {-limit.days_left} 天"
    return "公开期限就在今天" if limit.days_left == 0 else f"距公开期限还有 {limit.days_left} 天"


class _Places:
    """Everybody who is concerned by a department, from four queries for all of them."""

    def __init__(self) -> None:
        people = User.objects.filter(is_active=True, role__in=(Role.CLERK, Role.REVIEWER))
        self.users = {user.pk: user for user in people}
        self._departments = dict(Department.objects.values_list("pk", "parent"))
        self._regions = dict(Region.objects.values_list("pk", "parent"))
        self._clerks = {user.pk: user.department_id for user in people if user.role == Role.CLERK}
        self._reviewers = {user.pk: user.region_id for user in people if user.role == Role.REVIEWER}

    def clerks(self, department: Department) -> list[User]:
        return nearest(_chain(department.pk, self._departments), self._clerks, self.users)

    def reviewers(self, department: Department) -> list[User]:
        return nearest(_chain(department.region_id, self._regions), self._reviewers, self.users)


def _chain(start: int | None, parents: Mapping[int, int | None]) -> list[int]:
    found: list[int] = []
    while start is not None and len(found) < _LEVELS:
        found.append(start)
        start = parents.get(start)
    return found


@scheduled
def run_reminders(context: TaskContext) -> dict[str, Any] | None:
    """The task of the schedule."""
    days = read_days("、".join(map(str, context.params.get("days", _DAYS))))
    return {"words": remind(timezone.localdate(), days, afterwards=context.params.get("afterwards") != "no")}


REMINDERS = ScheduleType(
    key=KIND,
    title="公开期限提醒",
    says="提醒还没有提交的部门的经办，并给审核一份名单；部门的批复日期登记在后台管理的“部门年度”中",
    timing="30 8 * * *",
    kind=KIND,
    options=(
        Option(
            "days",
            "提前几天提醒",
            list(_DAYS),
            help="以逗号分开，例如 10、5、1",
            clean=read_days,
            shown=lambda value: "、".join(map(str, value)),
        ),
        Option(
            "afterwards",
            "过期以后",
            "yes",
            choices=lambda: (("yes", f"次日起每周提醒一次，共 {_WEEKS} 周"), ("no", "不再提醒")),
        ),
    ),
)
