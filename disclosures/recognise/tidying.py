"""What exporters do to the columns of a table before any of it is read: undone line by line.

A column of serial numbers goes, 类 款 项 in three columns become one code, and codes printed in parts
(201 03 01, 201.03.01) become whole. Nothing else about a line changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from disclosures.plain.text import squeeze
from disclosures.profiles import TableDecl
from disclosures.reading.blocks import Line

_HEAD_LINES = 14
_SERIAL = frozenset({"序号", "编号"})
_CODE_PARTS = ("类", "款", "项")
_SPLIT_CODE = re.compile(
    r"^(\s*)(\d{3})(?:[.．\-－·]|[ \u3000])(\d\d)(?:[.．\-－· \u3000](\d\d))?(?=[\s|]*[^\W\d_]|\t|$)"
)


def tidied(decl: TableDecl, lines: Sequence[Line]) -> list[Line]:
    """The lines of a table without serial numbers, with whole codes."""
    found = _without_serials(list(lines))
    if decl.sides[0].labels[0] != "code":
        return found
    return [_with_whole_code(line) for line in _with_one_code_column(found)]


def _head(lines: Sequence[Line]) -> Sequence[Line]:
    return lines[:_HEAD_LINES]


# ---------------------------------------------------------------- whole columns


def _without_serials(lines: list[Line]) -> list[Line]:
    at = next((line for line in _head(lines) if line.cells and squeeze(line.cells[0]) in _SERIAL), None)
    if at is None or at.cells is None:
        return lines
    rows = [line for line in lines if line.cells is not None and line is not at]
    serial = [line for line in rows if line.cells and _is_serial(line.cells[0], len(rows))]
    if len(serial) * 2 < len(rows):
        return lines
    gone = {line.source for line in (*serial, at)}
    return [_without(line, 0, 1) if line.cells and line.source in gone else line for line in lines]


def _is_serial(cell: str, most: int) -> bool:
    digits = cell.rstrip(".、．")
    return not digits or (digits.isdigit() and int(digits) <= most)


def _with_one_code_column(lines: list[Line]) -> list[Line]:
    """类 款 项 in neighbouring columns: one column with the whole code."""
    for line in _head(lines):
        cells = [squeeze(cell) for cell in line.cells or ()]
        for column in range(len(cells) - 2):
            if tuple(cells[column : column + 3]) == _CODE_PARTS:
                width = len(cells)
                return [
                    _joined(other, column) if other.cells and len(other.cells) >= min(width, column + 4) else other
                    for other in lines
                ]
    return lines


def _joined(line: Line, column: int) -> Line:
    cells = line.cells or ()
    parts = cells[column : column + 3]
    whole = "".join(parts) if all(part.strip().isdigit() or not part for part in parts) else " ".join(parts).strip()
    if tuple(map(squeeze, parts)) == _CODE_PARTS:
        whole = "科目编码"
    shorter = _without(line, column + 1, column + 3)
    kept = list(shorter.cells or ())
    kept[column] = whole
    return replace(shorter, cells=tuple(kept), text="\t".join(kept))


def _without(line: Line, start: int, stop: int) -> Line:
    """A row without some of its cells."""
    cells = line.cells or ()
    kept = (*cells[:start], *cells[stop:])
    sources = (*line.cell_sources[:start], *line.cell_sources[stop:])
    doubtful = frozenset(n if n < start else n - (stop - start) for n in line.doubtful if not start <= n < stop)
    text = line.text.split("\t")
    text = [*text[:start], *text[stop:]] if len(text) == len(cells) else list(kept)
    return replace(line, text="\t".join(text), cells=kept, cell_sources=sources, doubtful=doubtful)


# ---------------------------------------------------------------- codes in parts


def _with_whole_code(line: Line) -> Line:
    text = line.text
    if not text[:12].lstrip()[:3].isdigit():
        return line
    if line.cells is None:
        whole = _SPLIT_CODE.sub(_code, text)
        return line if whole == text else replace(line, text=whole)
    at = next((n for n, cell in enumerate(line.cells) if cell), None)
    if at is None or not any("\u4e00" <= letter <= "\u9fff" for cell in line.cells[at : at + 2] for letter in cell):
        return line
    whole = _SPLIT_CODE.sub(_code, line.cells[at])
    if whole == line.cells[at]:
        return line
    cells = (*line.cells[:at], whole, *line.cells[at + 1 :])
    return replace(line, cells=cells, text="\t".join(cells))


def _code(match: re.Match[str]) -> str:
    return "".join(part or "" for part in match.groups())
