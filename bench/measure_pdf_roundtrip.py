"""Disclosures written as PDF in many styles and read again: how many cells, targets and indicators come back."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.support import print_table
from disclosures.plain.data import Disclosure
from disclosures.reading.pdf import read_pdf
from disclosures.recognise.document import parse_bytes, recognise
from disclosures.synthetic import SIZES, generate
from disclosures.synthetic.comparison import Comparison, Verdict, compare
from disclosures.synthetic.pdf import write_pdf
from disclosures.synthetic.pdf_sheet import PdfStyle

STYLES = {
    "ruled": PdfStyle(),
    "unruled": PdfStyle(rules="none"),
    "rows": PdfStyle(rules="rows", header="部门预算公开文件", thousands=True),
    "thin-boxes": PdfStyle(thin_boxes=True, open_sides=True, watermark="仅供内部审核", fake_bold=True),
    "landscape": PdfStyle(landscape=True, sideways=True, grey_mark="征求意见稿"),
    "unruled-landscape": PdfStyle(rules="none", landscape=True, repeat_header=False, header="部门预算公开文件"),
}
TABLES = tuple(f"T{n:02d}" for n in range(1, 14))
_SIZES = ("tiny", *("small",) * 8, *("medium",) * 10, "large")


def round_trip(disclosure: Disclosure, style: PdfStyle) -> Comparison:
    """Write a disclosure as PDF, read it, compare."""
    document = read_pdf(write_pdf(disclosure, style), "a.pdf")
    return compare(disclosure, recognise(document).disclosure)


def generated(seed: int) -> Disclosure:
    """The generated disclosure of a seed, most of them small or middling."""
    return generate(seed, SIZES[_SIZES[seed % len(_SIZES)]])


def seeds(folder: Path) -> Iterator[tuple[str, Disclosure]]:
    """Real disclosures of a folder as they are parsed from their text, ready to be printed."""
    for path in sorted(folder.glob("*.txt")):
        yield path.stem, printable(parse_bytes(path.read_bytes(), path.name).disclosure)


def printable(disclosure: Disclosure) -> Disclosure:
    """A parsed disclosure with what the printed page needs and the parse may lack."""
    tables = tuple(
        replace(
            table,
            printed_year=table.printed_year or disclosure.fiscal_year,
            printed_unit=table.printed_unit or "万元",
            printed_department=table.printed_department or disclosure.department,
        )
        for table in disclosure.tables
    )
    return replace(disclosure, tables=tables)


def _rows(result: Comparison) -> Iterator[tuple[object, ...]]:
    for part, counts in result.counts.items():
        yield (part, sum(counts.values()), *(counts[verdict] for verdict in Verdict))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="real disclosures as text, to be printed and read again")
    parser.add_argument("--count", type=int, default=50, help="generated documents for each style (50)")
    parser.add_argument("--style", choices=tuple(STYLES), action="append", help="only these styles (ruled, unruled)")
    parser.add_argument("--show", type=int, default=5, help="differences to print for each style")
    options = parser.parse_args()
    summary = []
    for name in options.style or ("ruled", "unruled"):
        documents = [(f"seed {seed}", generated(seed)) for seed in range(options.count)]
        documents += seeds(options.folder) if options.folder else []
        whole = Comparison()
        for title, disclosure in documents:
            result = round_trip(disclosure, STYLES[name])
            whole.merge(result)
            for difference in result.differences[: options.show]:
                print("  ", name, title, difference)
        print(f"\n{name}: {options.count} generated, sizes {dict(Counter(_SIZES))}, {len(documents)} documents")
        print_table(("part", "values", *Verdict), list(_rows(whole)))
        cells = sum(sum(whole.counts[table].values()) for table in TABLES if table in whole.counts)
        wrong = whole.total(Verdict.WRONG, TABLES) + whole.total(Verdict.MARKED, TABLES)
        other = whole.total(Verdict.WRONG) + whole.total(Verdict.MARKED) - wrong
        summary.append((name, len(documents), cells, wrong, f"{100 * (1 - wrong / cells):.3f}%", other))
    print()
    print_table(("style", "documents", "table cells", "wrong", "cells right", "other values wrong"), summary)


if __name__ == "__main__":
    main()
