"""Documents whose cells have places and doubts, as readers of Word, Excel and scans hand them over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from disclosures.plain.data import Disclosure
from disclosures.reading import read_file
from disclosures.reading.blocks import SourceDocument
from disclosures.recognise.document import recognise
from disclosures.synthetic import GRID_STYLES, SMALL, generate, write_grid_text

Printed = dict[str, str]  # place of a cell -> what is printed in it


def _numbered(document: SourceDocument, doubtful: Callable[[str], bool]) -> tuple[SourceDocument, Printed]:
    """The document with a place for each cell, those that `doubtful` picks doubted."""
    printed: Printed = {}
    lines = []
    for number, line in enumerate(document.lines, start=1):
        if line.cells is None:
            lines.append(line)
            continue
        places = tuple(f"table 1 row {number} cell {column}" for column in range(1, len(line.cells) + 1))
        printed |= dict(zip(places, line.cells, strict=True))
        doubted = frozenset(at for at, cell in enumerate(line.cells) if doubtful(cell))
        lines.append(replace(line, source=f"table 1 row {number}", cell_sources=places, doubtful=doubted))
    return replace(document, lines=tuple(lines)), printed


def read_numbered(
    seed: int, style: str, doubtful: Callable[[str], bool] = lambda cell: False
) -> tuple[Disclosure, Printed]:
    text = write_grid_text(generate(seed, SMALL), GRID_STYLES[style], seed)
    document, printed = _numbered(read_file(text.encode(), "a.md"), doubtful)
    return recognise(document).disclosure, printed
