"""The indicators of one form out of the rows of its indicator table.

Lives here: going through the pages of a table and saying what could not be read. One row is read in
`indicators_rows`, rows are brought together in `indicators_merge`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from disclosures.plain.data import Horizon, Indicator, Note
from disclosures.reading.blocks import Line

from .indicators_merge import TableRow, classify, one_sided, put_right
from .indicators_rows import Frame, Pair, RowReading, frame_of, header_columns, read_row, slots_of
from .vocabulary import level1_of, level2_of

_WHOLE, _ANNUAL = Horizon.WHOLE, Horizon.ANNUAL
# Page numbers between the rows of a table that goes on.
_FURNITURE = re.compile(r"^[\s\-—–·.第]*\d{1,4}[\s\-—–·.页]*(?:共\s*\d+\s*页)?$")


@dataclass(slots=True)
class _Table:
    rows: list[TableRow] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)  # rows whose cells print headings over their content
    unread: list[Line] = field(default_factory=list)  # lines of prose between the rows
    repeated: tuple[str, ...] = ()  # rows that only repeat the one before them


def read_indicators(
    pages: Sequence[Sequence[Line]],
    right_halves: Sequence[Sequence[Line]] = (),
    lone: Horizon = _WHOLE,
    annual_expected: bool = True,
) -> tuple[tuple[Indicator, ...], tuple[Note, ...]]:
    """The indicators of a form, whole period first, out of the indicator rows of each of its pages.

    `right_halves` are tables that hold the annual columns alone, of pages that were scanned in two;
    `lone` is the horizon of a table that prints only one group of columns.
    """
    horizons = 1 if right_halves else _horizons(pages)
    table = _Table()
    for page in pages:
        _read_page(page, horizons, table)
    if lone is _ANNUAL and horizons == 1 and not right_halves:
        _make_annual(table.rows)
    for half in right_halves:
        _read_right_half(half, table)
    table.repeated = put_right(table.rows, annual_lost=annual_expected and horizons == 1 and lone is _WHOLE)
    indicators = classify(table.rows)
    return indicators, _notes(table, indicators, horizons)


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
        if _is_page_number(cells):
            continue
        if line.cells is None and not (level1_of(line.text) or level2_of(line.text)):
            table.unread.append(line)
            continue
        columns = header_columns(cells)
        if sum(map(len, columns.values())) > 1:
            if headed and "level1" not in columns and not any(slot.texts for slot in slots_of(cells)[0]):
                table.covered.append(line.source)
            frame = frame_of(cells, horizons) if not headed else frame
            headed = True
            if not any(slot.texts for slot in slots_of(cells)[0]):
                hints += tuple(label for cell in cells if cell and (label := level2_of(cell)))
                continue
        reading = read_row(cells, frame)
        row = _row(line, reading, hints)
        if row is not None:
            table.rows.append(row)
            hints = ()
            frame = _learn_middle(frame, row)


def _is_page_number(cells: Sequence[str]) -> bool:
    """Whether a row holds nothing but a page number, dashes or 第…页 around it where it stands in a grid."""
    filled = [cell for cell in cells if cell]
    if len(filled) != 1 or not _FURNITURE.match(filled[0]):
        return False
    return len(cells) == 1 or not filled[0].isdigit()


def _read_right_half(half: Sequence[Line], table: _Table) -> None:
    """Rows that hold annual indicators alone are put beside the whole-period rows they print on.

    Where the numbers of rows differ they stand on their own, behind them.
    """
    right = _Table()
    _read_page(half, 1, right)
    _make_annual(right.rows)
    if len(right.rows) != len(table.rows):
        table.rows.extend(right.rows)
        return
    for row, beside in zip(table.rows, right.rows, strict=True):
        row.pairs[_ANNUAL], row.labels[_ANNUAL] = beside.pairs[_ANNUAL], beside.labels[_ANNUAL]
        row.annual_source = beside.source


def _make_annual(rows: Sequence[TableRow]) -> None:
    """What was read as the whole period's is the year's."""
    for row in rows:
        row.pairs = {_WHOLE: [], _ANNUAL: row.pairs[_WHOLE]}
        row.labels = {_WHOLE: None, _ANNUAL: row.labels[_WHOLE]}


def _row(line: Line, reading: RowReading, hints: tuple[str, ...]) -> TableRow | None:
    pairs = {horizon: [_placed(pair, line) for pair in found] for horizon, found in reading.pairs.items()}
    if not any(pairs.values()) and not reading.extras and not any(reading.labels.values()):
        return None
    hints = tuple(dict.fromkeys(hints + reading.hints))
    extras = tuple(_placed(pair, line) for pair in reading.extras)
    return TableRow(line.source, pairs, dict(reading.labels), extras, hints, reading.level1)


def _placed(pair: Pair, line: Line) -> Pair:
    """A pair with the place of its name, doubtful where the reader doubts a cell that it stands in."""
    cells = _cells(line)
    doubted = [cells[cell] for cell in line.doubtful if cell < len(cells) and cells[cell]]
    printed = (pair.name, pair.value or "")
    doubtful = any(text in part or (part and part in text) for text in doubted for part in printed)
    source = line.place_of(pair.column) if line.cell_sources else None
    return replace(pair, source=source, doubtful=pair.doubtful or doubtful)


def _learn_middle(frame: Frame, row: TableRow) -> Frame:
    """Where no headings tell it, a row with both horizons tells where the second begins."""
    if frame.middle is not None or frame.horizons == 1:
        return frame
    if not row.pairs[_WHOLE] or not row.pairs[_ANNUAL]:
        return frame
    return replace(frame, middle=(row.pairs[_WHOLE][0].column + row.pairs[_ANNUAL][0].column) / 2)


# ---------------------------------------------------------------- notes


def _notes(table: _Table, indicators: Sequence[Indicator], horizons: int) -> tuple[Note, ...]:
    notes = [Note(f"指标表中间这一行没有读懂：{_short(line.text)}", source=line.source) for line in table.unread]
    if table.covered:
        count = len(table.covered)
        message = f"指标表有 {count} 行的内容被表头文字（二级指标、三级指标、指标值）盖住，指标没有读出，请对照原件补录"
        notes.append(Note(message, source=table.covered[0]))
    notes += [
        Note("指标表这一行与上一行完全相同，按重复印刷只读了一次，请核对", source=place) for place in table.repeated
    ]
    lost = [indicator for indicator in indicators if indicator.value is None]
    notes += _named("没有读到指标值", lost)
    doubtful = [indicator for indicator in indicators if indicator.doubtful]
    notes += _named("的类别或指标值因版面错位由系统推定，请核对", doubtful)
    lonely = one_sided(table.rows) if horizons == 2 else ()
    if lonely:
        message = f"指标表有 {len(lonely)} 行只有实施期或年度一栏读到指标，另一栏可能在版面上丢失，请核对"
        notes.append(Note(message, source=lonely[0].source))
    return tuple(notes)


def _named(message: str, indicators: Sequence[Indicator]) -> list[Note]:
    if not indicators:
        return []
    names = "、".join(dict.fromkeys(indicator.level3 for indicator in indicators[:6]))
    return [Note(f"有 {len(indicators)} 个指标{message}：{names}", source=indicators[0].source)]


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 30 else text[:30] + "…"
