"""The times that cron means and how people say them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosures.schedules.timing import Every, Timing, following, from_cron, parse, previous, to_cron, words

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31))
_TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
TIMINGS = st.one_of(
    st.builds(Timing, st.just(Every.DAY), _TIMES),
    st.builds(Timing, st.just(Every.WEEK), _TIMES, weekday=st.integers(0, 6)),
    st.builds(Timing, st.just(Every.MONTH), _TIMES, day=st.integers(1, 28)),
    st.builds(Timing, st.just(Every.MINUTES), minutes=st.sampled_from([1, 2, 5, 10, 15, 20, 30, 60])),
)


@pytest.mark.parametrize(
    ("cron", "said"),
    [
        ("0 2 * * *", "每天 02:00"),
        ("0 8 * * 1", "每周一 08:00"),
        ("30 23 * * 0", "每周日 23:30"),
        ("15 6 28 * *", "每月 28 日 06:15"),
        ("*/15 * * * *", "每 15 分钟"),
        ("0 * * * *", "每小时"),
        ("30 2 * * 1-5", "自定义（30 2 * * 1-5）"),
        ("0 2 31 * *", "自定义（0 2 31 * *）"),
    ],
)
def test_times_are_said_in_plain_words(cron, said):
    assert words(cron) == said


@given(TIMINGS)
def test_plain_times_survive_cron(timing):
    assert from_cron(to_cron(timing)) == timing


@given(TIMINGS, MOMENTS)
def test_the_next_time_comes_after_and_the_last_before(timing, now):
    schedule = parse(to_cron(timing))
    last, upcoming = previous(schedule, now), following(schedule, now)
    assert last is not None
    assert upcoming is not None
    assert last <= now < upcoming
    assert previous(schedule, upcoming) == upcoming
    assert following(schedule, last) == upcoming  # nothing lies between
    assert previous(schedule, upcoming - timedelta(microseconds=1)) == last


def test_rare_times_are_found():
    leap = parse("0 0 29 2 *")
    assert previous(leap, datetime(2026, 11, 21)) == datetime(2024, 2, 29)
    assert following(leap, datetime(2026, 11, 21)) == datetime(2028, 2, 29)


@pytest.mark.parametrize("cron", ["", "* * * *", "61 * * * *", "a b c d e", "0 25 * * *", "0 2 30 2 *", "*/0 * * * *"])
def test_what_cron_does_not_know_is_refused_in_words(cron):
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        parse(cron)


@pytest.mark.parametrize(
    "timing", [Timing(Every.MONTH, day=31), Timing(Every.MINUTES, minutes=7), Timing(Every.MINUTES, minutes=0)]
)
def test_times_that_do_not_come_regularly_are_refused(timing):
    with pytest.raises(ValueError, match="应"):
        to_cron(timing)
