"""The processes behind `manage.py work`: one Celery worker for each queue, kept running, and the reaper.

The reaper lives here and not in the workers, since this process forks nothing while it holds a database connection.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import NoReturn

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from disclosures import maintenance
from disclosures.models import Worker

from .reaping import reap
from .workers import process_name

PIPE = "WORKER_PIPE"  # config.liveness writes to it
TICK = 0.5  # seconds between two looks at the children
TELL = 5.0  # seconds between two signs of life in the database
SILENT = 30.0  # seconds after which a worker process no longer counts as listening
_PAUSES = (1, 2, 5, 10, 30)  # seconds before a process that ended by itself is started again
_STEADY = 60.0  # seconds after which a start counts as a success

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Child:
    """One process that this one keeps running. Times are monotonic seconds."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    pipe: int = -1
    started: float = 0.0
    heard: float = -SILENT
    failures: int = 0
    due: float = 0.0
    queue: str = ""

    def start(self) -> None:
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)
        self.process = subprocess.Popen(
            self.command,
            cwd=settings.BASE_DIR,
            env=os.environ | {PIPE: str(writing)},
            pass_fds=(writing,),
            start_new_session=True,  # Ctrl+C reaches this process only, which then lets the task in hand finish
        )
        os.close(writing)
        self.pipe, self.started = reading, time.monotonic()

    def listen(self) -> None:
        """Take note of signs of life."""
        with suppress(BlockingIOError):
            if os.read(self.pipe, 4096):
                self.heard = time.monotonic()

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def bury(self) -> None:
        """Note the end of the process and when it may start again."""
        now = time.monotonic()
        os.close(self.pipe)
        self.failures = 0 if now - self.started > _STEADY else self.failures + 1
        self.due = now + _PAUSES[min(self.failures, len(_PAUSES) - 1)]
        self.process, self.heard = None, now - SILENT

    def listens(self) -> bool:
        return time.monotonic() - self.heard < SILENT


def worker_child(queue: str, concurrency: int, loglevel: str = "WARNING") -> Child:
    """A Celery worker of one queue."""
    options = ("--without-gossip", "--without-mingle", "--without-heartbeat", "-l", loglevel)
    name = f"{queue}@{process_name()}".replace("/", ".")
    command = ("worker", "-Q", queue, "-c", str(concurrency), "-n", name, *options)
    return Child(queue, (*_celery(), *command), queue=queue)


def beat_child(loglevel: str = "WARNING") -> Child:
    """Celery's clock, which starts what is scheduled."""
    return Child("beat", (*_celery(), "beat", "-l", loglevel, "--pidfile=", "--schedule="))


def _celery() -> tuple[str, ...]:
    return (sys.executable, "-m", "celery", "-A", settings.TASK_APP, "--quiet")


@dataclass(slots=True)
class Supervisor:
    """Keeps the children running until it is told to stop, and reaps meanwhile."""

    children: Sequence[Child]
    stopping: bool = field(default=False, init=False)
    _reaped: float = field(default=float("-inf"), init=False)
    _told: float = field(default=float("-inf"), init=False)
    _renewal: str = field(default="", init=False)

    def run(self) -> None:
        """Until told to stop; after an upgrade this process starts itself again, with the new program."""
        self._renewal = maintenance.renewal()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for child in self.children:
            child.start()
        try:
            while not self.stopping and not self._is_old():
                self._tick()
                time.sleep(TICK)
        finally:
            self._end()
        if not self.stopping:
            start_again()

    def _is_old(self) -> bool:
        return maintenance.renewal() != self._renewal

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _tick(self) -> None:
        for child in self.children:
            if child.ended():
                _log.error(
                    "worker process %s ended with status %s", child.name, child.process and child.process.returncode
                )
                child.bury()
            elif child.process is not None:
                child.listen()
            elif time.monotonic() >= child.due:
                child.start()
        if maintenance.is_on():
            return  # the tables may be changing under our feet
        now = time.monotonic()
        if now - self._told >= TELL:
            self._told = now
            _with_database(self._tell)
        if now - self._reaped >= settings.TASK_REAP:
            self._reaped = now
            _with_database(reap)

    def _tell(self) -> None:
        """Say in the database which workers listen."""
        for child in self.children:
            if child.queue and child.listens():
                name = f"{process_name()}:{child.queue}"
                Worker.objects.update_or_create(name=name, defaults={"queue": child.queue, "seen_at": timezone.now()})

    def _end(self) -> None:
        """Let the tasks in hand finish, then go."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        for process in running:
            process.wait()
        with suppress(Error):
            Worker.objects.filter(name__startswith=f"{process_name()}:").delete()
        connection.close()


def start_again() -> NoReturn:
    """Become the same command anew, with the program that is installed now; the number of the process stays."""
    _log.warning("started again, after an upgrade")
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _with_database(step: Callable[[], None]) -> None:
    """Do one step; whatever goes wrong in it must not end this process, whose workers would end as well."""
    try:
        step()
    except Error:
        _log.warning("the database does not answer", exc_info=True)
    except Exception:  # noqa: BLE001 - the next round may do better, and the log says what is to be mended
        _log.exception("a step of the reaper failed")
    finally:
        connection.close()
