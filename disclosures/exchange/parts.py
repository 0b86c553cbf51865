"""Sheets of what is inside disclosures: each row leads back to its places, each change is a correction.

A row is found by the number of its disclosure and its own number, both as exported, and only as long as
nobody has saved since (revision). Cells that say what stands there already are left as they are, doubtful
readings included; what differs goes through `disclosures.services.correcting` with its memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models

from disclosures import editing
from disclosures.models import Disclosure, DisclosureKind
from disclosures.plain.cells import number_of
from disclosures.services.matrix import Act
from disclosures.services.permissions import may, visible_disclosures

from .applying import NewRow, PartChanges, apply_changes
from .columns import Column, Kind, displayed, problem, same
from .resource import SheetResource, SheetRow
from .results import CellDiff, ChangeKind, RowDiff, SheetResult

MOST_CHANGED = 50  # disclosures in one import: each is checked again while the transaction is open
REMOVE = "删除"
_FIXED = "用来核对，请勿改动。"
IDENTITY = (
    Column("disclosure", "文本编号", Kind.INTEGER, "公开文本的系统编号，请勿改动。", required=True, width=10),
    Column("department", "部门（单位）", note=_FIXED, width=26, read_only=True),
    Column("year", "预算年度", Kind.YEAR, _FIXED, width=10, read_only=True),
    Column(
        "kind",
        "文本类型",
        Kind.CHOICE,
        _FIXED,
        choices=tuple((str(value), str(label)) for value, label in DisclosureKind.choices),
        width=10,
        read_only=True,
    ),
    Column("version", "版本", Kind.INTEGER, _FIXED, width=7, read_only=True),
    Column(
        "revision", "修订号", Kind.INTEGER, "导出时的修订号；导出后有人改过的文本须重新导出。", required=True, width=9
    ),
)
ROW = Column("row", "行号", Kind.INTEGER, "在表中的行次，请勿改动。", width=7)
ACTION = Column("action", "操作", Kind.CHOICE, "删除这一行时填“删除”，其他留空。", choices=((REMOVE, REMOVE),), width=8)


@dataclass(frozen=True, slots=True)
class PartRow:
    """One existing row: its record, its number, what its columns say, and the places of those that can be changed."""

    pk: int
    number: int
    label: str
    texts: Mapping[str, str | None]
    places: Mapping[str, str]
    paths: Mapping[str, editing.Path]  # of the same kind as the place's own; decides what may stand there


@dataclass
class PartPlan:
    """What an import would change, by disclosure."""

    changes: dict[int, PartChanges] = field(default_factory=lambda: defaultdict(PartChanges))
    revisions: dict[int, int] = field(default_factory=dict)  # that were checked


class PartResource(SheetResource):
    """Rows of disclosures. A subclass says which columns they have and loads them."""

    takes_kind = True
    own_columns: ClassVar[tuple[Column, ...]]
    row_column: ClassVar[Column] = ROW
    table_id: ClassVar[str] = ""  # a budget table, whose rows can be added and removed
    disclosure_path: ClassVar[str]  # from the record to its disclosure

    def columns(self) -> tuple[Column, ...]:
        return (*IDENTITY, self.row_column, *self.own_columns, *((ACTION,) if self.table_id else ()))

    def records(self) -> models.QuerySet[Any]:
        found = self.model._default_manager.all()
        if self.user is None:
            return found
        return found.filter(**{f"{self.disclosure_path}__in": visible_disclosures(self.user).values("pk")})

    def load(self, disclosures: models.QuerySet[Disclosure]) -> Mapping[int, Sequence[PartRow]]:
        """All rows of some disclosures in order, in a constant number of queries."""
        raise NotImplementedError

    def new_row(self, row: SheetRow, result: SheetResult) -> NewRow | None:
        """What a row without number adds; None (and errors) where it cannot."""
        raise NotImplementedError

    def also_wrong(self, row: SheetRow, current: PartRow, changed: set[str]) -> Iterator[tuple[str, str]]:
        """What is wrong with a change of an existing row beyond single columns: (column key, message)."""
        yield from ()

    def texts(self, queryset: models.QuerySet[Any]) -> Iterable[Mapping[str, str | None]]:
        chosen = set(queryset.order_by().values_list("pk", flat=True))
        inside = queryset.order_by().values(self.disclosure_path)
        disclosures = Disclosure.objects.filter(pk__in=inside).select_related("department").order_by("pk")
        rows = self.load(disclosures)
        for record in disclosures:
            identity = identity_of(record)
            for row in rows.get(record.pk, ()):
                if row.pk in chosen:
                    yield {**identity, "row": str(row.number), **row.texts}

    # -- planning ---------------------------------------------------------------------------------

    def plan(self, rows: Sequence[SheetRow], result: SheetResult) -> PartPlan:
        numbers = {number for row in rows if (number := _whole(row.text("disclosure"))) is not None}
        found = Disclosure.objects.all() if self.user is None else visible_disclosures(self.user)
        disclosures = found.filter(pk__in=numbers).select_related("department")
        records = {record.pk: record for record in disclosures}
        existing = {
            pk: {row.number: row for row in part} for pk, part in self.load(found.filter(pk__in=numbers)).items()
        }
        plan = PartPlan(revisions={record.pk: record.revision for record in disclosures})
        seen: dict[tuple[int, int], int] = {}
        above: dict[int, int] = {}
        for row in rows:
            record = self._record(row, records, result)
            if record is None:
                continue
            if self.table_id and not row.text("row"):
                self._add(row, record, above.get(record.pk), plan, result)
                continue
            current = self._current(row, record, existing.get(record.pk, {}), seen, result)
            if current is not None:
                above[record.pk] = current.number
                self._compare(row, record, current, plan, result)
        self._check_permissions(plan, records, rows, result)
        return plan

    def _record(self, row: SheetRow, records: Mapping[int, Disclosure], result: SheetResult) -> Disclosure | None:
        """The disclosure of a row, if all that the row says of it is so."""
        column = IDENTITY[0]
        number = row.text("disclosure")
        record = records.get(_whole(number) or 0)
        if record is None:
            said = f"没有编号为‘{number[:20]}’的公开文本，或者您无权查看" if number else "必须填写"
            result.refuse(said, row.number, column.header, number)
            return None
        before = len(result.errors)
        for column, text in zip(IDENTITY[1:], list(identity_of(record).values())[1:], strict=True):
            typed = row.texts.get(column.key, "")
            if (typed.strip() or column.required) and not same(column, text, typed):
                result.refuse(_mismatch(column, typed, text, record), row.number, column.header, typed)
        return record if len(result.errors) == before else None

    def _current(
        self,
        row: SheetRow,
        record: Disclosure,
        existing: Mapping[int, PartRow],
        seen: dict[tuple[int, int], int],
        result: SheetResult,
    ) -> PartRow | None:
        typed, header = row.text("row"), self.row_column.header
        number = _whole(typed)
        if number is None:
            result.refuse(f"‘{typed[:20]}’不是行号" if typed else "必须填写", row.number, header, typed)
            return None
        if number not in existing:
            result.refuse(f"《{record}》的{self.title}没有第 {number} 行", row.number, header, typed)
            return None
        if other := seen.get((record.pk, number)):
            result.refuse(f"与第 {other} 行重复，都是《{record}》的第 {number} 行", row.number, header, typed)
            return None
        seen[record.pk, number] = row.number
        return existing[number]

    def _compare(
        self, row: SheetRow, record: Disclosure, current: PartRow, plan: PartPlan, result: SheetResult
    ) -> None:
        """What a row changes of an existing one."""
        label = f"{record} {current.label}"
        if self._removes(row, result):
            plan.changes[record.pk].removed.append(current.number)
            lost = tuple(CellDiff(c.header, current.texts.get(c.key) or "", "") for c in self.own_columns)
            result.diffs.append(RowDiff(row.number, ChangeKind.DELETE, label, tuple(cell for cell in lost if cell.old)))
            return
        changed = [
            column
            for column in self.own_columns
            if column.key in row.texts and not same(column, current.texts.get(column.key), row.texts[column.key])
        ]
        if not changed:
            result.unchanged += 1
            return
        wrong = self._refuse_wrong(row, current, changed, result)
        cells = []
        for column in changed:
            typed = row.texts[column.key]
            old = current.texts.get(column.key) or ""
            cells.append(CellDiff(column.header, old, displayed(column, typed)))
            if column.key not in wrong:
                plan.changes[record.pk].cells.append((current.places[column.key], typed))
        result.diffs.append(RowDiff(row.number, ChangeKind.UPDATE, label, tuple(cells)))

    def _refuse_wrong(
        self, row: SheetRow, current: PartRow, changed: Sequence[Column], result: SheetResult
    ) -> set[str]:
        """The changed columns whose new text cannot stand there."""
        headers = {column.key: column.header for column in self.own_columns}
        fixed = {column.key for column in changed if column.key not in current.places}
        for column in changed:
            if column.key in fixed:
                said = problem(column, row.texts[column.key]) or self.why_fixed(row, column.key)
                result.refuse(said, row.number, column.header, row.texts[column.key])
        wrong = fixed | self.check(row, result, {column.key for column in changed} - fixed)
        for key, message in self.also_wrong(row, current, {column.key for column in changed} - wrong):
            result.refuse(message, row.number, headers[key], row.texts.get(key))
            wrong.add(key)
        for column in changed:
            if column.key in wrong:
                continue
            try:
                editing.checked(current.paths[column.key], row.texts[column.key])
            except editing.ValueProblemError as error:
                result.refuse(str(error), row.number, column.header, row.texts[column.key])
                wrong.add(column.key)
        return wrong

    def why_fixed(self, row: SheetRow, key: str) -> str:
        """Why a column of a row cannot be changed."""
        return "这一列由系统决定，不能在表格中修改"

    def _removes(self, row: SheetRow, result: SheetResult) -> bool:
        if not self.table_id or not row.text("action") or self.check(row, result, {"action"}):
            return False
        return row.text("action") == REMOVE

    def _add(self, row: SheetRow, record: Disclosure, above: int | None, plan: PartPlan, result: SheetResult) -> None:
        added = self.new_row(row, result)
        if added is None:
            return
        plan.changes[record.pk].added.append((above, added))
        filled = [column for column in self.own_columns if row.text(column.key)]
        cells = tuple(CellDiff(column.header, "", displayed(column, row.texts[column.key])) for column in filled)
        label = f"{record} {' '.join(added.labels.values())}"
        result.diffs.append(RowDiff(row.number, ChangeKind.NEW, label, cells))

    def _check_permissions(
        self, plan: PartPlan, records: Mapping[int, Disclosure], rows: Sequence[SheetRow], result: SheetResult
    ) -> None:
        """Every disclosure that would change may be corrected by this person now."""
        if len(plan.changes) > MOST_CHANGED:
            result.refuse(f"一次最多修改 {MOST_CHANGED} 份公开文本，这个文件要改 {len(plan.changes)} 份，请分开导入")
            return
        refused = {pk for pk in plan.changes if not may(self.user, Act.CORRECT, records[pk])}
        for row in rows:
            record = records.get(_whole(row.text("disclosure")) or 0)
            if record is not None and record.pk in refused:
                message = f"《{record}》现在是“{record.get_state_display()}”，您不能更正它的内容"
                result.refuse(message, row.number, IDENTITY[0].header, row.text("disclosure"))
                refused.remove(record.pk)

    # -- applying ---------------------------------------------------------------------------------

    def apply(self, plan: PartPlan, result: SheetResult, **options: Any) -> None:
        for pk, changes in plan.changes.items():
            gone, new = apply_changes(self.user, pk, plan.revisions[pk], self.table_id, changes, **options)
            result.gone += gone
            result.new += new


def identity_of(record: Disclosure) -> dict[str, str | None]:
    """What every row says of its disclosure, in the order of `IDENTITY`."""
    return {
        "disclosure": str(record.pk),
        "department": record.department.name,
        "year": str(record.fiscal_year),
        "kind": record.get_kind_display(),
        "version": str(record.version),
        "revision": str(record.revision),
    }


def _mismatch(column: Column, typed: str, current: str | None, record: Disclosure) -> str:
    if column.key == "revision":
        if not typed.strip():
            return "必须填写"
        return f"文件是按修订号 {typed.strip()[:20]} 导出的，现在已是 {current}：请重新导出后再改"
    return f"编号 {record.pk} 的公开文本是“{current}”，不是‘{typed[:40]}’"


def _whole(text: str) -> int | None:
    number = number_of(text)
    if number is None or number != number.to_integral_value() or not 0 < number < 2**31:
        return None
    return int(number)
