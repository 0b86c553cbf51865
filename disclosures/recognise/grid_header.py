"""Which printed column is which declared one: the header of a grid table laid against its declaration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from disclosures.plain.data import Side
from disclosures.plain.text import fold
from disclosures.profiles import TableDecl
from disclosures.reading.blocks import Line

from .grid_cells import Token, TokenRow, column_text
from .unknown import header_of

_LABEL_HEADERS = {
    "code": (
        "科目编码",
        "收入科目编码",
        "功能分类科目编码",
        "支出功能分类科目编码",
        "编码",
        "科目代码",
        "功能科目编码",
    ),
    "name": ("科目名称", "功能分类科目名称", "名称", "功能科目名称"),
    "item": ("项目", "支出项目", "收入项目", "项目名称"),
    "unit": ("单位名称", "部门(单位)名称", "单位", "部门名称"),
    "project": ("项目名称", "项目", "单位(项目)名称", "部门/单位/项目名称"),
    "dept_econ": (
        "部门预算支出经济科目名称",
        "部门预算经济科目",
        "部门预算支出经济分类科目",
        "部门预算支出经济科目",
        "经济科目名称",
    ),
    "gov_econ": ("政府预算支出经济科目名称", "政府预算经济科目", "政府预算支出经济分类科目", "政府预算支出经济科目"),
}
_SPANNING = (
    "项目",
    "收入",
    "支出",
    "本年收入",
    "预算数",
    "财政拨款",
    "财政拨款预算",
    "支出预算",
    "年预算数",
    "年预算",
    "年",
    "国有资本经营预算收入",
    "国有资本经营预算支出",
    "其中",
    "栏次",
    "行次",
    "类",
    "款",
    "项",
    "序号",
    "本年预算",
    "科目",
)
_YEAR = re.compile(r"20\d\d年?(?:度)?")
_HEADER_ROWS = 6
_LIKENESS = 0.75
_MATCH, _LIKE, _FOREIGN = 2.0, 1.5, -2.0
_SKIPPED_COLUMN, _SKIPPED_BLANK, _SKIPPED_TEXT = -1.0, -0.6, -1.2


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A column that the declaration names: a label (code, item …) or an amount."""

    side: Side
    key: str
    label: bool
    headers: tuple[str, ...]


Columns = dict[Slot, int]  # printed position of each declared column; a dropped one is absent


@lru_cache(maxsize=64)
def slots(decl: TableDecl) -> tuple[Slot, ...]:
    """The declared columns in printed order, labels and amounts, income side first."""
    found: list[Slot] = []
    for side in decl.sides:
        found += [Slot(side.side, key, True, tuple(map(fold, _LABEL_HEADERS[key]))) for key in side.labels]
        for column in side.columns:
            headers = dict.fromkeys(_stem(fold(header)) for header in column.all_headers)
            # The amount of an income side may be headed by nothing but the year.
            blank = ("",) if column.key == "amount" else ()
            found.append(Slot(side.side, column.key, False, (*headers, *blank)))
    return tuple(found)


@lru_cache(maxsize=64)
def _vocabulary(decl: TableDecl) -> frozenset[str]:
    words = {header for slot in slots(decl) for header in slot.headers}
    return frozenset(words | set(_SPANNING) | {""})


@lru_cache(maxsize=4096)
def _stem(folded: str) -> str:
    """A header text without the year in front and unit brackets."""
    return _YEAR.sub("", folded).replace("(万元)", "")


def is_header_row(decl: TableDecl, row: TokenRow, strict: bool) -> bool:
    """Whether a row belongs to the header: its texts are header words (when not strict: most of them)."""
    if row.code or any(token.kind.name != "TEXT" for token in row.tokens):
        return False
    texts = [_stem(fold(token.text)) for token in row.tokens]
    if set(texts) <= set(decl.total_labels):
        return len(row.tokens) == 1 and row.tokens[0].column > 1 and not strict
    known = sum(1 for text in texts if text in _vocabulary(decl))
    if strict:
        return known == len(texts) and len(texts) > 1
    return known == len(texts) or (
        len(texts) > 1 and known + sum(_is_like(decl, text) for text in texts) > len(texts) / 2
    )


