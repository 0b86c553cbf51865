"""Two real beat processes at once: a time that was missed while both were down is made up for once."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from tests.faults.installation import ROOT, Installation

pytestmark = pytest.mark.faults

# Yesterday's schedules, all of them due ten minutes ago.
PREPARE = """
from datetime import timedelta
from django.utils import timezone
from disclosures.models import Schedule, ScheduleRun
from disclosures.schedules import sync_schedules
from disclosures.schedules.managing import _crontab
sync_schedules()
ScheduleRun.objects.all().delete()
due = timezone.localtime() - timedelta(minutes=10)
for schedule in Schedule.objects.select_related("periodic"):
    schedule.periodic.crontab = _crontab(f"{due.minute} {due.hour} * * *")
    schedule.periodic.save()
Schedule.objects.update(since=due - timedelta(days=1))
"""
COUNT = """
from disclosures.models import Schedule, ScheduleRun, Task
print(Schedule.objects.count(), ScheduleRun.objects.count(), Task.objects.filter(trigger="schedule").count())
"""


def _shell(site: Installation, code: str) -> str:
    return site.manage("shell", "--verbosity", "0", "-c", code).stdout


def _counts(site: Installation) -> tuple[int, int, int]:
    schedules, runs, tasks = map(int, _shell(site, COUNT).split())
    return schedules, runs, tasks


def test_two_beats_start_each_time_once(site):
    _shell(site, PREPARE)
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "--quiet", "beat", "--pidfile=", "--schedule="]
    beats = [subprocess.Popen(command, env=site.environment, cwd=ROOT, stderr=subprocess.DEVNULL) for _ in range(2)]
    try:
        until = time.monotonic() + 60
        while (found := _counts(site))[1] < found[0] and time.monotonic() < until:
            assert [beat.poll() for beat in beats] == [None, None]
        assert found[1] == found[0]
        schedules, runs, queued = _counts(site)  # the other beat has had its look as well
    finally:
        for beat in beats:
            beat.kill()
            beat.wait()
    assert (runs, queued) == (schedules, schedules - 2)  # the health check and open data are done at once
