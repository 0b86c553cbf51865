"""A PostgreSQL server of one's own, which may be restarted as roughly as a power failure does."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.installation import free_port

_OWNER = "postgres"  # PostgreSQL refuses to run as root


def tool(name: str) -> str | None:
    """A program of the newest PostgreSQL server that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    return str(found[-1]) if found else shutil.which(name)


@dataclass(frozen=True, slots=True)
class Cluster:
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgres://{_OWNER}@127.0.0.1:{self.port}/postgres"

    def control(self, *arguments: str) -> None:
        _run("pg_ctl", "--pgdata", str(self.folder), "--log", str(self.folder / "log"), "--wait", *arguments)

    def crash_and_restart(self) -> None:
        """Every connection and every open transaction is lost; the write-ahead log is played back."""
        self.control("restart", "--mode", "immediate")


@contextmanager
def cluster(*settings: str) -> Iterator[Cluster]:
    """A server on a free port; gone afterwards. `settings` are written as `name=value`."""
    folder = Path(tempfile.mkdtemp(prefix="cluster-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _OWNER)
        made = Cluster(folder / "data", free_port())
        _run("initdb", "--pgdata", str(made.folder), "--username", _OWNER, "--auth", "trust", "--encoding", "UTF8")
        own = ("listen_addresses=127.0.0.1", f"port={made.port}", f"unix_socket_directories={folder}", *settings)
        with (made.folder / "postgresql.conf").open("a", encoding="utf-8") as stream:
            stream.writelines(f"{name} = '{value}'\n" for name, _, value in (line.partition("=") for line in own))
        made.control("start")
        try:
            yield made
        finally:
            made.control("stop", "--mode", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(name: str, *arguments: str) -> None:
    path = tool(name)
    assert path, f"{name} is not installed"
    done = subprocess.run(
        [path, *arguments],
        user=_OWNER if os.geteuid() == 0 else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, f"{name} {arguments[-1]} ended with {done.returncode}"
