"""One command after the new program is in place, while workers run and people work."""

from __future__ import annotations

import pytest

from tests.operations.conftest import command

pytestmark = pytest.mark.faults
OLDER = ("migrate", "--verbosity", "0", "disclosures", "0009")


@pytest.fixture
def older(site):
    """The installation as an older program left it."""
    site.call("run", *OLDER)
    return site


@pytest.mark.thorough
def test_tables_of_an_older_version_are_brought_up_with_a_backup_of_before(older, tmp_path):
    before = older.call("everything")
    kept = tmp_path / "before.tar.zst"
    done = command(older, "upgrade", "--output", str(kept), "--no-static")
    assert done.returncode == 0, done.stderr
    assert "升级完成" in done.stdout
    assert older.call("run", "migrate", "--check")[0] == 0
    assert not older.call("closed")
    older.call("run", "restore", str(kept), "--replace", "--yes")
    assert older.call("everything") == before


def test_the_task_in_hand_is_finished_and_workers_start_anew(site, tmp_path):
    site.start_worker()
    site.start_beat("beat")
    site.wait_for_log("looked for what is due", "beat")
    listening = site.call("workers", [])
    nap = site.call("start_nap", 3)
    status, _, complaint = site.call("run", "upgrade", "--output", str(tmp_path / "b.tar.gz"), "--no-static")
    assert status == 0, complaint
    assert site.call("task_state", nap) == "done"
    assert site.call("wait_until_done", 4) == 4  # the import that waited, by the workers of now
    assert listening
    for name in ("worker", "beat"):
        site.wait_for_log("started again", name)
    assert [process.poll() for process in site.workers] == [None, None]


@pytest.mark.thorough
def test_tasks_that_do_not_end_are_not_cut_off(site, tmp_path):
    site.start_worker()
    site.call("wait_until_done", 3)  # the import that waited
    nap = site.call("start_nap", 30)
    status, _, refusal = site.call("run", "upgrade", "--wait", "0", "--output", str(tmp_path / "b.tar.gz"))
    assert status == 1
    assert "还有 1 个任务没有做完" in refusal
    assert site.call("task_state", nap) == "running"
    assert not site.call("closed")


@pytest.mark.thorough
def test_an_upgrade_that_breaks_leaves_the_site_closed_and_says_how_to_go_back(older, tmp_path):
    """A table of the new version is already there."""
    older.call("obstruct")
    kept = tmp_path / "before.tar.zst"
    status, _, told = older.call("run", "upgrade", "--output", str(kept), "--no-static")
    assert status == 1
    assert f"restore --replace {kept}" in told
    assert older.call("closed")
    assert older.call("run", "restore", str(kept), "--replace", "--yes")[0] == 0
    assert not older.call("closed")
