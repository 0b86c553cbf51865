"""An installation of its own with real processes: SQLite and a folder, or PostgreSQL and a Redis of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0  # seconds until the tests give up waiting, on a machine that has other things to do
_numbers = count()
PACE = {"TASK_HEARTBEAT": "0.5", "TASK_STALE": "15", "TASK_REAP": "1", "TASK_RING_AGAIN": "2"}


@dataclass
class Broker:
    """The broker, which can be lost with everything in it."""

    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if self.port:
            options = ("--port", str(self.port), "--save", "", "--bind", "127.0.0.1", "--dir", str(self.folder))
            self.process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
            _wait_for_port(self.port)

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
        shutil.rmtree(self.folder / "broker", ignore_errors=True)


@dataclass
class Installation:
    environment: dict[str, str]
    broker: Broker
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    web: subprocess.Popen[str] | None = None
    serving: str = "tests.faults.inside"

    def call(self, name: str, *arguments: Any, **named: Any) -> Any:
        """Run a function of the module `serving` in the web process of this installation."""
        if self.web is None:
            code = f"import {self.serving} as inside; from tests.faults.inside import serve; serve(vars(inside))"
            self.web = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "shell", "--verbosity", "0", "-c", code],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.web.stdin
        assert self.web.stdout
        self.web.stdin.write(json.dumps([name, arguments, named]) + "\n")
        self.web.stdin.flush()
        answer = json.loads(self.web.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["answer"]

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done

    def start_worker(self, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(ROOT / "manage.py"), "work", *options]
        with self._log_of("worker").open("ab") as log:
            worker = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=log, stderr=log)
        self.workers.append(worker)
        return worker

    def start_beat(self, name: str) -> None:
        """A clock by itself, which tells everything to a log of its own."""
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "config.celery",
            "--quiet",
            "beat",
            "--pidfile=",
            "--schedule=",
        ]
        with self._log_of(name).open("wb") as log:
            environment = self.environment | {"LOG_LEVEL": "DEBUG"}
            self.workers.append(subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log))

    def log(self, name: str = "worker") -> str:
        return self._log_of(name).read_text(encoding="utf-8", errors="replace")

    def wait_for_log(self, words: str, name: str = "worker") -> None:
        """Until a process has said so."""
        until = time.monotonic() + PATIENCE
        while words not in self.log(name):
            assert time.monotonic() < until, f"{name} has not said {words!r}"
            time.sleep(0.05)

    def _log_of(self, name: str) -> Path:
        return Path(self.environment["VAR_DIR"]) / f"{name}.log"

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """SIGKILL to every process of a worker at once."""
        for process in [psutil.Process(worker.pid), *descendants(worker)]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        worker.wait()

    def stop(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                self.kill(worker)
        self.workers.clear()


def descendants(worker: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return psutil.Process(worker.pid).children(recursive=True)


def pool_processes(worker: subprocess.Popen[bytes], queue: str) -> list[psutil.Process]:
    """The processes that do the work of a queue."""
    found = []
    for process in descendants(worker):
        with suppress(psutil.NoSuchProcess):
            parent = process.parent()
            if parent and parent.pid != worker.pid and queue in process.cmdline():
                found.append(process)
    return found


@contextmanager
def installation(folder: Path, server: str = "", *, migrations: bool = True) -> Iterator[Installation]:
    """An installation with its tables made; on the services where DATABASE_URL and REDIS_URL name them.

    `server` is the address of another PostgreSQL server. Without `migrations` the models make the tables.
    """
    server = server or os.environ.get("DATABASE_URL", "")
    services = bool(server)
    broker = Broker(folder, free_port() if services else 0)
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    environment |= PACE | {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "DEMO": "1",
        "VAR_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
        "WITHOUT_MIGRATIONS": "0" if migrations else "1",
    }
    with _database(server) as url:
        if services:
            environment |= {"DATABASE_URL": url, "REDIS_URL": f"redis://127.0.0.1:{broker.port}/0"}
        broker.start()
        made = Installation(environment, broker)
        try:
            made.manage("migrate", "--run-syncdb", "--verbosity", "0")
            yield made
        finally:
            made.stop()
            if made.web:
                made.web.kill()
                made.web.wait()
            broker.stop()


@contextmanager
def _database(server: str) -> Iterator[str]:
    """A database of its own on a server; none (SQLite) where none is named."""
    if not server:
        yield ""
        return
    server = server.replace("postgres://", "postgresql://")
    name = f"faults_{os.getpid()}_{next(_numbers)}"
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    _execute(server, drop, f'CREATE DATABASE "{name}"')
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        _execute(server, drop)


def _execute(server: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for_port(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
