"""The labels of a table row: which side it is on, its code and names, and the numbers that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from disclosures.plain.data import Note, Side, Surety
from disclosures.plain.text import fold
from disclosures.profiles import Hierarchy, SideDecl, TableDecl

from .grid_cells import Kind, Token, TokenRow
from .grid_header import Columns, slots

_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.．,，]|[(（][一二三四五六七八九十]{1,3}[)）])")
_DASHES = re.compile("^[-—–－·]+")
_NUMBERING = re.compile(r"^(?:[①-⑩]|[(（]?(?:\d|[一二三四五六七八九十])[)）、.．]|其中[:：]|[-—])")
ECONOMIC_GROUPS = frozenset(
    {
        "工资福利支出",
        "商品和服务支出",
        "对个人和家庭的补助",
        "债务利息及费用支出",
        "资本性支出",
        "资本性支出(基本建设)",
        "对企业补助",
        "对企业补助(基本建设)",
        "对社会保障基金补助",
    }
)


@dataclass(slots=True)
class Draft:
    """One row of one side with its labels read and its numbers still in their cells."""

    side: Side
    source: str
    numbers: list[Token]
    name: str = ""
    code: str = ""
    second_name: str = ""
    indent: int = 0
    offset: int = 0  # how far the row stands right of its header
    damaged: bool = False
    label_surety: Surety = Surety.SURE
    label_doubtful: bool = False  # the reader may have misread code or name
    places: tuple[str, ...] = ()  # of the printed cells, where the reader knows them
    unsure: frozenset[int] = frozenset()  # blank cells in which something may have been overlooked


@lru_cache(maxsize=64)
def item_names(side: SideDecl) -> frozenset[str]:
    return frozenset(fold(name) for item in side.items for name in (item.item, *item.variants))


def bare_item(decl: TableDecl, text: str) -> str:
    """An item without what is printed in front of it and not part of it."""
    if decl.id == "T10":
        return _NUMBERING.sub("", text)
    if decl.hierarchy is Hierarchy.CODE:
        return _DASHES.sub("", text)  # its depth shown by dashes
    return _ORDINAL.sub("", text) if decl.sides[0].items else text


def side_of(decl: TableDecl, token: Token, columns: Columns) -> Side:
    """The side of a two-sided table a label belongs to: by its wording, or by where it stands."""
    name = fold(bare_item(decl, token.text))
    known = [side.side for side in decl.sides if name in item_names(side)]
    if len(known) == 1:
        return known[0]
    border = min((position for slot, position in columns.items() if slot.side is Side.EXPENDITURE), default=0)
    return Side.EXPENDITURE if token.column >= border else Side.INCOME


def drafts_of(decl: TableDecl, row: TokenRow, columns: Columns, notes: list[Note]) -> list[Draft]:
    """The rows (one for each side that is printed) that a printed row holds."""
    if not decl.two_sided:
        return _one_sided(decl, decl.sides[0], row, columns, notes)
    if decl.sides[0].labels[0] == "code":
        return _coded_sides(decl, row, columns, notes)
    return _item_sides(decl, row, columns, notes)


def _column(columns: Columns, side: Side, key: str) -> int | None:
    return next((n for slot, n in columns.items() if slot.side is side and slot.key == key), None)


def _one_sided(decl: TableDecl, side: SideDecl, row: TokenRow, columns: Columns, notes: list[Note]) -> list[Draft]:
    labels, numbers = _labels_and_numbers(decl, row, columns, notes)
    names = list(dict.fromkeys(token.text for token in labels))
    draft = Draft(
        side.side,
        row.source,
        numbers,
        code=row.code,
        indent=row.indent,
        damaged=row.damaged,
        label_surety=row.label_surety,
        label_doubtful=row.label_doubtful or any(token.doubtful for token in labels),
        places=row.places,
        unsure=row.unsure,
    )
    if side.labels[0] == "dept_econ":
        _name_economic(draft, [token.text for token in labels])
    else:
        draft.name = bare_item(decl, "".join(names))
    if not draft.name and not draft.code:
        printed = "、".join(token.text for token in numbers)
        notes.append(Note(f"表{decl.ordinal}有一行没有名称，只有数字 {printed}，未能归入任何一行", decl.id, row.source))
        return []
    draft.offset = _offset(side, row, labels, columns)
    return [draft]


def _name_economic(draft: Draft, names: Sequence[str]) -> None:
    draft.name = names[0] if names else ""
    rest = [name for name in names[1:] if name]
    # A merged group cell is repeated by some exporters over both label columns.
    if rest and rest[0] == draft.name and fold(draft.name) in ECONOMIC_GROUPS | {"合计"}:
        rest = rest[1:]
    draft.second_name = "".join(rest)


def _labels_and_numbers(
    decl: TableDecl, row: TokenRow, columns: Columns, notes: list[Note]
) -> tuple[list[Token], list[Token]]:
    """Labels are the texts in front of the numbers; a text among the numbers is a spoilt number or astray."""
    amount_columns = {position for slot, position in columns.items() if not slot.label}
    labels: list[Token] = []
    numbers: list[Token] = []
    for token in row.tokens:
        if token.kind is not Kind.TEXT:
            numbers.append(token)
        elif not numbers and not (labels and token.column in amount_columns and _is_spoilt(token.text)):
            labels.append(token)
        elif _is_spoilt(token.text):
            numbers.append(replace(token, kind=Kind.UNREADABLE))
        elif not labels:
            labels.append(token)
        elif token.text != labels[0].text:
            notes.append(
                Note(f"表{decl.ordinal}“{labels[0].text}”一行中夹有文字“{token.text}”，未能归入", decl.id, row.source)
            )
    return labels, numbers


def _is_spoilt(text: str) -> bool:
    """A short text with digits where an amount should stand."""
    digits = sum(letter.isdigit() for letter in text)
    return digits > 0 and digits * 2 >= len(text)


def _offset(side: SideDecl, row: TokenRow, labels: Sequence[Token], columns: Columns) -> int:
    """How far right of its header a row begins."""
    if row.code:
        expected = _column(columns, side.side, "code")
        return row.code_column - expected if expected is not None else 0
    if not labels:
        return 0
    places = [n for key in side.labels if (n := _column(columns, side.side, key)) is not None]
    first = labels[0].column
    if not places or first in places:
        return 0
    return first - places[0]


# ---------------------------------------------------------------- two sides


def _item_sides(decl: TableDecl, row: TokenRow, columns: Columns, notes: list[Note]) -> list[Draft]:
    """T01, T04: an income item with its amount, an expenditure item with its columns, or one of them alone."""
    labels: dict[Side, list[Token]] = {Side.INCOME: [], Side.EXPENDITURE: []}
    numbers: dict[Side, list[Token]] = {Side.INCOME: [], Side.EXPENDITURE: []}
    income_end = _column(columns, Side.INCOME, "amount")
    for token in row.tokens:
        if token.kind is Kind.TEXT and not _is_spoilt(token.text):
            labels[side_of(decl, token, columns)].append(token)
            continue
        side = Side.EXPENDITURE if labels[Side.EXPENDITURE] else Side.INCOME
        beyond = income_end is not None and token.column > income_end and not labels[Side.EXPENDITURE]
        if beyond and (numbers[Side.INCOME] or not labels[Side.INCOME]):
            side = Side.EXPENDITURE
        kind = Kind.UNREADABLE if token.kind is Kind.TEXT else token.kind
        numbers[side].append(replace(token, kind=kind))
    return [
        draft
        for side in decl.sides
        if (draft := _item_draft(decl, side, row, labels[side.side], numbers[side.side], columns, notes))
    ]


def _item_draft(
    decl: TableDecl,
    side: SideDecl,
    row: TokenRow,
    labels: Sequence[Token],
    numbers: list[Token],
    columns: Columns,
    notes: list[Note],
) -> Draft | None:
    if not labels and not numbers:
        return None
    if not labels:
        printed = "、".join(token.text for token in numbers)
        notes.append(Note(f"表{decl.ordinal}有数字 {printed} 没有项目名称，未能归入任何一行", decl.id, row.source))
        return None
    name = bare_item(decl, "".join(dict.fromkeys(token.text for token in labels)))
    draft = Draft(
        side.side,
        row.source,
        numbers,
        name,
        damaged=row.damaged,
        label_surety=row.label_surety,
        label_doubtful=any(token.doubtful for token in labels),
        places=row.places,
        unsure=row.unsure,
    )
    if len(side.columns) == 1 and len(numbers) == 1:
        place = _column(columns, side.side, side.columns[0].key)
        draft.numbers = [replace(numbers[0], column=place or 0)]
    else:
        draft.offset = _offset(side, TokenRow(row.source, [], 0), labels, columns)
    return draft


def _coded_sides(decl: TableDecl, row: TokenRow, columns: Columns, notes: list[Note]) -> list[Draft]:
    """T09: code, name and amount of income; code, name and columns of expenditure. One 合计 serves both."""
    border = min((n for slot, n in columns.items() if slot.side is Side.EXPENDITURE), default=len(slots(decl)))
    halves = {
        side: TokenRow(row.source, [], row.width, places=row.places, unsure=row.unsure)
        for side in (Side.INCOME, Side.EXPENDITURE)
    }
    for token in row.tokens:
        halves[Side.INCOME if token.column < border else Side.EXPENDITURE].tokens.append(token)
    first, second = halves[Side.INCOME], halves[Side.EXPENDITURE]
    if row.code:
        owner = first if row.code_column < border else second
        owner.code, owner.code_column, owner.label_doubtful = row.code, row.code_column, row.label_doubtful
    if not second.code and second.tokens and second.tokens[0].kind is Kind.AMOUNT and "." not in second.tokens[0].text:
        code_column = _column(columns, Side.EXPENDITURE, "code")
        if second.tokens[0].column == code_column:
            second.code, second.code_column = second.tokens[0].text, second.tokens[0].column
            second.label_doubtful = second.tokens[0].doubtful
            second.tokens = second.tokens[1:]
    shared = next((token for token in first.texts() if fold(token.text) in decl.total_labels), None)
    if shared and second.numbers() and not second.texts():
        second.tokens.insert(0, Token(_column(columns, Side.EXPENDITURE, "name") or border, Kind.TEXT, shared.text))
    drafts: list[Draft] = []
    for side in decl.sides:
        half = halves[side.side]
        if half.tokens or half.code:
            drafts += _one_sided(decl, side, half, columns, notes)
    return drafts
