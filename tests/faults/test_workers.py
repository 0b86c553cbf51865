"""Real worker processes that die or are stopped. Afterwards every record tells the truth."""

from __future__ import annotations

import pytest

from tests.faults.installation import PATIENCE, Installation, pool_processes

IMPORTS = 20

pytestmark = pytest.mark.faults


def assert_imported_once(site: Installation, number: int = IMPORTS, *, recorded: bool = False) -> None:
    found = site.call("imported", recorded=recorded)
    assert found == {
        "disclosures": number,
        "departments": number,
        "versions": [1],
        "events": number,
        "checked": number,
        "created": number,
        "left over": 0,
    }


@pytest.mark.parametrize(
    "victim",
    [
        pytest.param("pool process", marks=pytest.mark.thorough),
        pytest.param("main process", marks=pytest.mark.thorough),
        "all processes",
    ],
)
def test_a_worker_killed_in_the_middle_of_imports(site, victim):
    site.call("queue_imports", IMPORTS)
    worker = site.start_worker()
    assert site.call("wait_for", "done", 3)["done"] < IMPORTS
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


@pytest.mark.parametrize("stage", ["正在解压", "正在保存"])
def test_a_worker_killed_while_it_unpacks_an_archive(site, stage):
    archive = site.call("queue_archive", IMPORTS)
    worker = site.start_worker()
    site.call("wait_for_stage", archive, stage)
    site.kill(worker)
    site.start_worker()
    assert site.call("settle") == {"done": IMPORTS + 1}
    assert_imported_once(site, recorded=True)  # what the dead one had kept without a record is deleted within the hour


def test_two_reapers_at_once_bring_back_each_orphan_once(site):
    orphans = site.call("abandon", 10, f"{site.call('machine')}:4194300")
    site.start_worker("--queue", "interactive")
    site.start_worker("--queue", "interactive")
    assert site.call("settle") == {"done": 10}
    assert sorted(site.call("runs")) == orphans


def test_a_worker_that_is_asked_to_stop_finishes_the_task_in_hand(site):
    first, second = site.call("queue", "stay", 2)
    worker = site.start_worker("--queue", "interactive", "--concurrency", "1")
    site.call("wait_for", "running")
    worker.terminate()
    site.wait_for_log("Warm shutdown")
    site.call("let_go")
    assert worker.wait(PATIENCE) == 0
    assert site.call("states", [first, second]) == ["done", "queued"]
    site.start_worker("--queue", "interactive")
    assert site.call("settle") == {"done": 2}
    assert site.call("runs") == [first, second]
