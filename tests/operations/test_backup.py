"""Everything is lost and comes back; what is damaged or does not fit changes nothing. With real processes."""

from __future__ import annotations

import pytest

from tests.operations.conftest import SERVICES, command

pytestmark = pytest.mark.faults  # on SQLite, and once more on PostgreSQL and Redis


def test_everything_is_lost_and_restored(site, filled):
    before = site.call("everything")
    assert before["tables"]["disclosures_disclosure"][0] == 2
    assert before["tables"]["disclosures_snapshot"][0] == 1
    assert before["tables"]["audit_finding"][0] > 0
    assert before["tables"]["disclosures_correction"][0] > 0
    assert any(name.startswith("incoming/") for name in before["files"])
    site.call("lose_everything")
    done = command(site, "restore", str(filled))
    assert done.returncode == 0, done.stderr
    assert site.call("everything") == before
    assert site.call("finish") == {"done": 3, "tasks": 3, "disclosures": 3}


@pytest.mark.thorough
def test_data_is_replaced_only_when_asked_to_twice(site, filled):
    before = site.call("everything")
    site.call("finish")
    changed = site.call("everything")
    assert changed != before
    status, _, refusal = site.call("run", "restore", str(filled))
    assert (status, "--replace" in refusal) == (1, True)
    status, _, question = site.call("run", "restore", str(filled), "--replace")
    assert (status, "--yes" in question) == (1, True)
    assert site.call("everything") == changed
    assert site.call("run", "restore", str(filled), "--replace", "--yes")[0] == 0
    assert site.call("everything") == before


@pytest.mark.thorough
@pytest.mark.parametrize("where", [0.2, 0.5, 0.9])
def test_a_damaged_archive_changes_nothing(site, filled, tmp_path, where):
    data = bytearray(filled.read_bytes())
    data[int(len(data) * where)] ^= 0xFF
    damaged = tmp_path / "damaged.tar.zst"
    damaged.write_bytes(data)
    before = site.call("everything")
    status, _, refusal = site.call("run", "restore", str(damaged), "--replace", "--yes")
    assert (status, "什么都没有改动" in refusal) == (1, True)
    assert site.call("everything") == before


@pytest.mark.thorough
def test_a_backup_taken_while_files_come_in_is_of_one_moment(site, filled, tmp_path):
    """Whatever task was open has its file, and runs to its end after the restore."""
    archive = tmp_path / "busy.tar.gz"
    site.call("queue_more", 25)
    site.start_worker()
    site.call("wait_until_done", 5)
    site.call("run", "backup", "--output", str(archive))
    site.stop()
    assert site.call("run", "restore", str(archive), "--replace", "--yes")[0] == 0
    assert 5 <= site.call("counted")["done"] < 28
    assert site.call("open_tasks_without_file") == 0
    assert site.call("finish") == {"done": 28, "tasks": 28, "disclosures": 28}


@pytest.mark.skipif(not SERVICES, reason="SQLite is checked on its copy, before")
@pytest.mark.thorough
def test_a_restore_that_fails_in_the_database_leaves_everything(site, filled, tmp_path):
    """The rows are counted inside of the transaction."""
    code = (
        "from pathlib import Path; from disclosures.operations import archive, databases;"
        f"folder = Path({str(tmp_path)!r}) / 'out'; folder.mkdir();"
        f"found = archive.unpack(Path({str(filled)!r}), folder);"
        "databases.load(folder / found.database, found.counts | {'disclosures_user': 99})"
    )
    before = site.call("everything")
    refused = command(site, "shell", "--verbosity", "0", "-c", code)
    assert "disclosures_user is not complete" in refused.stderr
    assert site.call("everything") == before


@pytest.mark.thorough
def test_status_tells_what_is_to_be_done(site):
    told = command(site, "status")
    assert told.returncode == 1
    assert "没有工作进程" in told.stdout
    assert "排队" in told.stdout
    assert site.call("run", "status", "--here")[0] == 1
    site.start_worker()
    site.call("workers", [])
    status, names, _ = site.call("run", "status", "--here")
    assert status == 0
    assert "interactive" in names
