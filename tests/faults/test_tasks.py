"""What a real worker makes of tasks that stall, are cancelled, come twice or stand behind others."""

from __future__ import annotations

import pytest

from tests.faults.test_workers import IMPORTS

pytestmark = pytest.mark.faults


def test_the_same_message_delivered_again_and_again_runs_the_task_once(working):
    (task,) = working.call("queue", "count")
    working.call("ring", task, 5)
    working.call("settle")
    (after,) = working.call("queue", "count")
    working.call("settle")
    assert working.call("runs") == [task, after]


@pytest.mark.parametrize(("kind", "limit"), [("dawdle", 1), ("ignore", 2)])
def test_at_its_limit_a_task_fails_in_words_and_the_worker_goes_on(working, kind, limit):
    """The soft limit interrupts; at the hard one the process of a task that does not listen is killed."""
    (late,) = working.call("queue", kind)
    assert working.call("settle") == {"failed": 1}
    assert f"超过了 {limit} 秒的时限" in working.call("words", late)
    working.call("queue", "count")
    assert working.call("settle") == {"failed": 1, "done": 1}


def test_a_running_task_is_cancelled_and_can_be_retried(working):
    (task,) = working.call("queue", "stay")
    working.call("wait_for", "running")
    working.call("cancel", task)
    assert working.call("settle") == {"cancelled": 1}
    assert working.call("runs") == []
    working.call("retry", task)
    working.call("let_go")
    assert working.call("settle") == {"done": 1}
    assert working.call("runs") == [task]


def test_interactive_work_does_not_wait_behind_bulk_work(working):
    bulk = working.call("queue", "bulk-stay", 8)
    working.call("wait_for", "running")
    working.call("queue", "count")
    assert working.call("wait_for", "done") == {"done": 1, "running": 1, "queued": 7}
    assert working.call("states", bulk)[0] == "running"
    working.call("let_go")
    assert working.call("settle") == {"done": 9}


def test_a_clerk_saves_while_files_are_imported(working):
    found = working.call("save_while_importing", IMPORTS)
    assert found["done"] == IMPORTS + 1  # and the disclosure that the clerk works on
    assert found["saves"] > 0
