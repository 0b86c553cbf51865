"""What every measurement needs: reading a text without a database, and a table of results."""

from __future__ import annotations

from collections.abc import Sequence

from disclosures.plain.data import Disclosure
from disclosures.recognise.document import parse_bytes
from disclosures.recognise.registry import register_form_reader
from performance.recognise import read_forms

register_form_reader(read_forms)


def read(data: bytes, name: str = "bench.txt") -> Disclosure:
    """The disclosure that the recogniser finds in a text."""
    return parse_bytes(data, name).disclosure


def print_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Right-aligned columns, the first one left-aligned."""
    texts = [list(map(str, row)) for row in (header, *rows)]
    widths = [max(len(row[i]) for row in texts) for i in range(len(header))]
    for row in texts:
        first, *rest = (
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join((first, *rest)).rstrip())
