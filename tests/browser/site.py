"""A site of its own: server, worker, SQLite in a folder. For the browser tests and the screenshots."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.prepare import PASSWORD

__all__ = ["PASSWORD", "ROOT", "Site", "chromium", "import_into", "running_site"]

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 180  # seconds for the site to start: on an idle machine it takes three
FAREWELL = 60  # seconds for a process to stop before it is killed


@dataclass(frozen=True)
class Site:
    address: str
    folder: Path


def chromium() -> str | None:
    """The installed browser."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


@contextmanager
def running_site(folder: Path, departments: Iterable[str]) -> Iterator[Site]:
    """The site with one clerk for each department, a reviewer, an auditor, a stranger; stopped in the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = _environment(folder) | {"ALLOWED_HOSTS": "127.0.0.1"}
    _run(environment, *_prepared("site", *departments))
    server = _start(environment, folder / "server.log", "runserver", "--noreload", f"127.0.0.1:{port}")
    worker = _start(environment, folder / "worker.log", "work")
    try:
        _wait_for(f"http://127.0.0.1:{port}/login/", server, folder / "server.log")
        yield Site(f"http://127.0.0.1:{port}", folder)
    finally:
        _stop(server, worker)


def import_into(site: Site, name: str, data: bytes, person: str) -> str:
    """Bring a document in without the worker; the address of its workbench.

    In the name of `person`, or, where they have no department, as one of their region.
    """
    file = site.folder / name
    file.write_bytes(data)
    said = _run(_environment(site.folder), *_prepared("import", str(file), person))
    return f"/disclosures/{said.split()[-1]}/"


def _environment(folder: Path) -> dict[str, str]:
    """That of a site in the folder: SQLite and the embedded broker, whatever ours says."""
    ours = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    return ours | {"DEMO": "1", "VAR_DIR": str(folder), "PYTHONPATH": str(ROOT)}


def _prepared(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tests.browser.prepare", *arguments]


def _manage(environment: dict[str, str], *arguments: str) -> None:
    _run(environment, *_command(arguments))


def _run(environment: dict[str, str], *command: str) -> str:
    """What the command says. Raises RuntimeError with all of it when it fails."""
    done = subprocess.run(command, env=environment, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def _start(environment: dict[str, str], log: Path, *arguments: str) -> subprocess.Popen[bytes]:
    with log.open("wb") as stream:
        return subprocess.Popen(
            _command(arguments), env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=stream
        )


def _stop(*processes: subprocess.Popen[bytes]) -> None:
    """All at once, for each takes its time."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=FAREWELL)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _command(arguments: Iterable[str]) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def _wait_for(address: str, server: subprocess.Popen[bytes] | None = None, log: Path | None = None) -> None:
    """Until the site answers. Raises OSError when it never does, RuntimeError with its log when it has ended."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=30).close()
            return
        except OSError:
            if server is not None and server.poll() is not None:
                raise RuntimeError(log.read_text() if log else "the site has ended") from None
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
