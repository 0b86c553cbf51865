"""The sections of part three are found however a document numbers them, and parts however it names them."""

from __future__ import annotations

import re

import pytest

from disclosures.plain.data import Disclosure
from tests.recognise.sample import SECTIONS, document, parse

NUMERALS = list(SECTIONS)


def _renumbered(written) -> list[str]:
    """The sample document with the headings of its sections written in another way."""
    headings = {
        f"{numeral}、{heading}": written(n, heading) for n, (numeral, (heading, _)) in enumerate(SECTIONS.items(), 1)
    }
    return [headings.get(line, line) for line in document()]


def _texts(disclosure: Disclosure) -> dict[str, str]:
    return {section.numeral: section.text for section in disclosure.sections}


@pytest.mark.parametrize(
    "written",
    [
        lambda n, heading: f"（{NUMERALS[n - 1]}）{heading}",
        lambda n, heading: f"{n}.{heading}",
        lambda n, heading: f"{n}、{heading}",
        lambda n, heading: f"第{NUMERALS[n - 1]}节 {heading}",
        lambda n, heading: heading,
        lambda n, heading: f"**{NUMERALS[n - 1]}、{heading}**",
    ],
)
def test_sections_are_found_in_every_numbering(written) -> None:
    assert _texts(parse(_renumbered(written)).disclosure) == _texts(parse(document()).disclosure)


@pytest.mark.parametrize("left_out", ["八", "九"])
def test_a_section_left_out_does_not_push_the_later_ones_into_its_place(left_out: str) -> None:
    lines = document()
    start = lines.index(f"{left_out}、{SECTIONS[left_out][0]}")
    behind = NUMERALS[NUMERALS.index(left_out) + 1]
    end = lines.index(f"{behind}、{SECTIONS[behind][0]}")
    later = {f"{numeral}、{SECTIONS[numeral][0]}": numeral for numeral in NUMERALS[NUMERALS.index(left_out) + 1 :]}
    moved = [
        line.replace(later[line], NUMERALS[NUMERALS.index(later[line]) - 1], 1) if line in later else line
        for line in (*lines[:start], *lines[end:])
    ]
    expected = _texts(parse(document()).disclosure)
    del expected[left_out]
    assert _texts(parse(moved).disclosure) == expected


def test_two_sections_in_each_others_place_are_told_by_their_subject() -> None:
    lines = document()
    seven, eight, nine = (lines.index(f"{numeral}、{SECTIONS[numeral][0]}") for numeral in "七八九")
    moved = [
        *lines[:seven],
        f"七、{SECTIONS['八'][0]}",
        *lines[eight + 1 : nine],
        f"八、{SECTIONS['七'][0]}",
        *lines[seven + 1 : eight],
        *lines[nine:],
    ]
    assert _texts(parse(moved).disclosure) == _texts(parse(document()).disclosure)


@pytest.mark.parametrize(
    "written",
    [
        lambda number, words: f"第{number}章 {words}",
        lambda number, words: f"第{'一二三四'.index(number) + 1}部分 {words}",
        lambda number, words: f"第{number}部分：{words}",
        lambda number, words: f"第{number}部分\n{words}",
        lambda number, words: f"{number}、{words}",
    ],
)
def test_parts_are_found_however_they_are_named(written) -> None:
    lines = [re.sub(r"^第(.)部分 (.*)$", lambda match: written(*match.groups()), line) for line in document()]
    assert _texts(parse("\n".join(lines).split("\n")).disclosure) == _texts(parse(document()).disclosure)


def test_part_one_without_a_heading_begins_with_the_duties() -> None:
    lines = [line for line in document() if line != "第一部分 概况"]
    assert _texts(parse(lines).disclosure)["概况"] == _texts(parse(document()).disclosure)["概况"]
