"""What stands around the rows of a FLOW table: caption, title, department, unit, headers, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from disclosures.plain.numbers import parse_amount
from disclosures.plain.sources import line_number
from disclosures.plain.text import fold, squeeze
from disclosures.profiles import Hierarchy, TableDecl
from disclosures.reading.blocks import Line

from ..headings import (
    caption_number,
    is_continuation_mark,
    is_note,
    is_unit_line,
    part_number,
    printed_amount_unit,
    printed_department,
    says_no_data,
    table_title,
)
from .pieces import is_code, split_code

_HEADER_WORDS = (
    "项目项目名称科目编码科目名称收入科目编码支出科目编码单位名称单位编码项目编码功能科目",
    "部门预算支出经济科目名称政府预算支出经济科目名称部门经济科目政府经济科目",
    "收入支出本年收入本年支出金额预算数年预算数小计合计总计其中备注栏次序号类款项",
    "年财政拨款年预算年度预算数年合计上年结转财政拨款收入支出",
    "国有资本经营预算收入国有资本经营预算支出政府性基金收入预算国有资本经营收入预算",
)
_GAP = re.compile(r"(?<=\S) +(?=\S)")
_LONGEST_HEADER = 60  # lines
_MOSTLY = 0.6  # share of known words in a header line of several
_LEAST_HEADER = 5  # characters of a header's line that is known by itself
_YEAR = re.compile(r"(?:19|20)\d\d")
_COLUMN_MARK = re.compile(r"^(?:栏次|栏目|序号|甲|乙|丙|\*+)$")
_ORDINAL = re.compile(r"^[一二三四五六七八九十]+、")
_NO_DATA_ALONE = re.compile(r"^[(]?(?:本表)?无(?:此项)?数据[)]?$")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A table's lines sorted: `body` holds the rows, the rest is what is printed about the table."""

    body: tuple[Line, ...]
    title: str
    year: int | None
    caption: str | None
    department: str | None
    unit: str | None
    no_data: bool
    source: str | None
    least_gap: int  # the fewest spaces between two words of the header, 0 when it shows none


def is_column_numbers(text: str) -> bool:
    """1 2 3 4 …: the row that numbers the columns."""
    tokens = [token for token in text.split() if not _COLUMN_MARK.match(token)]
    return len(tokens) >= 3 and all(token == str(n) for n, token in enumerate(tokens, start=1))


def header_vocabulary(decl: TableDecl) -> str:
    """Every text a header of this table may show, joined: a word of the header is a fragment of it."""
    words = [*_HEADER_WORDS]
    for side in decl.sides:
        for column in side.columns:
            words.extend(column.all_headers)
    return fold("|".join(words))


def _is_header(text: str, vocabulary: str) -> bool:
    """Whether a line is made of header words; among several, some of another wording are headers too."""
    tokens = [_YEAR.sub("", fold(token)) for token in text.split()]
    known = sum(1 for token in tokens if token in vocabulary)
    enough = _MOSTLY * len(tokens) if len(tokens) >= 3 and not _has_amount(text) else len(tokens)
    return 0 < enough <= known and not _ORDINAL.match(text.strip())


def _has_amount(text: str) -> bool:
    tokens = text.split()
    return bool(tokens) and parse_amount(tokens[-1]) is not None and not is_column_numbers(text)


def _starts_total(decl: TableDecl, text: str) -> bool:
    """合计 with amounts or with nothing behind it; a two-sided table may print it once for each side."""
    tokens = text.split()
    if squeeze(tokens[0]) not in decl.total_labels:
        return False
    rest = " ".join(tokens[1:])
    for total in decl.total_labels if decl.two_sided else ():
        rest = rest.replace(total, " ")
    return all(parse_amount(token) is not None for token in rest.split())


def _starts_code(text: str) -> bool:
    first = text.split()[0]
    return is_code(first) or split_code(first) is not None


def _starts_item(decl: TableDecl, text: str) -> bool:
    first = fold(text.split()[0])
    return any(
        first.startswith(fold((item.marker or "") + item.item)[:4])
        and (item.marker is None or first[:1] == item.marker[:1])
        for side in decl.sides
        for item in side.items
        if item.item not in ("合计",)
    )


def _data_test(decl: TableDecl) -> Callable[[str], bool]:
    """Whether a line is certainly a row of this table, by the kind of its rows."""
    if decl.hierarchy is Hierarchy.CODE:
        return lambda text: _starts_code(text) or (_starts_total(decl, text) and _has_amount(text))
    if decl.sides[0].items:
        return lambda text: _starts_item(decl, text) or _has_amount(text)
    return _has_amount


