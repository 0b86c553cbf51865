"""Sheets of the thirteen tables, each from its declaration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db import models

from disclosures import editing
from disclosures.editing.places import label_attributes
from disclosures.models import LINE_MODELS, BudgetLine, BudgetTable, Disclosure
from disclosures.models.tables import LEVEL_LABELS, SIDE_LABELS
from disclosures.plain.data import Row, Side, Table
from disclosures.profiles import DEFAULT_PROFILE, LABEL_HEADS, Hierarchy, SideDecl, TableDecl
from disclosures.storage.tables import row_of

from .applying import NewRow
from .columns import Check, Column, Kind, by_digits
from .parts import PartResource, PartRow
from .resource import SheetRow
from .results import SheetResult

_BETWEEN = "："
_SIDES = {Side(value): label for value, label in SIDE_LABELS}
_DIGITS = by_digits(3, 5, 7)
_INCOME_DIGITS = by_digits(3, 5, 7, 9)  # income classes go down to 目
_NESTS = frozenset({Hierarchy.NESTING, Hierarchy.UNITS})


class TableResource(PartResource):
    """Lines of one budget table, across disclosures."""

    decl: ClassVar[TableDecl]
    disclosure_path = "table__disclosure"

    def load(self, disclosures: models.QuerySet[Disclosure]) -> Mapping[int, Sequence[PartRow]]:
        tables = BudgetTable.objects.filter(disclosure__in=disclosures.order_by().values("pk"), code=self.decl.id)
        disclosure_of = dict(tables.values_list("pk", "disclosure_id"))
        lines: dict[int, list[BudgetLine]] = defaultdict(list)
        chosen = BudgetLine.objects.filter(table__in=tables.values("pk")).order_by("table", "position")
        for line in chosen.iterator():
            lines[line.table_id].append(line)
        return {disclosure_of[pk]: list(self._part_rows(found)) for pk, found in lines.items()}

    def _part_rows(self, lines: Sequence[BudgetLine]) -> Iterator[PartRow]:
        rows = [row_of(line, self.decl) for line in lines]
        keys = editing.row_keys(Table(self.decl.id, self.decl.title, rows=tuple(rows)))
        for line, row, key in zip(lines, rows, keys, strict=True):
            yield self._row(line, row, f"{self.decl.id}/{key}")

    def _row(self, line: BudgetLine, row: Row, place: str) -> PartRow:
        side = self.decl.side(row.side)
        texts: dict[str, str | None] = {
            "side": _SIDES[row.side],
            "level": line.get_level_display() if line.level else "",
            "unit_name": row.unit_name,
        }
        places: dict[str, str] = {}
        paths: dict[str, editing.Path] = {}
        for label, attribute in label_attributes(side).items():
            texts[label] = getattr(row, attribute)
            places[label], paths[label] = f"{place}/{label}", ("tables", 0, "rows", 0, attribute)
        for column, cell in row.cells:
            key = _column_key(self.decl, side, column)
            texts[key] = cell.value
            places[key], paths[key] = f"{place}/{column}", ("tables", 0, "rows", 0, "cells", column)
        label = " ".join(part for part in (row.code, row.name, row.second_name) if part.strip())
        return PartRow(line.pk, line.position + 1, f"表{self.decl.ordinal}“{label}”", texts, places, paths)

    def also_wrong(self, row: SheetRow, current: PartRow, changed: set[str]) -> Iterator[tuple[str, str]]:
        side = _side_of(self.decl, current.texts.get("side") or "")
        yield from self._labels_wrong(row, side, changed)

    def _labels_wrong(self, row: SheetRow, side: SideDecl, keys: set[str]) -> Iterator[tuple[str, str]]:
        """Names must not be blank; a code has the digits of its classification."""
        for label in side.labels:
            text = row.text(label)
            if label not in keys:
                continue
            if label == "code":
                message = _code_check(side)(text) if text else None
                if message:
                    yield label, message
            elif not text and label != "gov_econ":  # a row without a government class is a group
                yield label, "不能为空"

    def why_fixed(self, row: SheetRow, key: str) -> str:
        if _BETWEEN in key:
            return "这一行不在这一边，不能填写这一栏的金额"
        return super().why_fixed(row, key)

    # -- new rows ---------------------------------------------------------------------------------

    def new_row(self, row: SheetRow, result: SheetResult) -> NewRow | None:
        before = len(result.errors)
        headers = {column.key: column.header for column in self.own_columns}
        self.check(row, result)
        side = _side_of(self.decl, row.text("side"))
        if self.decl.two_sided and not row.text("side"):
            result.refuse("新增的行必须填写", row.number, headers["side"])
        for key in ("level", "unit_name"):
            if row.text(key):
                result.refuse("新增的行随上一行，请留空", row.number, headers[key], row.text(key))
        for key, message in self._labels_wrong(row, side, set(side.labels)):
            result.refuse(message, row.number, headers[key], row.text(key))
        if row.text("action"):
            result.refuse("没有行号的行是新增的行，不能删除", row.number, "操作", row.text("action"))
        values = self._values(row, side, headers, result)
        labels = {label: row.text(label) for label in side.labels}
        return NewRow(side.side, labels, values) if len(result.errors) == before else None

    def _values(self, row: SheetRow, side: SideDecl, headers: Mapping[str, str], result: SheetResult) -> dict[str, str]:
        """The amounts of a new row by the declaration's column."""
        own = {_column_key(self.decl, side, column.key): column.key for column in side.columns}
        for column in self.own_columns:
            if column.kind is Kind.AMOUNT and column.key not in own and row.text(column.key):
                result.refuse(self.why_fixed(row, column.key), row.number, column.header, row.text(column.key))
        return {column: row.text(key) for key, column in own.items() if row.text(key)}


