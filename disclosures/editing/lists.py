"""The lists of a disclosure to which a person adds and from which a person removes: rows, paragraphs, forms …

A list is named by what it holds (`ListKind`) and the place of what it belongs to: rows of `T03`, paragraphs
of `N/五`, indicators of `P/…` or `O`; sections, forms, tables and other tables belong to the whole (``""``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, cast

from disclosures.plain.data import (
    Disclosure,
    Indicator,
    OtherTable,
    OverallTarget,
    Paragraph,
    ProjectTarget,
    Row,
    Section,
    Table,
)
from disclosures.plain.places import row_keys, target_keys

from .items import from_json, to_json
from .places import Path, UnknownPlaceError, declaration, indicator_places, part_position, section_keys
from .words import words_of

Item = Row | Paragraph | Section | Indicator | ProjectTarget | OverallTarget | Table | OtherTable


class ListKind(StrEnum):
    """What a list holds."""

    ROWS = "rows"
    PARAGRAPHS = "paragraphs"
    INDICATORS = "indicators"
    SECTIONS = "sections"
    FORMS = "forms"
    OVERALL = "overall"
    TABLES = "tables"
    OTHERS = "others"


_WHOLE = {
    ListKind.SECTIONS: "sections",
    ListKind.FORMS: "project_targets",
    ListKind.OVERALL: "overall_targets",
    ListKind.TABLES: "tables",
    ListKind.OTHERS: "other_tables",
}
_OF_PART = {ListKind.ROWS: "rows", ListKind.PARAGRAPHS: "paragraphs", ListKind.INDICATORS: "indicators"}
_WORDS = {
    ListKind.ROWS: "行",
    ListKind.PARAGRAPHS: "段",
    ListKind.INDICATORS: "指标",
    ListKind.SECTIONS: "节",
    ListKind.FORMS: "绩效目标表",
    ListKind.OVERALL: "整体支出绩效目标表",
    ListKind.TABLES: "报表",
    ListKind.OTHERS: "其他表格",
}


@dataclass(frozen=True, slots=True)
class Items:
    """One list of a disclosure."""

    kind: ListKind
    of: str = ""

    def path(self, disclosure: Disclosure) -> Path:
        """Where it is in the plain data. Raises UnknownPlaceError."""
        if self.kind in _WHOLE:
            return (_WHOLE[self.kind],)
        return (*part_position(disclosure, self.of), _OF_PART[self.kind])

    def items(self, disclosure: Disclosure) -> tuple[Item, ...]:
        """What it holds. Raises UnknownPlaceError."""
        node: Any = disclosure
        for step in self.path(disclosure):
            node = node[step] if isinstance(step, int) else getattr(node, step)
        return cast("tuple[Item, ...]", node)

    def place(self, disclosure: Disclosure, at: int) -> str:
        """The place of one item. Raises UnknownPlaceError where there is none."""
        items = self.items(disclosure)
        if not 0 <= at < len(items):
            raise UnknownPlaceError(f"没有第 {at + 1} 个{_WORDS[self.kind]}")
        return self.places(items)[at]

    def places(self, items: Sequence[Item]) -> Sequence[str]:
        """The places of items that stand in this list, in order."""
        return _PLACES[self.kind](self, items)

    def position(self, disclosure: Disclosure, place: str) -> int | None:
        """Where the item of a place stands, None where there is no such item."""
        places = self.places(self.items(disclosure))
        return places.index(place) if place in places else None

    def words(self, disclosure: Disclosure, at: int) -> str:
        """One item in the words people use."""
        item = self.items(disclosure)[at]
        path = (*self.path(disclosure), at)
        if isinstance(item, Row):
            return words_of(disclosure, path)
        if isinstance(item, Paragraph):
            return words_of(disclosure, (*path, "text"))
        if isinstance(item, Indicator):
            return words_of(disclosure, (*path, "level3")).removesuffix("名称")
        if isinstance(item, Section):
            return f"“{item.heading}”一节"
        if isinstance(item, ProjectTarget):
            return f"绩效目标表“{item.project or f'第 {at + 1} 张'}”"
        if isinstance(item, OverallTarget):
            return f"整体支出绩效目标表“{item.unit}”"
        if isinstance(item, Table):
            return f"表{declaration(disclosure, item.id).ordinal}"
        return f"其他表格“{item.title or f'第 {at + 1} 张'}”"


def splice(disclosure: Disclosure, items: Items, start: int, removed: int, inserted: Sequence[Item] = ()) -> Disclosure:
    """The disclosure with `inserted` in the place of `removed` items from `start` of a list.

    Raises UnknownPlaceError when the list or one of the items is not there.
    """
    path, before = items.path(disclosure), items.items(disclosure)
    if start < 0 or removed < 0 or start + removed > len(before):
        raise UnknownPlaceError(f"没有第 {start + max(removed, 1)} {_WORDS[items.kind]}")
    after = (*before[:start], *inserted, *before[start + removed :])
    return cast(Disclosure, _with(disclosure, path, after))


def _with(node: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return (*node[:step], _with(node[step], rest, value), *node[step + 1 :])
    return replace(node, **{step: _with(getattr(node, step), rest, value)})


def said(item: Item) -> str:
    """What an item says, in one line, as the history shows it."""
    if isinstance(item, Row):
        amounts = (cell.value for _, cell in item.cells)
        return "；".join(filter(None, (item.code, item.name, item.second_name, *amounts)))
    if isinstance(item, Paragraph):
        return item.text
    if isinstance(item, Indicator):
        return "；".join(filter(None, (item.level2, item.level3, item.value)))
    if isinstance(item, Section):
        return "\n".join((item.heading, *(paragraph.text for paragraph in item.paragraphs)))
    if isinstance(item, ProjectTarget):
        return f"{item.project or '（缺表头）'}（{len(item.indicators)} 个指标）"
    if isinstance(item, OverallTarget):
        return f"{item.unit}（{len(item.indicators)} 个指标）"
    return f"{item.title or '（无标题）'}（{len(item.rows)} 行）"


_TYPES: dict[ListKind, type[Item]] = {
    ListKind.ROWS: Row,
    ListKind.PARAGRAPHS: Paragraph,
    ListKind.INDICATORS: Indicator,
    ListKind.SECTIONS: Section,
    ListKind.FORMS: ProjectTarget,
    ListKind.OVERALL: OverallTarget,
    ListKind.TABLES: Table,
    ListKind.OTHERS: OtherTable,
}


def stored(item: Item) -> Any:
    """An item as the memory keeps it."""
    return to_json(item)


def restored(kind: ListKind, data: Any) -> Item:
    """An item that the memory kept. Raises TypeError, KeyError, ValueError where it is none of that kind."""
    return from_json(_TYPES[kind], data)


def _row_places(items: Items, rows: Sequence[Item]) -> list[str]:
    return [f"{items.of}/{key}" for key in row_keys(Table(items.of, "", rows=cast("tuple[Row, ...]", tuple(rows))))]


_PLACES: dict[ListKind, Callable[[Items, Sequence[Any]], Sequence[str]]] = {
    ListKind.ROWS: _row_places,
    ListKind.PARAGRAPHS: lambda items, found: [f"{items.of}/{n}" for n in range(1, len(found) + 1)],
    ListKind.INDICATORS: lambda items, found: indicator_places(items.of, found),
    ListKind.SECTIONS: lambda _, found: [f"N/{key}" for key in section_keys(found)],
    ListKind.FORMS: lambda _, found: [f"P/{key}" for key in target_keys(found)],
    ListKind.OVERALL: lambda _, found: ["O" if n == 0 else f"O#{n + 1}" for n in range(len(found))],
    ListKind.TABLES: lambda _, found: [table.id for table in found],
    ListKind.OTHERS: lambda _, found: [f"other/{n}" for n in range(1, len(found) + 1)],
}
