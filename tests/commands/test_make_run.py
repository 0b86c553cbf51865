"""`make run` starts the site and the workers, and leaves neither behind, however it is stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_PATIENCE = 20.0  # seconds
# In the place of manage.py: writes down its process where make started one that stays.
_STAND_IN = """
import os, pathlib, sys, time
command, folder = sys.argv[1], pathlib.Path(sys.argv[0]).parent
if command in ("work", "runserver"):
    draft = folder / f"{command}.draft"
    draft.write_text(str(os.getpid()))
    draft.rename(folder / command)
    time.sleep(60)
"""
# A terminal's commands can be interrupted, those of a script in the background cannot; tests may run as either.
_AT_A_TERMINAL = (
    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])"
)


@pytest.fixture
def running(tmp_path) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, int]]]:
    """make, and the processes of its site and its workers."""
    if shutil.which("make") is None:
        pytest.skip("there is no make on this machine")
    program = tmp_path / "manage.py"
    program.write_text(_STAND_IN)
    demo = f"DEMO={sys.executable} {program}"
    command = ["make", "--silent", "-o", ".venv/installed", "run", demo]
    start = [sys.executable, "-c", _AT_A_TERMINAL, *command]
    make = subprocess.Popen(start, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        yield make, {name: _number(tmp_path / name) for name in ("work", "runserver")}
    finally:
        with suppress(ProcessLookupError):
            os.killpg(make.pid, signal.SIGKILL)
        make.wait()


def _number(path: Path) -> int:
    for _ in range(int(_PATIENCE / 0.05)):
        if path.exists():
            return int(path.read_text())
        time.sleep(0.05)
    raise AssertionError(f"{path.name} was not started")


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("stopped", ["the site", "make", "the terminal"])
def test_site_and_workers_end_together(running, stopped):
    make, processes = running
    assert all(_lives(process) for process in processes.values())
    if stopped == "the site":
        os.kill(processes["runserver"], signal.SIGKILL)
    elif stopped == "make":
        make.terminate()
    else:
        os.killpg(make.pid, signal.SIGINT)
    make.wait(_PATIENCE)
    ends = time.monotonic() + _PATIENCE
    while any(_lives(process) for process in processes.values()) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not any(_lives(process) for process in processes.values())
