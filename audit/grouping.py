"""From failed statements to findings: one cause, one finding, at the cell most likely wrong.

For every figure of a failed statement: which failed statements would one corrected value of it
satisfy, all statements that hold still holding? The figure that repairs most is named; what it
repairs becomes one finding; the rest is looked at again. Where nobody can tell (all children of a
sum are equally likely) the finding stands at the statement's own left side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

from .catalogue import Constraint, Gap
from .figures import Figure
from .findings import Evidence, Finding
from .intervals import EVERYTHING, PERCENT, ZERO, Interval


@dataclass(frozen=True, slots=True)
class Cause:
    """Failed statements with one cause, and the correction of one figure that would satisfy them all."""

    failed: tuple[Constraint, ...]
    figure: Figure | None = None
    correction: str | None = None
    also: tuple[Figure, ...] = ()  # other cells of the same line that are wrong too


# ---------------------------------------------------------------- which figure, which value


def _printable(room: Interval, near: Decimal, step: Decimal) -> Decimal | None:
    """The multiple of `step` in the room that is nearest to a value."""
    target = min(max(near, room.low), room.high)
    guess = (target / step).to_integral_value(ROUND_HALF_EVEN) * step
    if guess in room:
        return guess
    lowest = (room.low / step).to_integral_value(ROUND_CEILING) * step
    return lowest if lowest in room else None


def _middle(room: Interval, fallback: Decimal) -> Decimal:
    return (room.low + room.high) / 2 if room.is_bounded else fallback


def _repair(figure: Figure, failed: Sequence[Constraint], held: Sequence[Constraint]) -> Cause | None:
    """The most failed statements that one printable value of the figure satisfies beside those that hold."""
    step = figure.step * figure.scale
    half = figure.half if figure.text else step / 2
    # Nobody corrects a printed amount into a negative one.
    room = EVERYTHING if figure.middle < 0 else Interval(ZERO, EVERYTHING.high)
    for constraint in held:
        common = room.common(constraint.solve(figure).widened(half))
        if common is None:
            return None
        room = common
    repaired: list[Constraint] = []
    value: Decimal | None = None
    for constraint in failed:
        wanted = constraint.solve(figure)
        narrowed = room.common(wanted.widened(half))
        candidate = _printable(narrowed, _middle(wanted, figure.middle), step) if narrowed else None
        if narrowed is not None and candidate is not None:
            room, value = narrowed, candidate
            repaired.append(constraint)
    if value is None:
        return None
    return Cause(tuple(repaired), figure, f"{(value / figure.scale).quantize(figure.step):f}")


def transposed(printed: str | None, correct: str | None) -> bool:
    """Whether two neighbouring digits are exchanged: 6964.92 and 6946.92."""
    if not printed or not correct or len(printed) != len(correct):
        return False
    differing = [i for i, (a, b) in enumerate(zip(printed, correct, strict=True)) if a != b]
    if len(differing) != 2:
        return False
    first, second = differing
    between = printed[first + 1 : second].strip(".")
    return not between and (printed[first], printed[second]) == (correct[second], correct[first])


def _slip(cause: Cause) -> int:
    """How much the correction looks like a slip of the finger: 2 exchanged digits, 1 one digit, 0 neither."""
    figure = cause.figure
    if figure is None or not figure.text or not cause.correction:
        return 0
    if transposed(figure.text, cause.correction):
        return 2
    same_length = len(figure.text) == len(cause.correction)
    return int(same_length and sum(a != b for a, b in zip(figure.text, cause.correction, strict=True)) == 1)


def _rank(cause: Cause) -> tuple[int, int, int]:
    """Repairs most; changes a printed number rather than fills a blank, fills a blank rather than voids a number."""
    voided = cause.correction is not None and not Decimal(cause.correction)
    blank = cause.figure is None or cause.figure.is_blank
    return len(cause.failed), 0 if voided else 1 if blank else 2, _slip(cause)


def _by_figure(constraints: Iterable[Constraint], only: Container[int]) -> dict[int, list[Constraint]]:
    found: dict[int, list[Constraint]] = defaultdict(list)
    for constraint in constraints:
        for figure in constraint.figures:
            if id(figure) in only:
                found[id(figure)].append(constraint)
    return found


def _components(failed: Sequence[Constraint]) -> list[list[Constraint]]:
    """Failed statements in lots that share no figure."""
    lot_of: dict[int, list[Constraint]] = {}
    for constraint in failed:
        lot = [constraint]
        for figure in constraint.figures:
            other = lot_of.get(id(figure))
            if other is not None and other is not lot:
                small, lot = sorted((other, lot), key=len)
                lot += small
                lot_of |= {id(f): lot for c in small for f in c.figures}
            lot_of[id(figure)] = lot
        lot_of |= {id(figure): lot for figure in constraint.figures}
    return list({id(lot): lot for lot in lot_of.values()}.values())


def _single(constraint: Constraint, repairs: Iterable[Cause]) -> Cause:
    """A statement nothing else is tied to: named only when one figure stands out."""
    ordered = sorted((r for r in repairs if constraint in r.failed), key=_rank, reverse=True)
    if not ordered or (len(ordered) > 1 and _rank(ordered[0]) == _rank(ordered[1])):
        return Cause((constraint,))
    return ordered[0]


def _explain(failed: Sequence[Constraint], held_of: Mapping[int, Sequence[Constraint]]) -> list[Cause]:
    """Greedy: the figure that repairs most first, until every statement of the lot has its cause."""
    figures = {id(figure): figure for constraint in failed for figure in constraint.figures}
    open_ = list(failed)
    failed_of = _by_figure(open_, figures)
    repairs: dict[int, Cause | None] = {}
    found: list[Cause] = []
    stale = set(figures)
    while open_:
        repairs |= {key: _repair(figures[key], failed_of[key], held_of.get(key, ())) for key in stale}
        known = [repair for repair in repairs.values() if repair is not None]
        best = max(known, key=_rank, default=None)
        if best is None or len(best.failed) == 1:
            best = _single(open_[0], known)
        found.append(best)
        taken = {id(constraint) for constraint in best.failed}
        open_ = [constraint for constraint in open_ if id(constraint) not in taken]
        stale = {id(figure) for constraint in best.failed for figure in constraint.figures}
        for key in stale:
            failed_of[key] = [constraint for constraint in failed_of[key] if id(constraint) not in taken]
    return found


def _rows(cause: Cause) -> set[int]:
    """Rows that matter to whether causes are one: printed in, or missing from, the failed statements."""
    figures = (figure for constraint in cause.failed for figure in constraint.figures if figure.row is not None)
    return {id(figure.row) for figure in figures if figure.text or figure.is_absent}


def _belongs(cause: Cause, other: Cause) -> bool:
    """Whether two causes that share a row are one.

    A line that is not there fails every column of the sums above it; cells of one line are wrong together
    when the line slipped a column; and where a total and its only source both miss the same amount,
    nobody can name one of the two cells.
    """
    if other.figure is not None and other.figure.is_absent:
        return id(other.figure.row) in _rows(cause)
    if other.figure is not None:
        return cause.figure is not None and cause.figure.row is other.figure.row is not None
    if cause.figure is not None:
        return False
    sizes = [abs(each.failed[0].gap().difference) for each in (cause, other)]
    return abs(sizes[0] - sizes[1]) <= sum(f.half for each in (cause, other) for f in each.failed[0].figures)


def _together(first: Cause, second: Cause) -> Cause:
    also = (second.figure,) if second.figure is not None and first.figure is not None else ()
    return replace(first, failed=first.failed + second.failed, also=first.also + also + second.also)


def _merged(found: Iterable[Cause]) -> list[Cause]:
    """Causes that are one are put together, those of missing lines first."""
    kept: list[Cause] = []
    by_row: dict[int, list[int]] = defaultdict(list)
    for cause in sorted(found, key=lambda c: c.figure is None or not c.figure.is_absent):
        rows = _rows(cause)
        near = dict.fromkeys(at for row in rows for at in by_row[row])
        position = next((at for at in near if _belongs(cause, kept[at])), None)
        if position is None:
            position = len(kept)
            kept.append(cause)
        else:
            kept[position] = _together(kept[position], cause)
        for row in rows:
            by_row[row].append(position)
    return kept


def causes(failed: Sequence[Constraint], held: Sequence[Constraint]) -> list[Cause]:
    """Explain failed statements by as few wrong figures as possible."""
    if not failed:
        return []
    held_of = _by_figure(held, {id(figure) for constraint in failed for figure in constraint.figures})
    return _merged(cause for lot in _components(failed) for cause in _explain(lot, held_of))


# ---------------------------------------------------------------- one finding from one cause


def _primary(cause: Cause) -> Constraint:
    """The statement a person understands soonest: fewest printed figures, then the first rule."""
    return min(cause.failed, key=lambda c: sum(not figure.is_blank for figure in c.figures))


def _place_of(cause: Cause, primary: Constraint) -> Figure:
    if cause.figure is not None:
        return cause.figure
    return next((figure for figure in primary.figures if not figure.is_blank), primary.figures[0])


def _looks_transposed(cause: Cause, primary: Constraint) -> bool:
    if cause.figure is not None:
        return transposed(cause.figure.text, cause.correction)
    shown = [figure.text for figure in primary.figures if not figure.is_blank]
    return len(shown) == 2 and transposed(shown[0], shown[1])


def _hint(cause: Cause, primary: Constraint) -> str:
    figure, parts = cause.figure, []
    others = len(cause.failed) - 1
    labels = [cell.column.label for cell in cause.also if cell.column is not None and not cell.is_absent]
    if labels:
        parts.append(f"同一行的{'、'.join(labels)}也不符，可能整行错位")
    if others:
        parts.append(f"另有 {others} 处相关等式同样不成立")
    if figure is not None and cause.correction is not None:
        if not figure.is_blank and (others or sum(not f.is_blank for f in primary.figures) > 2):
            unit = "%" if figure.scale == PERCENT else ""
            # What the sentence begins with need not be said again.
            named = "" if figure.words == primary.gap().left else f"{figure.words} {figure.text}{unit} "
            parts.append(f"{named}疑应为 {cause.correction}{unit}")
        elif figure.is_blank and figure.row is not None and not figure.is_absent:
            parts.append(f"{figure.words}疑漏填 {cause.correction}")
    if _looks_transposed(cause, primary):
        parts.append("疑为数字颠倒")
    if figure is not None and figure.is_doubtful:
        parts.append("该数系识别时推断，请先核对原件")
    return "".join(f"，{part}" for part in parts)


def _evidence(cause: Cause, where: Figure) -> tuple[Evidence, ...]:
    seen = {id(figure): figure for figure in cause.also}
    for constraint in cause.failed:
        for position, figure in enumerate(constraint.figures):
            # A blank matters where it is what should have been printed: the left side.
            if figure is not where and (position == 0 or not figure.is_blank):
                seen.setdefault(id(figure), figure)
    return tuple(Evidence(figure.place, figure.text, figure.source) for figure in seen.values())


def _values(cause: Cause, gap: Gap) -> tuple[str, str, str]:
    figure, correction = cause.figure, cause.correction
    if figure is None or correction is None:
        return gap.left_value, gap.right_value, gap.signed_difference
    difference = Decimal(figure.text or 0) - Decimal(correction)
    return figure.text or "", correction, f"{difference:+f}"


def finding(cause: Cause) -> Finding:
    """The finding of a cause."""
    primary = _primary(cause)
    gap, where = primary.gap(), _place_of(cause, primary)
    actual, expected, difference = _values(cause, gap)
    severity = min((constraint.rule.severity for constraint in cause.failed), key=lambda s: s.rank)
    return primary.rule.finding(
        where.place,
        {
            "left": gap.left,
            "left_value": gap.left_value,
            "relation": gap.relation,
            "right": gap.right,
            "right_value": gap.right_value,
            "difference": gap.signed_difference,
            "unit": gap.unit,
            "hint": _hint(cause, primary),
        },
        actual=actual or None,
        expected=expected,
        difference=difference,
        evidence=_evidence(cause, where),
        source=where.source,
        key=(primary.figures[0].place, primary.figures[-1].place),
        severity=severity,
    )
