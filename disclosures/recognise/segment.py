"""Cut one disclosure into cover, part one, tables, sections, target forms, attachments, part four."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from disclosures.plain.data import Note
from disclosures.plain.text import fold
from disclosures.reading.blocks import Line

from . import headings, unknown
from .attachments import starts_attachment
from .headings import NUMERALS, SectionHeading, TableTitle
from .numbering import Numbering, heading_in, numbering_of
from .outline import Outline, SectionSegment, TableSegment, is_row, shown_text

_TABLE_ROW = re.compile(r"\d\.\d\d|^\s*合\s*计[\s\d.,]*$|^\s*\d{3}(?:\d\d)?(?:\d\d)?\s")
_TITLE_BEGINS = re.compile(r"(?:附?表[一二三四五六七八九十\d]{1,3}[、.]?)?\s*20\d\d\s*年")
_FORM_HEAD = re.compile(r"^\s*项\s*目\s*名\s*称")
_FORM_SECOND = re.compile(r"主管部门")
_LEVELS = ("一级指标", "二级指标", "三级指标")
_FORM_ENDS = frozenset("一二三四五六七八九十第名")  # how the headings behind the forms begin
_DUTIES = re.compile("职责|职能")
_LOOK_AHEAD = 6
_SHORT = 60
_LONGEST_BARE_PART = 8  # 第一部分 and nothing else
PART_ONE, PART_FOUR = "概况", "名词解释"


class _Region(Enum):
    COVER = auto()
    PART_ONE = auto()
    TABLES = auto()
    PART_THREE = auto()
    FORMS = auto()
    ATTACHMENTS = auto()
    PART_FOUR = auto()


def cut(lines: Sequence[Line]) -> Outline:
    """The outline of one disclosure; `lines` are without its table of contents."""
    return _Walker(lines).walk()


class _Walker:
    """Goes through the lines once; `region` says where in the document it is."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.outline = Outline()
        self.region = _Region.COVER
        self.table: TableSegment | None = None
        self.section: SectionSegment | None = None
        self.left: SectionSegment | None = None  # the section in which the open table stands
        self.inside = False  # the open table stands within prose, which goes on behind it
        self.table_has_rows = False
        self.position = 0
        self.skipped = -1  # the second half of a title that the file broke in two
        self.numbering = numbering_of(texts := [shown_text(line) for line in lines if len(line.text) < _SHORT])
        self.listed_parts = not any(map(headings.part_number, texts))
        self.last_numeral = ""  # as printed

    def walk(self) -> Outline:
        for position, line in enumerate(self.lines):
            self.position = position
            if self.position == self.skipped:
                continue
            text = shown_text(line) or unknown.text_of_title(line)
            if self.region is _Region.FORMS:
                announced = len(text) < 80 and self._may_end_forms(text) and self._ends_forms(line, text)
            else:
                announced = self._announces(line, text)
            if not announced:
                self._keep(line, text)
        return self.outline

    # ------------------------------------------------------------ what a line begins

    def _announces(self, line: Line, text: str) -> bool:
        if text and len(text) < 120 and (self._part(line, text) or self._any_table(line, text)):
            return True
        if self.region is not _Region.COVER and self._form_starts(line, text):
            self.region, self.table = _Region.FORMS, None
            self.outline.forms.append(line)
            return True
        return bool(text) and self._section(line, text)

    def _part(self, line: Line, text: str) -> bool:
        part = self._part_number(text)
        if part is None and headings.is_glossary_heading(text) and self.region is not _Region.PART_ONE:
            part = 4
        if part is None:
            return False
        part = unknown.part_meaning(text, part, bool(self.outline.tables))
        if part == 2 or (part == 3 and self._rows_follow()):
            # The heading of part two may stand inside a table: it ends part one, never a table.
            self.outline.part_headings.setdefault(part, line)
            if self.region in (_Region.COVER, _Region.PART_ONE) or (part == 2 and self.table is None):
                self.region, self.section = _Region.TABLES, None
            return True
        self.outline.part_headings.setdefault(part, line)
        self.table = None
        if part == 1:
            self._open_section(PART_ONE, text, line)
            self.region = _Region.PART_ONE
        elif part == 3:
            self.region, self.section = _Region.PART_THREE, None
        elif part == 4:
            self._open_section(PART_FOUR, text, line)
            self.region = _Region.PART_FOUR
        else:
            self.region = _Region.ATTACHMENTS
            self.outline.attachments.append(line)
        return True

    def _part_number(self, text: str) -> int | None:
        """The part a line is the heading of; what it says may stand on the next line."""
        if self.listed_parts and (part := headings.listed_part_number(text)):
            return part
        part = headings.part_number(text)
        if part and len(text) < _LONGEST_BARE_PART and self.position + 1 < len(self.lines):
            words = headings.part_words(shown_text(self.lines[self.position + 1]))
            self.skipped = self.position + 1 if words == part else self.skipped
        return part

    def _rows_follow(self) -> bool:
        """Whether the next line is a row of the table that is open: the heading has slipped into it."""
        if self.table is None or self.position + 1 >= len(self.lines):
            return False
        after = self.lines[self.position + 1]
        return is_row(after) or ("万元" not in after.text and bool(_TABLE_ROW.search(after.text)))

    def _any_table(self, line: Line, text: str) -> bool:
        if headings.says_no_data(text):
            return False  # 本表为空表 ends as a title does
        return self._table(line, text) or self._unknown_title(line, text)

    def _table(self, line: Line, text: str) -> bool:
        if "表" not in text and not _TITLE_BEGINS.match(text):
            between = self.table is None or self.table_has_rows
            if self.region is _Region.TABLES and between and headings.is_unit_line(text):
                # A unit line behind rows: another table whose title is lost, or the head of a next page.
                self._open_table(TableSegment(line.source))
            return False
        number = headings.caption_number(text)
        if number is not None:
            if self.region in (_Region.TABLES, _Region.COVER, _Region.PART_ONE) or self._table_follows():
                if self.table is None or self.table_has_rows or self.table.caption:
                    self._open_table(TableSegment(line.source))
                assert self.table is not None
                self.table.caption = text
            return True
        words, caption = headings.without_caption(text)
        title = self._split_title(words) or headings.table_title(words)
        if title is None or not self._is_title_here(title):
            return False
        self._open_titled(line, title, caption)
        return True

    def _split_title(self, text: str) -> TableTitle | None:
        """A title that the file broke over two lines."""
        if not _TITLE_BEGINS.match(text) or self.position + 1 >= len(self.lines):
            return None
        after = shown_text(self.lines[self.position + 1])
        if not after or len(after) > 30 or headings.is_unit_line(after):
            return None
        folded = fold(text)
        is_whole = headings.table_title(text) is not None and folded.count("(") == folded.count(")")
        if is_whole and not re.fullmatch(r"\(.*\)", fold(after)):
            return None
        title = headings.table_title(text + after)
        alone = headings.table_title(after)
        if title is None or not title.options or (alone and alone.options and alone.year):
            return None
        self.skipped = self.position + 1
        return title

    def _is_title_here(self, title: TableTitle) -> bool:
        if self.region in (_Region.COVER, _Region.PART_ONE, _Region.TABLES):
            return bool(title.options) or self._table_follows()
        return self._table_follows() and (bool(title.options) or self.region is _Region.PART_THREE)

    def _table_follows(self) -> bool:
        """Whether a unit line or the header of a table stands within the next lines."""
        for after in self.lines[self.position + 1 : self.position + 1 + _LOOK_AHEAD]:
            text = shown_text(after)
            if headings.is_unit_line(after.text) or (after.cells is not None and is_row(after)):
                return True
            if len(text) > 60 or headings.section_heading(text):
                return False
        return False

    def _open_titled(self, line: Line, title: TableTitle, caption: str | None) -> None:
        current = self.table
        same = (
            current is not None
            and not self.table_has_rows
            and (not current.options or current.options == title.options)
        )
        if current is None or not same:
            self._open_table(TableSegment(line.source))
            current = self.table
        assert current is not None
        # "表一2024年预算收支总表", the caption and the title proper stand in a row: the last title is the table's own.
        current.options, current.title, current.year = title.options, title.title, title.year or current.year
        current.caption = caption or current.caption

    def _open_table(self, table: TableSegment) -> None:
        self.outline.tables.append(table)
        self.table, self.table_has_rows, self.section = table, False, None
        self.left, self.inside = None, False
        if self.region is not _Region.PART_THREE:
            self.region = _Region.TABLES

    def _unknown_title(self, line: Line, text: str) -> bool:
        """The title or caption of a table that no declaration knows."""
        lines, position = self.lines, self.position
        title = unknown.title_above_units(lines, position, text)
        if self.region is _Region.ATTACHMENTS and title is None:
            return False
        caption = unknown.is_caption(text)
        title = None if caption else title or unknown.title_of(text)
        if not (caption or title) or not unknown.rows_ahead(lines, position + 1):
            return False
        if self.table is None or self.table_has_rows or unknown.is_begun(self.table.lines):
            self._open_unknown(line)
        elif title and (self.table.options or unknown.is_table_row(line)):
            return False
        assert self.table is not None
        if title:
            self.table.title, self.table.year = title.title, title.year or self.table.year
        else:
            self.table.caption = text
        return True

    def _open_unknown(self, line: Line) -> None:
        """Open a table where it stands; within prose, prose goes on behind it."""
        region, section = self.region, self.section or self.left
        inside = region not in (_Region.COVER, _Region.TABLES)
        self._open_table(TableSegment(line.source))
        if inside:
            self.region, self.left, self.inside = region, section, True

    def _form_starts(self, line: Line, text: str) -> bool:
        if text and headings.is_form_title(text):
            return True
        whole = line.text
        if "项" in whole and _FORM_HEAD.match(whole):
            following = self.lines[self.position + 1 : self.position + 4]
            return any(_FORM_SECOND.search(after.text) for after in following)
        return "一级指标" in whole and all(level in whole for level in _LEVELS)

    def _section(self, line: Line, text: str) -> bool:
        heading = heading_in(text, self.numbering)
        if heading is None:
            return False
        if self.region is _Region.COVER and _DUTIES.search(heading.words) and heading.numeral == "一":
            self.region = _Region.PART_ONE  # its own heading is missing
            self._open_section(PART_ONE, PART_ONE, line)
            return False
        numeral = self._accepted_numeral(heading, line)
        if numeral is None:
            return False
        self.last_numeral = heading.numeral
        if numeral != heading.numeral:
            message = f"“{heading.heading}”的序号与内容不符，按内容归入第{numeral}部分说明"
            self.outline.notes.append(Note(message, f"N/{numeral}", line.source))
        self.region, self.table = _Region.PART_THREE, None
        self._open_section(numeral, heading.heading, line)
        if heading.rest and self.section:
            self.section.lines.append(Line(line.source, heading.rest))
        return True

    def _accepted_numeral(self, heading: SectionHeading, line: Line) -> str | None:
        """The section that a heading opens here; None when it is an item of a list or a row of a table."""
        subject = headings.section_by_subject(heading)
        strong = headings.is_strong_heading(heading.heading)
        if self.region is not _Region.PART_THREE:
            first_only = self.region in (_Region.COVER, _Region.PART_ONE) and heading.numeral != "一"
            if self.region in (_Region.PART_FOUR, _Region.ATTACHMENTS) or first_only:
                return None
            telling = strong or self.region is _Region.FORMS
            if subject and strong and self._is_next(heading.numeral) and self._is_later(subject):
                return subject
            return subject if telling and subject == heading.numeral and self._is_later(subject) else None
        if subject == heading.numeral and self._is_later(subject):
            return subject
        if subject and strong and self._is_next(heading.numeral) and not self._is_open(subject):
            return subject  # a section is left out or stands in another's place
        reached = self._reached()
        if subject and strong and NUMERALS.index(subject) == reached:
            return subject
        if NUMERALS.index(heading.numeral) == reached and (strong or line.heading):
            return heading.numeral
        return None

    def _reached(self) -> int:
        """How many sections of part three the document has come to."""
        opened = [NUMERALS.index(s.numeral) + 1 for s in self.outline.sections if s.numeral in NUMERALS]
        return max(opened, default=0)

    def _is_next(self, numeral: str) -> bool:
        """Whether the printed numbers go on with this one."""
        return bool(self.last_numeral) and NUMERALS.index(numeral) == NUMERALS.index(self.last_numeral) + 1

    def _is_open(self, numeral: str) -> bool:
        return any(segment.numeral == numeral for segment in self.outline.sections)

    def _is_later(self, numeral: str) -> bool:
        return NUMERALS.index(numeral) >= self._reached()

    def _open_section(self, numeral: str, heading: str, line: Line) -> None:
        self.section = SectionSegment(numeral, heading, line.source)
        self.outline.sections.append(self.section)

    # ------------------------------------------------------------ target forms, and what ends them

    def _may_end_forms(self, text: str) -> bool:
        return text[:1] in _FORM_ENDS or self.numbering is not Numbering.LISTED

    def _ends_forms(self, line: Line, text: str) -> bool:
        part = self._part_number(text)
        if (part or 0) >= 3 or headings.is_glossary_heading(text):
            return self._part(line, text)
        return self._section(line, text)

    # ------------------------------------------------------------ lines that announce nothing

    def _keep(self, line: Line, text: str) -> None:
        outline = self.outline
        if self._begins_untitled(line):
            above = unknown.take_heading(self.table.lines) if self.table else []
            self._open_unknown(line)
            self._take_above(above)
        elif self._leaves_table(line):
            self.table, self.section = None, self.left
        if self.region is _Region.FORMS:
            outline.forms.append(line)
        elif self.table is not None:
            self.table.lines.append(line)
            if not self.table_has_rows and _TABLE_ROW.search(line.text):
                self.table_has_rows = True
        elif self.region is _Region.ATTACHMENTS:
            outline.attachments.append(line)
        elif self.section is not None:
            if self.section.numeral in ("十二", "十三") and starts_attachment(line, text):
                self.region, self.section = _Region.ATTACHMENTS, None
                outline.attachments.append(line)
            else:
                self.section.lines.append(line)
        else:
            outline.cover.append(line)

    def _begins_untitled(self, line: Line) -> bool:
        """Whether the rows of a table without title or caption begin here."""
        if self.region in (_Region.FORMS, _Region.ATTACHMENTS) or not unknown.is_table_row(line):
            return False
        if self.table is None:
            return unknown.is_table(self.lines, self.position) and (self.region is not _Region.COVER or self._counts())
        parted = not self.table.options or not unknown.is_table_row(self.lines[self.position - 1])
        return (
            parted
            and unknown.is_begun(self.table.lines)
            and unknown.begins(self.lines, self.position, self.table.lines)
        )

    def _take_above(self, above: Sequence[Line]) -> None:
        """Lines above the first row, taken from the table before: a title and a line of units."""
        assert self.table is not None
        for line in above:
            text = shown_text(line)
            title = unknown.title_in(text)
            if title and self.table.title is None:
                self.table.title, self.table.year, self.table.source = title.title, title.year, line.source
            elif unknown.is_caption(text):
                self.table.caption = text
            else:
                self.table.lines.append(line)

    def _counts(self) -> bool:
        """Whether the rows that begin here hold amounts."""
        return any(map(unknown.has_amount, self.lines[self.position : self.position + _LOOK_AHEAD]))

    def _leaves_table(self, line: Line) -> bool:
        """Whether prose goes on behind a table that stands in it."""
        if self.table is None or not self.inside or line.cells is not None:
            return False
        of_table = headings.is_note(line.text) or headings.is_unit_line(line.text) or headings.says_no_data(line.text)
        return not of_table and any(map(is_row, self.table.lines))
