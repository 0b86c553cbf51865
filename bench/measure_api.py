"""The API: 100 000 lines as streamed CSV (memory and time), lists of many records, made-up requests per role."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.pop("DATABASE_URL", None)
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="measure-api-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

import psutil  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from rest_framework.test import APIClient  # noqa: E402

from audit.api.lines_csv import lines_as_csv  # noqa: E402
from bench.support import print_table  # noqa: E402
from disclosures import models  # noqa: E402
from disclosures.services.tokens import create_token  # noqa: E402

MEGA = 1024 * 1024


def _fill(department: models.Department, disclosures: int, lines: int) -> None:
    """Disclosures of one table each, `lines` in all."""
    first = 1 + models.Disclosure.objects.count()
    each = lines // disclosures
    for number in range(first, first + disclosures):
        record = models.Disclosure.objects.create(
            department=department, fiscal_year=2026, kind="department_budget", version=number, profile="shanxi-2024"
        )
        table = models.BudgetTable.objects.create(disclosure=record, code="T05", position=0, title="表五")
        models.BudgetLine.objects.bulk_create(
            (
                models.BudgetLine(table=table, position=n, code="2080101", name="行政运行", total=n, basic=n, project=0)
                for n in range(each)
            ),
            batch_size=2000,
        )


def _stream() -> tuple[int, float, float, float, int]:
    """Lines, seconds, peak of Python's memory, growth of the process, queries."""
    process, before = psutil.Process(), psutil.Process().memory_info().rss
    lines = models.BudgetLine.objects.order_by("table_id", "position", "pk")
    started = time.perf_counter()
    number = sum(block.count(b"\n") for block in lines_as_csv(lines)) - 1
    seconds = time.perf_counter() - started
    grown = (process.memory_info().rss - before) / MEGA
    with CaptureQueriesContext(connection) as captured:
        tracemalloc.start()
        for _ in lines_as_csv(lines):
            pass
        peak = tracemalloc.get_traced_memory()[1] / MEGA
        tracemalloc.stop()
    return number, seconds, peak, grown, len(captured)


def _lists(user: models.User) -> list[tuple[str, int, str]]:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {create_token(user, '测量')[1]}")
    client.get("/api/v1/me")
    rows = []
    for address in ("lines?page_size=500", "lines?page_size=500&ordering=-code", "disclosures?page_size=500"):
        with CaptureQueriesContext(connection) as captured:
            started = time.perf_counter()
            answer = client.get(f"/api/v1/{address}", headers={"host": "localhost"})
        assert answer.status_code == 200, answer.content
        rows.append((address, len(captured), f"{(time.perf_counter() - started) * 1000:.0f}"))
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=20, help="made-up requests per operation and role; 0 for none")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    department = models.Department.objects.create(name="青山市测试局")
    rows = []
    for disclosures, lines in ((20, 10_000), (180, 90_000)):
        _fill(department, disclosures, lines)
        number, seconds, peak, grown, queries = _stream()
        rows.append((f"{number} lines", f"{seconds:.2f}", f"{peak:.1f}", f"{grown:.1f}", queries))
    print("CSV streamed from SQLite; peak is Python's own memory while streaming, growth that of the process")
    print_table(("CSV", "seconds", "peak MiB", "growth MiB", "queries"), rows)
    print("\nPages of 500 records, 100 000 lines in 200 disclosures")
    print_table(("list", "queries", "ms"), _lists(models.User.objects.create(username="a", role="auditor")))
    if not options.examples:
        return 0
    print(f"\nschemathesis, {options.examples} requests for each operation and role")
    environment = os.environ | {"API_EXAMPLES": str(options.examples)}
    command = [sys.executable, "-m", "pytest", "-q", "tests/api/test_schemathesis.py"]
    return subprocess.run(command, env=environment, cwd=Path(__file__).resolve().parents[1], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
