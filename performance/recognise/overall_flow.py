"""The department-wide form in the FLOW layout: cells one after the other, wrapped text line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from disclosures.plain.data import Indicator, Note
from disclosures.plain.text import unwrap
from disclosures.reading.blocks import Line

from . import vocabulary
from .flow_indicators import is_table_head, level2_label
from .flow_shapes import operator_at, value_score, width
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

_LABEL_PIECE = 10  # longest line that can be a piece of a label in the first column
_PROSE_END = "。；，、：,.;"
_FULL_TASK = 2.0  # a wrapped line of the task columns ends at most this much before the edge
_FULL_NAME = 1.2
_FUND_TOKEN = re.compile(r"(?P<number>-?\d[\d,]*(?:\.\d+)?)(?!\d)|(?P<word>[^\s\d]+)")
_COUNT = re.compile(r"\d[\d,.]*\D{0,3}$")


def read_flow_sections(lines: Sequence[Line]) -> Sections:
    """Every section of the form."""
    by_section = _sections(lines)
    basic = by_section.get(SectionName.BASIC, [])
    funds = by_section.get(SectionName.FUNDS, [])
    unit, staff = _basic(basic)
    tasks, task_notes = _tasks(by_section.get(SectionName.TASKS, []))
    indicators, indicator_notes = _indicators(by_section.get(SectionName.INDICATORS, []))
    return Sections(
        unit=unit,
        staff=staff,
        duties=_prose(by_section.get(SectionName.DUTIES, [])),
        strategy=_prose(by_section.get(SectionName.STRATEGY, [])),
        objective=_prose(by_section.get(SectionName.OBJECTIVE, [])),
        funds_unit=funds_unit_of(line.text for line in funds),
        funds=_funds(funds),
        tasks=tasks,
        indicators=indicators,
        notes=[*task_notes, *indicator_notes],
    )


# ---------------------------------------------------------------- sections


def _sections(lines: Sequence[Line]) -> dict[SectionName, list[Line]]:
    """Lines by section; a page that repeats the label of a section goes on with it."""
    out: dict[SectionName, list[Line]] = {}
    current = SectionName.BASIC
    index = 0
    while index < len(lines):
        line, words = lines[index], lines[index].text.split()
        label = _label_at(lines, index)
        if label is not None and (label[0] is current or label[0] not in out):
            current, used, rest = label
            out.setdefault(current, []).extend([replace(line, text=rest)] if rest else [])
            index += used
            continue
        if is_table_head(line.text):
            current = SectionName.INDICATORS
        elif is_fund_head(line.text) and current is not SectionName.INDICATORS:
            current = SectionName.FUNDS
        elif is_task_head(words) and len(words) > 1:
            current = SectionName.TASKS
        out.setdefault(current, []).append(line)
        index += 1
    return out


def _label_at(lines: Sequence[Line], index: int) -> tuple[SectionName, int, str] | None:
    """A section label at a line, wrapped over up to three lines: section, lines used, text behind it."""
    word, *rest = lines[index].text.split(None, 1)
    section = section_of(word)
    if section is not None and word[-1] not in _PROSE_END:
        return section, 1, rest[0].strip() if rest else ""
    joined = ""
    for used, line in enumerate(lines[index : index + 3], start=1):
        piece = line.text.strip()
        if len(piece) > _LABEL_PIECE or " " in piece or piece[-1] in _PROSE_END:
            return None
        joined += piece
        section = section_of(joined)
        if section is not None:
            return section, used, ""
    return None


def _prose(lines: Sequence[Line]) -> str | None:
    return unwrap("".join(line.text.strip() for line in lines)) or None


# ---------------------------------------------------------------- basic information


def _basic(lines: Sequence[Line]) -> tuple[str | None, list[tuple[str, str]]]:
    """The unit's name and the counts of its staff, from labels and values in turn."""
    unit: list[str] | None = None
    staff: list[tuple[str, str]] = []
    label = ""
    in_unit = False
    for word in (word for line in lines for word in line.text.split()):
        if is_unit_label(word):
            unit, in_unit = unit or [], True
        elif in_unit and unit is not None and not (unit and word.endswith("数")):
            unit.append(word)
        elif _COUNT.match(word):
            if label:
                staff.append((label, word))
            label = ""
        else:
            in_unit = False
            if label.endswith("数"):
                staff.append((label, ""))
                label = ""
            label += word
    if label.endswith("数"):
        staff.append((label, ""))
    return ("".join(unit) if unit else None), staff


# ---------------------------------------------------------------- funds


