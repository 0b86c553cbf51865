"""What every rule is given: a disclosure indexed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar, cast

from disclosures.plain.data import Disclosure, Side
from disclosures.plain.places import target_keys
from disclosures.profiles import DEFAULT_PROFILE, PROFILES, TemplateProfile

from .class_names import ClassCatalogue
from .figures import Figure
from .missing_lines import MissingLine, add_missing_lines, category_names, category_rows
from .tables import IndexedRow, IndexedTable

T = TypeVar("T")


class CheckContext:
    """What every rule is given: the disclosure, its tables indexed, last year's disclosure, the class catalogue."""

    def __init__(
        self,
        disclosure: Disclosure,
        previous: Disclosure | None = None,
        names: ClassCatalogue | None = None,
        like: CheckContext | None = None,
    ) -> None:
        """`like` is the context of a state with equal tables, last year and catalogue: its index is taken over."""
        self.disclosure = disclosure
        self.names = names
        self.profile: TemplateProfile = PROFILES.get(disclosure.profile, DEFAULT_PROFILE)
        self._previous = previous
        self._once: dict[str, object] = {}
        self._tables: dict[str, IndexedTable]
        self._missing_lines: list[MissingLine]
        if like is not None:
            self._tables, self._missing_lines = like._tables, like._missing_lines
            return
        present = {table.id: table for table in disclosure.tables}
        self._tables = {decl.id: IndexedTable(decl, present.get(decl.id)) for decl in self.profile.tables}
        self._missing_lines = add_missing_lines(self._tables)

    def reading(self, part: str) -> None:
        """Called before a rule is given a part of the disclosure (`audit.incremental` wants to know)."""

    @property
    def tables(self) -> Mapping[str, IndexedTable]:
        """Every declared table by id, indexed."""
        self.reading("tables")
        return self._tables

    @property
    def missing_lines(self) -> Sequence[MissingLine]:
        """Lines that a table lacks and another says must be there."""
        self.reading("tables")
        return self._missing_lines

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` returns, made once for this disclosure: several rules may need the same reading of it."""
        if name not in self._once:
            self._once[name] = make()
        return cast(T, self._once[name])

    def table(self, table_id: str) -> IndexedTable:
        """A declared table, also when the disclosure lacks it. KeyError for one the profile does not declare."""
        return self.tables[table_id]

    @cached_property
    def previous(self) -> CheckContext | None:
        """Last year's disclosure, indexed, when it is on file.

        Of a stored one only the tables are supplied (`audit.services.previous`): they are what changes rest on.
        """
        return CheckContext(self._previous, names=self.names) if self._previous else None

    @property
    def category_names(self) -> dict[str, str]:
        """Names of the 类 codes that T03 and T02 print."""
        return self.once("category names", lambda: category_names(self.tables))

    def categories(self, table_id: str) -> dict[str, IndexedRow]:
        """Expenditure rows of T01 or T04 by 类 code."""
        return category_rows(self.tables[table_id], self.category_names)

    @property
    def target_keys(self) -> tuple[str, ...]:
        """Keys of the project target forms, as places name them."""
        return self.once("target keys", lambda: target_keys(self.disclosure.project_targets))

    def total(self, table_id: str, column: str, side: Side = Side.ONE) -> Figure | None:
        """A cell of a table's 合计 row."""
        row = self.tables[table_id].total(side)
        return row[column] if row else None

    def coded(self, table_id: str, code: str, column: str, side: Side = Side.ONE) -> Figure | None:
        """A cell of the row of a code."""
        row = self.tables[table_id].row_of_code(code, side)
        return row[column] if row else None

    def item(self, table_id: str, item_id: str, column: str, side: Side = Side.ONE) -> Figure | None:
        """A cell of a fixed row (T01, T04, T10) by the item's declared id."""
        row = self.tables[table_id].item(item_id, side)
        return row[column] if row else None


def year_end(context: CheckContext) -> Figure | None:
    """年终结转 of T01 when it is not nil: then spending is less than income and carry-over."""
    figure = context.item("T01", "year_end_carry_over", "total", Side.EXPENDITURE)
    return figure if figure is not None and figure.middle else None
