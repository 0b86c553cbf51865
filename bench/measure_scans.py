"""Documents printed, scanned at 200 dpi and recognised: which amounts are right, which of the wrong ones show.

    .venv/bin/python bench/measure_scans.py [--generated 2] [--forms 3] [--paper copied] [--only 004] [--unruled]

Each document is written as PDF, its pages rendered to pictures that know nothing of their text, and read like any
scan. A wrong amount shows when its cell or its row's label is marked doubtful, or when a finding names it, its row or
its whole table; so does a label (code or name) that was misread. `--forms` target forms of each
document are kept (a form takes two pages and three seconds a page); `--only` takes the seeds whose names begin so.
`--paper` says what the pages went through: `clean` nothing; `copied` askew, blurred, noise, JPEG; `fax` the same in
black and white only; `faint` little toner; `coarse` copied at 150 dpi.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from unicodedata import normalize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from audit.doubts import only_readings
from audit.engine import check
from bench.support import print_table, read
from disclosures.catalogue import load_catalogue
from disclosures.plain.data import Disclosure, Row, Surety
from disclosures.plain.places import row_keys
from disclosures.reading.scan.reader import read_image
from disclosures.reading.scan.straighten import turned
from disclosures.recognise.document import recognise
from disclosures.synthetic import generate
from disclosures.synthetic.pdf import write_pdf
from disclosures.synthetic.pdf_sheet import PdfStyle
from disclosures.synthetic.sizes import MEDIUM, SMALL

SEEDS = Path(__file__).resolve().parents[1].parent / "shared" / "seeds"
DPI = 200
COARSE_DPI = 150
PAPERS = ("clean", "copied", "fax", "faint", "coarse")
HEADER = (
    "document",
    "pages",
    "amounts",
    "right %",
    "wrong",
    "show",
    "labels",
    "labels show",
    "doubtful",
    "settled",
    "forms",
    "indicators",
    "s/page",
)


def documents(only: str, generated: range) -> Iterator[tuple[str, Disclosure]]:
    for path in sorted(SEEDS.glob(f"{only}*.txt")):
        yield path.name[:3], read(path.read_bytes(), path.name)
    for number in generated:
        yield f"generated {number}", generate(number, (SMALL, MEDIUM)[number % 2])


def scanned(pdf: bytes, paper: str) -> tuple[bytes, int]:
    """The pages as one TIFF of grey pictures, and how many."""
    document = pypdfium2.PdfDocument(pdf)
    random = np.random.default_rng(5)
    dpi = COARSE_DPI if paper == "coarse" else DPI
    pages = []
    for page in document:
        picture = np.array(page.render(scale=dpi / 72, grayscale=True).to_numpy(), dtype=np.uint8)
        pages.append(Image.fromarray(_worn(picture.reshape(picture.shape[:2]), paper, random)))
    out = io.BytesIO()
    compression = "tiff_lzw" if paper in ("clean", "fax") else "jpeg"
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(dpi, dpi), compression=compression)
    return out.getvalue(), len(pages)


def _worn(picture: np.ndarray, paper: str, random: np.random.Generator) -> np.ndarray:
    """A page as it comes out of the scanner."""
    if paper == "clean":
        return picture
    askew = turned(picture, float(random.uniform(-1.5, 1.5)), 255)
    if paper == "faint":
        askew = (255 - 0.4 * (255.0 - askew)).astype(np.uint8)
    grey = cv2.GaussianBlur(askew, (3, 3), 0) * np.linspace(0.75, 1, askew.shape[1])[None, :]
    copied = np.clip(grey + random.normal(0, 10, grey.shape), 0, 255).astype(np.uint8)
    if paper != "fax":
        return copied
    local = cv2.GaussianBlur(copied, (0, 0), 12).astype(np.int16)
    return np.where(copied.astype(np.int16) < np.minimum(local - 25, 200), 0, 255).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Wrong:
    """An amount or a row's label that was not read as printed, and what tells the clerk: nothing, where empty."""

    place: str
    printed: str
    read: str
    told: str


Pair = tuple[tuple[str, Row] | None, tuple[str, Row] | None]


