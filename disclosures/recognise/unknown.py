"""Tables that no declaration knows: their titles and captions, where their rows begin and end, what they go on from.

Only rows that carry cells tell a table here; a text dumped line by line has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from disclosures.plain.text import fold, squeeze
from disclosures.reading.blocks import Line

from . import headings
from .headings import TableTitle
from .outline import is_row, shown_text

_NUMBER = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[-—－–.]\d{1,2}){0,2}"
_CAPTION = re.compile(rf"(?:部门|单位)?(?:预算|决算)?(?:公开)?(?:附?(?:件|表)\s*{_NUMBER}\s*表?|{_NUMBER}\s*表)[:：]?")
_PREFIX = re.compile(rf"(?:附?(?:件|表)\s*{_NUMBER}|{_NUMBER}\s*表)\s*[、.:：\-]?")
_YEAR = re.compile(r"((?:19|20)\d\d)年?(?:度)?")
_TITLE = re.compile(r"表(?:\([^()]*\))*$")
_NO_TITLE = re.compile("[。;!?,]|[上下本此该见列附]表$|如下|所示|^表$")
_LONGEST_TITLE = 50
_SHORTEST_TITLE = 2
_LEAST_TITLE = 4  # where nothing but its place tells a title
_NO_HEADING = re.compile("[。；;，,：:]")
_LONGEST_UNITS = 120
_FURTHEST = 6  # lines between a title and the first row
_FEWEST_ROWS = 2
_LONGEST_LABEL = 30  # characters: what most cells of a table do not exceed
_AMOUNT = re.compile(r"[(（]?[-−－]?[¥￥]?(?:[\d,]*\d\.\d{1,4}%?|\d{1,3}(?:,\d{3})+)[)）]?$")
_MONEY = re.compile("预算|决算|收入|支出|收支|经费|资金|拨款|采购|金额|万元|单位:元")
_NUMBERED = re.compile(r"-?[\d,.]*\d%?$")
_SAME_HEADER = 0.8
_MOST_HEADINGS = 60
_FEWEST_HEADINGS = 3
_HEAD_LINES = 30
_MOST_ABOVE = 3


def is_caption(text: str) -> bool:
    """表1, 附表2-1, 公开01表, 预算03表: the number of a table and nothing else."""
    return "表" in text and len(text) < 20 and _CAPTION.fullmatch(fold(text)) is not None


def title_of(text: str) -> TableTitle | None:
    """A line that reads like the title of some table."""
    if "表" not in text or len(text) > _LONGEST_TITLE:
        return None
    folded = fold(text)
    if headings.is_continuation_mark(text) or not _TITLE.search(folded) or _NO_TITLE.search(folded) or "绩效" in folded:
        return None
    return _titled(text)


def title_in(text: str, least: int = _LEAST_TITLE) -> TableTitle | None:
    """A short line above a table that may be its title, whatever it says."""
    if not least <= len(text) <= _LONGEST_TITLE or _NO_HEADING.search(text) or headings.is_unit_line(text):
        return None
    aside = headings.is_note(text) or headings.is_continuation_mark(text) or is_caption(text)
    return None if aside else _titled(text)


def text_of_title(line: Line) -> str:
    """The text of a row in which a table's number and its title stand side by side; "" of any other row."""
    texts = [cell for cell in line.cells or () if cell]
    return " ".join(texts) if len(texts) == 2 and is_caption(texts[0]) and title_of(texts[1]) else ""


def _titled(text: str) -> TableTitle | None:
    printed = squeeze(text)
    year = _YEAR.search(printed)
    number = _PREFIX.match(printed)
    name = printed[number.end() :] if number else printed
    return TableTitle((), name, int(year.group(1)) if year else None) if len(name) >= _SHORTEST_TITLE else None


def title_above_units(lines: Sequence[Line], position: int, text: str) -> TableTitle | None:
    """A short line right above the line that names the unit of the amounts is the title, whatever it says."""
    below = lines[position + 1].text if position + 1 < len(lines) else ""
    if len(below) > _LONGEST_UNITS or not headings.printed_amount_unit(below) or headings.printed_amount_unit(text):
        return None
    return title_in(text, _SHORTEST_TITLE)


def is_table_row(line: Line) -> bool:
    """A row with several texts that is not the line of units."""
    return is_row(line) and not headings.is_unit_line(line.text)


