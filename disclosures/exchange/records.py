"""Sheets of plain records (regions, departments, catalogues): a row is one record, new or changed, never removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import models

from disclosures.plain.cells import number_of

from .columns import TRUTHS, Column, Kind, date_of, same
from .references import References
from .resource import SheetResource, SheetRow
from .results import CellDiff, ChangeKind, RowDiff, SheetResult

NUMBER = Column("pk", "编号", Kind.INTEGER, "系统编号。导出的行保留不动；新增的行留空。", width=8)


@dataclass
class RecordPlan:
    """What an import would save."""

    new: list[tuple[SheetRow, models.Model]] = field(default_factory=list)
    changed: list[tuple[SheetRow, models.Model]] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)


class RecordResource(SheetResource):
    """Records by their number, else by their natural key."""

    own_columns: ClassVar[tuple[Column, ...]]
    natural: ClassVar[tuple[str, ...]]  # fields by which a row without number finds its record
    uniques: ClassVar[tuple[tuple[str, ...], ...]] = ()  # further fields that must not repeat; blanks may

    def columns(self) -> tuple[Column, ...]:
        return (NUMBER, *self.own_columns)

    def references(self) -> Mapping[str, References]:
        """For each column of kind REFERENCE the records it can name."""
        return {}

    def also_wrong(self, instance: Any) -> Iterator[tuple[str, str]]:
        """What is wrong between fields: (column key, message)."""
        yield from ()

    def before_save(self, instance: Any) -> None:
        """Whatever a person's file sets beside its columns."""

    def texts(self, queryset: models.QuerySet[Any]) -> Iterable[Mapping[str, str | None]]:
        references = self.references()
        return (self._shown(instance, references) for instance in queryset.iterator())

    def _shown(self, instance: Any, references: Mapping[str, References]) -> dict[str, str | None]:
        shown: dict[str, str | None] = {"pk": str(instance.pk) if instance.pk else ""}
        for column in self.own_columns:
            if column.kind is Kind.REFERENCE:
                shown[column.key] = references[column.key].name_of(getattr(instance, f"{column.key}_id"))
            else:
                shown[column.key] = _text(column, getattr(instance, column.key))
        return shown

    # -- planning ---------------------------------------------------------------------------------

    def plan(self, rows: Sequence[SheetRow], result: SheetResult) -> RecordPlan:
        references = self.references()
        existing = list(self.records())
        by_pk = {instance.pk: instance for instance in existing}
        by_key = {_key(instance, self.natural): instance for instance in existing}
        plan, seen = RecordPlan(), dict[int, int]()
        for row in rows:
            instance = self._numbered(row, by_pk, result)
            shown = self._shown(instance, references) if instance is not None else {}
            values, wrong = self._values(row, references, shown, result)
            if instance is None and not row.text("pk") and not wrong & set(self.natural):
                key = tuple(_identity(values.get(name, _blank(self.model, name))) for name in self.natural)
                instance = by_key.get(key) or self.model()
            if instance is None or not self._first_mention(instance, row, seen, result):
                continue
            self._note(row, instance, values, wrong, references, plan, result)
            for column in self.own_columns:
                if column.kind is Kind.REFERENCE and column.key not in wrong:
                    references[column.key].add(instance)
        self._check_unique(existing, plan, result)
        self._check_permissions(plan, result)
        return plan

    def _numbered(self, row: SheetRow, by_pk: Mapping[Any, Any], result: SheetResult) -> Any:
        """The record of that number; None (and an error) where there is none, None where the row has no number."""
        number = row.text("pk")
        if not number:
            return None
        found = by_pk.get(number_of(number))
        if found is None:
            result.refuse(f"没有编号为‘{number[:20]}’的{self.title}，或者您无权修改", row.number, NUMBER.header, number)
        return found

    def _values(
        self, row: SheetRow, references: Mapping[str, References], shown: Mapping[str, Any], result: SheetResult
    ) -> tuple[dict[str, Any], set[str]]:
        """The values of the columns that say something new, and the columns whose text is wrong."""
        typed = [
            column
            for column in self.own_columns
            if column.key in row.texts and not (shown and same(column, shown[column.key], row.texts[column.key]))
        ]
        wrong = self.check(row, result, {column.key for column in typed})
        values: dict[str, Any] = {}
        for column in typed:
            text = row.text(column.key)
            if column.key in wrong:
                continue
            if column.kind is Kind.REFERENCE and text:
                found = references[column.key].find(text)
                if isinstance(found, str):
                    result.refuse(found, row.number, column.header, text)
                    wrong.add(column.key)
                    continue
                values[column.key] = found
            else:
                values[column.key] = _value(column, text, self.model)
        return values, wrong

    def _first_mention(self, instance: Any, row: SheetRow, seen: dict[int, int], result: SheetResult) -> bool:
        if instance.pk is None:
            return True
        if instance.pk in seen:
            result.refuse(f"与第 {seen[instance.pk]} 行是同一条记录", row.number, NUMBER.header, row.text("pk"))
            return False
        seen[instance.pk] = row.number
        return True

    def _note(
        self,
        row: SheetRow,
        instance: Any,
        values: Mapping[str, Any],
        wrong: set[str],
        references: Mapping[str, References],
        plan: RecordPlan,
        result: SheetResult,
    ) -> None:
        """Set what differs on the instance (in memory) and write it into the plan and the diff."""
        shown = self._shown(instance, references) if instance.pk else {}
        cells = []
        for column in self.own_columns:
            if column.key not in values or same(column, shown.get(column.key), row.texts[column.key]):
                continue
            if (
                column.kind is Kind.REFERENCE
                and shown
                and _identity(values[column.key]) == _identity(getattr(instance, f"{column.key}_id"))
            ):
                continue  # the same record under another name
            cells.append(CellDiff(column.header, shown.get(column.key) or "", row.texts[column.key]))
            setattr(instance, column.key, values[column.key])
            plan.touched.add(column.key)
        for key, message in self.also_wrong(instance):
            column = next(item for item in self.columns() if item.key == key)
            result.refuse(message, row.number, column.header, row.texts.get(key))
        self._check_fields(row, instance, wrong, result)
        if instance.pk is None:
            plan.new.append((row, instance))
            result.diffs.append(RowDiff(row.number, ChangeKind.NEW, str(instance), tuple(cells)))
        elif cells:
            plan.changed.append((row, instance))
            result.diffs.append(RowDiff(row.number, ChangeKind.UPDATE, str(instance), tuple(cells)))
        else:
            result.unchanged += 1

    def _check_fields(self, row: SheetRow, instance: Any, wrong: set[str], result: SheetResult) -> None:
        """What the model says of its fields; references were looked up already."""
        own = {column.key: column for column in self.own_columns if column.kind is not Kind.REFERENCE}
        names = {item.name for item in self.model._meta.concrete_fields}
        try:
            instance.clean_fields(exclude=(names - set(own)) | wrong)
        except ValidationError as error:
            for key, messages in error.message_dict.items():
                result.refuse("；".join(messages), row.number, own[key].header, row.texts.get(key))

    def _check_unique(self, existing: Sequence[Any], plan: RecordPlan, result: SheetResult) -> None:
        """No two records, stored or in the file, may have the same key."""
        headers = {column.key: column.header for column in self.own_columns}
        rows = {id(instance): row.number for row, instance in (*plan.new, *plan.changed)}
        for names in (self.natural, *self.uniques):
            first: dict[tuple[object, ...], Any] = {}
            for instance in (*existing, *(item for _, item in plan.new)):
                key = _key(instance, names)
                if names in self.uniques and not all(key):
                    continue
                other = first.setdefault(key, instance)
                if other is instance or not (id(instance) in rows or id(other) in rows):
                    continue
                row, twin = rows.get(id(instance)), rows.get(id(other))
                where = f"第 {twin} 行" if row and twin else "系统中已有的记录"
                said = "、".join(headers[name] for name in names)
                result.refuse(f"{said}与{where}重复", row or twin, headers[names[-1]], str(instance))

    def _check_permissions(self, plan: RecordPlan, result: SheetResult) -> None:
        if self.user is None:
            return
        meta = self.model._meta
        for verb, word, rows in (("add", "新增", plan.new), ("change", "修改", plan.changed)):
            if not self.user.has_perm(f"{meta.app_label}.{verb}_{meta.model_name}"):
                for row, _ in rows:
                    result.refuse(f"您不能{word}{self.title}", row.number)

    # -- applying ---------------------------------------------------------------------------------

    def apply(self, plan: RecordPlan, result: SheetResult, **options: Any) -> None:
        for _, instance in (*plan.new, *plan.changed):
            self.before_save(instance)
        waiting = [instance for _, instance in plan.new]
        while waiting:
            # A record whose parent is in the same file waits until that is saved.
            ready = [item for item in waiting if not self._waits(item)]
            self.model._default_manager.bulk_create(ready)
            waiting = [item for item in waiting if item.pk is None]
        changed = [instance for _, instance in plan.changed]
        if changed:
            self._rebind(changed)
            extra = self.saved_with()
            self.model._default_manager.bulk_update(changed, sorted(plan.touched | set(extra)), batch_size=200)
        self._log(plan)

    def saved_with(self) -> tuple[str, ...]:
        """Fields that `before_save` sets."""
        return ()

    def _waits(self, instance: Any) -> bool:
        self._rebind([instance])
        return any(
            (parent := getattr(instance, column.key)) is not None and parent.pk is None
            for column in self.own_columns
            if column.kind is Kind.REFERENCE
        )

    def _rebind(self, instances: Iterable[Any]) -> None:
        """A parent that was saved meanwhile has a key now."""
        for instance in instances:
            for column in self.own_columns:
                if column.kind is Kind.REFERENCE and _field(self.model, column.key).is_cached(instance):
                    setattr(instance, column.key, getattr(instance, column.key))

    def _log(self, plan: RecordPlan) -> None:
        if self.user is None:
            return
        for flag, word, rows in ((ADDITION, "导入新增", plan.new), (CHANGE, "导入修改", plan.changed)):
            if rows:
                LogEntry.objects.log_actions(self.user.pk, [item for _, item in rows], flag, change_message=word)


