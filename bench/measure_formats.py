"""Every seed and fifty generated disclosures written in each format and read again: what differs, how long it takes.

    .venv/bin/python bench/measure_formats.py [--formats docx,xlsx,pdf,pdf-charts] [--generated 50] [--rows]

Cells are amounts and labels of the thirteen tables, compared with rows in order; targets, indicators and narrative
paragraphs are compared field by field. PDF is made of the Word document by LibreOffice,
with charts in `pdf-charts` only.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.support import print_table, read
from disclosures.editing import differences
from disclosures.plain.data import Disclosure
from disclosures.synthetic import generate
from disclosures.synthetic.sizes import SIZES
from disclosures.writing.docx import write_docx
from disclosures.writing.pdf import to_pdf
from disclosures.writing.xlsx import write_xlsx

SEEDS = Path(__file__).resolve().parents[1].parent / "shared" / "seeds"
WRITERS: dict[str, Callable[[Disclosure], bytes]] = {
    "docx": write_docx,
    "xlsx": write_xlsx,
    "pdf": lambda disclosure: to_pdf(write_docx(disclosure, charts=False)),
    "pdf-charts": lambda disclosure: to_pdf(write_docx(disclosure, charts=True)),
}
HEADER = ("document", "format", "cells", "wrong", "narrative", "targets", "indicators", "KB", "write s", "read s")


def documents(generated: int) -> Iterator[tuple[str, Disclosure]]:
    """The seeds, where they are, and generated disclosures of every size."""
    for path in sorted(SEEDS.glob("*.txt")):
        yield path.name[:3], read(path.read_bytes(), path.name)
    sizes = tuple(SIZES.values())
    for number in range(generated):
        yield f"generated {number}", generate(number, sizes[number % len(sizes)])


def cells(disclosure: Disclosure) -> list[tuple[object, ...]]:
    """Every cell of the tables with its place: labels and amounts, rows in order."""
    found: list[tuple[object, ...]] = []
    for table in disclosure.tables:
        for number, row in enumerate(table.rows):
            found.append((table.id, number, row.side, "label", row.code, row.name, row.second_name))
            found += [(table.id, number, row.side, key, cell.value) for key, cell in row.cells]
    return found


def measure(name: str, disclosure: Disclosure, form: str) -> list[object]:
    """One row of the result."""
    start = time.perf_counter()
    data = WRITERS[form](disclosure)
    written = time.perf_counter()
    again = read(data, f"document.{form}")
    done = time.perf_counter()
    wrong = len(set(cells(disclosure)) ^ set(cells(again)))
    told = [item.place for item in differences(disclosure, again)]
    narrative = sum(1 for place in told if place.startswith("N"))
    indicators = sum(1 for place in told if place.startswith(("P", "O")) and "indicators" in place)
    targets = sum(1 for place in told if place.startswith(("P", "O"))) - indicators
    row: list[object] = [name, form, len(cells(disclosure)), wrong, narrative, targets, indicators, len(data) // 1024]
    return [*row, f"{written - start:.2f}", f"{done - written:.2f}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--formats", default="docx,xlsx,pdf")
    parser.add_argument("--generated", type=int, default=50)
    parser.add_argument("--rows", action="store_true", help="a row for each generated disclosure, not for each sum")
    options = parser.parse_args()
    rows: list[list[object]] = []
    for form in options.formats.split(","):
        sums: list[list[object]] = []
        for name, disclosure in documents(options.generated):
            row = measure(name, disclosure, form)
            (rows if options.rows or not name.startswith("generated") else sums).append(row)
        if sums:
            totals = [sum(float(str(row[n])) for row in sums) for n in range(2, len(HEADER))]
            shown = [round(total) for total in totals[:6]] + [f"{total:.2f}" for total in totals[6:]]
            rows.append([f"{len(sums)} generated", form, *shown])
    print_table(HEADER, rows)


if __name__ == "__main__":
    main()
