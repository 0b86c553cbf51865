"""Whose disclosure it is, of which year and kind: votes of everything that says so, with notes where they differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from disclosures.plain.data import Kind, Note
from disclosures.plain.text import fold, squeeze
from disclosures.reading.blocks import Line

from .headings import printed_department
from .outline import Outline, shown_text

_YEAR = re.compile(r"(20\d\d)\s*年?")
_COVER_YEAR = re.compile(r"(20\d\d)\s*年?\s*度?.{0,12}(?:预算|公开)")
_YEAR_OF_BUDGET = re.compile(r"(20\d\d)年(?:度)?(?:年初|部门|单位|当年|本年)?预算")
_HEADINGS = 8  # lines
_SENTENCE_NAME = re.compile(
    r"20\d\d\s*年度?\s*(\S{4,40}?)(?:预算收入|支出预算|财政拨款收支|一般公共预算|财政拨款安排|政府采购预算|纳入绩效)"
)
_SUPERVISOR = re.compile(r"主管部门及代码\s*\d{3,6}\s*[-—－]\s*(\S{4,40})")
_COVER_TITLE = re.compile("预算|公开|年度|报告|目录")
_PLACE = re.compile("[。，；：,;:]")
_COVER_WEIGHT, _TABLE_WEIGHT, _PROSE_WEIGHT, _FORM_WEIGHT = 2, 3, 1, 1


@dataclass(frozen=True, slots=True)
class Identity:
    """Department, year and kind of a disclosure, and the notes on how they were decided."""

    department: str | None
    year: int | None
    kind: Kind
    notes: tuple[Note, ...]


def identify(outline: Outline) -> Identity:
    """Decide department, year and kind of one disclosure."""
    department, first = _department(outline)
    year, second = _year(outline)
    kind, third = _kind(outline)
    return Identity(department, year, kind, (*first, *second, *third))


def _department(outline: Outline) -> tuple[str | None, tuple[Note, ...]]:
    votes: Counter[str] = Counter()
    printed: dict[str, str] = {}
    places: dict[str, str] = {}
    for name, weight, source in _department_evidence(outline):
        key = fold(name)
        votes[key] += weight
        printed.setdefault(key, squeeze(name))
        places.setdefault(key, source)
    if not votes:
        return None, (Note("没有找到部门（单位）名称"),)
    winner = votes.most_common(1)[0][0]
    others = [
        key
        for key, count in votes.items()
        if key != winner and count >= _TABLE_WEIGHT and winner not in key and key not in winner
    ]
    notes = tuple(
        Note(f"文中另有部门（单位）名称“{printed[key]}”，与“{printed[winner]}”不同", "doc", places[key])
        for key in others
    )
    return printed[winner], notes


def _department_evidence(outline: Outline) -> Iterable[tuple[str, int, str]]:
    for line in outline.cover[:12]:
        text = shown_text(line)
        if 4 <= len(text) <= 40 and not _COVER_TITLE.search(text) and not _PLACE.search(text):
            yield text, _COVER_WEIGHT, line.source
    for table in outline.tables:
        for line in table.lines[:6]:
            name = printed_department(line.text)
            if name:
                yield name, _TABLE_WEIGHT, line.source
                break
    for section in outline.sections:
        for line in section.lines[:3]:
            match = _SENTENCE_NAME.search(line.text)
            if match and not _PLACE.search(match.group(1)):
                yield match.group(1), _PROSE_WEIGHT, line.source
    for line in outline.forms:
        if "主管部门" in line.text:
            match = _SUPERVISOR.search(line.text)
            if match:
                yield match.group(1), _FORM_WEIGHT, line.source


def _year(outline: Outline) -> tuple[int | None, tuple[Note, ...]]:
    votes: Counter[int] = Counter()
    places: dict[int, tuple[str, str]] = {}
    for year, weight, what, source in list(_year_evidence(outline)) or _years_of_other_tables(outline):
        votes[year] += weight
        places.setdefault(year, (what, source))
    if not votes:
        return None, (Note("没有找到预算年度"),)
    winner = votes.most_common(1)[0][0]
    notes = tuple(
        Note(f"{what}印的年份是 {year} 年，与其余各处的 {winner} 年不同", "doc", source)
        for year, (what, source) in places.items()
        if year != winner
    )
    return winner, notes


def _year_evidence(outline: Outline) -> Iterable[tuple[int, int, str, str]]:
    for line in outline.cover[:12]:
        match = _COVER_YEAR.search(line.text)
        if match:
            yield int(match.group(1)), 3, "封面", line.source
    for table in outline.tables:
        if table.year and table.options:
            yield table.year, 2, f"表“{table.title}”的标题", table.source
    for line in outline.part_headings.values():
        match = _YEAR.search(line.text)
        if match:
            yield int(match.group(1)), 2, f"“{shown_text(line)}”", line.source
    if not any(table.year for table in outline.tables):
        yield from _years_in_prose(outline)


def _years_of_other_tables(outline: Outline) -> Iterable[tuple[int, int, str, str]]:
    """What tables that no declaration knows say in their titles and headings: heard where nothing else tells."""
    for table in outline.tables:
        if table.year:
            yield table.year, 2, f"表“{table.title}”的标题", table.source
        for line in table.lines[:_HEADINGS]:
            for year in set(_YEAR_OF_BUDGET.findall(fold(line.text))):
                yield int(year), 1, f"表“{table.title or '无标题'}”的栏目", line.source


def _years_in_prose(outline: Outline) -> Iterable[tuple[int, int, str, str]]:
    for section in outline.sections:
        for line in section.lines[:2]:
            match = re.match(r"\s*(20\d\d)\s*年", line.text)
            if match:
                yield int(match.group(1)), 1, f"“{section.heading}”", line.source


def _kind(outline: Outline) -> tuple[Kind, tuple[Note, ...]]:
    votes: Counter[Kind] = Counter()
    places: dict[Kind, str] = {}
    for kind, weight, source in _kind_evidence(outline):
        votes[kind] += weight
        places.setdefault(kind, source)
    if not votes:
        return Kind.DEPARTMENT, (Note("没有写明是部门预算还是单位预算，暂按部门预算处理", "doc"),)
    winner = votes.most_common(1)[0][0]
    loser = Kind.UNIT if winner is Kind.DEPARTMENT else Kind.DEPARTMENT
    if votes[loser] * 3 <= votes[winner]:
        return winner, ()
    labels = {Kind.DEPARTMENT: "部门预算", Kind.UNIT: "单位预算"}
    message = f"文中有的地方写“{labels[loser]}”，多数地方写“{labels[winner]}”，按{labels[winner]}处理"
    return winner, (Note(message, "doc", places[loser]),)


def _kind_evidence(outline: Outline) -> Iterable[tuple[Kind, int, str]]:
    def vote(lines: Sequence[Line], weight: int) -> Iterable[tuple[Kind, int, str]]:
        for line in lines:
            for word, kind in (("部门", Kind.DEPARTMENT), ("单位", Kind.UNIT)):
                if word + "预算" in line.text and "部门(单位)" not in fold(line.text):
                    yield kind, weight, line.source

    yield from vote(outline.cover[:12], 3)
    yield from vote(list(outline.part_headings.values()), 2)
    for section in outline.sections:
        for word, kind in (("部门", Kind.DEPARTMENT), ("单位", Kind.UNIT)):
            if section.heading.startswith(f"一、{word}预算"):
                yield kind, 2, section.source or ""
    for table in outline.tables:
        for line in table.lines[:4]:
            folded = fold(line.text)
            if folded.startswith("部门名称:"):
                yield Kind.DEPARTMENT, 1, line.source
            elif folded.startswith("单位名称:"):
                yield Kind.UNIT, 1, line.source
