"""The rows of an indicator table brought together: repeats dropped, the horizons held against each other.

Lives here: what one row alone cannot tell. One row is read in `indicators_rows`, classes are chosen in
`indicators_levels`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from disclosures.plain.data import Horizon, Indicator
from disclosures.plain.text import fold

from .indicators_levels import Level, LevelRow, levels_of
from .indicators_rows import Pair, cut_alike, cut_by, same_indicator, same_name
from .indicators_words import unglue_plain, value_likeness
from .vocabulary import LEVEL1_OF

_WHOLE, _ANNUAL = Horizon.WHOLE, Horizon.ANNUAL
_NEAR = 8  # rows within which the same indicator of the other horizon is looked for


@dataclass(slots=True)
class TableRow:
    """One row of the table while it is being put right."""

    source: str
    pairs: dict[Horizon, list[Pair]]
    labels: dict[Horizon, str | None]
    extras: tuple[Pair, ...] = ()
    hints: tuple[str, ...] = ()
    level1: str | None = None
    annual_source: str | None = None  # where the annual half stands if not on the same line

    def source_of(self, horizon: Horizon) -> str:
        return (self.annual_source if horizon is _ANNUAL else None) or self.source


def put_right(rows: list[TableRow], annual_lost: bool) -> tuple[str, ...]:
    """Drop repeats and settle pairs and values that one row alone leaves open, in place; the rows dropped."""
    repeated = _drop_repeated_rows(rows, annual_lost)
    _settle_extras(rows)
    _carry_values_up(rows)
    _settle_values(rows)
    return repeated


# ---------------------------------------------------------------- putting rows right


def _drop_repeated_rows(rows: list[TableRow], annual_lost: bool) -> tuple[str, ...]:
    """A row that repeats the one before it is a merged cell printed twice.

    In a form that lost its annual columns the repeat is what is left of them.
    """
    dropped: list[str] = []
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
        dropped.append(row.source)
        del rows[index]
    return tuple(reversed(dropped))


def _same_pairs(one: TableRow, two: TableRow) -> bool:
    return all(
        [(fold(p.name), fold(p.value)) for p in one.pairs[h]] == [(fold(p.name), fold(p.value)) for p in two.pairs[h]]
        for h in Horizon
    )


def _labels_agree(one: TableRow, two: TableRow) -> bool:
    """Whether two rows may be one: they do not print labels of different classes."""
    labels = {label for row in (one, two) for label in row.labels.values() if label}
    return len(labels) < 2


def _settle_extras(rows: list[TableRow]) -> None:
    """A third pair on a row repeats an annual indicator, gives one its lost value, or is one of its own."""
    for index in range(len(rows) - 1, -1, -1):
        for extra in reversed(rows[index].extras):
            near = rows[max(0, index - _NEAR) : index + _NEAR + 1]
            annual = [(row, at) for row in near for at in range(len(row.pairs[_ANNUAL]))]
            twin = next(((row, at) for row, at in annual if same_indicator(row.pairs[_ANNUAL][at], extra)), None)
            if twin is None:
                pairs = {_WHOLE: [], _ANNUAL: [replace(extra, doubtful=True)]}
                rows.insert(index + 1, TableRow(rows[index].source, pairs, {_WHOLE: None, _ANNUAL: extra.label}))
            elif twin[0].pairs[_ANNUAL][twin[1]].value is None:
                row, at = twin
                row.pairs[_ANNUAL][at] = replace(row.pairs[_ANNUAL][at], value=extra.value, doubtful=True)


def _carry_values_up(rows: list[TableRow]) -> None:
    """Values that slipped below their names, on a row that holds nothing else, go back beside them."""
    for index in range(len(rows) - 1, 0, -1):
        above, row = rows[index - 1], rows[index]
        values = _lone_values(row)
        names = _names_without_values(above)
        if not values or len(values) != len(names):
            continue
        above.pairs = {_WHOLE: [], _ANNUAL: []}
        for (horizon, name), value in zip(names, values, strict=True):
            above.pairs[horizon].append(replace(name, value=value, doubtful=True))
        del rows[index]


def _lone_values(row: TableRow) -> list[str]:
    """The texts of a row that prints values and nothing else; none if it prints anything else."""
    texts = [text for pairs in row.pairs.values() for pair in pairs for text in (pair.name, pair.value) if text]
    alone = not row.extras and not any(row.labels.values()) and all(value_likeness(text) > 0 for text in texts)
    return texts if alone else []


def _names_without_values(row: TableRow) -> list[tuple[Horizon, Pair]]:
    """The names of a row that prints no value at all; two of them may have been read as one with its value."""
    whole, annual = row.pairs[_WHOLE], row.pairs[_ANNUAL]
    if len(whole) == 1 and not annual and whole[0].value and value_likeness(whole[0].value) < 0:
        return [(_WHOLE, whole[0]), (_ANNUAL, replace(whole[0], name=whole[0].value))]
    if any(pair.value is not None for pair in (*whole, *annual)):
        return []
    return [(_WHOLE, pair) for pair in whole] + [(_ANNUAL, pair) for pair in annual]


def _settle_values(rows: Sequence[TableRow]) -> None:
    """Values glued to names come apart where a row nearby prints them in the other horizon."""
    for index, row in enumerate(rows):
        near = rows[max(0, index - _NEAR) : index + _NEAR + 1]
        _cut_beside(row)
        for horizon, other in ((_WHOLE, _ANNUAL), (_ANNUAL, _WHOLE)):
            for position, pair in enumerate(row.pairs[horizon]):
                if pair.value is None:
                    row.pairs[horizon][position] = _cut(pair, [p for r in near for p in r.pairs[other]])


def _cut_beside(row: TableRow) -> None:
    """The two horizons of a row whose values are both glued to their names."""
    for at, (one, two) in enumerate(zip(row.pairs[_WHOLE], row.pairs[_ANNUAL], strict=False)):
        row.pairs[_WHOLE][at], row.pairs[_ANNUAL][at] = cut_alike(one, two) or (one, two)


def _cut(pair: Pair, others: Sequence[Pair]) -> Pair:
    """The pair taken apart by another that prints its value, else before the figure its name ends in."""
    by_other = next((cut for other in others if (cut := cut_by(pair, other))), None)
    if by_other is not None:
        return by_other
    apart = unglue_plain(pair.name)
    return replace(pair, name=apart[0], value=apart[1], doubtful=True) if apart else pair


# ---------------------------------------------------------------- classes


def classify(rows: Sequence[TableRow]) -> tuple[Indicator, ...]:
    """The indicators of all rows with their classes, whole period first."""
    twins = _twins(rows)
    whole = _levels(rows, _WHOLE, twins, {})
    annual = _levels(rows, _ANNUAL, twins, whole)
    return tuple(
        _indicator(rows[index].source_of(horizon), horizon, rows[index].pairs[horizon][position], level)
        for horizon, levels in ((_WHOLE, whole), (_ANNUAL, annual))
        for (index, position), level in levels.items()
    )


def one_sided(rows: Sequence[TableRow]) -> tuple[TableRow, ...]:
    """Rows labelled for both horizons whose indicator the other horizon prints nowhere near."""
    lone = [
        (index, horizon)
        for index, row in enumerate(rows)
        for horizon in Horizon
        if all(row.labels.values()) and row.pairs[horizon] and not all(row.pairs.values())
    ]
    if not lone:
        return ()
    twins = _twins(rows)
    matched = {(index, _ANNUAL) for index, _ in twins} | {(index, _WHOLE) for index, _ in twins.values()}
    return tuple(rows[index] for index, horizon in lone if (index, horizon) not in matched)


_At = tuple[int, int]  # row and position among the pairs of a horizon


def _twins(rows: Sequence[TableRow]) -> dict[_At, _At]:
    """For each annual indicator the whole-period one of the same name, the nearest with the same value first."""
    found: dict[_At, _At] = {}
    taken: set[_At] = set()
    for exact in (True, False):
        for index, row in enumerate(rows):
            for at, pair in enumerate(row.pairs[_ANNUAL]):
                if (index, at) in found:
                    continue
                best = min(_candidates(rows, index, pair, exact, taken), default=None)
                if best is not None:
                    found[(index, at)] = best[1]
                    taken.add(best[1])
    return found


def _candidates(
    rows: Sequence[TableRow], index: int, pair: Pair, exact: bool, taken: set[_At]
) -> Iterator[tuple[int, _At]]:
    """Whole-period indicators near a row that may be an annual one's twin, with their distance."""
    for other_index in range(max(0, index - _NEAR), min(len(rows), index + _NEAR + 1)):
        for at, other in enumerate(rows[other_index].pairs[_WHOLE]):
            if (other_index, at) in taken or not same_name(pair.name, other.name):
                continue
            if not exact or fold(pair.value) == fold(other.value):
                yield abs(index - other_index), (other_index, at)


