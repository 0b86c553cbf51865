"""Every place of a disclosure that a person can change, and the path that leads to it in the plain data.

Places follow the contract (`where`) and go down to the single value: label fields of rows under the names
of their declaration (`T03/2080110/name`), properties of a table (`T13/@no_data`), headings (`N/五/heading`),
fields of a target form (`P/…/overview`), of an indicator (`P/…/indicators/annual/数量指标/1/value`), of the
department-wide form (`O/duties`, `O/staff.在职`, all lines of staff `O/@staff`). A path is a tuple of field
names, positions and keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from disclosures.plain.data import Disclosure, Indicator, OverallTarget, ProjectTarget, Row, Section, Table
from disclosures.plain.form_fields import FUND_KEYS, OVERALL_TEXTS, PROJECT_TEXTS
from disclosures.plain.places import row_keys, safe, target_keys
from disclosures.profiles import DEFAULT_PROFILE, PROFILES, Hierarchy, SideDecl, TableDecl

from .pairs import PAIRS

Path = tuple[str | int, ...]
Places = dict[str, Path]

TABLE_FIELDS = ("title", "no_data", "printed_year", "printed_unit", "printed_department", "caption")
NESTED_FIELDS = ("level", "unit_name")
NESTS = frozenset({Hierarchy.NESTING, Hierarchy.UNITS})
TARGET_TEXTS = (*PROJECT_TEXTS, "form_title")
OVERALL_FIELDS = ("unit", "form_title", *OVERALL_TEXTS, "funds_unit")
INDICATOR_FIELDS = ("level1", "level2", "level3", "value")


class UnknownPlaceError(ValueError):
    """There is no such place in the disclosure."""


def part_of(place: str) -> str:
    """The part of the disclosure a place lies in: a table, one section, one target form, `doc`.

    Places are looked up part by part, so that a change of one cell does not walk through everything.
    """
    head, _, rest = place.partition("/")
    return f"{head}/{rest.split('/', 1)[0]}" if head in ("N", "P") and rest else head


class Index:
    """The places of one disclosure; each part is gone through once, when it is first asked for."""

    def __init__(self, disclosure: Disclosure) -> None:
        self._disclosure = disclosure
        self._parts: dict[str, Places] = {}

    def find(self, place: str) -> tuple[str, Path]:
        """The full form of a place and its path; the contract's shorter forms are understood.

        Raises UnknownPlaceError.
        """
        part = part_of(place)
        if part not in self._parts:
            self._parts[part] = places_of_part(self._disclosure, part)
        places = self._parts[part]
        for candidate in (place, f"{place}/value", f"{place}/1/value"):
            if candidate in places:
                return candidate, places[candidate]
        raise UnknownPlaceError(f"没有“{place}”这个位置")


def find(disclosure: Disclosure, place: str) -> tuple[str, Path]:
    """The full form of one place and its path. Raises UnknownPlaceError."""
    return Index(disclosure).find(place)


def path_or_none(disclosure: Disclosure, place: str) -> Path | None:
    """The path of a place, None where the disclosure has no such place."""
    try:
        return find(disclosure, place)[1]
    except UnknownPlaceError:
        return None


def places_of_part(disclosure: Disclosure, part: str) -> Places:
    """All places of one part with their paths; empty where the disclosure lacks the part."""
    if part == "doc":
        return {"doc/department": ("department",)}
    try:
        kind, position = part_position(disclosure, part)
    except UnknownPlaceError:
        return {}
    number = int(position)
    if kind == "sections":
        return dict(_section_places(part, number, disclosure.sections[number]))
    if kind == "project_targets":
        return dict(_target_places(part, number, disclosure.project_targets[number]))
    if kind == "overall_targets":
        return dict(_overall_places(part, number, disclosure.overall_targets[number]))
    return dict(_table_places(disclosure, number))


def part_position(disclosure: Disclosure, part: str) -> Path:
    """The list that holds a part (a table, a section, a target form), and its position there.

    Raises UnknownPlaceError.
    """
    head, _, key = part.partition("/")
    found: int | None
    if head == "N":
        name, found = "sections", _sections(disclosure).get(key)
    elif head == "P":
        keys = target_keys(disclosure.project_targets)
        name, found = "project_targets", keys.index(key) if key in keys else None
    elif head == "O" or head.startswith("O#"):
        number = int(head[2:]) - 1 if head[2:].isdecimal() else 0
        name, found = "overall_targets", number if 0 <= number < len(disclosure.overall_targets) else None
    else:
        name, found = "tables", next((n for n, item in enumerate(disclosure.tables) if item.id == head), None)
    if found is None or (key and head[0] not in "NP"):
        raise UnknownPlaceError(f"没有“{part}”这一部分")
    return name, found


def parts(disclosure: Disclosure) -> Iterator[str]:
    """All parts in the order of the document."""
    yield "doc"
    yield from (table.id for table in disclosure.tables)
    yield from (f"N/{key}" for key in _sections(disclosure))
    yield from (f"P/{key}" for key in target_keys(disclosure.project_targets))
    yield from ("O" if n == 0 else f"O#{n + 1}" for n in range(len(disclosure.overall_targets)))


def side_of(disclosure: Disclosure, table: Table, row: Row) -> SideDecl:
    """The declaration of the side that a row stands on."""
    return declaration(disclosure, table.id).side(row.side)


def declaration(disclosure: Disclosure, table_id: str) -> TableDecl:
    return PROFILES.get(disclosure.profile, DEFAULT_PROFILE).table(table_id)


def label_attributes(side: SideDecl) -> dict[str, str]:
    """Label fields as the declaration names them, with the field of `Row` that holds each."""
    first, *second = side.labels
    if not second:
        return {first: "name"}
    if first == "code":
        return {first: "code", second[0]: "name"}
    return {first: "name", second[0]: "second_name"}


def _table_places(disclosure: Disclosure, position: int) -> Iterator[tuple[str, Path]]:
    table = disclosure.tables[position]
    nests = declaration(disclosure, table.id).hierarchy in NESTS
    for name in TABLE_FIELDS:
        yield f"{table.id}/@{name}", ("tables", position, name)
    for number, (row, key) in enumerate(zip(table.rows, row_keys(table), strict=True)):
        place, path = f"{table.id}/{key}", ("tables", position, "rows", number)
        for label, attribute in label_attributes(side_of(disclosure, table, row)).items():
            yield f"{place}/{label}", (*path, attribute)
        for column, _ in row.cells:
            yield f"{place}/{column}", (*path, "cells", column)
        if nests:
            yield from ((f"{place}/@{name}", (*path, name)) for name in NESTED_FIELDS)


def section_keys(sections: Iterable[Section]) -> tuple[str, ...]:
    """Keys of sections in order: the numeral, `#2` … where it is printed again."""
    seen: Counter[str] = Counter()
    found = []
    for section in sections:
        seen[section.numeral] += 1
        count = seen[section.numeral]
        found.append(section.numeral if count == 1 else f"{section.numeral}#{count}")
    return tuple(found)


def _sections(disclosure: Disclosure) -> dict[str, int]:
    return {key: position for position, key in enumerate(section_keys(disclosure.sections))}


def _section_places(part: str, position: int, section: Section) -> Iterator[tuple[str, Path]]:
    yield f"{part}/heading", ("sections", position, "heading")
    for number in range(len(section.paragraphs)):
        yield f"{part}/{number + 1}", ("sections", position, "paragraphs", number, "text")


def _target_places(part: str, position: int, target: ProjectTarget) -> Iterator[tuple[str, Path]]:
    path: Path = ("project_targets", position)
    yield from ((f"{part}/{name}", (*path, name)) for name in TARGET_TEXTS)
    for horizon in ("whole", "annual"):
        yield from ((f"{part}/funds.{horizon}.{source}", (*path, horizon, source)) for source in FUND_KEYS)
    yield from _indicator_fields(part, path, target.indicators)


def _overall_places(part: str, position: int, target: OverallTarget) -> Iterator[tuple[str, Path]]:
    path: Path = ("overall_targets", position)
    yield from ((f"{part}/{name}", (*path, name)) for name in OVERALL_FIELDS)
    yield from ((f"{part}/@{name}", (*path, name)) for name in PAIRS)
    yield from ((f"{part}/funds.{safe(key)}", (*path, "funds", key)) for key, _ in target.funds)
    yield from ((f"{part}/staff.{safe(key)}", (*path, "staff", key)) for key, _ in target.staff)
    yield from _indicator_fields(part, path, target.indicators)


def indicator_places(part: str, indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """The place of every indicator of a form: counted within its horizon and class from 1."""
    seen: Counter[str] = Counter()
    found = []
    for item in indicators:
        place = f"{part}/indicators/{item.horizon.value}/{safe(item.level2)}"
        seen[place] += 1
        found.append(f"{place}/{seen[place]}")
    return tuple(found)


def _indicator_fields(part: str, path: Path, indicators: tuple[Indicator, ...]) -> Iterator[tuple[str, Path]]:
    for number, place in enumerate(indicator_places(part, indicators)):
        yield from ((f"{place}/{name}", (*path, "indicators", number, name)) for name in INDICATOR_FIELDS)
