"""When a schedule is due: the times that cron means, and how people say them. No Django.

Times of day are those of the time zone that the given moments are in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from celery.schedules import ParseException, crontab

_FARTHEST = 366 * 8 + 2  # days: 29 February comes again after eight years at most
_WEEKDAYS = ("日", "一", "二", "三", "四", "五", "六")  # cron counts from Sunday
_NUMBER = re.compile(r"\d{1,2}")


class Every(StrEnum):
    MINUTES = "minutes"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Timing:
    """How a person says when: `weekday` counts from Sunday (0), `minutes` divides an hour, `cron` holds for OTHER."""

    every: Every
    at: time = time(0)
    weekday: int = 1
    day: int = 1
    minutes: int = 15
    cron: str = ""


def parse(cron: str) -> crontab:
    """The five fields of cron (minute, hour, day of month, month, day of week). Raises ValueError in Chinese."""
    fields = cron.split()
    if len(fields) != 5:
        raise ValueError("应为五项，以空格分开：分 时 日 月 星期，例如 30 2 * * 1-5")
    minute, hour, day, month, weekday = fields
    try:
        found = crontab(minute=minute, hour=hour, day_of_month=day, month_of_year=month, day_of_week=weekday)
    except (ParseException, ValueError, KeyError) as error:
        raise ValueError(f"“{cron}”中有不认识的写法，例如可写 30 2 * * 1-5") from error
    if following(found, datetime(2023, 1, 1)) is None:
        raise ValueError("这个时间永远不会到")
    return found


def to_cron(timing: Timing) -> str:
    """The five fields of cron. Raises ValueError in Chinese."""
    clock = f"{timing.at.minute} {timing.at.hour}"
    match timing.every:
        case Every.DAY:
            cron = f"{clock} * * *"
        case Every.WEEK:
            cron = f"{clock} * * {timing.weekday}"
        case Every.MONTH:
            if not 1 <= timing.day <= 28:
                raise ValueError("每月的日期应在 1 至 28 之间，这样每个月都有")
            cron = f"{clock} {timing.day} * *"
        case Every.MINUTES:
            if timing.minutes < 1 or 60 % timing.minutes:
                raise ValueError("分钟数应能整除 60，如 5、10、15、30、60")
            cron = f"*/{timing.minutes} * * * *" if timing.minutes < 60 else "0 * * * *"
        case _:
            cron = " ".join(timing.cron.split())
    parse(cron)
    return cron


def from_cron(cron: str) -> Timing:
    """The plain form of cron's five fields; OTHER where people have no short words for it."""
    minute, hour, day, month, weekday = cron.split()
    other = Timing(Every.OTHER, cron=cron)
    if month != "*":
        return other
    if (hour, day, weekday) == ("*", "*", "*"):
        if minute == "0":
            return Timing(Every.MINUTES, minutes=60)
        if minute.startswith("*/") and minute[2:].isdecimal() and int(minute[2:]) and not 60 % int(minute[2:]):
            return Timing(Every.MINUTES, minutes=int(minute[2:]))
        return other
    if not (_NUMBER.fullmatch(minute) and _NUMBER.fullmatch(hour)):
        return other
    at = time(int(hour), int(minute))
    if (day, weekday) == ("*", "*"):
        return Timing(Every.DAY, at)
    if day == "*" and weekday in tuple("0123456"):
        return Timing(Every.WEEK, at, weekday=int(weekday))
    if weekday == "*" and day.isdecimal() and 1 <= int(day) <= 28:
        return Timing(Every.MONTH, at, day=int(day))
    return other


def words(cron: str) -> str:
    """When, in plain Chinese."""
    timing = from_cron(cron)
    match timing.every:
        case Every.DAY:
            return f"每天 {timing.at:%H:%M}"
        case Every.WEEK:
            return f"每周{_WEEKDAYS[timing.weekday]} {timing.at:%H:%M}"
        case Every.MONTH:
            return f"每月 {timing.day} 日 {timing.at:%H:%M}"
        case Every.MINUTES:
            return "每小时" if timing.minutes == 60 else f"每 {timing.minutes} 分钟"
        case _:
            return f"自定义（{cron}）"


def previous(schedule: crontab, now: datetime) -> datetime | None:
    """The latest time not after `now`; None where there is none for years."""
    times = sorted(((hour, minute) for hour in schedule.hour for minute in schedule.minute), reverse=True)
    for back in range(_FARTHEST):
        day = now - timedelta(days=back)
        if not _is_on(schedule, day):
            continue
        for hour, minute in times:
            found = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
            if found <= now:
                return found
    return None


def following(schedule: crontab, now: datetime) -> datetime | None:
    """The first time after `now`; None where there is none for years."""
    times = sorted((hour, minute) for hour in schedule.hour for minute in schedule.minute)
    for ahead in range(_FARTHEST):
        day = now + timedelta(days=ahead)
        if not _is_on(schedule, day):
            continue
        for hour, minute in times:
            found = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
            if found > now:
                return found
    return None


def _is_on(schedule: crontab, day: datetime) -> bool:
    """As Celery decides: all three must hold."""
    return (
        day.month in schedule.month_of_year
        and day.day in schedule.day_of_month
        and day.isoweekday() % 7 in schedule.day_of_week
    )