def _body_start(decl: TableDecl, lines: Sequence[Line], vocabulary: str) -> int:
    """Index of the first line of the first row."""
    is_data = _data_test(decl)
    numbered = next((n for n, line in enumerate(lines[:_LONGEST_HEADER]) if is_column_numbers(line.text)), -1)
    first = next((n for n, line in enumerate(lines) if n > numbered and is_data(line.text)), len(lines))
    blank_total = next((n for n in range(first - 1, numbered, -1) if _starts_total(decl, lines[n].text)), None)
    if blank_total is not None and not any(
        _is_header(line.text, vocabulary) for line in lines[blank_total + 1 : first]
    ):
        first = blank_total
    while (
        first - 1 > numbered
        and not _is_header(lines[first - 1].text, vocabulary)
        and decl.hierarchy is not Hierarchy.CODE
    ):
        first -= 1
    return first


def _says_so(text: str) -> bool:
    return not any(char.isdigit() for char in text.replace("20", "")) and says_no_data(text)


class _Sorter:
    """Collects what is printed about the table and leaves the lines that may be header or rows."""

    def __init__(self, decl: TableDecl) -> None:
        self.decl = decl
        self.kept: list[Line] = []
        self.title: str | None = None
        self.year: int | None = None
        self.caption: str | None = None
        self.department: str | None = None
        self.unit: str | None = None
        self.no_data = False
        self._note_at: int | None = None

    def take(self, line: Line) -> None:
        text = line.text
        number = line_number(line.source)
        if self._note_at is not None and number is not None and number - self._note_at <= 1 and not _has_amount(text):
            self._note_at = number  # the note wraps
            self.no_data = self.no_data or says_no_data(text)
            return
        self._note_at = None
        if is_note(text) or _NO_DATA_ALONE.match(fold(text)) or _says_so(text):
            self._note_at = number
            self.no_data = self.no_data or says_no_data(text) or "无数据" in text
        elif is_unit_line(text):
            self.department = self.department or printed_department(text)
            self.unit = self.unit or printed_amount_unit(text)
        elif caption_number(text) is not None:
            self.caption = self.caption or squeeze(text)
        elif not (part_number(text) or is_continuation_mark(text) or self._is_title(text)):
            self.kept.append(line)

    def _is_title(self, text: str) -> bool:
        title = table_title(text) if "表" in text and not _has_amount(text) else None
        if title is None:
            return False
        if self.decl in title.options and self.title is None:
            self.title, self.year = title.title, title.year
        return True


def _without_repeated_headers(header: Sequence[Line], body: Sequence[Line]) -> tuple[Line, ...]:
    """The body without the header lines that a new page prints again."""
    keys = [squeeze(line.text) for line in header]
    texts = [squeeze(line.text) for line in body]
    anchors = {key: n for n, key in reversed(list(enumerate(keys)))}
    kept: list[Line] = []
    n = 0
    while n < len(body):
        again = _header_again(keys, anchors, texts, n)
        if not again and not is_column_numbers(body[n].text):
            kept.append(body[n])
        n += max(1, again)
    return tuple(kept)


def _header_again(keys: Sequence[str], anchors: Mapping[str, int], texts: Sequence[str], n: int) -> int:
    """How many lines from here on repeat the header, which a wrapped name may do by chance in one short line."""
    start = anchors.get(texts[n])
    if start is None:
        return 0
    length = 0
    while n + length < len(texts) and start + length < len(keys) and texts[n + length] == keys[start + length]:
        length += 1
    return length if length > 1 or len(texts[n]) >= _LEAST_HEADER else 0


def _least_gap(header: Sequence[Line]) -> int:
    words = [line.text for line in header if not is_column_numbers(line.text)]
    return min((len(gap) for text in words for gap in _GAP.findall(text)), default=0)


def look_around(decl: TableDecl, lines: Sequence[Line]) -> Surroundings:
    """Sort the lines of a table into its rows and what is printed about it."""
    sorter = _Sorter(decl)
    for line in lines:
        if line.text and not line.text.isspace():
            sorter.take(line)
    kept = sorter.kept
    start = _body_start(decl, kept, header_vocabulary(decl))
    return Surroundings(
        body=_without_repeated_headers(kept[:start], kept[start:]),
        title=sorter.title or decl.title,
        year=sorter.year,
        caption=sorter.caption,
        department=sorter.department,
        unit=sorter.unit,
        no_data=sorter.no_data,
        source=lines[0].source if lines else None,
        least_gap=_least_gap(kept[:start]),
    )
