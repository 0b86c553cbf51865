"""Reading speed in-process on one core: MB of UTF-8 a second for each layout, and growth with size."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.support import print_table, read
from disclosures.synthetic import FLOW_STYLES, GRID_STYLES, SIZES, generate, write_flow_text, write_grid_text

_ROUNDS = 3


def texts(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    """Generated documents from tiny to huge in both layouts, then the files of a folder."""
    for size in SIZES:
        disclosure = generate(1, SIZES[size])
        yield f"{size} grid", write_grid_text(disclosure, GRID_STYLES["ocr"]).encode()
        yield f"{size} flow", write_flow_text(disclosure, FLOW_STYLES["pdf"]).encode()
    if folder:
        for path in sorted(folder.glob("*.txt")):
            yield path.name, path.read_bytes()


def seconds(data: bytes) -> float:
    """The best of a few readings."""
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        read(data)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="real documents to time as well")
    options = parser.parse_args()
    rows: list[tuple[str, int, str, str, str]] = []
    smallest: dict[str, float] = {}
    for name, data in texts(options.folder):
        took = seconds(data)
        rate = len(data) / took / 1e6
        layout = name.rpartition(" ")[2]
        # Linear growth keeps the time for a byte where it is; the ratio to the first of its layout says so.
        ratio = smallest.setdefault(layout, rate) / rate if layout in ("grid", "flow") else 0.0
        rows.append((name, len(data), f"{took * 1000:.1f}", f"{rate:.2f}", f"{ratio:.2f}" if ratio else ""))
    print_table(("text", "bytes", "ms", "MB/s", "time per byte vs tiny"), rows)
    whole = sum(int(row[1]) for row in rows) / sum(float(row[2]) for row in rows) / 1000
    print(f"overall {whole:.2f} MB/s, best of {_ROUNDS} rounds each")


if __name__ == "__main__":
    main()
