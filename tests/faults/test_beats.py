"""Two real clocks at once: a time that was missed while both were down is made up for once."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.faults


def test_two_clocks_at_once_start_each_time_once(site):
    due = site.call("make_schedules_due")
    assert due > 0
    for name in ("beat 1", "beat 2"):
        site.start_beat(name)
    for name in ("beat 1", "beat 2"):
        site.wait_for_log("looked for what is due", name)
    assert site.call("wait_for_schedules", due) == {"runs": due, "schedules": due, "tasks twice": []}
    assert [beat.poll() for beat in site.workers] == [None, None]
