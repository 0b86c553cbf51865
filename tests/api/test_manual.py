"""The examples of docs/zh/api.md, run as they stand there against a live server, in their order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from disclosures.models import Disclosure, State, Task, TaskState
from disclosures.services.tokens import create_token
from disclosures.tasks.running import run
from tests.workflow.conftest import file_of, spoilt

MANUAL = Path(settings.BASE_DIR) / "docs" / "zh" / "api.md"
BLOCK = re.compile(r"^```(bash|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PATIENCE = 60  # seconds for one example


def _examples() -> list[tuple[str, str]]:
    return BLOCK.findall(MANUAL.read_text(encoding="utf-8"))


def test_there_are_examples_for_both_kinds_of_reader():
    kinds = [kind for kind, _ in _examples()]
    assert kinds.count("bash") >= 4
    assert kinds.count("python") >= 3


@pytest.mark.django_db(transaction=True)
def test_every_example_runs(live_server, people, record, sound, tmp_path):
    if shutil.which("curl") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("curl is missing")
        pytest.skip("curl is missing")
    file = tmp_path / "预算.json"
    file.write_bytes(file_of(spoilt(sound, "T03/合计/total", "2.00")))
    environment = os.environ | {
        "SITE": live_server.url,
        "TOKEN": create_token(people["clerk"], "手册")[1],
        "FILE": str(file),
        "PYTHONIOENCODING": "utf-8",
    }
    for kind, text in _examples():
        command = ["bash", "-euo", "pipefail", "-c", text] if kind == "bash" else [sys.executable, "-c", text]
        status, said = _run(command, environment, tmp_path)
        assert status == 0, f"{text}\n{said}"
        if "/submit" in text:
            submitted = Disclosure.objects.latest("pk")
            assert submitted.state == State.IN_REVIEW, said
            Disclosure.objects.filter(pk=submitted.pk).update(state=State.TO_CORRECT)
    assert (tmp_path / "lines.csv").read_text(encoding="utf-8-sig").startswith("行 id,")
    assert '"budget-findings/1"' in (tmp_path / "findings.json").read_text(encoding="utf-8")


def _run(command: list[str], environment: dict[str, str], folder: Path) -> tuple[int, str]:
    """The exit status of an example and what it said. Its tasks are worked on here, where the database is."""
    until = time.monotonic() + PATIENCE
    with (folder / "said").open("w+", encoding="utf-8") as said:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        while process.poll() is None:
            for pk in Task.objects.filter(state=TaskState.QUEUED).values_list("pk", flat=True):
                run(pk)
            if time.monotonic() > until:
                process.kill()
            time.sleep(0.05)
        said.seek(0)
        return process.returncode, said.read()
