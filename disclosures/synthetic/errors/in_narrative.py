"""Errors in the prose of part three."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from random import Random

from disclosures.plain.data import Disclosure, Paragraph, Section

from .mutation import Label, Mutation, change_digit, place_of, with_paragraph

_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?(?=万元)")
_SHARE = re.compile(r"(?<=占)\d+(?:\.\d+)?(?=%)")
_OF_PROJECTS = re.compile(r"(?<=总额的)\d+(?:\.\d+)?(?=%)")
_RATE = re.compile(r"(?:(?<=增长)|(?<=下降))\d+(?:\.\d+)?(?=%)")
_DIRECTION = re.compile(r"(?:增加|减少|增长|下降)(?=[\d,.]+万元，(?:增长|下降))")
_COMPARED = re.compile(r"(?<=[比较与])20\d\d(?=年)")
_OWN_YEAR = re.compile(r"^20\d\d(?=年)")
_COUNT = re.compile(r"(?:(?<=项目)|(?<=绩效目标)|(?<=等))\d+(?=个|家)")
_VEHICLES = re.compile(r"(?:(?<=实有)|(?<=用车))\d+(?=辆)")
_OPPOSITE = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一")


def _sections(disclosure: Disclosure) -> Iterator[Section]:
    return (section for section in disclosure.sections if section.numeral in _NUMERALS)


def _replacing(
    disclosure: Disclosure, section: Section, position: int, match: re.Match[str], kind: str, family: str, after: str
) -> Mutation:
    text = section.paragraphs[position].text
    changed = text[: match.start()] + after + text[match.end() :]
    return Mutation(
        Label(kind, family, "error", place_of(section, position), match.group(), after),
        partial(with_paragraph, disclosure, section, position, changed),
    )


def _number(
    kind: str,
    family: str,
    pattern: re.Pattern[str],
    disclosure: Disclosure,
    rng: Random,
    *,
    leading: int = 2,
    numerals: tuple[str, ...] = _NUMERALS,
) -> Iterator[Mutation]:
    """One of the leading digits of a number that `pattern` finds in some sections, nought excepted."""
    for section in _sections(disclosure):
        if section.numeral not in numerals:
            continue
        for position, paragraph in enumerate(section.paragraphs):
            for match in pattern.finditer(paragraph.text):
                plain = match.group().replace(",", "")
                if not Decimal(plain):
                    continue
                whole_digits = len(plain.partition(".")[0])
                after = change_digit(match.group(), rng, range(min(leading, whole_digits)))
                yield _replacing(disclosure, section, position, match, kind, family, after)


def amounts(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """An amount that repeats or totals a table, or a total of section 十."""
    tables = tuple(numeral for numeral in _NUMERALS if numeral not in ("十", "十一"))
    yield from _number("narrative_amount", "narrative_amount", _AMOUNT, disclosure, rng, leading=9, numerals=tables)
    yield from _number("performance_total", "performance_amount", _AMOUNT, disclosure, rng, leading=9, numerals=("十",))


def shares(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """A share of a whole."""
    yield from _number("narrative_percent", "narrative_percent", _SHARE, disclosure, rng)
    yield from _number("narrative_percent", "narrative_percent", _OF_PROJECTS, disclosure, rng)


def rates(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """A change rate."""
    yield from _number("narrative_rate", "narrative_change", _RATE, disclosure, rng)


def counts(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """A number of projects or units; a number of vehicles."""
    yield from _number("narrative_count", "performance_count", _COUNT, disclosure, rng)
    yield from _number("vehicle_count", "narrative_amount", _VEHICLES, disclosure, rng)


def directions(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """增加 for 减少 beside a rate that says the contrary."""
    for section in _sections(disclosure):
        for position, paragraph in enumerate(section.paragraphs):
            for match in _DIRECTION.finditer(paragraph.text):
                after = _OPPOSITE[match.group()]
                yield _replacing(disclosure, section, position, match, "direction", "narrative_change", after)


def years(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """The comparison year, or the document's own, as an older document had it."""
    for section in _sections(disclosure):
        for position, paragraph in enumerate(section.paragraphs):
            for kind, pattern in (("comparison_year", _COMPARED), ("narrative_year", _OWN_YEAR)):
                for match in pattern.finditer(paragraph.text):
                    after = str(int(match.group()) - rng.randint(1, 3))
                    yield _replacing(disclosure, section, position, match, kind, "narrative_year", after)


# ---------------------------------------------------------------- form and proof-reading


def blemishes(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """Placeholders, telephone and identity numbers, doubled words, lost brackets, another department's name."""
    for section in _sections(disclosure):
        for position, paragraph in enumerate(section.paragraphs):
            text = paragraph.text
            where = place_of(section, position)
            if len(text) < 30:
                continue
            stem = text.removesuffix("。")
            phone, identity = f"139{rng.randint(10_000_000, 99_999_999)}", identity_number(rng)
            for kind, family, severity, before, after, changed in (
                ("placeholder", "format", "error", None, "XX", f"{stem}，其他支出XX万元。"),
                ("phone", "privacy", "error", None, phone, f"{stem}，联系人电话{phone}。"),
                ("identity_card", "privacy", "error", None, identity, f"{stem}，身份证号{identity}。"),
                ("doubled_word", "narrative_text", "info", "预算", "预算预算", text.replace("预算", "预算预算", 1)),
                ("bracket", "format", "info", None, "（", f"{stem}（详见附表。"),
                (
                    "other_department",
                    "narrative_text",
                    "error",
                    disclosure.department,
                    "澄渡市档案局",
                    text.replace(disclosure.department, "澄渡市档案局", 1),
                ),
            ):
                if changed != text:
                    label = Label(kind, family, severity, where, before, after)
                    yield Mutation(label, partial(with_paragraph, disclosure, section, position, changed))


def identity_number(rng: Random) -> str:
    """A made-up identity number with a valid check digit."""
    body = f"149999{rng.randint(1950, 2001)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{rng.randint(100, 999)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    remainder = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return body + "10X98765432"[remainder]


def drafts(disclosure: Disclosure, rng: Random) -> Iterator[Mutation]:
    """A draft mark on the cover; a section left out."""
    mark = rng.choice(("（征求意见稿）", "仅供内部审核", "（讨论稿）"))
    label = Label("draft_mark", "format", "error", "doc", None, mark)
    yield Mutation(label, partial(replace, disclosure, title_lines=(*disclosure.title_lines, Paragraph(mark))))
    for section in _sections(disclosure):
        label = Label("section_missing", "completeness", "error", f"N/{section.numeral}", section.heading, None)
        yield Mutation(label, partial(_without, disclosure, section))


def _without(disclosure: Disclosure, section: Section) -> Disclosure:
    return replace(disclosure, sections=tuple(kept for kept in disclosure.sections if kept is not section))
