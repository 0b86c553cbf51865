"""Rows of T09: codes and names of both sides on one row, income in front.

Income codes begin with 1 (收入分类科目), expenditure codes with 2. One printed 合计 is the income total;
amounts that follow it beyond the first are the expenditure total's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from disclosures.plain.data import Side
from disclosures.plain.text import squeeze

from .pieces import Part, Piece, Run, Words, is_code, split_code
from .rawrow import RawRow


def _parts(piece: Piece) -> list[Part]:
    """Parts of a line with codes as words: a code in front of a name looks like an amount."""
    parts: list[Part] = []
    for n, part in enumerate(piece.parts):
        following = piece.parts[n + 1] if n + 1 < len(piece.parts) else None
        if isinstance(part, Words):
            glued = split_code(part.text)
            parts.extend([Words(glued[0], part.gap), Words(glued[1], 0)] if glued else [part])
            continue
        code = part.values[-1] or ""
        if is_code(code) and (isinstance(following, Words) or (part.alone and part.last and len(part.values) == 1)):
            if len(part.values) > 1:
                parts.append(replace(part, values=part.values[:-1], gaps=part.gaps[:-1], last=False))
            parts.append(Words(code, part.gaps[-1]))
        else:
            parts.append(part)
    return parts


def _total_side(rows: Sequence[RawRow], piece: Piece, totals: Sequence[str]) -> Side:
    """The first 合计 of a line is the income side's."""
    return (
        Side.EXPENDITURE if any(row.source == piece.source and row.names[0] in totals for row in rows) else Side.INCOME
    )


def _shared_total(row: RawRow) -> list[RawRow]:
    """The single 合计 of both sides: its first amount is the income."""
    run = row.run
    if run is None or len(run.values) < 2:
        return [row]
    income = RawRow(row.source, names=row.names, side=Side.INCOME)
    income.run = replace(run, values=run.values[:1], gaps=run.gaps[:1], trail=run.gaps[1], last=False)
    spent = RawRow(
        row.source, names=list(row.names), side=Side.EXPENDITURE, run=replace(run.without_first(1), alone=False)
    )
    return [income, spent]


def sided_rows(pieces: Sequence[Piece], totals: Sequence[str]) -> list[RawRow]:
    """Put the rows of a table with codes on both sides together, income rows first."""
    rows: list[RawRow] = []
    for piece in pieces:
        for part in _parts(piece):
            if isinstance(part, Run):
                if rows and rows[-1].run is None:
                    rows[-1].run = part
                else:
                    rows.append(
                        RawRow(piece.source, names=[""], run=part, doubt="这些数字前面没有科目", side=Side.EXPENDITURE)
                    )
            elif is_code(part.text):
                side = Side.INCOME if part.text.startswith("1") else Side.EXPENDITURE
                rows.append(RawRow(piece.source, code=part.text, side=side))
            elif squeeze(part.text) in totals:
                rows.append(RawRow(piece.source, names=[part.text], side=_total_side(rows, piece, totals)))
            elif rows:
                rows[-1].names.append(part.text)
    totals_printed = [row for row in rows if row.names and row.names[0] in totals]
    if len(totals_printed) == 1 and totals_printed[0].side is Side.INCOME:
        place = rows.index(totals_printed[0])
        rows[place : place + 1] = _shared_total(totals_printed[0])
    return sorted(rows, key=lambda row: row.side is Side.EXPENDITURE)
