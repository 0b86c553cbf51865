"""The indicators of one form out of the rows of its indicator table.

Lives here: bringing the rows together – repeats dropped, the two horizons held against each other –
and handing them to the classes. One row is read in `indicators_rows`, classes in `indicators_levels`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from disclosures.plain.data import Horizon, Indicator, Note
from disclosures.plain.text import fold
from disclosures.reading.blocks import Line

from .indicators_levels import Level, LevelRow, levels_of
from .indicators_rows import (
    Frame,
    Pair,
    RowReading,
    cut_by,
    frame_of,
    header_columns,
    read_row,
    same_indicator,
    same_name,
    slots_of,
)
from .vocabulary import LEVEL1_OF, level2_of

_WHOLE, _ANNUAL = Horizon.WHOLE, Horizon.ANNUAL
_NEAR = 8  # rows within which the same indicator of the other horizon is looked for


@dataclass(slots=True)
class _Row:
    source: str
    pairs: dict[Horizon, list[Pair]]
    labels: dict[Horizon, str | None]
    extras: tuple[tuple[str | None, Pair], ...] = ()
    hints: tuple[str, ...] = ()
    level1: str | None = None


@dataclass(slots=True)
class _Table:
    rows: list[_Row] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)  # rows whose cells print headings over their content


def read_indicators(
    pages: Sequence[Sequence[Line]], right_halves: Sequence[Sequence[Line]] = (), annual_expected: bool = True
) -> tuple[tuple[Indicator, ...], tuple[Note, ...]]:
    """The indicators of a form, whole period first, out of the indicator rows of each of its pages.

    `right_halves` are tables that hold the annual columns alone, of pages that were scanned in two.
    """
    horizons = 1 if right_halves else _horizons(pages)
    table = _Table()
    for page in pages:
        _read_page(page, horizons, table)
    for half in right_halves:
        _read_right_half(half, table)
    _drop_repeated_rows(table.rows, annual_expected and horizons == 1)
    _settle_extras(table.rows)
    _settle_values(table.rows)
    indicators, doubts = _classify(table.rows)
    return indicators, (*_covered_note(table.covered), *doubts)


def _cells(line: Line) -> tuple[str, ...]:
    return line.cells if line.cells is not None else (line.text.strip(),)


# ---------------------------------------------------------------- reading rows


def _horizons(pages: Sequence[Sequence[Line]]) -> int:
    """Whether the table has one group of columns or two: by its headings, or by what most rows print."""
    doubles = singles = 0
    for page in pages:
        for line in page:
            columns = header_columns(_cells(line))
            if len(columns) > 1:
                if len(columns.get("level3", ())) > 1 or len(columns.get("value", ())) > 1:
                    return 2
                continue
            slots, _ = slots_of(_cells(line))
            labels = [slot.label for slot in slots if slot.label]
            texts = sum(len(slot.texts) for slot in slots)
            doubles += texts > 3 or len(labels) > len(set(labels))
            singles += texts in (1, 2) and len(labels) < 2
    return 2 if doubles > singles or doubles > 1 else 1


def _read_page(page: Sequence[Line], horizons: int, table: _Table) -> None:
    frame = Frame(horizons)
    hints: tuple[str, ...] = ()
    headed = False
    for line in page:
        cells = _cells(line)
        columns = header_columns(cells)
        if sum(map(len, columns.values())) > 1:
            if headed and "level1" not in columns and not any(slot.texts for slot in slots_of(cells)[0]):
                table.covered.append(line.source)
            frame = frame_of(columns, horizons) if not headed else frame
            headed = True
            if not any(slot.texts for slot in slots_of(cells)[0]):
                hints += tuple(label for cell in cells if cell and (label := level2_of(cell)))
                continue
        reading = read_row(cells, frame)
        row = _row(line.source, reading, hints)
        if row is not None:
            table.rows.append(row)
            hints = ()
            frame = _learn_middle(frame, row)


def _read_right_half(half: Sequence[Line], table: _Table) -> None:
    """Rows that hold annual indicators alone are put beside the whole-period rows they print on.

    Where the numbers of rows differ they stand on their own, behind them.
    """
    right = _Table()
    _read_page(half, 1, right)
    for row in right.rows:
        row.pairs = {_WHOLE: [], _ANNUAL: row.pairs[_WHOLE]}
        row.labels = {_WHOLE: None, _ANNUAL: row.labels[_WHOLE]}
    if len(right.rows) != len(table.rows):
        table.rows.extend(right.rows)
        return
    for row, beside in zip(table.rows, right.rows, strict=True):
        row.pairs[_ANNUAL], row.labels[_ANNUAL] = beside.pairs[_ANNUAL], beside.labels[_ANNUAL]


def _row(source: str, reading: RowReading, hints: tuple[str, ...]) -> _Row | None:
    pairs = {horizon: list(found) for horizon, found in reading.pairs.items()}
    if not any(pairs.values()) and not reading.extras and not any(reading.labels.values()):
        return None
    hints = tuple(dict.fromkeys(hints + reading.hints))
    return _Row(source, pairs, dict(reading.labels), reading.extras, hints, reading.level1)


def _learn_middle(frame: Frame, row: _Row) -> Frame:
    """Where no headings tell it, a row with both horizons tells where the second begins."""
    if frame.middle is not None or frame.horizons == 1:
        return frame
    if not row.pairs[_WHOLE] or not row.pairs[_ANNUAL]:
        return frame
    return replace(frame, middle=(row.pairs[_WHOLE][0].column + row.pairs[_ANNUAL][0].column) / 2)


# ---------------------------------------------------------------- putting rows right


def _drop_repeated_rows(rows: list[_Row], annual_lost: bool) -> None:
    """A row that repeats the one before it is a merged cell printed twice.

    In a form that lost its annual columns the repeat is what is left of them.
    """
    for index in range(len(rows) - 1, 0, -1):
        row, before = rows[index], rows[index - 1]
        if not row.pairs[_WHOLE] or not _same_pairs(row, before):
            continue
        if not annual_lost and not _labels_agree(row, before):
            continue
        if annual_lost:
            row.pairs[_ANNUAL] = [replace(pair, doubtful=True) for pair in row.pairs[_WHOLE]]
            row.pairs[_WHOLE] = []
            continue
        for horizon in Horizon:
            before.labels[horizon] = before.labels[horizon] or row.labels[horizon]
        before.extras += row.extras
        del rows[index]


def _same_pairs(one: _Row, two: _Row) -> bool:
    return all(
        [(fold(p.name), fold(p.value)) for p in one.pairs[h]] == [(fold(p.name), fold(p.value)) for p in two.pairs[h]]
        for h in Horizon
    )


def _labels_agree(one: _Row, two: _Row) -> bool:
    """Whether two rows may be one: they do not print labels of different classes."""
    labels = {label for row in (one, two) for label in row.labels.values() if label}
    return len(labels) < 2


def _settle_extras(rows: list[_Row]) -> None:
    """A third pair on a row repeats an annual indicator, gives one its lost value, or is one of its own."""
    annual = [(row, position) for row in rows for position in range(len(row.pairs[_ANNUAL]))]
    for index in range(len(rows) - 1, -1, -1):
        for label, extra in reversed(rows[index].extras):
            twin = next(((row, at) for row, at in annual if same_indicator(row.pairs[_ANNUAL][at], extra)), None)
            if twin is None:
                pairs = {_WHOLE: [], _ANNUAL: [replace(extra, doubtful=True)]}
                rows.insert(index + 1, _Row(rows[index].source, pairs, {_WHOLE: None, _ANNUAL: label}))
            elif twin[0].pairs[_ANNUAL][twin[1]].value is None:
                row, at = twin
                row.pairs[_ANNUAL][at] = replace(row.pairs[_ANNUAL][at], value=extra.value, doubtful=True)


def _settle_values(rows: Sequence[_Row]) -> None:
    """Values glued to names come apart where a row nearby prints them in the other horizon."""
    for index, row in enumerate(rows):
        near = rows[max(0, index - _NEAR) : index + _NEAR + 1]
        for horizon, other in ((_WHOLE, _ANNUAL), (_ANNUAL, _WHOLE)):
            for position, pair in enumerate(row.pairs[horizon]):
                if pair.value is None:
                    row.pairs[horizon][position] = _cut(pair, [p for r in near for p in r.pairs[other]])


def _cut(pair: Pair, others: Sequence[Pair]) -> Pair:
    return next((cut for other in others if (cut := cut_by(pair, other))), pair)


# ---------------------------------------------------------------- classes


def _classify(rows: Sequence[_Row]) -> tuple[tuple[Indicator, ...], tuple[Note, ...]]:
    twins = _twins(rows)
    whole = _levels(rows, _WHOLE, twins, {})
    annual = _levels(rows, _ANNUAL, twins, whole)
    indicators = [
        _indicator(rows[index].source, horizon, rows[index].pairs[horizon][position], level)
        for horizon, levels in ((_WHOLE, whole), (_ANNUAL, annual))
        for (index, position), level in levels.items()
    ]
    return tuple(indicators), _doubt_note(indicators)


_At = tuple[int, int]  # row and position among the pairs of a horizon


def _twins(rows: Sequence[_Row]) -> dict[_At, _At]:
    """For each annual indicator the whole-period one of the same name, the nearest with the same value first."""
    whole = [(index, at, pair) for index, row in enumerate(rows) for at, pair in enumerate(row.pairs[_WHOLE])]
    found: dict[_At, _At] = {}
    taken: set[_At] = set()
    for exact in (True, False):
        for index, row in enumerate(rows):
            for at, pair in enumerate(row.pairs[_ANNUAL]):
                if (index, at) in found:
                    continue
                near = (
                    (abs(index - i), (i, j))
                    for i, j, other in whole
                    if abs(index - i) <= _NEAR
                    and (i, j) not in taken
                    and same_name(pair.name, other.name)
                    and (not exact or fold(pair.value) == fold(other.value))
                )
                best = min(near, default=None)
                if best is not None:
                    found[(index, at)] = best[1]
                    taken.add(best[1])
    return found


def _levels(rows: Sequence[_Row], horizon: Horizon, twins: dict[_At, _At], known: dict[_At, Level]) -> dict[_At, Level]:
    """The class of every indicator of a horizon, by its place."""
    other = _ANNUAL if horizon is _WHOLE else _WHOLE
    backwards = {there: here for here, there in twins.items()}
    places: list[_At | None] = []
    evidence: list[LevelRow] = []
    for index, row in enumerate(rows):
        pairs = row.pairs[horizon]
        for at, pair in enumerate(pairs):
            twin_at = twins.get((index, at)) if horizon is _ANNUAL else backwards.get((index, at))
            twin = rows[twin_at[0]].pairs[other][twin_at[1]] if twin_at else None
            name = twin.name if twin is not None and len(twin.name) > len(pair.name) else pair.name
            value = pair.value or (twin.value if twin is not None else None)
            level = known.get(twin_at) if twin_at else None
            places.append((index, at))
            first = at == 0
            evidence.append(
                LevelRow(
                    name,
                    value,
                    row.labels[horizon] if first else None,
                    row.labels[other] if first else None,
                    row.hints if first else (),
                    row.level1,
                    level.name if level else None,
                )
            )
        if not pairs:
            places.append(None)
            evidence.append(LevelRow(None, None, row.labels[horizon], row.labels[other], row.hints, row.level1))
    return {place: level for place, level in zip(places, levels_of(evidence), strict=True) if place is not None}


def _indicator(source: str, horizon: Horizon, pair: Pair, level: Level) -> Indicator:
    return Indicator(
        horizon=horizon,
        level1=LEVEL1_OF[level.name],
        level2=level.name,
        level3=pair.name,
        value=pair.value,
        doubtful=pair.doubtful or level.doubtful,
        source=source,
    )


# ---------------------------------------------------------------- notes


def _covered_note(sources: Sequence[str]) -> tuple[Note, ...]:
    if not sources:
        return ()
    message = (
        f"指标表有 {len(sources)} 行的内容被表头文字（二级指标、三级指标、指标值）盖住，指标没有读出，请对照原件补录"
    )
    return (Note(message, source=sources[0]),)


def _doubt_note(indicators: Sequence[Indicator]) -> tuple[Note, ...]:
    doubtful = [indicator for indicator in indicators if indicator.doubtful]
    if not doubtful:
        return ()
    names = "、".join(dict.fromkeys(indicator.level3 for indicator in doubtful[:6]))
    message = f"有 {len(doubtful)} 个指标的类别或指标值因版面错位由系统推定，请核对：{names}"
    return (Note(message, source=doubtful[0].source),)