def foreign_share(decl: TableDecl, lines: Sequence[Line]) -> float:
    """The share of the texts over a table's rows that its declaration has no word for; 0 where it prints no header."""
    texts = [_stem(text) for text in dict.fromkeys(header_of(lines))]
    foreign = [text for text in texts if text not in _vocabulary(decl) and not _is_like(decl, text)]
    return len(foreign) / len(texts) if texts else 0.0


def joined_header(decl: TableDecl, rows: Sequence[TokenRow]) -> list[TokenRow]:
    """The rows with header cells put together that a line break tore in two, half in one row and half in the next."""
    done = list(rows)
    position = 0
    while position + 1 < min(len(done), _HEADER_ROWS):
        whole = _torn(decl, done[position], done[position + 1])
        if whole:
            done[position : position + 2] = [whole]
        position += 1
    return done


def _torn(decl: TableDecl, first: TokenRow, second: TokenRow) -> TokenRow | None:
    """One header row of two halves: joined, more of their texts are header words than apart."""
    if any(row.code or row.numbers() for row in (first, second)) or not first.tokens or not second.tokens:
        return None
    below = {token.column: token.text for token in second.tokens}
    if not below.keys() <= {token.column for token in first.tokens}:
        return None
    joined = [replace(token, text=token.text + below.get(token.column, "")) for token in first.tokens]
    if sum(_is_known(decl, token) for token in joined if token.column in below) < len(below):
        return None
    if any(_is_known(decl, token) for token in second.tokens):
        return None
    return replace(first, tokens=joined)


def _is_known(decl: TableDecl, token: Token) -> bool:
    return _stem(fold(token.text)) in _vocabulary(decl)


def _is_like(decl: TableDecl, text: str) -> bool:
    if text in _vocabulary(decl):
        return False
    return any(_likeness(text, word) >= _LIKENESS for word in _vocabulary(decl) if len(word) > 2)


@lru_cache(maxsize=8192)
def _likeness(first: str, second: str) -> float:
    if abs(len(first) - len(second)) > max(len(first), len(second)) * 0.4:
        return 0.0
    return SequenceMatcher(None, first, second).ratio()


def _score(slot: Slot, texts: Sequence[str], foreign: frozenset[str]) -> float:
    """How well the header texts above a printed column suit a declared one."""
    if not texts:
        return 0.0
    if any(text in slot.headers for text in texts):
        # The lowest text is the most particular one.
        return _MATCH if texts[-1] in slot.headers else _MATCH - 0.2
    joined = "".join(texts)
    best = max((_likeness(text, header) for text in (*texts, joined) for header in slot.headers if header), default=0.0)
    if best >= _LIKENESS:
        return _LIKE
    return _FOREIGN if texts[-1] in foreign else -0.3


def printed_columns(decl: TableDecl, header: Sequence[TokenRow], width: int) -> Columns:
    """The declared columns laid along the printed ones so that headers suit best, order kept.

    Without a header the columns stand as declared.
    """
    declared = slots(decl)
    if not header:
        return {slot: position for position, slot in enumerate(declared)}
    width = max(width, max((row.width for row in header), default=0))
    texts = [[stem for text in column_text(header, n) if (stem := _stem(fold(text))) or text] for n in range(width)]
    foreign = frozenset(h for slot in declared for h in slot.headers if h)
    scores = [[_score(slot, texts[n], foreign) for n in range(width)] for slot in declared]
    return _align(declared, scores, texts)


def _align(declared: Sequence[Slot], scores: Sequence[Sequence[float]], texts: Sequence[Sequence[str]]) -> Columns:
    """Monotone alignment of declared columns with printed ones by dynamic programming."""
    rows, width = len(declared), len(texts)
    best = [[0.0] * (width + 1) for _ in range(rows + 1)]
    step = [[""] * (width + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        for n in range(width + 1):
            options = []
            if i and n:
                options.append((best[i - 1][n - 1] + scores[i - 1][n - 1], "both"))
            if i:
                options.append((best[i - 1][n] + _SKIPPED_COLUMN, "slot"))
            if n:
                options.append((best[i][n - 1] + (_SKIPPED_TEXT if texts[n - 1] else _SKIPPED_BLANK), "column"))
            if options:
                best[i][n], step[i][n] = max(options, key=lambda option: option[0])
    columns: Columns = {}
    i, n = rows, width
    while i or n:
        move = step[i][n]
        if move == "both":
            columns[declared[i - 1]] = n - 1
        i -= move in ("both", "slot")
        n -= move in ("both", "column")
    return columns
