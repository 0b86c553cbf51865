"""Budget tables indexed for rules: rows by key, code and item, cells as figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from disclosures.plain.data import Row, Side, Table
from disclosures.plain.places import row_keys, safe
from disclosures.plain.text import fold
from disclosures.profiles import ColumnDecl, ItemDecl, SideDecl, TableDecl

from .figures import Figure, measure
from .intervals import ZERO

_TOTAL_NAMES = frozenset({"合计", "总计", "部门合计", "单位合计"})
_SIDE_WORDS = {Side.ONE: "", Side.INCOME: "收入", Side.EXPENDITURE: "支出"}


class IndexedRow:
    """A printed row with its figures; `row` is None for a line that should be there and is not."""

    __slots__ = ("code", "figures", "key", "name", "position", "row", "side", "table")

    def __init__(
        self, table: IndexedTable, row: Row | None, key: str, position: int, side: SideDecl, label: tuple[str, str]
    ) -> None:
        self.table = table
        self.row = row
        self.key = key
        self.position = position
        self.side = side
        self.code, self.name = label
        self.figures: dict[str, Figure] = {}
        values = dict.fromkeys(side.column_keys) if row is None else {key: cell.value for key, cell in row.cells}
        for column in side.columns:
            text = values.get(column.key)
            middle, half = measure(text) if text else (ZERO, ZERO)
            self.figures[column.key] = Figure(text, middle, half, row=self, column=column)

    def __getitem__(self, column: str) -> Figure:
        return self.figures[column]

    def __repr__(self) -> str:
        return f"<{self.place}>"

    @property
    def is_blank(self) -> bool:
        return all(figure.text is None for figure in self.figures.values())

    @property
    def place(self) -> str:
        return f"{self.table.id}/{self.key}"

    @property
    def in_empty_table(self) -> bool:
        return not self.table.has_data

    @property
    def label(self) -> str:
        """The row's label as a person reads it: "2080110 劳动关系和维权"."""
        second = self.row.second_name if self.row else ""
        return " ".join(part for part in (self.code, self.name) if part) + (f"（{second}）" if second else "")

    def words_of(self, column: ColumnDecl | None = None) -> str:
        """The row, or one of its cells, in words: 表五“208 社会保障和就业支出”项目支出, 表五项目支出合计."""
        where = f"{self.table.words}{_SIDE_WORDS[self.side.side]}"
        if self.row is None:
            return f"{where}缺少“{self.label}”一行"
        measure_words = "" if column is None or column.key in ("total", "amount") else column.label
        if fold(self.name) in _TOTAL_NAMES and not self.code:
            return f"{where}{measure_words}合计"
        return f"{where}“{self.label}”{measure_words}"


class IndexedTable:
    """One declared table of the disclosure; also stands for a table that is missing or empty."""

    def __init__(self, decl: TableDecl, table: Table | None) -> None:
        self.decl = decl
        self.id = decl.id
        self.table = table
        self.rows: list[IndexedRow] = []
        self._by_code: dict[tuple[Side, str], list[IndexedRow]] = defaultdict(list)
        self._by_name: dict[tuple[Side, str], list[IndexedRow]] = defaultdict(list)
        if table is not None:
            sides = {side.side: side for side in decl.sides}
            for position, (row, key) in enumerate(zip(table.rows, row_keys(table), strict=True)):
                self.add(IndexedRow(self, row, key, position, sides[row.side], (row.code, row.name)))

    def add(self, row: IndexedRow) -> None:
        self.rows.append(row)
        if row.code:
            self._by_code[row.side.side, row.code].append(row)
        else:
            self._by_name[row.side.side, fold(row.name)].append(row)

    def add_missing(self, code: str, name: str, side: Side = Side.ONE) -> IndexedRow:
        """A line that ought to be printed and is not: blank cells that sums and comparisons can miss."""
        prefix = f"{side.value}/" if side is not Side.ONE else ""
        row = IndexedRow(self, None, prefix + safe(code or name), -1, self.decl.side(side), (code, name))
        self.add(row)
        return row

    @property
    def words(self) -> str:
        return f"表{self.decl.ordinal}"

    @cached_property
    def has_data(self) -> bool:
        """Whether any amount is printed in it."""
        return any(not row.is_blank for row in self.rows)

    @cached_property
    def says_nil(self) -> bool:
        """Whether it is printed and holds nothing, by its own words or by blank cells: then its amounts are nil."""
        return self.table is not None and not self.has_data

    @property
    def state(self) -> str:
        """Why it holds no amounts, in words."""
        if self.table is None:
            return "缺失"
        return "注明本表无数据" if self.table.no_data else "没有数据"

    def side_rows(self, side: Side) -> Iterator[IndexedRow]:
        return (row for row in self.rows if row.side.side is side)

    def codes(self, side: Side = Side.ONE) -> Iterator[str]:
        """All codes of a side in printed order, each once."""
        return (code for row_side, code in list(self._by_code) if row_side is side)

    def with_code(self, code: str, side: Side = Side.ONE) -> list[IndexedRow]:
        """Every row of a code; more than one where the table prints it twice."""
        return self._by_code.get((side, code), [])

    def row_of_code(self, code: str, side: Side = Side.ONE) -> IndexedRow | None:
        """The row of a code; None where there is none, or more than one so that nobody can tell which."""
        rows = self.with_code(code, side)
        return rows[0] if len(rows) == 1 else None

    def named(self, name: str, side: Side = Side.ONE) -> list[IndexedRow]:
        """Rows without a code by printed name (folded)."""
        return self._by_name.get((side, fold(name)), [])

    def total(self, side: Side = Side.ONE) -> IndexedRow | None:
        """The 合计 row of a side."""
        for label in (*self.decl.total_labels, "合计", "总计"):
            rows = self.named(label, side)
            if rows:
                return rows[0]
        return None

    @cached_property
    def items(self) -> dict[tuple[Side, str], IndexedRow]:
        """Fixed rows by their declared id. The same words may stand for several items (T04's sources and
        their carry-over): they are taken in printed order."""
        found: dict[tuple[Side, str], IndexedRow] = {}
        for side in self.decl.sides:
            # The carry-over's sources stand below its own line; where that is not printed, below 本年收入合计.
            heads = [row for row_id in ("carried_over", "income_this_year") for row in self._rows_by_id(side, row_id)]
            divide = heads[0].position if heads else len(self.rows)
            repeated = {item.item for item in side.items if item.id.startswith("carried_over_")}
            for item in side.items:
                rows = self._rows_of(side, item)
                if item.item in repeated:
                    below = item.id.startswith("carried_over_")
                    rows = [row for row in rows if (row.position > divide) is below]
                if rows:
                    found[side.side, item.id] = rows[0]
        return found

    def _rows_by_id(self, side: SideDecl, item_id: str) -> list[IndexedRow]:
        return [row for item in side.items if item.id == item_id for row in self._rows_of(side, item)]

    def _rows_of(self, side: SideDecl, item: ItemDecl) -> list[IndexedRow]:
        names = {fold(name) for name in (item.item, *item.variants)}
        rows = [row for name in names for row in self._by_name.get((side.side, name), ())]
        return sorted(rows, key=lambda row: row.position)

    def item(self, item_id: str, side: Side = Side.ONE) -> IndexedRow | None:
        return self.items.get((side, item_id))