def _side_of(decl: TableDecl, shown: str) -> SideDecl:
    """The side of that name; the first where there is none of that name."""
    return next((side for side in decl.sides if _SIDES[side.side] == shown or side.side.value == shown), decl.sides[0])


def _code_check(side: SideDecl) -> Check:
    return _INCOME_DIGITS if "amount" in side.column_keys else _DIGITS


def _column_key(decl: TableDecl, side: SideDecl, column: str) -> str:
    """Columns of the two sides of a table are columns of their own."""
    return f"{side.side.value}{_BETWEEN}{column}" if decl.two_sided else column


def _columns(decl: TableDecl) -> Iterator[Column]:
    if decl.two_sided:
        choices = tuple((side.side.value, _SIDES[side.side]) for side in decl.sides)
        yield Column("side", "收支", Kind.CHOICE, "收入或支出一边；已有的行请勿改动。", choices=choices, width=7)
    if decl.hierarchy in _NESTS:
        yield Column(
            "level", "行的性质", Kind.CHOICE, "新增的行留空，随上一行。", choices=LEVEL_LABELS, width=10, read_only=True
        )
    if decl.hierarchy is Hierarchy.NESTING:
        yield Column("unit_name", "所属单位", note="新增的行留空，随上一行。", width=26, read_only=True)
    for label in dict.fromkeys(label for side in decl.sides for label in side.labels):
        is_code = label == "code"
        note = "3 位类、5 位款、7 位项；合计行留空。" if is_code else "照公开文本印出的文字。"
        yield Column(label, LABEL_HEADS[label], Kind.CODE if is_code else Kind.TEXT, note, width=12 if is_code else 34)
    for side in decl.sides:
        for column in side.columns:
            header = f"{_SIDES[side.side]}{_BETWEEN}{column.label}" if decl.two_sided else column.label
            note = "万元，两位小数；没有数的留空，不写 0。"
            yield Column(_column_key(decl, side, column.key), header, Kind.AMOUNT, note, width=16)


def _resource(decl: TableDecl) -> type[TableResource]:
    attributes: dict[str, Any] = {
        "__module__": __name__,
        "__doc__": f"{decl.id} {decl.title}",
        "decl": decl,
        "title": f"表{decl.ordinal} {decl.short_title}",
        "model": LINE_MODELS[decl.id],
        "table_id": decl.id,
        "own_columns": tuple(_columns(decl)),
    }
    return type(f"Table{decl.id}Resource", (TableResource,), attributes)


TABLE_RESOURCES: dict[str, type[TableResource]] = {decl.id: _resource(decl) for decl in DEFAULT_PROFILE.tables}