def aligned(printed: Disclosure, read_: Disclosure) -> Iterator[Pair]:
    """Rows as printed and as read, each with its place; a row whose label was misread keeps its amounts' company."""
    before, after = _rows(printed), _rows(read_)
    matcher = SequenceMatcher(None, [place for place, _ in before], [place for place, _ in after], autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(before[a0:a1], after[b0:b1], strict=True)
            continue
        left = list(after[b0:b1])
        for place, row in before[a0:a1]:
            same = [item for item in left if item[0][:3] == place[:3] and _values(item[1]) == _values(row)]
            yield (place, row), same[0] if same else None
            if same:
                left.remove(same[0])
        yield from ((None, item) for item in left)


def _rows(disclosure: Disclosure) -> list[tuple[str, Row]]:
    """Rows with their places; marks of a name count in either width."""
    return [
        (f"{table.id}/{normalize('NFKC', key)}", row)
        for table in disclosure.tables
        for key, row in zip(row_keys(table), table.rows, strict=True)
    ]


def _values(row: Row) -> list[tuple[str, str]]:
    return [(column, cell.value) for column, cell in row.cells if cell.value is not None]


def wrong_in(pair: Pair, named: frozenset[str]) -> Iterator[Wrong]:
    """What was read wrongly of one row; `named` are the places that findings name."""
    (place, row), (read_place, read_row) = (item or ("", Row("", ())) for item in pair)
    label_told = "doubtful" if read_row.label_surety is Surety.DOUBTFUL else ""
    rows_told = "finding" if {place, read_place, place[:3]} & named else ""
    if place != read_place and place and read_place:
        yield Wrong(place, place, read_place, label_told or rows_told)
    printed, got = dict(_values(row)), dict(_values(read_row))
    for column in sorted(printed.keys() | got.keys()):
        if printed.get(column) != got.get(column):
            places = {f"{at}/{column}" for at in (place, read_place) if at}
            doubt = "doubtful" if read_row.cell(column).surety is Surety.DOUBTFUL else label_told
            told = doubt or ("finding" if places & named else rows_told)
            yield Wrong(min(places), printed.get(column, "-"), got.get(column, "-"), told)


def measure(name: str, disclosure: Disclosure, *, forms: int, paper: str, unruled: bool, show: int) -> list[object]:
    kept = replace(disclosure, project_targets=disclosure.project_targets[:forms])
    pdf = write_pdf(kept, PdfStyle(rules="none") if unruled else PdfStyle())
    data, pages = scanned(pdf, paper)
    start = time.perf_counter()
    found = recognise(read_image(data, "scan.tif")).disclosure
    seconds = time.perf_counter() - start
    named = frozenset(
        normalize("NFKC", place)
        for finding in check(found, None, load_catalogue()).findings
        for place in (finding.where, *(item.where for item in finding.evidence))
    )
    wrong = [item for pair in aligned(kept, found) for item in wrong_in(pair, named)]
    labels = [item for item in wrong if item.printed == item.place]
    cells = [item for item in wrong if item.printed != item.place]
    for item in wrong[:show]:
        print(f"  {item.place}: {item.printed} read as {item.read} {item.told or 'HIDDEN'}")
    printed = sum(len(_values(row)) for _, row in _rows(kept))
    doubtful = sum(cell.surety is Surety.DOUBTFUL for _, row in _rows(found) for _, cell in row.cells)
    lost = sum(item.printed != "-" for item in cells)
    return [
        name,
        pages,
        printed,
        f"{100 * (1 - lost / max(1, printed)):.2f}",
        len(cells),
        sum(bool(item.told) for item in cells),
        len(labels),
        sum(bool(item.told) for item in labels),
        doubtful,
        len(only_readings(found)),
        f"{len(found.project_targets)}/{len(kept.project_targets)}",
        f"{_indicators(found)}/{_indicators(kept)}",
        f"{seconds / pages:.1f}",
    ]


def _indicators(disclosure: Disclosure) -> int:
    return sum(len(target.indicators) for target in disclosure.project_targets)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--generated", type=int, default=2)
    parser.add_argument("--first", type=int, default=0, help="number of the first generated document")
    parser.add_argument("--forms", type=int, default=3)
    parser.add_argument("--paper", choices=PAPERS, default="clean")
    parser.add_argument("--unruled", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--show", type=int, default=0, help="wrong amounts to print for each document")
    options = parser.parse_args()
    rows = []
    generated = range(options.first, options.first + options.generated)
    for name, disclosure in documents(options.only, generated):
        rows.append(
            measure(
                name,
                disclosure,
                forms=options.forms,
                paper=options.paper,
                unruled=options.unruled,
                show=options.show,
            )
        )
        print(f"  {name}: {dict(zip(HEADER, rows[-1], strict=True))}", flush=True)
    print_table(HEADER, rows)
    total, wrong, told = (sum(int(str(row[n])) for row in rows) for n in (2, 4, 5))
    print(f"{total} amounts, {wrong} wrong, {told} of them doubtful or named by a finding")


if __name__ == "__main__":
    main()
