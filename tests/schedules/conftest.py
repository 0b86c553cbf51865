"""Schedules as they come, and an administrator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

from disclosures.models import Role, Schedule, User
from disclosures.schedules import sync_schedules


@pytest.fixture
def administrator(db) -> User:
    return User.objects.create(username="管理", role=Role.ADMINISTRATOR, email="admin@example.cn", is_staff=True)


@pytest.fixture
def schedules(db) -> dict[str, Schedule]:
    """All of them, in force since the first of January."""
    sync_schedules()
    Schedule.objects.update(since=moment("2026-01-01 00:00"))
    return {schedule.key: schedule for schedule in Schedule.objects.select_related("periodic")}


@pytest.fixture
def only(schedules) -> Callable[[str], Schedule]:
    """Switches off all schedules but one."""

    def keep(key: str) -> Schedule:
        for schedule in schedules.values():
            schedule.periodic.enabled = schedule.key == key
            schedule.periodic.save()
        return schedules[key]

    return keep


def moment(text: str) -> datetime:
    """A local time."""
    return timezone.make_aware(datetime.fromisoformat(text))
