"""Commands over several files: a bar where a person looks at it, nothing of it in a pipe."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "tiny-unit.txt"


def run(command: str, *arguments: object, terminal: bool) -> tuple[int, str, str]:
    """Exit status, standard output (always a pipe), standard error (a terminal or a pipe)."""
    told = [sys.executable, str(ROOT / "manage.py"), command, *map(str, arguments)]
    environment = os.environ | {"TERM": "xterm"}
    if not terminal:
        done = subprocess.run(told, env=environment, capture_output=True, encoding="utf-8", check=False)
        return done.returncode, done.stdout, done.stderr
    ours, theirs = pty.openpty()
    with subprocess.Popen(told, env=environment, stdout=subprocess.PIPE, stderr=theirs, encoding="utf-8") as process:
        os.close(theirs)
        assert process.stdout
        shown = b""
        out = process.stdout.read()  # what the terminal gets meanwhile fits into its buffer
        while chunk := _read(ours):
            shown += chunk
    os.close(ours)
    return process.returncode, out, shown.decode()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # everybody has left the terminal
        return b""


@pytest.mark.parametrize(("command", "doing"), [("check_disclosure", "正在核对"), ("summarise_disclosure", "正在读取")])
@pytest.mark.parametrize("terminal", [True, False])
def test_several_files_show_progress_on_a_terminal_only(tmp_path, command, doing, terminal):
    missing = tmp_path / "missing.txt"
    _, out, shown = run(command, SAMPLE, missing, SAMPLE, terminal=terminal)
    assert (doing in shown, "3/3" in shown) == (terminal, terminal)
    assert "文件不存在" in shown
    assert doing not in out
    assert out.count("tiny-unit.txt") >= 2


def test_json_in_a_pipe_stays_json_while_the_bar_is_shown():
    _, out, shown = run("check_disclosure", SAMPLE, SAMPLE, "--format", "json", terminal=True)
    assert "正在核对" in shown
    assert [json.loads(line)["schema"] for line in out.splitlines()] == ["budget-findings/1"] * 2
