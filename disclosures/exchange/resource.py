"""A sheet as a resource of django-import-export: everything is checked first, then all of it is done or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import DatabaseError, models, transaction
from import_export.resources import Resource

from disclosures.errors import EditConflictError, ServiceError
from disclosures.models import User
from disclosures.plain.cells import Formula, text_of
from disclosures.storage import StorageError

from .columns import Column, problem
from .files import MOST_ROWS, SheetDataset, SheetFileError
from .results import SheetResult


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a file: its number in the file and its texts by column key (only columns the file has)."""

    number: int
    texts: Mapping[str, str]

    def text(self, key: str) -> str:
        return self.texts.get(key, "").strip()


class SheetResource(Resource):  # type: ignore[misc]  # the library has no types
    """What all sheets have in common. A subclass says which columns, which records, what a row changes."""

    title: ClassVar[str]
    model: ClassVar[type[models.Model]]
    takes_kind: ClassVar[bool] = False  # whether an import is a correction, whose kind and reason are asked for

    def __init__(self, **kwargs: Any) -> None:
        super().__init__()
        user = kwargs.get("user")
        self.user: User | None = user if isinstance(user, User) else None

    # -- what a subclass provides -----------------------------------------------------------------

    def columns(self) -> tuple[Column, ...]:
        raise NotImplementedError

    def records(self) -> models.QuerySet[Any]:
        """Everything that the user may export."""
        raise NotImplementedError

    def texts(self, queryset: models.QuerySet[Any]) -> Iterable[Mapping[str, str | None]]:
        """The texts of the records of a queryset by column key, in a constant number of queries."""
        raise NotImplementedError

    def plan(self, rows: Sequence[SheetRow], result: SheetResult) -> Any:
        """Check every row; errors and the diff go into the result. What is returned is given to `apply`."""
        raise NotImplementedError

    def apply(self, plan: Any, result: SheetResult, **options: Any) -> None:
        """Do what was planned, inside a transaction."""
        raise NotImplementedError

    # -- what the library calls -------------------------------------------------------------------

    @classmethod
    def get_display_name(cls) -> str:
        return cls.title

    def get_export_headers(self, selected_fields: object = None) -> list[str]:
        return [column.header for column in self.columns()]

    def export(self, queryset: models.QuerySet[Any] | None = None, **kwargs: Any) -> SheetDataset:
        """The records as a dataset of texts. Raises SheetFileError for more rows than could come back in."""
        columns = self.columns()
        chosen = self.records() if queryset is None else queryset.filter(pk__in=self.records().order_by().values("pk"))
        dataset = SheetDataset(columns, self.title)
        for number, texts in enumerate(self.texts(chosen)):
            if number >= MOST_ROWS:
                raise SheetFileError(f"超过 {MOST_ROWS} 行，请先筛选，再分几次导出")
            dataset.append([texts.get(column.key) or "" for column in columns])
        return dataset

    def template(self) -> SheetDataset:
        """A sheet without rows."""
        return SheetDataset(self.columns(), self.title)

    def import_data(
        self, dataset: Any, dry_run: bool = False, raise_errors: bool = False, **kwargs: Any
    ) -> SheetResult:
        """Check all, then (unless `dry_run`) change all or nothing.

        `user` says who; `kind` and `reason` are for corrections. With `raise_errors` the first error is raised.
        """
        if isinstance(kwargs.get("user"), User):
            self.user = kwargs["user"]
        result = SheetResult()
        rows = self._rows(dataset, result)
        plan = self.plan(rows, result) if rows is not None else None
        if not dry_run and not result.errors and result.diffs:
            self._apply(plan, result, kind=kwargs.get("kind", ""), reason=kwargs.get("reason", ""))
        result.close(len(dataset))
        if raise_errors and result.errors:
            raise SheetFileError(str(result.errors[0]))
        return result

    def _apply(self, plan: Any, result: SheetResult, **options: Any) -> None:
        try:
            with transaction.atomic():
                self.apply(plan, result, **options)
        except EditConflictError as error:
            result.refuse(f"检查之后有人改过内容，本次没有写入任何数据：{error}")
        except (ServiceError, StorageError) as error:
            result.refuse(f"没有写入任何数据：{error}")
        except DatabaseError as error:
            result.refuse(f"与系统中已有的数据冲突，没有写入任何数据（{type(error).__name__}）")

    # -- rows of a file ---------------------------------------------------------------------------

    def _rows(self, dataset: Any, result: SheetResult) -> list[SheetRow] | None:
        """The rows that say anything; None where the columns are not those of this sheet."""
        columns = {column.header: column for column in self.columns()}
        headers = [str(header or "").strip() for header in dataset.headers or ()]
        if not self._headers_fit(headers, columns, dataset, result):
            return None
        rows = []
        for number, raw in enumerate(dataset, start=2):
            if all(text_of(cell).strip() == "" for cell in raw):
                continue
            texts = {}
            for header, cell in zip(headers, raw, strict=True):
                if isinstance(cell, Formula):
                    result.refuse("是公式，请先“选择性粘贴—数值”", number, header, str(cell))
                elif header:
                    texts[columns[header].key] = text_of(cell)
            rows.append(SheetRow(number, texts))
        if not rows:
            result.refuse("文件里没有数据行")
        return rows

    def _headers_fit(
        self, headers: Sequence[str], columns: Mapping[str, Column], dataset: Any, result: SheetResult
    ) -> bool:
        before = len(result.errors)
        for header in dict.fromkeys(headers):
            if header and header not in columns:
                result.refuse("没有这一列，请删去或改成模板中的列名", 1, header)
            if header and headers.count(header) > 1:
                result.refuse("有不止一列叫这个名称", 1, header)
        for header, column in columns.items():
            if header not in headers and column.required:
                result.refuse("缺少这一列，请使用导出的文件或模板", 1, header)
        for position, header in enumerate(headers):
            if not header:
                for number, row in enumerate(dataset, start=2):
                    if text_of(row[position]).strip():
                        result.refuse(f"第 {position + 1} 列有内容而没有列名", number, None, text_of(row[position]))
        return len(result.errors) == before

    def check(self, row: SheetRow, result: SheetResult, keys: Iterable[str] | None = None) -> set[str]:
        """Refuse the texts of a row that cannot stand in their columns; the keys of those."""
        wrong = set()
        for column in self.columns():
            if keys is not None and column.key not in keys:
                continue
            text = row.texts.get(column.key, "")
            message = problem(column, text)
            if message is not None:
                result.refuse(message, row.number, column.header, text)
                wrong.add(column.key)
        return wrong
