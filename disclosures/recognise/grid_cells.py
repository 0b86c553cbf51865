"""The rows of a table as tokens: what each cell holds, after what scanning does to cells is undone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from disclosures.plain.numbers import is_nil_mark, parse_amount
from disclosures.plain.text import squeeze
from disclosures.reading.blocks import Line

from . import headings
from .outline import shown_text

_PAGE_NUMBER = re.compile(r"[-—–－\s]*(?:第?\s*\d{1,3}\s*页?(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?)[-—–－\s]*$")
_TWO_AMOUNTS = re.compile(r"-?[\d,]*\d\.\d+(?:[ \u3000]+-?[\d,]*\d\.\d+)+$")
_LABEL_AMOUNT = re.compile(r"(\S*[^\d\s.,，:：\-－])[ \u3000]*(-?\d[\d,]*\.\d\d)$")
_AMOUNT_LABEL = re.compile(r"(-?\d[\d,]*\.\d\d)([^\d\s.,].*)$")
_CODE_NAME = re.compile(r"(\d{7}|\d{5}|\d{3})[ \u3000]*([^\d\s.,，].*)$")
CODE = re.compile(r"\d{3}(?:\d\d){0,2}$")
_NUMBERISH = re.compile(r"[\doOlI|.,，\s·:;*'-]+$")
_INDENT = re.compile("[\u3000 ]*")
_COLUMN_NUMBER = re.compile(r"[(（]?\d{1,2}[)）]?(?:=.*)?$")


class Kind(Enum):
    TEXT = auto()
    AMOUNT = auto()
    UNREADABLE = auto()  # stands where a number should, and is none


@dataclass(frozen=True, slots=True)
class Token:
    """What one cell holds. `text` of an amount is the contract's decimal string."""

    column: int
    kind: Kind
    text: str


@dataclass(slots=True)
class TokenRow:
    """One printed row."""

    source: str
    tokens: list[Token]
    width: int
    indent: int = 0
    damaged: bool = False  # cells were parted or rows joined: places of cells prove less than usual
    joined: bool = False  # its label was put together from several lines
    code: str = ""
    code_column: int = -1
    sources: dict[int, str] = field(default_factory=dict)  # places of tokens that stand on another line

    def texts(self) -> list[Token]:
        return [token for token in self.tokens if token.kind is Kind.TEXT]

    def numbers(self) -> list[Token]:
        return [token for token in self.tokens if token.kind is not Kind.TEXT]


@dataclass(slots=True)
class TableBody:
    """The lines of a table sorted: header and data rows, and whether it says that it has no data."""

    rows: list[TokenRow]
    no_data: bool
    last_line: str | None


def table_body(lines: Sequence[Line], coded: bool) -> TableBody:
    """Rows of a table's lines; unit lines, captions, notes, page numbers and 续表 marks are left out."""
    rows: list[TokenRow] = []
    no_data = False
    for line in lines:
        text = shown_text(line)
        if text and headings.says_no_data(text):
            no_data = True
        elif not _is_beside_table(line, text):
            row = _token_row(line, coded)
            if row.tokens:
                rows.append(row)
    return TableBody(rows, no_data, lines[-1].source if lines else None)


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
    row = TokenRow(line.source, [], len(cells), _indent(line), damaged)
    for column, cell in enumerate(cells):
        if cell and not is_nil_mark(cell):
            parts = _parts(cell, coded, len(row.tokens))
            row.damaged = row.damaged or len(parts) > 1
            row.tokens.extend(Token(column, kind, text) for kind, text in parts)
    if coded:
        _take_code(row)
    return row


def _cells(line: Line) -> tuple[Sequence[str], bool]:
    if line.cells is not None:
        return line.cells, False
    text = line.text.strip()
    # A row whose separators are lost: its words are told apart by spaces, so places prove nothing.
    if re.search(r"\d\.\d\d(?:\s|$)", text):
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
    if taken > 1:
        # One label column where the header counts on one: what follows moves with it.
        row.tokens = [Token(t.column - taken + 1, t.kind, t.text) for t in row.tokens[taken:]]
    else:
        row.tokens = row.tokens[1:]
    row.code, row.code_column = code, first.column


def is_column_numbers(row: TokenRow) -> bool:
    """The row 1 2 3 … under a header, with or without 栏次 in front."""
    texts = [token.text for token in row.tokens]
    if texts[:1] in (["栏次"], ["行次"]):
        texts = texts[1:]
    if row.code or len(texts) < 2 or not all(_COLUMN_NUMBER.match(text) for text in texts):
        return False
    numbers = [int(re.sub(r"\D", "", text.split("=")[0])) for text in texts]
    return (
        all(after - before in (0, 1, 2) for before, after in zip(numbers, numbers[1:], strict=False))
        and numbers[0] <= 2
    )


def column_text(rows: Iterable[TokenRow], column: int) -> list[str]:
    """The header texts above a column, top to bottom."""
    return [token.text for row in rows for token in row.tokens if token.column == column]
