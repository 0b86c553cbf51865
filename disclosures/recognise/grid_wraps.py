"""Rows that the file broke over several lines are put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from disclosures.plain.data import Side, Surety
from disclosures.plain.text import fold
from disclosures.profiles import Hierarchy, TableDecl

from .grid_cells import Kind, Token, TokenRow
from .grid_header import Columns
from .grid_labels import ECONOMIC_GROUPS, bare_item, item_names, side_of

_OPEN, _CLOSE = re.compile("[(（《“【]"), re.compile("[)）》”】]")
_FINISHED = re.compile(
    "(?:费|费用|补助|经费|资金|项目|补贴|工资|奖励|款|采购|购置|工程|建设|维修|运维|服务|保障金|奖金|租赁|工作|支出|培训|维护|"
    "局|厅|委|委员会|办公室|中心|院|所|站|馆|学校|学院|队|处)(?:[(（].*[)）])?$"
)
_CONTINUES = re.compile(r"^[)）》”】、，及和与的或等]|^[^(（]*[)）]")


def join_wrapped(decl: TableDecl, rows: Sequence[TokenRow], columns: Columns) -> list[TokenRow]:
    """The rows with wrapped labels joined and numbers that stand on a line of their own put back."""
    if decl.two_sided and decl.sides[0].items:
        return _join_items(decl, rows, columns)
    joined = _join_rows(decl, rows)
    if decl.hierarchy is Hierarchy.GROUP:
        _fill_merged(joined, columns)
    return joined


# ---------------------------------------------------------------- one-sided tables


def _join_rows(decl: TableDecl, rows: Sequence[TokenRow]) -> list[TokenRow]:
    done: list[TokenRow] = []
    waiting: TokenRow | None = None  # the beginning of a name whose numbers come later
    for position, row in enumerate(rows):
        after = rows[position + 1] if position + 1 < len(rows) else None
        if waiting is not None:
            row = _merged(waiting, row)
            waiting = None
        if _is_fragment(decl, row):
            owner, certain = _owner(decl, done[-1] if done else None, row, after)
            if not certain:
                row.label_surety = Surety.DOUBTFUL
            if owner == "before":
                done[-1] = _merged(done[-1], row)
                continue
            if owner == "after":
                waiting = row
                continue
        elif done and _completes_row(decl, done[-1], row):
            done[-1] = _merged(done[-1], row)
            continue
        elif done and _is_code_of(decl, done[-1], row, after):
            done[-1] = replace(_merged(done[-1], row), label_doubtful=True)
            continue
        done.append(row)
    if waiting is not None:
        done.append(waiting)
    return done


def _completes_row(decl: TableDecl, before: TokenRow, row: TokenRow) -> bool:
    """Whether a row holds the numbers (and the rest of the name) of the row before, which has none."""
    if before.numbers() or row.code:
        return False
    if not row.texts():
        return True
    return bool(before.code) and fold(row.texts()[0].text) not in decl.total_labels


def _is_code_of(decl: TableDecl, before: TokenRow, row: TokenRow, after: TokenRow | None) -> bool:
    """Whether a code that stands alone is that of the row before, which has a name and numbers and lacks one."""
    alone = bool(row.code) and not row.texts() and not row.numbers()
    if not alone or before.code or not before.texts() or not before.numbers():
        return False
    next_lacks = after is not None and not after.code and bool(after.texts())
    return not next_lacks and fold(before.texts()[0].text) not in decl.total_labels


def _is_fragment(decl: TableDecl, row: TokenRow) -> bool:
    """A label without code or numbers that is no row of its own."""
    if row.code or row.numbers() or not row.texts():
        return False
    name = fold(bare_item(decl, "".join(token.text for token in row.texts())))
    if name in decl.total_labels or name in item_names(decl.sides[0]) or name in ECONOMIC_GROUPS:
        return False
    # Two labels make a row of T06, blank though it is.
    return not (decl.hierarchy is Hierarchy.GROUP and len(row.texts()) > 1)


def _owner(decl: TableDecl, before: TokenRow | None, row: TokenRow, after: TokenRow | None) -> tuple[str, bool]:
    """Whose name a fragment belongs to: the row "before", the row "after" or neither; and whether that is certain."""
    text = "".join(token.text for token in row.texts())
    if after is not None and not after.texts() and (after.numbers() or after.code):
        return "after", True
    if before is None:
        return ("after", True) if after is not None and after.numbers() else ("", True)
    name = "".join(token.text for token in before.texts())
    if decl.sides[0].items:
        whole = fold(bare_item(decl, name + text))
        return ("before", True) if whole in item_names(decl.sides[0]) else ("", True)
    if not before.numbers() or _is_open(name) or _CONTINUES.match(text):
        return "before", True
    if decl.sides[0].labels[0] == "code" or after is None or not after.numbers():
        return "before", True
    if _is_open(text):
        return "after", True
    # A finished name needs no rest; a beginning is not a finished name.
    finished = bool(_FINISHED.search(name))
    if finished != bool(_FINISHED.search(text)):
        return ("after" if finished else "before"), True
    # A name is broken where its column ends, so the longer part is the first.
    return ("before" if len(name) >= len(text) else "after"), False


def _is_open(text: str) -> bool:
    return len(_OPEN.findall(text)) > len(_CLOSE.findall(text))


def _merged(first: TokenRow, second: TokenRow) -> TokenRow:
    """One row of two: labels of the same column joined, numbers kept with the line they stand on."""
    labels: dict[int, Token] = {}
    for token in (*first.texts(), *second.texts()):
        column = token.column if token.column in labels or not labels or len(first.texts()) > 1 else next(iter(labels))
        labels[column] = _with_rest(labels[column], token) if column in labels else replace(token, column=column)
    numbers = sorted((*first.numbers(), *_placed(second)), key=lambda token: token.column)
    return TokenRow(
        first.source,
        [*labels.values(), *numbers],
        max(first.width, second.width),
        first.indent or second.indent,
        first.damaged or second.damaged,
        label_surety=_joined_surety(first, second),
        code=first.code or second.code,
        code_column=first.code_column if first.code else second.code_column,
        places=first.places,
        unsure=first.unsure,
        label_doubtful=first.label_doubtful or second.label_doubtful,
    )


def _with_rest(first: Token, rest: Token) -> Token:
    return replace(first, text=first.text + rest.text, doubtful=first.doubtful or rest.doubtful)


def _placed(row: TokenRow) -> list[Token]:
    """The numbers of a row, each with the place it stands in, to be moved to another row."""
    return [replace(token, source=token.source or row.source) for token in row.numbers()]


def _joined_surety(first: TokenRow, second: TokenRow) -> Surety:
    """How sure the label of a joined row is: never surer than its parts, and inferred when both had words."""
    parts = {first.label_surety, second.label_surety}
    if Surety.DOUBTFUL in parts:
        return Surety.DOUBTFUL
    return Surety.INFERRED if Surety.INFERRED in parts or (first.texts() and second.texts()) else Surety.SURE


def _fill_merged(rows: Sequence[TokenRow], columns: Columns) -> None:
    """T06: where one department class spans several rows, it is printed beside the first of them only."""
    first = next((n for slot, n in columns.items() if slot.key == "dept_econ"), 0)
    second = next((n for slot, n in columns.items() if slot.key == "gov_econ"), 1)
    label = ""
    for row in rows:
        texts = row.texts()
        if len(texts) == 1 and texts[0].column == second and fold(texts[0].text) != "合计" and label:
            row.tokens.insert(0, Token(first, Kind.TEXT, label))
            row.label_surety = Surety.INFERRED
        elif texts and texts[0].column == first:
            label = texts[0].text if len(texts) > 1 else ""


# ---------------------------------------------------------------- T01, T04


def _join_items(decl: TableDecl, rows: Sequence[TokenRow], columns: Columns) -> list[TokenRow]:
    done: list[TokenRow] = []
    for row in rows:
        rest = [token for token in row.texts() if not (done and _completes(decl, done[-1], token, columns))]
        if len(rest) == len(row.texts()):
            done.append(row)
            continue
        moved = [token for token in row.texts() if token not in rest]
        for token in moved:
            _append_label(decl, done[-1], token, columns)
        if rest:
            left = [token for token in row.tokens if token not in moved]
            done.append(TokenRow(row.source, left, row.width, damaged=True, places=row.places, unsure=row.unsure))
        else:
            done[-1].tokens = sorted([*done[-1].tokens, *_placed(row)], key=lambda token: token.column)
    return done


def _label(decl: TableDecl, row: TokenRow, side: Side, columns: Columns) -> Token | None:
    return next((token for token in row.texts() if side_of(decl, token, columns) is side), None)


def _completes(decl: TableDecl, before: TokenRow, token: Token, columns: Columns) -> bool:
    """Whether a text is the rest of the label above it: only together are they a declared item."""
    side = side_of(decl, token, columns)
    above = _label(decl, before, side, columns)
    names = item_names(decl.side(side))
    if above is None or fold(bare_item(decl, above.text)) in names or fold(bare_item(decl, token.text)) in names:
        return False
    return fold(bare_item(decl, above.text + token.text)) in names


def _append_label(decl: TableDecl, row: TokenRow, token: Token, columns: Columns) -> None:
    above = _label(decl, row, side_of(decl, token, columns), columns)
    row.tokens = [_with_rest(t, token) if t is above else t for t in row.tokens]
    row.label_surety = Surety.INFERRED
