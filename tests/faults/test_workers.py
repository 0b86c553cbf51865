"""Real worker processes that die, stall, stop and are cancelled. Afterwards every record tells the truth."""

from __future__ import annotations

import pytest

from tests.faults.installation import Installation, pool_processes, stop_gently

IMPORTS = 20

pytestmark = pytest.mark.faults


def assert_imported_once(site: Installation, number: int = IMPORTS) -> None:
    found = site.call("imported")
    assert found == {
        "disclosures": number,
        "departments": number,
        "versions": [1],
        "events": number,
        "checked": number,
        "created": number,
        "left over": 0,
    }


@pytest.mark.parametrize("victim", ["pool process", "main process", "all processes"])
def test_a_worker_killed_in_the_middle_of_imports(site, victim):
    site.call("queue_imports", IMPORTS)
    worker = site.start_worker()
    site.call("wait_for", "done", 3)
    if victim == "pool process":
        for process in pool_processes(worker, "interactive"):
            process.kill()
    elif victim == "main process":
        for process in {process.parent() for process in pool_processes(worker, "interactive")}:
            process.kill()
    else:
        site.kill(worker)
        site.start_worker()
    assert site.call("settle") == {"done": IMPORTS}
    assert_imported_once(site)


def test_the_same_message_delivered_again_and_again_runs_the_task_once(site):
    (task,) = site.call("queue", "count")
    site.call("ring", task, 5)
    site.start_worker()
    site.call("settle")
    (after,) = site.call("queue", "count")
    site.call("settle")
    assert site.call("runs") == [task, after]


def test_two_reapers_at_once_bring_back_each_orphan_once(site):
    orphans = site.call("abandon", 10, f"{site.call('machine')}:4194300")
    site.start_worker()
    site.start_worker()
    assert site.call("settle") == {"done": 10}
    assert sorted(site.call("runs")) == orphans


def test_at_the_soft_limit_a_task_fails_in_words_and_the_worker_goes_on(site):
    (late,) = site.call("queue", "dawdle")
    site.start_worker()
    assert site.call("settle") == {"failed": 1}
    assert "超过了 1 秒的时限" in site.call("words", late)
    site.call("queue", "count")
    assert site.call("settle") == {"failed": 1, "done": 1}


def test_at_the_hard_limit_a_task_is_killed_and_fails_in_words(site):
    (deaf,) = site.call("queue", "ignore")
    site.start_worker()
    assert site.call("settle") == {"failed": 1}
    assert "超过了 2 秒的时限" in site.call("words", deaf)
    site.call("queue", "count")
    assert site.call("settle") == {"failed": 1, "done": 1}


def test_a_running_task_is_cancelled_and_can_be_retried(site):
    (task,) = site.call("queue", "nap", seconds=50)
    site.start_worker()
    site.call("wait_for", "running")
    site.call("cancel", task)
    assert site.call("settle") == {"cancelled": 1}
    assert site.call("runs") == []


def test_a_worker_that_is_asked_to_stop_finishes_the_task_in_hand(site):
    first, second = site.call("queue", "nap", 2, seconds=4)
    worker = site.start_worker("--concurrency", "1")
    site.call("wait_for", "running")
    assert stop_gently(worker) == 0
    assert site.call("states", [first, second]) == ["done", "queued"]
    site.start_worker()
    assert site.call("settle") == {"done": 2}
    assert site.call("runs") == [first, second]


def test_interactive_work_does_not_wait_behind_bulk_work(site):
    bulk = site.call("queue", "bulk-nap", 8, seconds=50)
    site.start_worker("--concurrency", "1")
    site.call("wait_for", "running")
    site.call("queue", "count")
    assert site.call("wait_for", "done") == {"done": 1, "running": 1, "queued": 7}
    assert site.call("states", bulk)[0] == "running"


def test_a_clerk_saves_while_files_are_imported(site):
    site.start_worker("--concurrency", "2")
    found = site.call("save_while_importing", IMPORTS)
    assert found["done"] == IMPORTS + 1  # and the disclosure that the clerk works on
    assert found["saves"] > 0