def _levels(
    rows: Sequence[TableRow], horizon: Horizon, twins: dict[_At, _At], known: dict[_At, Level]
) -> dict[_At, Level]:
    """The class of every indicator of a horizon, by its place."""
    other = _ANNUAL if horizon is _WHOLE else _WHOLE
    twin_of = twins if horizon is _ANNUAL else {there: here for here, there in twins.items()}
    places: list[_At | None] = []
    evidence: list[LevelRow] = []
    for index, row in enumerate(rows):
        for at, pair in enumerate(row.pairs[horizon]):
            place = twin_of.get((index, at))
            twin = rows[place[0]].pairs[other][place[1]] if place else None
            level = known.get(place) if place else None
            labels = (_label(row, horizon, at), _label(row, other, at))
            places.append((index, at))
            evidence.append(_evidence(row, pair, twin, labels, level.name if level else None))
        if not row.pairs[horizon]:
            places.append(None)
            evidence.append(LevelRow(None, None, row.labels[horizon], row.labels[other], row.hints, row.level1))
    return {place: level for place, level in zip(places, levels_of(evidence), strict=True) if place is not None}


def _label(row: TableRow, horizon: Horizon, at: int) -> str | None:
    """The level-2 label in front of one of a row's pairs, or where that pair would stand."""
    pairs = row.pairs[horizon]
    label = pairs[at].label if at < len(pairs) else None
    return label or (row.labels[horizon] if at == 0 else None)


def _evidence(
    row: TableRow, pair: Pair, twin: Pair | None, labels: tuple[str | None, str | None], level: str | None
) -> LevelRow:
    """What a pair says for its class, its clipped name and lost value filled in from its twin."""
    name = twin.name if twin is not None and len(twin.name) > len(pair.name) else pair.name
    value = pair.value or (twin.value if twin is not None else None)
    return LevelRow(name, value, *labels, row.hints, row.level1, level)


def _indicator(source: str, horizon: Horizon, pair: Pair, level: Level) -> Indicator:
    return Indicator(
        horizon=horizon,
        level1=LEVEL1_OF[level.name],
        level2=level.name,
        level3=pair.name,
        value=pair.value,
        doubtful=pair.doubtful or level.doubtful,
        source=pair.source or source,
    )
