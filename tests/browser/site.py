"""A site of its own: server, worker, SQLite in a folder. For the browser tests and the screenshots."""

from __future__ import annotations

import os
import re
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
PATIENCE = 30  # seconds for the site to start


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
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    environment |= {"DEMO": "1", "VAR_DIR": str(folder), "ALLOWED_HOSTS": "127.0.0.1", "PYTHONPATH": str(ROOT)}
    call = f"from tests.browser.prepare import prepare; prepare({list(departments)!r})"
    _manage(environment, "migrate", "--verbosity", "0")
    _manage(environment, "sync_catalogue")
    _manage(environment, "shell", "--verbosity", "0", "-c", call)
    server = _start(environment, folder / "server.log", "runserver", "--noreload", f"127.0.0.1:{port}")
    worker = _start(environment, folder / "worker.log", "work")
    try:
        _wait_for(f"http://127.0.0.1:{port}/login/")
        yield Site(f"http://127.0.0.1:{port}", folder)
    finally:
        for process in (server, worker):
            process.terminate()
            process.wait(timeout=10)


def import_into(site: Site, name: str, data: bytes, person: str, *, department: bool = False) -> str:
    """Bring a document in without the worker; the address of its workbench. `department`: the reviewer's region."""
    file = site.folder / name
    file.write_bytes(data)
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    environment |= {"DEMO": "1", "VAR_DIR": str(site.folder)}
    submit = [] if department else ["--submit-as", person]
    said = subprocess.run(
        _command(["import_disclosure", str(file), *submit]),
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    number = re.search(r"编号 (\d+)", said)
    if number is None:
        raise RuntimeError(said)
    if department:
        call = (
            "from disclosures.models import Department, Disclosure, Region;"
            f"Department.objects.filter(disclosures={number[1]}).update(region=Region.objects.get(name='青山市'))"
        )
        _manage(environment, "shell", "--verbosity", "0", "-c", call)
    return f"/disclosures/{number[1]}/"


def _manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(_command(arguments), env=environment, cwd=ROOT, check=True, capture_output=True)


def _start(environment: dict[str, str], log: Path, *arguments: str) -> subprocess.Popen[bytes]:
    with log.open("wb") as stream:
        return subprocess.Popen(
            _command(arguments), env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=stream
        )


def _command(arguments: Iterable[str]) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