def is_amount(text: str) -> bool:
    """Whether a cell holds an amount: with decimals, or whole and grouped by thousands."""
    return _AMOUNT.match(text) is not None


def has_amount(line: Line) -> bool:
    return any(map(is_amount, line.cells or ()))


def tells_money(lines: Sequence[Line]) -> bool:
    """Whether the lines of a table hold amounts and words that say of what."""
    return any(map(has_amount, lines)) and any(_MONEY.search(fold(line.text)) for line in lines)


def rows_ahead(lines: Sequence[Line], position: int) -> bool:
    """Whether the rows of a table begin within the next lines."""
    for n in range(position, min(len(lines), position + _FURTHEST)):
        line = lines[n]
        if is_table_row(line):
            return is_table(lines, n)
        text = shown_text(line)
        if len(text) > _LONGEST_TITLE + 10 or headings.section_heading(text) or headings.part_number(text):
            return False
    return False


def is_table(lines: Sequence[Line], start: int) -> bool:
    """Whether the rows that begin here are a table, not prose with tabs in it."""
    width = len(lines[start].cells or ())
    rows: list[Line] = []
    for line in lines[start:]:
        if line.cells is None or len(rows) > _FURTHEST:
            break
        if is_table_row(line):
            rows.append(line)
    if len(rows) < _FEWEST_ROWS or any(len(row.cells or ()) != width for row in rows[:_FEWEST_ROWS]):
        return False
    texts = sorted(len(cell) for row in rows for cell in row.cells or () if cell)
    return texts[len(texts) * 3 // 4] <= _LONGEST_LABEL and (len(rows) > _FEWEST_ROWS or any(map(has_amount, rows)))


def header_of(lines: Sequence[Line]) -> tuple[str, ...]:
    """The texts of the rows above the first one with an amount; () where a table has none."""
    texts: list[str] = []
    for line in lines:
        if not is_table_row(line):
            continue
        cells = [fold(cell) for cell in line.cells or () if cell]
        if has_amount(line) or all(cell.isdigit() for cell in cells):
            return tuple(texts)
        texts += cells
        if len(texts) > _MOST_HEADINGS:
            break
    return tuple(texts[:_MOST_HEADINGS])


def goes_on(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Whether rows go on with the table before: they have no header of their own, or the same one."""
    first = next((line for line in after if is_table_row(line)), None)
    if first is None:
        return True
    header = header_of(after)
    if not header:
        last = next((line for line in reversed(before) if is_table_row(line)), first)
        return abs(len(last.cells or ()) - len(first.cells or ())) <= 1
    printed = header_of(before)
    again = sum(text in printed for text in header) >= _SAME_HEADER * len(header)
    return again or SequenceMatcher(None, "".join(printed), "".join(header)).ratio() >= _SAME_HEADER


def begins(lines: Sequence[Line], position: int, before: Sequence[Line]) -> bool:
    """Whether the header of another table stands here, behind the lines of the one before."""
    texts = [cell for cell in dict.fromkeys(lines[position].cells or ()) if cell]
    if len(texts) < _FEWEST_HEADINGS or has_amount(lines[position]) or any(map(str.isdigit, texts)):
        return False
    return is_table(lines, position) and not goes_on(before, lines[position : position + _HEAD_LINES])


def take_heading(lines: list[Line]) -> list[Line]:
    """Take from the end of a table's lines what stands above the next one: its title, caption and units."""
    taken: list[Line] = []
    while len(lines) > 1 and len(taken) < _MOST_ABOVE and not is_table_row(lines[-1]):
        text = shown_text(lines[-1])
        if not (headings.is_unit_line(lines[-1].text) or is_caption(text) or title_in(text)):
            break
        taken.insert(0, lines.pop())
    return taken


def is_begun(lines: Sequence[Line]) -> bool:
    """Whether the rows of a table have begun, below its header."""
    return any(is_table_row(line) and any(map(_NUMBERED.match, line.cells or ())) for line in lines)


def part_meaning(text: str, number: int, has_tables: bool) -> int:
    """The part that a heading's words name: other provinces put the tables last. Its number where they name none."""
    folded = fold(text)
    if folded.endswith("名词解释"):
        return 4
    if re.search(r"(?:预算|公开|报)(?:报|附)?表$", folded) or (folded.endswith("附表") and not has_tables):
        return 2
    if re.search(r"预算.{0,8}说明$", folded):
        return 3
    return number
