"""Each time of a schedule is started once, late rather than not at all, and nothing piles up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from disclosures import schedules as schedule_services
from disclosures.errors import InvalidValueError, NotAllowedError, NotVisibleError, RefusedError
from disclosures.models import Role, Schedule, ScheduleRun, Task, TaskState, User
from disclosures.schedules import change, run_now, start_due, starting, switch, sync_schedules
from disclosures.schedules.managing import outcome, schedule_view, schedule_views
from disclosures.tasks.running import run

from .conftest import moment


def states(key: str = "tidy") -> list[str]:
    return list(Task.objects.filter(kind=key).order_by("pk").values_list("state", flat=True))


def test_a_time_is_started_once_however_often_it_is_noticed(only):
    only("tidy")
    assert start_due(moment("2026-03-02 03:29")) == 0  # the one of the day before was missed
    assert start_due(moment("2026-03-02 03:29:59")) == 0
    assert start_due(moment("2026-03-02 03:30")) == 1
    assert start_due(moment("2026-03-02 03:31")) == 0
    assert ScheduleRun.objects.count() == 2


def test_what_was_missed_is_made_up_for_once(only):
    only("tidy")
    assert start_due(moment("2026-03-02 09:00")) == 1
    (slot,) = ScheduleRun.objects.values_list("slot", flat=True)
    assert slot == moment("2026-03-02 03:30")
    assert start_due(moment("2026-03-02 09:05")) == 0


def test_what_was_missed_for_too_long_is_noted_and_not_done(only):
    schedule = only("tidy")
    assert start_due(moment("2026-03-02 16:00")) == 0
    missed = ScheduleRun.objects.get(schedule=schedule)
    assert (missed.passed_over, outcome(missed)) == (True, "错过了：到时间时系统没有运行")
    assert states() == []
    assert start_due(moment("2026-03-03 03:30")) == 1


def test_nothing_is_made_up_for_from_before_it_was_there_or_changed(only, administrator):
    schedule = only("tidy")
    Schedule.objects.update(since=moment("2026-03-02 08:00"))
    assert start_due(moment("2026-03-02 09:00")) == 0
    assert start_due(moment("2026-03-03 03:30")) == 1
    switch(administrator, schedule.key, on=False)
    assert start_due(moment("2027-03-04 03:30")) == 0
    switch(administrator, schedule.key, on=True)
    assert start_due() == 0


def test_one_that_still_runs_is_not_started_again(only):
    only("tidy")
    start_due(moment("2026-03-02 03:30"))
    Task.objects.update(state=TaskState.RUNNING)
    assert start_due(moment("2026-03-03 03:30")) == 0
    passed = ScheduleRun.objects.latest("slot")
    assert outcome(passed) == "上一次还没有结束，这一次没有再做"
    assert states() == ["running"]


def test_what_waits_is_replaced_by_the_next(only):
    """Workers are down for a week: afterwards one task waits, not seven."""
    only("tidy")
    for day in range(2, 9):
        start_due(moment(f"2026-03-0{day} 03:30"))
    assert states() == [*["cancelled"] * 6, "queued"]
    assert Task.objects.order_by("pk")[0].error == "到下一次的时间还没有开始，由下一次代替"


def test_a_task_whose_time_is_over_does_nothing(only, monkeypatch):
    only("tidy")
    start_due(moment("2026-03-02 03:30"))  # its next time has long passed
    task = Task.objects.get()
    run(task.pk)
    task.refresh_from_db()
    assert task.result == {"words": "轮到时已经到了下一次的时间，没有再做"}


def test_a_schedule_that_fails_does_not_hold_up_the_others(schedules, monkeypatch):
    starting_one = starting._start

    def fail_for_one(pk, slot, now):
        if pk == schedules["tidy"].pk:
            raise RuntimeError
        return starting_one(pk, slot, now)

    monkeypatch.setattr(starting, "_start", fail_for_one)
    start_due(moment("2026-03-02 03:30"))
    assert states("nightly_audit") == ["queued"]
    assert states() == []


def test_the_slot_and_its_task_are_written_together(only, monkeypatch):
    """A beat that dies in between leaves neither, and the next look starts it."""
    only("tidy")

    def die(*arguments, **options):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("disclosures.tasks.enqueue", die)
        assert start_due(moment("2026-03-02 03:30")) == 0
    assert not ScheduleRun.objects.exists()
    assert start_due(moment("2026-03-02 03:31")) == 1


def test_run_now_starts_at_once_and_only_once(schedules, administrator):
    schedule = schedules["tidy"]
    started = run_now(administrator, schedule.key)
    assert started.task is not None
    assert (started.user, started.task.trigger, states()) == (administrator, "schedule", ["queued"])
    with pytest.raises(RefusedError, match="正在进行"):
        run_now(administrator, schedule.key)
    run(started.task.pk)
    run_now(administrator, schedule.key)
    assert states() == ["done", "queued"]


def test_running_by_hand_takes_no_time_away(only, administrator):
    only("tidy")
    started = run_now(administrator, "tidy")
    assert started.task is not None
    run(started.task.pk)
    Schedule.objects.update(since=moment("2026-03-01 08:00"))
    assert start_due(moment("2026-03-02 03:30")) == 1


def test_only_administrators_touch_schedules(schedules):
    for role in (Role.CLERK, Role.REVIEWER, Role.AUDITOR):
        user = User.objects.create(username=role, role=role)
        for act in (
            lambda user=user: run_now(user, "tidy"),
            lambda user=user: switch(user, "tidy", on=False),
            lambda user=user: change(user, "tidy", "0 1 * * *", {}),
        ):
            with pytest.raises(NotAllowedError):
                act()


def test_the_default_schedules_come_once_and_changes_stay(schedules, administrator):
    assert {"nightly_audit", "deadline_reminders", "weekly_report", "tidy", "mail_digest", "queue_health"} <= set(
        schedules
    )
    change(administrator, "tidy", "0 5 * * 6", {"days": "30"})
    switch(administrator, "weekly_report", on=False)
    assert sync_schedules() == 0
    view = schedule_view("tidy")
    assert (view.when, view.record.options, view.record.changed_by) == ("每周六 05:00", {"days": "30"}, administrator)
    assert not schedule_view("weekly_report").enabled


def test_options_and_times_that_cannot_be_are_refused(schedules, administrator):
    for cron, options in (("0 5 * *", {"days": "30"}), ("0 5 * * *", {"days": "0"}), ("0 5 * * *", {"days": "多"})):
        with pytest.raises(InvalidValueError):
            change(administrator, "tidy", cron, options)
    with pytest.raises(NotVisibleError):
        change(administrator, "unknown", "0 5 * * *", {})
    assert schedule_view("tidy").when == "每天 03:30"


def test_the_page_knows_last_and_next(only, administrator, django_assert_num_queries):
    only("tidy")
    start_due(moment("2026-03-02 03:30"))
    with django_assert_num_queries(2):
        views = {view.record.key: view for view in schedule_views()}
    view = views["tidy"]
    assert view.last is not None
    assert view.last.slot == moment("2026-03-02 03:30")
    assert view.next is not None
    assert timedelta(0) < view.next - moment("2026-01-01 00:00")
    assert views["weekly_report"].next is None  # switched off
    assert len(views) == len(schedule_services.all_schedules())
