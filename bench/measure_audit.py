"""An audit of many stored disclosures in one process: time, CPU and statements for each, and whether they grow."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
if not os.environ.get("MEASURE_DATABASE_URL"):
    os.environ.pop("DATABASE_URL", None)
else:
    os.environ["DATABASE_URL"] = os.environ["MEASURE_DATABASE_URL"]
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="measure-audit-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from audit.services import audits  # noqa: E402
from audit.services.selection import Selection  # noqa: E402
from bench.support import print_table  # noqa: E402
from disclosures import models  # noqa: E402
from disclosures.storage import store  # noqa: E402
from disclosures.synthetic import SIZES, generate  # noqa: E402
from disclosures.synthetic.samples import spoilt  # noqa: E402

YEAR = 2026
BOUND = 1.5  # how much the time for a disclosure may grow from the fewest to the most
_ERRORS = ("table_digit", "code_name", "phone")
_PER_REGION = 100


def _fill(numbers: range, size: str, *, previous: bool) -> None:
    """Store a disclosure for each number, every tenth with errors, in regions of a hundred departments."""
    for number in numbers:
        region, _ = models.Region.objects.get_or_create(name=f"第{number // _PER_REGION}县", parent=None)
        department = models.Department.objects.create(name=f"第{number}局", region=region)
        for year in (YEAR - 1, YEAR) if previous else (YEAR,):
            disclosure = generate(number, SIZES[size], year=year)
            if number % 10 == 0:
                disclosure = spoilt(disclosure, number, _ERRORS)[0]
            store(disclosure, department)


def _audit(*, whole: bool) -> tuple[float, float, float, int, float]:
    """Seconds of the chunks, CPU seconds, seconds of the end, statements, milliseconds of the median disclosure."""
    audit = audits.start_audit(None, Selection(YEAR), whole=whole, enqueue=False)
    times: list[float] = []
    statements = 0
    wall, cpu = time.perf_counter(), time.process_time()
    for ids in audits.begin_audit(audit.pk):
        reset_queries()  # the log holds so many at most
        with CaptureQueriesContext(connection) as captured:
            before = time.perf_counter()
            for _ in audits.checking(audit.pk, ids):
                times.append((time.perf_counter() - before) * 1000)
                before = time.perf_counter()
        statements += len(captured)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    ending = time.perf_counter()
    audits.finish_audit(audit.pk)
    return wall, cpu, time.perf_counter() - ending, statements, statistics.median(times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[50, 150, 500])
    parser.add_argument("--size", choices=tuple(SIZES), default="medium")
    parser.add_argument("--no-previous", action="store_true", help="without disclosures of the year before")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    rows, each, stored = [], [], 0
    for count in sorted(options.counts):
        _fill(range(stored, count), options.size, previous=not options.no_previous)
        stored = count
        for what, whole in (("all", True), ("nothing changed", False)):
            wall, cpu, ending, statements, median = _audit(whole=whole)
            rows.append(
                (
                    f"{count}, {what}",
                    f"{wall / count * 1000:.0f}",
                    f"{median:.0f}",
                    f"{cpu / count * 1000:.0f}",
                    f"{statements / count:.1f}",
                    f"{ending * 1000:.0f}",
                )
            )
            if whole:
                each.append(cpu / count)
    previous = f"{'without' if options.no_previous else 'with'} last year's"
    print(f"{connection.vendor}, size {options.size}, seeds 0 to {stored - 1}, {previous}; every tenth has errors")
    print_table(("disclosures", "ms each", "median ms", "CPU ms each", "statements each", "end ms"), rows)
    growth = each[-1] / each[0]
    print(f"CPU for each disclosure, most against fewest: × {growth:.2f} (bound {BOUND})")
    return int(growth > BOUND)


if __name__ == "__main__":
    sys.exit(main())
