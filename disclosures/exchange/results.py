"""What an import would do or did: every error with its cell, every change with old and new."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from import_export.results import Error, Result, RowResult


class ChangeKind(StrEnum):
    NEW = "new"
    UPDATE = "update"
    DELETE = "delete"

    @property
    def label(self) -> str:
        return {"new": "新增", "update": "修改", "delete": "删除"}[self.value]


@dataclass(frozen=True, slots=True)
class SheetError:
    """One thing that is wrong, in one cell where it is in one."""

    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        """第 7 行 合计：‘12,3a’不是金额"""
        place = " ".join(part for part in (f"第 {self.row} 行" if self.row else "", self.column or "") if part)
        return f"{place}：{self.message}" if place else self.message


@dataclass(frozen=True, slots=True)
class CellDiff:
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowDiff:
    """What happens to one record; `cells` are those that differ."""

    row: int
    kind: ChangeKind
    label: str
    cells: tuple[CellDiff, ...] = ()


class SheetResult(Result):  # type: ignore[misc]  # the library has no types
    """The result of an import: the library's, with errors by cell and the diff in plain form."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[SheetError] = []
        self.diffs: list[RowDiff] = []
        self.unchanged = 0
        self.gone: list[str] = []  # findings that are no longer there, in words
        self.new: list[str] = []  # findings that came

    def refuse(self, message: str, row: int | None = None, column: str | None = None, value: str | None = None) -> None:
        self.errors.append(SheetError(message, row, column, value))

    @property
    def counts(self) -> dict[str, int]:
        """How many rows each kind of change touches."""
        return {kind.value: sum(diff.kind is kind for diff in self.diffs) for kind in ChangeKind}

    @property
    def cell_count(self) -> int:
        return sum(len(diff.cells) for diff in self.diffs if diff.kind is ChangeKind.UPDATE)

    @property
    def digest(self) -> str:
        """Changes when what the import would do changes: a person confirms one diff, not whatever comes."""
        return hashlib.sha256(repr(self.diffs).encode("utf-8", "surrogatepass")).hexdigest()

    def close(self, total_rows: int) -> SheetResult:
        """Fill in what callers of the library look at, errors in the order of the sheet."""
        self.errors.sort(key=lambda error: (error.row is not None, error.row or 0))
        self.total_rows = total_rows
        by_row: dict[int, list[SheetError]] = defaultdict(list)
        for error in self.errors:
            if error.row is None:
                self.append_base_error(Error(ValidationError(str(error))))
            else:
                by_row[error.row].append(error)
        for number, errors in by_row.items():
            self.append_invalid_row(number, {}, _validation_error(errors))
        for diff in self.diffs:
            self._append(diff.kind.value)
        for _ in range(self.unchanged):
            self._append(RowResult.IMPORT_TYPE_SKIP)
        self.totals[RowResult.IMPORT_TYPE_INVALID] = len(by_row)
        return self

    def _append(self, import_type: str) -> None:
        row = RowResult()
        row.import_type = import_type
        self.append_row_result(row)
        self.increment_row_result_total(row)


def _validation_error(errors: Iterable[SheetError]) -> ValidationError:
    by_column: dict[str, list[str]] = defaultdict(list)
    for error in errors:
        by_column[error.column or NON_FIELD_ERRORS].append(error.message)
    return ValidationError(dict(by_column))
