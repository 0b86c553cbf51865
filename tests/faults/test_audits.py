"""Workers are killed in the middle of an audit, and there are two clocks."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.faults
DISCLOSURES = 40  # more than one chunk


def test_workers_killed_in_the_middle_of_an_audit(site):
    audit = site.call("start_audit", DISCLOSURES)
    for already in (1, 15):
        worker = site.start_worker()
        assert site.call("wait_for_items", audit, already) >= already
        site.kill(worker)
    site.start_worker()
    found = site.call("audited", audit)
    assert found == {
        "state": "done",
        "total": DISCLOSURES,
        "checked": DISCLOSURES,
        "failed": 0,
        "items": {"checked": DISCLOSURES},
        "checks": DISCLOSURES,
        "findings twice": 0,
        "open tasks": 0,
    }


def test_two_clocks_at_once_start_each_time_once(site):
    due = site.call("make_schedules_due")
    assert due > 0
    site.start_beat()
    site.start_beat()
    assert site.call("wait_for_schedules", due) == {"runs": due, "schedules": due, "tasks twice": []}