def _funds(lines: Sequence[Line]) -> list[tuple[str, str | None]]:
    """Labels and amounts of the four-column fund table in printed order."""
    found: list[tuple[str, str | None]] = []
    pieces: list[str] = []
    text = "\n".join(line.text for line in lines if not is_fund_head(line.text))
    for token in _FUND_TOKEN.finditer(text):
        number = token["number"]
        if number is None:
            pieces = [*pieces[-2:], token["word"]]
            key = next(filter(None, (fund_key("".join(pieces[start:])) for start in range(len(pieces)))), None)
            if key is not None:
                found.append((key, None))
                pieces = []
        elif found and not pieces and found[-1][1] is None:
            found[-1] = (found[-1][0], number.replace(",", ""))
    return ordered_funds(found)


# ---------------------------------------------------------------- tasks


def _tasks(lines: Sequence[Line]) -> tuple[list[tuple[str, str]], list[Note]]:
    """Pairs of core function and task: the cells of a row follow each other, each wrapped in its column."""
    body = [line for line in lines if not is_task_head(line.text.split())]
    cells = [cell for group in _task_groups([line.text.strip() for line in body]) for cell in group]
    notes = []
    if len(cells) % 2:
        notes.append(Note("年度重点任务的核心职能与重点任务没有成对读出", None, body[0].source))
        cells.append("")
    return list(zip(cells[::2], cells[1::2], strict=True)), notes


def _task_groups(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cells of the task columns: both of a row in one line, or one after the other, each wrapped."""
    edge = max((width(text) for text in texts if " " not in text), default=0.0)
    for shared, group in groupby(texts, key=lambda text: text.count(" ") == 1 and width(text) > edge + 1.0):
        if shared:
            yield from (text.split() for text in group)
        else:
            yield list(_wrapped_cells(list(group)))


def _wrapped_cells(texts: Sequence[str]) -> Iterator[str]:
    """Lines joined into cells: a cell ends with the first line that does not reach the edge."""
    edge = max((width(text) for text in texts), default=0.0)
    cell = ""
    for text in texts:
        cell += text
        if width(text) < edge - _FULL_TASK:
            yield unwrap(cell)
            cell = ""
    if cell:
        yield unwrap(cell)


# ---------------------------------------------------------------- indicators


@dataclass(slots=True)
class _Row:
    """A row being collected: its name may go on in the next line."""

    name: str
    last: str  # the last line of the name
    source: str


def _indicators(lines: Sequence[Line]) -> tuple[list[Indicator], list[Note]]:
    """Rows of one horizon; names wrap, and a wrapped name has its value in a line of its own."""
    body = [(line, words) for line in lines if not is_table_head(line.text) and (words := line.text.split())]
    edge = max((width(words[0]) for _, words in body if len(words) == 1), default=0.0)
    found: list[tuple[str | None, str, str | None, str]] = []
    level2: str | None = None
    row: _Row | None = None
    for line, printed in body:
        label, words = _without_labels(printed)
        if label is not None:
            level2 = label
        if not words:
            continue
        name, value = _name_and_value(words, row, edge)
        if name:
            if row is not None and not _goes_on(row, edge):
                found.append((level2, row.name, None, row.source))
                row = None
            row = _Row(row.name + name, name, row.source) if row is not None else _Row(name, name, line.source)
        if value is not None and row is not None:
            found.append((level2, row.name, value, row.source))
            row = None
    if row is not None:
        found.append((level2, row.name, None, row.source))
    return _with_labels(found)


def _goes_on(row: _Row, edge: float) -> bool:
    return width(row.last) >= edge - _FULL_NAME


def _without_labels(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """The level-2 label of a line, and its words behind all labels."""
    rest = list(words)
    if rest and vocabulary.level1_of(rest[0]) is not None:
        rest = rest[1:]
    if not rest:
        return None, rest
    label, behind = level2_label(rest[0])
    if label is None:
        return None, rest
    return label, [behind, *rest[1:]] if behind else rest[1:]


def _name_and_value(words: Sequence[str], row: _Row | None, edge: float) -> tuple[str, str | None]:
    """The part of a line that belongs to the name, and its value if it has one."""
    if len(words) > 1:
        return " ".join(words[:-1]), words[-1]
    word = words[0]
    if row is not None and (not _goes_on(row, edge) or value_score(word) >= 3.0):
        return "", word
    cut = operator_at(word)
    if cut > 1:
        return word[:cut], word[cut:]
    return word, None


def _with_labels(
    found: Sequence[tuple[str | None, str, str | None, str]],
) -> tuple[list[Indicator], list[Note]]:
    """Rows before the first label belong to it: it stands where the middle of its rows is printed."""
    first = next((level2 for level2, *_ in found if level2 is not None), None)
    if first is None:
        return [], [Note(f"指标没有读出二级指标：{name}", None, source) for _, name, _, source in found]
    return [indicator(level2 or first, name, value, source) for level2, name, value, source in found], []
