"""The clock itself goes: Celery's beat with our schedules in it."""

from __future__ import annotations

import pytest
from django_celery_beat.models import PeriodicTask

from config.beat import SlotScheduler
from config.celery import app
from disclosures.models import ScheduleRun

pytestmark = pytest.mark.django_db(transaction=True)  # the clock closes its connections


def test_the_clock_knows_when_its_entries_are_due(only):
    watching = only("queue_health")  # due every few minutes: the package leaves out what is hours away
    clock = SlotScheduler(app=app)
    assert watching.periodic.name in clock.schedule
    for entry in clock.schedule.values():
        assert entry.is_due().next > 0


def test_it_ticks_and_starts_what_is_due(only):
    only("queue_health")
    assert SlotScheduler(app=app).tick() > 0
    assert ScheduleRun.objects.exists()


def test_each_record_keeps_its_own_time(schedules):
    for record in PeriodicTask.objects.filter(details__isnull=False):
        assert hasattr(record.schedule, "is_due")
