"""PDF pages a second on one core: pdfium's raw characters, our tables, pdfplumber's; memory by number of pages."""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2.raw as pdfium

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.support import print_table
from disclosures.reading.pdf import read_pdf
from disclosures.reading.pdf.opening import opened
from disclosures.synthetic import LARGE, MEDIUM, generate
from disclosures.synthetic.pdf import write_pdf
from disclosures.synthetic.pdf_sheet import PdfStyle

STYLES = {
    "ruled": PdfStyle(),
    "unruled": PdfStyle(rules="none"),
    "ruled, watermark, header": PdfStyle(watermark="仅供内部审核", header="部门预算公开文件"),
}
_PLUMBED = 12  # pages given to pdfplumber, spread over the document: it is slow


def raw_characters(data: bytes) -> int:
    """Every character with its box, by pypdfium2's own functions."""
    with opened(data, "bench") as document:
        box = pdfium.FS_RECTF()
        for number in range(1, document.count + 1):
            with document.page(number) as page:
                text = pdfium.FPDFText_LoadPage(page)
                for index in range(pdfium.FPDFText_CountChars(text)):
                    pdfium.FPDFText_GetUnicode(text, index)
                    pdfium.FPDFText_GetLooseCharBox(text, index, box)
                pdfium.FPDFText_ClosePage(text)
        return document.count


def ours(data: bytes) -> int:
    """Lines and table rows with places, as the recogniser gets them."""
    read_pdf(data, "bench")
    with opened(data, "bench") as document:
        return document.count


def plumbed(data: bytes) -> int:
    """Tables of some pages by pdfplumber."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        pages = document.pages[:: max(1, len(document.pages) // _PLUMBED)]
        for page in pages:
            page.extract_tables()
            page.close()
        return len(pages)


def _rate(read: Callable[[bytes], int], data: bytes, rounds: int) -> float:
    best = 0.0
    for _ in range(rounds):
        start = time.process_time()
        pages = read(data)
        best = max(best, pages / (time.process_time() - start))
    return best


def joined(data: bytes, pages: int) -> bytes:
    """The document over and over until it has that many pages."""
    import pypdfium2

    source = pypdfium2.PdfDocument(data)
    target = pypdfium2.PdfDocument.new()
    while len(target) < pages:
        target.import_pages(source, list(range(min(len(source), pages - len(target)))))
    out = io.BytesIO()
    target.save(out)
    return out.getvalue()


def _memory(path: Path) -> tuple[float, float]:
    """Peak memory (MB) of a process that reads a file, and its seconds."""
    code = (
        "import re,sys,time;sys.path.insert(0,'.');from disclosures.reading.pdf import read_pdf;"
        "d=open(sys.argv[1],'rb').read();t=time.process_time();r=read_pdf(d,'a');"
        "print(time.process_time()-t,int(re.search(r'VmHWM:\\s+(\\d+)',open('/proc/self/status').read())[1])/1024)"
    )
    root = Path(__file__).resolve().parents[1]
    out = subprocess.run([sys.executable, "-c", code, str(path)], cwd=root, capture_output=True, text=True, check=True)
    seconds, peak = map(float, out.stdout.split())
    return peak, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="PDF files instead of generated ones")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many (3)")
    parser.add_argument("--pages", type=int, nargs="*", default=[75, 300, 1200], help="lengths for the memory table")
    options = parser.parse_args()
    documents = {path.name: path.read_bytes() for path in options.files}
    if not documents:
        documents = {name: write_pdf(generate(5, MEDIUM), style) for name, style in STYLES.items()}
        documents["ruled, large"] = write_pdf(generate(7, LARGE), PdfStyle())
    rows = []
    for name, data in documents.items():
        rates = [_rate(read, data, options.rounds) for read in (raw_characters, ours)]
        slow = _rate(plumbed, data, 1)
        with opened(data, name) as document:
            pages = document.count
        rows.append((name, pages, *(f"{rate:.0f}" for rate in rates), f"{slow:.1f}", f"{rates[1] / slow:.1f}"))
    print(f"pages a second of CPU time on one core, best of {options.rounds}; pdfplumber on about {_PLUMBED} pages")
    print_table(
        ("document", "pages", "pdfium raw characters", "ours to tables", "pdfplumber", "ours : pdfplumber"), rows
    )
    memory = []
    base = next(iter(documents.values()))
    folder = Path("/tmp")
    for pages in options.pages:
        path = folder / f"measure_pdf_{pages}.pdf"
        path.write_bytes(joined(base, pages))
        peak, seconds = _memory(path)
        memory.append(
            (pages, f"{path.stat().st_size / 1e6:.1f}", f"{peak:.0f}", f"{seconds:.1f}", f"{pages / seconds:.0f}")
        )
        path.unlink()
    print("\nmemory of a process that reads it all, the lines of the whole document held")
    print_table(("pages", "file MB", "peak MB", "CPU seconds", "pages/s"), memory)


if __name__ == "__main__":
    main()
