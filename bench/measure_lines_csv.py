"""Lines of many disclosures as streamed CSV: time, bytes and memory by their number, on SQLite.

.venv/bin/python bench/measure_lines_csv.py [--counts 10000 100000]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.pop("DATABASE_URL", None)
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="measure-lines-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

import psutil  # noqa: E402
from django.core.management import call_command  # noqa: E402

from bench.support import print_table  # noqa: E402
from disclosures import models  # noqa: E402
from disclosures.services.exporting import stream_lines  # noqa: E402
from disclosures.storage import store  # noqa: E402
from disclosures.synthetic import SIZES, generate  # noqa: E402

_MEGABYTE = 1024 * 1024


def fill(total: int) -> None:
    """Store a disclosure and repeat its longest table until there are so many lines."""
    if not models.Disclosure.objects.exists():
        store(generate(1, SIZES["large"]), models.Department.objects.create(name="测试局"))
    table = models.BudgetTable.objects.get(code="T12")
    samples = list(models.BudgetLine.objects.filter(table=table).order_by("position")[:50])
    missing = total - models.BudgetLine.objects.count()
    first = models.BudgetLine.objects.filter(table=table).count() + 1
    lines = []
    for number in range(max(0, missing)):
        line = models.BudgetLine(**{**_values(samples[number % len(samples)]), "position": first + number})
        lines.append(line)
    models.BudgetLine.objects.bulk_create(lines, batch_size=2000)


def _values(line: models.BudgetLine) -> dict[str, object]:
    names = [field.attname for field in models.BudgetLine._meta.concrete_fields if field.name not in ("id", "parent")]
    return {name: getattr(line, name) for name in names}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[10_000, 100_000])
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    process = psutil.Process()
    rows = []
    for count in options.counts:
        fill(count)
        before = process.memory_info().rss
        peak, size, start = before, 0, time.perf_counter()
        for piece in stream_lines(models.Disclosure.objects.all()):
            size += len(piece)
            peak = max(peak, process.memory_info().rss)
        seconds = time.perf_counter() - start
        lines = models.BudgetLine.objects.count()
        rows.append(
            (
                lines,
                f"{size / _MEGABYTE:.1f}",
                f"{seconds:.1f}",
                round(lines / seconds),
                f"{(peak - before) / _MEGABYTE:.1f}",
            )
        )
    print_table(("lines", "MB", "seconds", "lines/s", "memory grows MB"), rows)


if __name__ == "__main__":
    main()
