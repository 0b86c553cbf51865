"""Plain data -> text in both layouts -> plain data: how many values come back, and what does not."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.support import print_table, read
from disclosures.synthetic import FLOW_STYLES, GRID_STYLES, SIZES, Size, generate, write_flow_text, write_grid_text
from disclosures.synthetic.comparison import Comparison, Verdict, compare, printed_as

STYLE_NAMES = (*(f"grid-{name}" for name in GRID_STYLES), *(f"flow-{name}" for name in FLOW_STYLES))
TABLES = tuple(f"T{n:02d}" for n in range(1, 14))
# Most documents are small or middling; a few are large, and one in a hundred is as large as they get.
_SIZES = ("tiny", *("small",) * 8, *("medium",) * 10, "large")


def round_trip(seed: int, size: Size, style_name: str) -> Comparison:
    """Write one generated disclosure in a style, read it, compare."""
    disclosure = generate(seed, size)
    layout, _, name = style_name.partition("-")
    if layout == "grid":
        grid = GRID_STYLES[name]
        return compare(printed_as(disclosure, grid), read(write_grid_text(disclosure, grid, seed).encode()))
    flow = FLOW_STYLES[name]
    return compare(printed_as(disclosure, flow), read(write_flow_text(disclosure, flow, seed).encode()))


def _size_of(seed: int) -> Size:
    return SIZES[_SIZES[seed % len(_SIZES)]]


def _rows(result: Comparison) -> Iterator[tuple[object, ...]]:
    for part, counts in result.counts.items():
        yield (part, sum(counts.values()), *(counts[verdict] for verdict in Verdict))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="documents for each style (200)")
    parser.add_argument("--style", choices=STYLE_NAMES, action="append", help="only these styles")
    parser.add_argument("--show", type=int, default=3, help="differences to print for each style")
    options = parser.parse_args()
    summary = []
    for style_name in options.style or STYLE_NAMES:
        result = Comparison()
        for seed in range(options.count):
            result.merge(round_trip(seed, _size_of(seed), style_name))
        print(f"\n{style_name}: {options.count} documents, seeds 0..{options.count - 1}, sizes {dict(Counter(_SIZES))}")
        print_table(("part", "values", *Verdict), list(_rows(result)))
        for difference in result.differences[: options.show]:
            print("  ", difference)
        cells = sum(sum(result.counts[table].values()) for table in TABLES if table in result.counts)
        wrong = result.total(Verdict.WRONG, TABLES)
        marked = result.total(Verdict.MARKED, TABLES)
        forms = result.total(Verdict.WRONG) - wrong
        summary.append((style_name, cells, wrong, marked, f"{100 * (1 - (wrong + marked) / cells):.3f}%", forms))
    print()
    print_table(("style", "table cells", "wrong", "wrong, marked", "cells right", "other values wrong"), summary)


if __name__ == "__main__":
    main()
