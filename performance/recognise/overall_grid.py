"""The department-wide form in the GRID layout: label and value cells, merged cells repeated or empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from disclosures.plain.data import Note
from disclosures.plain.numbers import is_nil_mark, parse_amount
from disclosures.plain.text import squeeze, unwrap
from disclosures.reading.blocks import Line

from . import vocabulary
from .flow_shapes import value_score
from .overall_words import (
    SectionName,
    Sections,
    fund_key,
    funds_unit_of,
    indicator,
    is_fund_head,
    is_task_head,
    is_unit_label,
    ordered_funds,
    section_of,
)

_COUNT = re.compile(r"\d[\d,.]*\D{0,3}$")
_Row = tuple[Line, list[str]]  # the line, its cells behind the section label


def read_grid_sections(lines: Sequence[Line]) -> Sections:
    """Every section of the form."""
    by_section = _sections(lines)
    sections = Sections()
    for _, cells in by_section.get(SectionName.BASIC, []):
        _read_basic(cells, sections)
    sections.duties = _prose(by_section.get(SectionName.DUTIES, []))
    sections.strategy = _prose(by_section.get(SectionName.STRATEGY, []))
    sections.objective = _prose(by_section.get(SectionName.OBJECTIVE, []))
    funds = by_section.get(SectionName.FUNDS, [])
    sections.funds_unit = funds_unit_of(cell for _, cells in funds for cell in cells)
    sections.funds = ordered_funds(pair for _, cells in funds for pair in _fund_pairs(cells))
    sections.tasks = list(_tasks(by_section.get(SectionName.TASKS, [])))
    _read_indicators(by_section.get(SectionName.INDICATORS, []), sections)
    return sections


# ---------------------------------------------------------------- sections


def _sections(lines: Sequence[Line]) -> dict[SectionName, list[_Row]]:
    """Rows by section; the label of a merged first column is repeated, empty or missing in its other rows."""
    out: dict[SectionName, list[_Row]] = {}
    current = SectionName.BASIC
    for line in lines:
        cells = list(line.cells) if line.cells is not None else [line.text.strip()]
        first = next((n for n, cell in enumerate(cells) if cell), None)
        if first is None:
            continue
        section = section_of(squeeze(cells[first]))
        # In the indicator table and under the task heads a cell may read like a section's label.
        if section is not None and not (section is current and len(cells) == 1):
            current, cells = section, cells[first + 1 :]
        heads = [squeeze(cell) for cell in cells if cell]
        if any(vocabulary.header_of(head) == "level2" for head in heads):
            current = SectionName.INDICATORS
        elif any(map(is_fund_head, heads)) and current is not SectionName.INDICATORS:
            current = SectionName.FUNDS
        elif is_task_head(heads):
            current = SectionName.TASKS
        if any(cells):
            out.setdefault(current, []).append((line, cells))
    return out


def _prose(rows: Sequence[_Row]) -> str | None:
    """Text of a section; a merged cell that was repeated counts once."""
    parts: list[str] = []
    for _, cells in rows:
        parts.extend(cell for cell in dict.fromkeys(cells) if cell and cell not in parts)
    return unwrap("".join(parts)) or None


# ---------------------------------------------------------------- basic information, funds, tasks


def _distinct(cells: Sequence[str]) -> Iterator[str]:
    """Cells without empty ones and without the copies of a merged one."""
    last = ""
    for cell in cells:
        if cell and cell != last:
            yield cell
        last = cell or last


def _read_basic(cells: Sequence[str], sections: Sections) -> None:
    label = ""
    for cell in _distinct([squeeze(cell) for cell in cells]):
        if is_unit_label(cell):
            label = cell
        elif is_unit_label(label):
            sections.unit, label = sections.unit or cell, ""
        elif _COUNT.match(cell):
            if label:
                sections.staff.append((label, cell))
            label = ""
        else:
            label = cell


def _fund_pairs(cells: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Label and amount, side by side in both halves of a row."""
    waiting: str | None = None
    for cell in cells:
        key = fund_key(cell) if cell else None
        if key is not None:
            if waiting is not None:
                yield waiting, None
            waiting = key
        elif waiting is not None and (amount := parse_amount(cell)) is not None:
            yield waiting, amount
            waiting = None
        elif waiting is not None and is_nil_mark(cell):
            yield waiting, None
            waiting = None
    if waiting is not None:
        yield waiting, None


def _tasks(rows: Sequence[_Row]) -> Iterator[tuple[str, str]]:
    for _, cells in rows:
        printed = [unwrap(cell) for cell in cells if cell]
        if not printed or is_task_head([squeeze(cell) for cell in printed]):
            continue
        yield printed[0], "".join(printed[1:])


# ---------------------------------------------------------------- indicators


def _read_indicators(rows: Sequence[_Row], sections: Sections) -> None:
    """Rows of level 1, level 2, name and value; label cells may be merged, empty or shifted."""
    level2: str | None = None
    for line, cells in rows:
        printed = [squeeze(cell) for cell in cells if cell]
        if not printed or all(vocabulary.header_of(cell) for cell in printed):
            continue
        label, rest = _behind_labels(printed)
        level2 = label or level2
        if not rest:
            continue
        if level2 is None:
            sections.notes.append(Note(f"指标没有读出二级指标：{' '.join(rest)}", None, line.source))
            continue
        name, value = (rest[0], "".join(rest[1:])) if len(rest) > 1 else (rest[0], None)
        sections.indicators.append(indicator(level2, name, value, *_place(line, (name, value or ""))))


def _place(line: Line, texts: Sequence[str]) -> tuple[str, bool]:
    """The cell of the first of some texts of a row, and whether the reader doubts any of them."""
    cells = [squeeze(cell) for cell in line.cells or ()]
    source = line.place_of(cells.index(texts[0])) if texts[0] in cells else line.source
    return source, any(cells[cell] and cells[cell] in text for cell in line.doubtful for text in texts)


def _behind_labels(printed: Sequence[str]) -> tuple[str | None, list[str]]:
    """The level-2 label among the first cells, and the cells behind the labels."""
    label: str | None = None
    rest = list(printed)
    while rest:
        found = vocabulary.level2_of(rest[0])
        is_name = len(rest) == 2 and (label is not None or not rest[0].endswith("指标")) and value_score(rest[1]) >= 3.0
        if found is not None and label is None and not is_name:
            label = found
        elif vocabulary.level1_of(rest[0]) is None and vocabulary.header_of(rest[0]) is None:
            break
        rest = rest[1:]
    return label, rest
