"""Workers are killed in the middle of an audit: it ends, and nothing is checked or found twice."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.faults
DISCLOSURES = 30  # more than one chunk


def test_workers_killed_in_the_middle_of_an_audit(site):
    audit = site.call("start_audit", DISCLOSURES)
    worker = site.start_worker("--queue", "bulk")
    assert DISCLOSURES > site.call("wait_for_items", audit, 5) >= 5
    site.kill(worker)
    site.start_worker("--queue", "bulk")
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
