"""The rows of a table as tokens: what each cell holds, after what scanning does to cells is undone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from disclosures.plain.data import Surety
from disclosures.plain.numbers import is_nil_mark, parse_amount
from disclosures.plain.text import squeeze
from disclosures.reading.blocks import Line

from . import headings
from .outline import shown_text

_PAGE_NUMBER = re.compile(r"[-—–－\s]*(?:第?\s*\d{1,3}\s*页?(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?)[-—–－\s]*$")
_TWO_AMOUNTS = re.compile(r"-?[\d,]*\d\.\d+(?:[ \u3000]+-?[\d,]*\d\.\d+)+$")
_LABEL_AMOUNT = re.compile(r"(.*[\u4e00-\u9fff）)》】”])[ \u3000]*(-?\d[\d,]*\.\d\d)$")
_AMOUNT_LABEL = re.compile(r"(-?\d[\d,]*\.\d\d)[ \u3000]*([\u4e00-\u9fff（(《“].*)$")
_CODE_NAME = re.compile(r"(\d{7}|\d{5}|\d{3})[ \u3000]*([^\d\s.,，].*)$")
CODE = re.compile(r"\d{3}(?:\d\d){0,2}$")
_NUMBERISH = re.compile(r"[\doOlI|.,，\s·:;*'-]+$")
_INDENT = re.compile("[\u3000 ]*")
_AMOUNT = re.compile(r"\d\.\d\d(?:\s|$)")
_LONGEST_LABEL = 60
_COLUMN_NUMBER = re.compile(r"[(（]?\d{1,2}[)）]?(?:=.*)?$")


class Kind(Enum):
    TEXT = auto()
    AMOUNT = auto()
    UNREADABLE = auto()  # stands where a number should, and is none


@dataclass(frozen=True, slots=True)
class Token:
    """What one cell holds. `text` of an amount is the contract's decimal string.

    `source` is empty where the token stands in its row's place; `doubtful` says that the reader may have misread it.
    """

    column: int
    kind: Kind
    text: str
    source: str = ""
    doubtful: bool = False


@dataclass(slots=True)
class TokenRow:
    """One printed row."""

    source: str
    tokens: list[Token]
    width: int
    indent: int = 0
    damaged: bool = False  # cells were parted or rows joined: places of cells prove less than usual
    label_surety: Surety = Surety.SURE  # INFERRED when put together from several lines
    code: str = ""
    code_column: int = -1
    places: tuple[str, ...] = ()  # of the printed cells, blank ones too, where the reader knows them
    unsure: frozenset[int] = frozenset()  # blank cells in which something may have been overlooked
    label_doubtful: bool = False  # the code may be misread

    def texts(self) -> list[Token]:
        return [token for token in self.tokens if token.kind is Kind.TEXT]

    def numbers(self) -> list[Token]:
        return [token for token in self.tokens if token.kind is not Kind.TEXT]


@dataclass(slots=True)
class TableBody:
    """The lines of a table sorted: header and data rows, stray texts, and whether it says that it has no data."""

    rows: list[TokenRow]
    strays: list[Line]
    no_data: bool
    last_line: str | None


def table_body(lines: Sequence[Line], coded: bool) -> TableBody:
    """Rows of a table's lines; unit lines, captions, notes, page numbers and 续表 marks are left out."""
    body = TableBody([], [], False, lines[-1].source if lines else None)
    width = _usual_width(lines)
    for line, broken in _mended(lines, width):
        text = shown_text(line)
        if text and headings.says_no_data(text):
            body.no_data = True
        elif _is_beside_table(line, text):
            continue
        elif _is_stray(line, width):
            body.strays.append(line)
        else:
            row = _token_row(line, coded)
            row.label_surety = Surety.INFERRED if broken else Surety.SURE
            if row.tokens or row.code:
                body.rows.append(row)
    return body


def _is_stray(line: Line, width: int) -> bool:
    """A line of words without cells in a table whose rows keep theirs: no row, and no rest of one."""
    if line.cells is not None or _AMOUNT.search(line.text):
        return False
    return width > 2 or len(line.text) > _LONGEST_LABEL or line.text.rstrip()[-1:] in "。；;"


def _mended(lines: Sequence[Line], width: int) -> Iterator[tuple[Line, bool]]:
    """Lines, with rows put together that a line break inside a cell tore in two; True for those.

    Two lines are halves of one row when together they have exactly the cells of a row.
    """
    position = 0
    while position < len(lines):
        line = lines[position]
        after = lines[position + 1] if position + 1 < len(lines) else None
        mended = _one_row(line, after, width) if after is not None and width > 2 else None
        yield (mended, True) if mended else (line, False)
        position += 2 if mended else 1


def _usual_width(lines: Sequence[Line]) -> int:
    """The number of cells that most rows of a table have; 0 when rows are cut off behind their last text."""
    widths = Counter(len(line.cells) for line in lines if line.cells is not None)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    keeps_blanks = any(line.cells and len(line.cells) == width and not line.cells[-1] for line in lines)
    return width if keeps_blanks and count * 2 > sum(widths.values()) else 0


def _one_row(first: Line, second: Line, width: int) -> Line | None:
    if first.cells is None and (len(first.text) > _LONGEST_LABEL or _AMOUNT.search(first.text)):
        return None
    left, right = first.cells or (first.text.strip(),), second.cells
    if right is None or len(left) >= width or len(right) > width or len(left) + len(right) - 1 != width:
        return None
    if not left[-1] or not right[0] or parse_amount(right[0]) is not None or _is_beside_table(first, left[0]):
        return None
    if len(left) == 1 and not any(parse_amount(cell) for cell in right[1:]):
        return None
    cells = (*left[:-1], left[-1] + right[0], *right[1:])
    return Line(
        first.source,
        "\t".join(cells),
        cells,
        cell_sources=_joined_places(first, second),
        doubtful=_joined(first, second),
    )


