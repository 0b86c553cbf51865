"""Speed of the check in-process on one core: milliseconds for documents of growing size, and growth per line."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from audit.catalogue import rules
from audit.class_names import ClassCatalogue
from audit.engine import check
from bench.support import print_table, read
from disclosures.catalogue import load_catalogue
from disclosures.plain.data import Disclosure
from disclosures.synthetic import Size, generate

_ROUNDS = 7
# Lines grow with the units and with the projects carried over, target forms with the projects of the year.
_SIZES = {
    "small": Size(units=(1, 1), projects=(5, 5), carried=(0, 0), staff=(20, 40)),
    "medium": Size(units=(5, 5), projects=(25, 25), carried=(5, 5), staff=(20, 90), breadth=4),
    "60 forms": Size(units=(15, 15), projects=(60, 60), carried=(60, 60), staff=(20, 200), breadth=16),
    "120 forms": Size(units=(15, 15), projects=(120, 120), carried=(60, 60), staff=(20, 200), breadth=16),
    "400 forms": Size(units=(15, 15), projects=(400, 400), carried=(60, 60), staff=(20, 400), breadth=16),
}


def documents(folder: Path | None) -> Iterator[tuple[str, Disclosure]]:
    """Generated documents, then the files of a folder."""
    for name, size in _SIZES.items():
        yield name, generate(1, size)
    if folder:
        for path in sorted(folder.glob("*.txt")):
            yield path.name, read(path.read_bytes(), path.name)


def milliseconds(disclosure: Disclosure, names: ClassCatalogue) -> float:
    """CPU time of the best of a few checks."""
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.process_time()
        check(disclosure, None, names)
        best = min(best, time.process_time() - start)
    return best * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="real documents to time as well")
    options = parser.parse_args()
    names = load_catalogue()
    rows = []
    for name, disclosure in documents(options.folder):
        lines = sum(len(table.rows) for table in disclosure.tables)
        forms = len(disclosure.project_targets)
        indicators = sum(len(target.indicators) for target in disclosure.project_targets)
        took = milliseconds(disclosure, names)
        work = lines + indicators
        rows.append((name, lines, forms, indicators, f"{took:.1f}", f"{1000 * took / work:.0f}"))
    print(f"{len(rules())} rules, CPU time, best of {_ROUNDS}")
    print_table(("document", "lines", "forms", "indicators", "ms", "µs per line or indicator"), rows)


if __name__ == "__main__":
    main()
