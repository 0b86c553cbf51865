"""One worker meets hostile files one after another through the import, and then imports a good one."""

from __future__ import annotations

import uuid

import pytest
from django.core.management import call_command

from disclosures.models import Disclosure, Role, Task, TaskState, User
from disclosures.services.sources import source_lines
from disclosures.services.tasks import queue_import
from disclosures.synthetic import TINY, generate
from disclosures.writing.xlsx import write_xlsx
from tests.hostile.makers import HOSTILE

# The others are of the same kinds; each costs a process.
CASES = (
    "an empty file",
    "half a document",
    "a part that unpacks to 120 MB",
    "billion laughs in a document",
    "an external entity in a sheet",
    "a workbook with macros",
    "elements a hundred thousand deep",
    "ten thousand pages",
    "a locked PDF",
    "a picture of 50 000 pixels",
    "an encrypted document",
)


@pytest.mark.django_db
def test_the_worker_lives_on(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    user = User.objects.create(username="管理员", role=Role.ADMINISTRATOR)
    batch = uuid.uuid4()
    tasks = [queue_import(user, HOSTILE[case][0], HOSTILE[case][1](), batch) for case in CASES]
    disclosure = generate(1, TINY)
    good = queue_import(user, "好.xlsx", write_xlsx(disclosure), batch)
    call_command("work", once=True)
    for task, case in zip(tasks, CASES, strict=True):
        task.refresh_from_db()
        assert (case, task.state) == (case, TaskState.FAILED)
        assert "请" in task.error
    good.refresh_from_db()
    assert (good.state, good.error) == (TaskState.DONE, "")
    assert not Task.objects.exclude(state__in=(TaskState.DONE, TaskState.FAILED)).exists()
    record = Disclosure.objects.select_related("source_file").get()
    shown = {line.source: line for line in source_lines(record)}
    row = record.budget_tables.get(code="T03").lines.order_by("position").first()
    assert row is not None
    place = row.cell_sources["total"]
    line = shown[row.source or ""]
    printed = dict(zip(line.cell_sources, line.cells or (), strict=True))[place]
    assert printed.replace(",", "") == next(t for t in disclosure.tables if t.id == "T03").rows[0].value("total")
    assert line.words.startswith("工作表“")
