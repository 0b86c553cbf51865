"""The registry of schedules; apps fill it when they start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from disclosures.tasks import TaskContext
from disclosures.tasks.kinds import kind_of

Choices = Sequence[tuple[str, str]]
Options = dict[str, Any]


def _as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Option:
    """Something an administrator may choose. `clean` turns what was entered into JSON; ValueError says why not."""

    name: str
    label: str
    default: Any
    choices: Callable[[], Choices] | None = None
    many: bool = False
    help: str = ""
    clean: Callable[[Any], Any] = _as_it_is
    shown: Callable[[Any], Any] = _as_it_is  # the kept value as the form shows it


@dataclass(frozen=True, slots=True)
class ScheduleType:
    """What there is to know of one schedule.

    `timing` is the default, as cron writes it. `kind` is the task that it queues, or `at_once` what is done in the
    process that noticed the time, and says what came of it. A time that was missed by more than `late` is not made
    up for.
    """

    key: str
    title: str
    says: str
    timing: str
    kind: str = ""
    at_once: Callable[[], str] | None = None
    late: timedelta = timedelta(hours=12)
    options: tuple[Option, ...] = ()

    def with_defaults(self, options: Mapping[str, Any]) -> Options:
        """The options, complete, and none that this version does not know."""
        return {option.name: options.get(option.name, option.default) for option in self.options}


_types: dict[str, ScheduleType] = {}


def register(schedule: ScheduleType) -> None:
    """Add a schedule, or replace it."""
    if bool(schedule.kind) == (schedule.at_once is not None):
        raise ValueError(f"{schedule.key}: either a kind of task or something to do at once")
    _types[schedule.key] = schedule


def type_of(key: str) -> ScheduleType | None:
    """The registered schedule; None for one that this version does not know."""
    found = _types.get(key)
    return found if found and _can_be_done(found) else None


def all_schedules() -> tuple[ScheduleType, ...]:
    """All schedules whose kind of task is there, in the order of their registration."""
    return tuple(item for item in _types.values() if _can_be_done(item))


def _can_be_done(schedule: ScheduleType) -> bool:
    return schedule.at_once is not None or kind_of(schedule.kind) is not None


def scheduled(run: Callable[[TaskContext], Options | None]) -> Callable[[TaskContext], Options | None]:
    """A task that does nothing when its turn comes only after the schedule's next time."""

    def run_in_time(context: TaskContext) -> Options | None:
        until = context.params.get("until")
        if until and timezone.now() >= datetime.fromisoformat(until):
            return {"words": "轮到时已经到了下一次的时间，没有再做"}
        return run(context)

    return run_in_time
