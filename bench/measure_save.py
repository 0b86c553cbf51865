"""Saving a cell of a large disclosure: server time from the call to the answer, re-check included, on SQLite."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.pop("DATABASE_URL", None)
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="measure-save-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from audit.services import check_stored  # noqa: E402
from bench.support import print_table  # noqa: E402
from disclosures import models  # noqa: E402
from disclosures.plain.data import Disclosure  # noqa: E402
from disclosures.services.correcting import CellChange, correct_cells  # noqa: E402
from disclosures.services.saving import Edit  # noqa: E402
from disclosures.storage import store  # noqa: E402
from disclosures.synthetic import Size, generate  # noqa: E402

BOUND = 300  # ms, of the median
# About 900 lines in 80 projects with their target forms (the scale of docs: 300-900 lines, 20-80 forms).
SIZES = {
    "500 lines": Size(units=(8, 10), projects=(60, 70), carried=(4, 8), staff=(15, 200), breadth=12),
    "900 lines": Size(units=(15, 15), projects=(300, 310), carried=(40, 60), staff=(20, 400), breadth=16),
}


def _lines(disclosure: Disclosure) -> int:
    return sum(len(table.rows) for table in disclosure.tables)


def _measure(record: models.Disclosure, places: list[str], rounds: int) -> tuple[list[float], list[float], int]:
    """Milliseconds of every save, by the clock and of this process alone, and the queries of the last."""
    revision, times, own, queries = 0, [], [], 0
    for number in range(rounds):
        changes = [CellChange(place, f"{number + 1}.{n:02d}") for n, place in enumerate(places)]
        with CaptureQueriesContext(connection) as captured:
            started, own_started = time.perf_counter(), time.process_time()
            revision = correct_cells(Edit(None, record.pk, revision), changes).revision
            times.append((time.perf_counter() - started) * 1000)
            own.append((time.process_time() - own_started) * 1000)
        queries = len(captured)
    return times, own, queries


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    department = models.Department.objects.create(name="青山市测试局")
    rows, slow = [], False
    for name, size in SIZES.items():
        disclosure = generate(1, size)
        record = store(disclosure, department)
        check_stored(record.pk, "import")
        block = [
            f"T05/{row.code}/{column}"
            for row in disclosure.tables[4].rows
            if row.code
            for column in ("total", "basic", "project")
        ]
        for what, places in (("one cell", ["T03/合计/total"]), ("block 10×3", block[:30])):
            models.Disclosure.objects.filter(pk=record.pk).update(revision=0)
            times, own, queries = _measure(record, places, options.rounds)
            median = statistics.median(times)
            slow = slow or median > BOUND
            forms = len(disclosure.project_targets)
            figures = (f"{median:.0f}", f"{max(times):.0f}", f"{statistics.median(own):.0f}", f"{max(own):.0f}")
            rows.append((f"{name}, {what}", _lines(disclosure), forms, queries, *figures))
    print(f"SQLite, {options.rounds} saves each, seed 1; bound: median <= {BOUND} ms")
    print_table(("save", "lines", "forms", "queries", "median ms", "slowest ms", "own median", "own slowest"), rows)
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
