"""The broker and the database go away and come back."""

from __future__ import annotations

import os

import pytest

from tests.faults.test_workers import IMPORTS, assert_imported_once

pytestmark = pytest.mark.faults


def test_a_broker_that_loses_everything(working):
    """Redis is restarted without its data, or the folder of messages is deleted; files come in meanwhile."""
    working.call("queue", "count")
    working.call("settle")
    working.call("clear")
    working.broker.stop()
    working.call("queue_imports", IMPORTS)
    working.broker.start()
    assert working.call("settle") == {"done": IMPORTS}
    assert_imported_once(working)


@pytest.mark.thorough
def test_messages_lost_on_their_way(site):
    """The bells of a queue that nobody has heard yet are gone when the workers come."""
    site.call("queue_imports", IMPORTS)
    site.broker.stop()
    site.broker.start()
    site.start_worker()
    assert site.call("settle") == {"done": IMPORTS}
    assert_imported_once(site)


@pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="SQLite has no connections that could be cut")
def test_a_database_that_throws_everybody_out(working):
    working.call("queue_imports", IMPORTS)
    for done in (2, 6, 10):
        working.call("wait_for", "done", done)
        assert working.call("cut_connections") > 0
    assert working.call("settle") == {"done": IMPORTS}
    assert_imported_once(working)
