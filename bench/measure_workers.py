"""Generated disclosures imported and checked by real workers through PostgreSQL and Redis, on this machine.

    .venv/bin/python bench/measure_workers.py [--count 2000] [--few 200] [--killed 200]
    .venv/bin/python bench/measure_workers.py --count 60 --few 20 --killed 40      # in a few minutes

Starts a PostgreSQL server and a Redis of its own and removes them. Files are generated and uploaded before the clock
starts. Prints: throughput, processor time of the workers and statements per disclosure, growth from few to many, one
worker against two, how long a person's check waits in the middle, and what stands in the records after workers were
killed in the middle.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from bench.support import print_table  # noqa: E402
from tests.faults.cluster import cluster  # noqa: E402
from tests.faults.installation import PACE, Installation, descendants, installation  # noqa: E402

BATCH = 100  # files handed over in one call
LONGEST_WAIT = 2.0  # seconds until a person's check starts
PAUSE = 3.0  # seconds between two checks of a person


@dataclass(frozen=True, slots=True)
class Run:
    """One run over so many disclosures. Seconds; `waits` are those of people's checks from queued to started."""

    name: str
    count: int
    seconds: float
    cpu: float
    statements: int
    waits: tuple[float, ...]
    left: dict[str, Any]

    def row(self) -> tuple[object, ...]:
        each = self.count or 1
        return (
            self.name,
            self.count,
            f"{self.seconds:.1f}",
            f"{self.count / self.seconds:.2f}",
            f"{self.cpu / each:.3f}",
            f"{self.statements / each:.1f}",
            f"{max(self.waits):.2f}" if self.waits else "-",
        )


class Spent(threading.Thread):
    """Adds up the processor time of a worker and everything below it, also of processes that end meanwhile."""

    def __init__(self, site: Installation) -> None:
        super().__init__(daemon=True)
        self._site, self._over, self._seen = site, threading.Event(), dict[tuple[int, float], float]()
        self._before: dict[tuple[int, float], float] = {}

    def begin(self) -> None:
        self._look()
        self._before = dict(self._seen)
        self.start()

    def run(self) -> None:
        while not self._over.wait(0.5):
            self._look()

    def end(self) -> float:
        self._over.set()
        self.join()
        self._look()
        return sum(seconds - self._before.get(key, 0.0) for key, seconds in self._seen.items())

    def _look(self) -> None:
        for worker in self._site.workers:
            try:
                processes = [psutil.Process(worker.pid), *descendants(worker)]
            except psutil.NoSuchProcess:
                continue
            for process in processes:
                try:
                    times = process.cpu_times()
                    self._seen[process.pid, process.create_time()] = times.user + times.system
                except psutil.NoSuchProcess:
                    continue


def measure(site: Installation, folder: Path, name: str, first: int, count: int, concurrency: int) -> Run:
    """Upload, then let workers begin; the clock runs from their readiness to the last ending."""
    upload(site, folder, first, count)
    site.call("forget_workers")
    site.start_worker("--concurrency", str(concurrency))
    site.call("wait_for_workers")
    spent = Spent(site)
    spent.begin()
    statements = site.call("statements")
    site.call("release")
    waits = site.call("waits_of_checks", PAUSE)
    site.call("bulk_ended", 7200)
    run = Run(
        name,
        count,
        site.call("seconds_of", count),
        spent.end(),
        site.call("statements") - statements,
        tuple(waits),
        site.call("standing"),
    )
    site.stop()
    return run


def upload(site: Installation, folder: Path, first: int, count: int) -> None:
    for start in range(first, first + count, BATCH):
        site.call("upload", str(folder), start, min(BATCH, first + count - start))


def kill_in_the_middle(site: Installation, folder: Path, first: int, count: int) -> dict[str, Any]:
    """Every process of the workers is killed after a quarter, a half and three quarters."""
    before = site.call("standing")["disclosures"]
    upload(site, folder, first, count)
    site.call("release")
    worker = site.start_worker("--concurrency", "2")
    for share in (0.25, 0.5, 0.75):
        site.call("wait_until_imported", before + int(count * share))
        site.kill(worker)
        worker = site.start_worker("--concurrency", "2")
    site.call("bulk_ended", 7200)
    site.stop()
    return dict(site.call("standing"))


@contextmanager
def services(folder: Path) -> Iterator[Installation]:
    """A PostgreSQL server that counts statements, a Redis, and the project's own pace instead of the fault tests'."""
    folder.mkdir()
    with cluster("shared_preload_libraries=pg_stat_statements") as server, installation(folder, server.url) as site:
        for name in PACE:
            site.environment.pop(name)
        site.serving = "bench.workers_inside"
        site.call("count_statements")
        yield site


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000, help="disclosures of the large run")
    parser.add_argument("--few", type=int, default=200, help="disclosures of the small runs")
    parser.add_argument("--killed", type=int, default=200, help="imports during which workers are killed")
    parser.add_argument("--statements", type=int, default=12, help="how many of the most frequent to print")
    parser.add_argument("--size", default="small", help="size of the generated disclosures")
    given = parser.parse_args()
    total = given.count + 2 * given.few + given.killed
    with tempfile.TemporaryDirectory(prefix="measure-workers-") as name, services(Path(name) / "site") as site:
        folder = Path(name) / "files"
        folder.mkdir()
        bytes_each = site.call("generate", str(folder), total, given.size) / max(total, 1)
        print(f"inputs: {total} generated disclosures, size {given.size}, {bytes_each / 1000:.0f} kB each (grid text)")
        print(
            f"machine: {os.cpu_count()} processors, {platform.python_version()}, load before {os.getloadavg()[0]:.1f}"
        )
        runs = [
            measure(site, folder, "one worker", 0, given.few, 1),
            measure(site, folder, "two workers", given.few, given.few, 2),
        ]
        if given.count:
            runs.append(measure(site, folder, "two workers, many", 2 * given.few, given.count, 2))
        header = ("run", "disclosures", "seconds", "per second", "CPU s each", "statements each", "longest wait s")
        print_table(header, [run.row() for run in runs])
        report(runs)
        print("most frequent statements of all runs:")
        for calls, query in site.call("frequent", given.statements):
            print(f"  {calls:>8}  {query}")
        if given.killed:
            before = runs[-1].left
            after = kill_in_the_middle(site, folder, total - given.killed, given.killed)
            print(f"workers killed three times during {given.killed} imports: before {before}, after {after}")
        print(f"load after: {os.getloadavg()[0]:.1f}")


def report(runs: list[Run]) -> None:
    one, two = runs[0], runs[1]
    print(f"two workers against one: {one.seconds / two.seconds:.2f} times as fast")
    if len(runs) > 2:
        many = runs[2]
        cpu = (many.cpu / many.count) / (two.cpu / two.count)
        statements = (many.statements / many.count) / (two.statements / two.count)
        print(f"growth from {two.count} to {many.count}, per disclosure: CPU x{cpu:.2f}, statements x{statements:.2f}")
    waits = sorted(wait for run in runs for wait in run.waits)
    if waits:
        middle, late = waits[len(waits) // 2], sum(wait >= LONGEST_WAIT for wait in waits)
        print(
            f"checks of a person meanwhile: {len(waits)}, waited {middle:.2f} s in the middle,"
            f" {waits[-1]:.2f} s at most, {late} of them {LONGEST_WAIT:g} s or longer (wanted: none)"
        )


if __name__ == "__main__":
    main()