def _key(instance: Any, names: Iterable[str]) -> tuple[object, ...]:
    """The values of some fields; a related record by its key, without fetching it."""
    return tuple(_part(instance, _field(type(instance), name)) for name in names)


def _part(instance: Any, part: Any) -> object:
    if part.is_relation and part.is_cached(instance):
        return _identity(getattr(instance, part.name))
    return getattr(instance, part.attname)


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)


def _identity(value: object) -> object:
    """A value for comparison: a saved record by its key, an unsaved one by itself."""
    if isinstance(value, models.Model):
        return value.pk if value.pk is not None else id(value)
    return value


def _blank(model: type[models.Model], name: str) -> Any:
    return _field(model, name).get_default()


def _text(column: Column, value: object) -> str:
    if value is None:
        return ""
    if column.kind is Kind.TRUTH:
        return "是" if value else "否"
    if column.kind is Kind.CHOICE:
        return column.shown.get(str(value), str(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _value(column: Column, text: str, model: type[models.Model]) -> Any:
    """The value of a text that was found to be right."""
    if not text:
        return _blank(model, column.key) if column.kind not in (Kind.TEXT, Kind.CODE) else ""
    parse = _PARSERS.get(column.kind)
    return column.stored(text) if column.kind is Kind.CHOICE else parse(text) if parse else text


_PARSERS: Mapping[Kind, Callable[[str], object]] = {
    Kind.INTEGER: lambda text: int(number_of(text) or 0),
    Kind.YEAR: lambda text: int(number_of(text) or 0),
    Kind.DATE: date_of,
    Kind.TRUTH: lambda text: TRUTHS[text.lower()],
}
