"""Installations of their own, on SQLite or on PostgreSQL, that may be lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.installation import ROOT, Installation, installation

SERVICES = bool(os.environ.get("DATABASE_URL"))


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    needed = [tool for tool in ("redis-server", "pg_dump", "pg_restore", "psql") if SERVICES and not shutil.which(tool)]
    if needed:
        message = f"没有安装 {'、'.join(needed)}，服务模式的备份测试没有运行"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with installation(tmp_path_factory.mktemp("operations")) as made:
        yield made


@pytest.fixture(scope="session")
def filled(_made: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of an installation in which people have worked."""
    _made.serving = "tests.operations.inside"
    _made.call("fill")
    archive = tmp_path_factory.mktemp("archive") / "kept.tar.zst"
    _made.manage("backup", "--output", str(archive))
    return archive


@pytest.fixture
def site(_made: Installation, filled: Path) -> Iterator[Installation]:
    """That installation, as it was when the backup was taken."""
    yield _made
    _made.stop()
    status, _, complaint = _made.call("run", "restore", str(filled), "--replace", "--yes")
    assert status == 0, complaint


def command(site: Installation, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, that may be refused."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=site.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