def _joined_places(first: Line, second: Line) -> tuple[str, ...]:
    """The places of cells of two halves of a row; the cell that was torn stands where it begins."""
    if not first.cell_sources and not second.cell_sources:
        return ()
    left, right = first.cells or (first.text,), second.cells or ()
    return (*map(first.place_of, range(len(left))), *map(second.place_of, range(1, len(right))))


def _joined(first: Line, second: Line) -> frozenset[int]:
    """The doubtful cells of two halves of a row, counted in the whole."""
    shift = len(first.cells or (first.text,)) - 1
    return first.doubtful | frozenset(cell + shift for cell in second.doubtful)


def _is_beside_table(line: Line, text: str) -> bool:
    whole = text or line.text
    if headings.is_unit_line(whole) or headings.is_note(whole):
        return True
    if not text:
        return False
    return (
        headings.caption_number(text) is not None
        or headings.is_continuation_mark(text)
        or (line.cells is None and _PAGE_NUMBER.match(text) is not None)
        or (headings.printed_amount_unit(text) is not None and len(text) < 16)
    )


def _token_row(line: Line, coded: bool) -> TokenRow:
    cells, damaged = _cells(line)
    in_cells = line.cells is not None
    row = TokenRow(line.source, [], len(cells), _indent(line), damaged, places=line.cell_sources if in_cells else ())
    for column, cell in enumerate(cells):
        doubtful = in_cells and column in line.doubtful
        if cell and not is_nil_mark(cell):
            parts = _parts(cell, coded, len(row.tokens))
            row.damaged = row.damaged or len(parts) > 1
            source = line.cell_sources[column] if row.places else ""
            row.tokens.extend(Token(column, kind, text, source, doubtful) for kind, text in parts)
        elif doubtful:
            row.unsure |= {column}
    if coded:
        _take_code(row)
    return row


def _cells(line: Line) -> tuple[Sequence[str], bool]:
    if line.cells is not None:
        return line.cells, False
    text = line.text.strip()
    # A row whose separators are lost: its words are told apart by spaces, so places prove nothing.
    if _AMOUNT.search(text):
        return text.split(), True
    return (text,), True


def _indent(line: Line) -> int:
    """Width of the full-width spaces in front of the first cell: the depth of a nested row."""
    first = line.text.split("\t", 1)[0]
    padding = _INDENT.match(first)
    return padding.group(0).count("\u3000") if padding and len(padding.group(0)) < len(first) else 0


def _parts(cell: str, coded: bool, before: int) -> list[tuple[Kind, str]]:
    """What stands in a cell: usually one thing, several where a separator was lost."""
    amount = parse_amount(cell)
    if _TWO_AMOUNTS.match(cell):
        return [(Kind.AMOUNT, part) for piece in cell.split() if (part := parse_amount(piece)) is not None]
    if amount is not None:
        return [(Kind.AMOUNT, amount)]
    if coded and before == 0:
        glued = _CODE_NAME.match(cell)
        if glued:
            return [(Kind.AMOUNT, glued.group(1)), *_parts(glued.group(2), False, 1)]
    for pattern in (_LABEL_AMOUNT, _AMOUNT_LABEL):
        glued = pattern.match(cell)
        if glued:
            return [*_parts(glued.group(1), False, before), *_parts(glued.group(2), False, 1)]
    if any(letter.isdigit() for letter in cell) and _NUMBERISH.match(cell) and before:
        return [(Kind.UNREADABLE, cell)]
    return [(Kind.TEXT, squeeze(cell))]


def _take_code(row: TokenRow) -> None:
    """Take the functional code out of the first cells, whether printed in one cell or as 类 款 项 in three."""
    if not row.tokens or row.tokens[0].kind is not Kind.AMOUNT or not CODE.match(row.tokens[0].text):
        return
    first = row.tokens[0]
    code = first.text
    taken = 1
    if len(code) == 3:
        for token in row.tokens[1:3]:
            adjoining = (
                token.kind is Kind.AMOUNT and re.fullmatch(r"\d\d", token.text) and token.column == first.column + taken
            )
            if not adjoining:
                break
            code += token.text
            taken += 1
    row.label_doubtful = any(token.doubtful for token in row.tokens[:taken])
    row.tokens = row.tokens[taken:]
    if taken > 1:
        # One label column where the header counts on one: what follows moves with it.
        row.tokens = [replace(token, column=token.column - taken + 1) for token in row.tokens]
        row.places = (*row.places[: first.column + 1], *row.places[first.column + taken :])
        row.unsure = frozenset(column - taken + 1 for column in row.unsure)
    row.code, row.code_column = code, first.column


def is_column_numbers(row: TokenRow) -> bool:
    """The row 1 2 3 … under a header, with or without 栏次 in front."""
    texts = [token.text for token in row.tokens]
    if texts[:1] in (["栏次"], ["行次"]):
        texts = texts[1:]
    if row.code or len(texts) < 2 or not all(_COLUMN_NUMBER.match(text) for text in texts):
        return False
    numbers = [int(re.sub(r"\D", "", text.split("=")[0])) for text in texts]
    return all(after - before in (0, 1, 2) for before, after in pairwise(numbers)) and numbers[0] <= 2


def column_text(rows: Iterable[TokenRow], column: int) -> list[str]:
    """The header texts above a column, top to bottom."""
    return [token.text for row in rows for token in row.tokens if token.column == column]
