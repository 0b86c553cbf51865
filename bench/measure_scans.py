"""Documents printed, scanned at 200 dpi and recognised: which amounts are right, which of the wrong ones show.

    .venv/bin/python bench/measure_scans.py [--generated 2] [--forms 3] [--paper copied] [--only 004] [--unruled]

Each document is written as PDF, its pages rendered to pictures that know nothing of their text, and read like any
scan. A wrong amount shows when its cell is marked doubtful or when a finding names it. `--forms` target forms of each
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
from dataclasses import replace
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
from disclosures.plain.data import Disclosure, Surety
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
    "doubtful",
    "settled",
    "forms",
    "indicators",
    "s/page",
)


def documents(only: str, generated: int) -> Iterator[tuple[str, Disclosure]]:
    for path in sorted(SEEDS.glob(f"{only}*.txt")):
        yield path.name[:3], read(path.read_bytes(), path.name)
    for number in range(generated):
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


def amounts(disclosure: Disclosure) -> dict[str, tuple[str, Surety]]:
    """Every printed amount of the tables by its place; marks of a name count in either width."""
    return {
        f"{table.id}/{normalize('NFKC', key)}/{column}": (cell.value, cell.surety)
        for table in disclosure.tables
        for key, row in zip(row_keys(table), table.rows, strict=True)
        for column, cell in row.cells
        if cell.value is not None
    }


def measure(name: str, disclosure: Disclosure, *, forms: int, paper: str, unruled: bool, show: int) -> list[object]:
    kept = replace(disclosure, project_targets=disclosure.project_targets[:forms])
    pdf = write_pdf(kept, PdfStyle(rules="none") if unruled else PdfStyle())
    data, pages = scanned(pdf, paper)
    start = time.perf_counter()
    found = recognise(read_image(data, "scan.tif")).disclosure
    seconds = time.perf_counter() - start
    printed, got = amounts(kept), amounts(found)
    wrong = {
        place
        for place in printed.keys() | got.keys()
        if (printed.get(place) or ("",))[0] != (got.get(place) or ("",))[0]
    }
    named = {
        normalize("NFKC", place)
        for finding in check(found, None, load_catalogue()).findings
        for place in (finding.where, *(item.where for item in finding.evidence))
    }
    doubtful = {place for place, (_, surety) in got.items() if surety is Surety.DOUBTFUL}
    hidden = sorted(place for place in wrong if place not in doubtful and place not in named)
    for place in sorted(wrong)[:show]:
        state = "doubtful" if place in doubtful else "finding" if place in named else "HIDDEN"
        print(f"  {place}: {(printed.get(place) or ('-',))[0]} read as {(got.get(place) or ('-',))[0]} {state}")
    return [
        name,
        pages,
        len(printed),
        f"{100 * (1 - len(wrong & printed.keys()) / max(1, len(printed))):.2f}",
        len(wrong),
        len(wrong) - len(hidden),
        len(doubtful),
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
    parser.add_argument("--forms", type=int, default=3)
    parser.add_argument("--paper", choices=PAPERS, default="clean")
    parser.add_argument("--unruled", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--show", type=int, default=0, help="wrong amounts to print for each document")
    options = parser.parse_args()
    rows = []
    for name, disclosure in documents(options.only, options.generated):
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


if __name__ == "__main__":
    main()
