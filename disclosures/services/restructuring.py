"""Adding, removing and moving what a disclosure consists of: rows, paragraphs, sections, forms, indicators, tables.

Everything here is one save with its memory, like a correction, and is taken back by `undoing`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from disclosures import editing, models
from disclosures.editing import Item, Items, ListKind
from disclosures.errors import InvalidValueError, RefusedError
from disclosures.plain.data import (
    Horizon,
    Indicator,
    OverallTarget,
    Paragraph,
    ProjectTarget,
    Row,
    Section,
    Side,
    Table,
)
from disclosures.profiles import PROFILES
from disclosures.recognise.assigned import read_as

from .drafts import Draft
from .saving import CellChange, CorrectionResult, Session, check_kind, open_session, save

Kind = models.CorrectionKind
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to add before a row of the present table (counted from 0; the number of rows: at the end)."""

    before: int
    labels: Mapping[str, str]
    values: Mapping[str, str | None] = field(default_factory=dict)
    side: str = ""


@dataclass(frozen=True, slots=True)
class TableChanges:
    """What changes of one table in one save. Places and positions are those of the table before it."""

    cells: Sequence[CellChange] = ()
    removed: Sequence[str] = ()  # places of rows
    added: Sequence[NewRow] = ()


def change_table(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    table_id: str,
    changes: TableChanges,
    kind: str = Kind.READING,
    reason: str = "",
) -> CorrectionResult:
    """Set cells, remove rows and add rows of one table: all or nothing, one save, one re-check.

    Raises InvalidValueError naming every value that cannot stand there, EditConflictError.
    """
    check_kind(kind)
    session = open_session(user, disclosure_id, revision, changes.cells[0] if changes.cells else None)
    draft, rows = session.draft, Items(ListKind.ROWS, table_id)
    if len(changes.added) > MOST_ROWS:
        raise InvalidValueError([(table_id, f"一次最多增加 {MOST_ROWS} 行")])
    gone = _positions(draft, rows, changes.removed)
    draft.set_all([(change.place, change.value) for change in changes.cells])
    added = _new_rows(draft, table_id, changes.added)
    if draft.problems:
        raise InvalidValueError(draft.problems)
    if gone or added:
        _open_table(draft, table_id)
        held = _items(draft, rows)
        after: list[Item] = []
        for position in range(len(held) + 1):
            after += [row for before, row in added if before == position]
            if position < len(held) and position not in gone:
                after.append(held[position])
        draft.rearrange(rows, after)
    return save(session, kind, reason)


def _open_table(draft: Draft, table_id: str) -> None:
    """A table that gets rows no longer says 本表无数据."""
    table = draft.new.table(table_id)
    if table is not None and table.no_data:
        draft.set_all([(f"{table_id}/@no_data", "否")])


def _positions(draft: Draft, items: Items, places: Sequence[str]) -> set[int]:
    known = {place: n for n, place in enumerate(items.places(_items(draft, items)))}
    draft.problems += [(place, f"没有“{place}”这一行") for place in places if place not in known]
    return {known[place] for place in places if place in known}


def _items(draft: Draft, items: Items) -> tuple[Item, ...]:
    try:
        return items.items(draft.new)
    except editing.UnknownPlaceError as error:
        raise InvalidValueError([(items.of, str(error))]) from error


def _new_rows(draft: Draft, table_id: str, added: Sequence[NewRow]) -> list[tuple[int, Row]]:
    made = []
    table = draft.new.table(table_id)
    for number, new in enumerate(added):
        try:
            if table is None or not 0 <= new.before <= len(table.rows):
                raise editing.UnknownPlaceError(f"{table_id} 没有第 {new.before + 1} 行")
            row = editing.new_row(draft.new, table_id, new.before, new.labels, Side(new.side), new.values)
        except ValueError as error:
            draft.problems.append((table_id, f"新增的第 {number + 1} 行：{error}"))
            continue
        made.append((new.before, row))
    return made


# ---------------------------------------------------------------- paragraphs, sections, forms, indicators


def add_item(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    items: Items,
    at: int,
    fields: Mapping[str, str],
    kind: str = Kind.READING,
    reason: str = "",
) -> CorrectionResult:
    """Put a new paragraph, section, target form or indicator before position `at` of its list.

    `fields`: text of a paragraph; numeral, heading of a section; project of a form; unit of the overall
    form; horizon, level1, level2, level3, value of an indicator. Raises InvalidValueError, EditConflictError.
    """
    session = _session(user, disclosure_id, revision, kind)
    held = _items(session.draft, items)
    if not 0 <= at <= len(held):
        raise InvalidValueError([(items.of, f"没有第 {at + 1} 个位置")])
    try:
        item = _NEW[items.kind](session.draft, fields)
    except KeyError as error:
        raise InvalidValueError([(items.of, "这里不能增加这一项")]) from error
    except ValueError as error:
        raise InvalidValueError([(items.of, str(error))]) from error
    if isinstance(item, Indicator):
        at = _place_of_horizon(held, item, at)
    session.draft.rearrange(items, (*held[:at], item, *held[at:]))
    return save(session, kind, reason)


def remove_item(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    items: Items,
    place: str,
    kind: str = Kind.READING,
    reason: str = "",
) -> CorrectionResult:
    """Take one item out of its list; it stays in the history whole. Raises InvalidValueError, EditConflictError."""
    session = _session(user, disclosure_id, revision, kind)
    at, held = _position(session, items, place)
    session.draft.rearrange(items, (*held[:at], *held[at + 1 :]))
    return save(session, kind, reason)


def move_item(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    items: Items,
    place: str,
    to: int,
    kind: str = Kind.READING,
    reason: str = "",
) -> CorrectionResult:
    """Put an item at another position of its list. Raises InvalidValueError, EditConflictError."""
    session = _session(user, disclosure_id, revision, kind)
    at, held = _position(session, items, place)
    if not 0 <= to < len(held):
        raise InvalidValueError([(place, f"没有第 {to + 1} 个位置")])
    rest = [*held[:at], *held[at + 1 :]]
    if to != at:
        session.draft.rearrange(items, (*rest[:to], held[at], *rest[to:]), mover=held[at])
    return save(session, kind, reason)


def _session(user: models.User | None, disclosure_id: int, revision: int, kind: str) -> Session:
    check_kind(kind)
    return open_session(user, disclosure_id, revision)


def _position(session: Session, items: Items, place: str) -> tuple[int, tuple[Item, ...]]:
    held = _items(session.draft, items)
    at = items.position(session.draft.new, place)
    if at is None:
        raise InvalidValueError([(place, f"没有“{place}”这个位置")])
    return at, held


def _text(path: editing.Path, fields: Mapping[str, str], name: str, *, needed: str = "") -> str:
    value = str(editing.checked(path, fields.get(name, "")) or "")
    if needed and not value:
        raise editing.ValueProblemError(needed)
    return value


def _paragraph(_draft: Draft, fields: Mapping[str, str]) -> Paragraph:
    return Paragraph(_text(("sections", 0, "paragraphs", 0, "note"), fields, "text", needed="请写这一段的文字"))


def _section(draft: Draft, fields: Mapping[str, str]) -> Section:
    numeral = fields["numeral"]
    if draft.new.section(numeral) is not None:
        raise editing.ValueProblemError(f"已经有“{numeral}”这一节")
    return Section(numeral, _text(("sections", 0, "note"), fields, "heading", needed="请写这一节的标题"))


def _form(_draft: Draft, fields: Mapping[str, str]) -> ProjectTarget:
    return ProjectTarget(_text(("project_targets", 0, "project"), fields, "project", needed="请写项目名称"))


def _overall(draft: Draft, fields: Mapping[str, str]) -> OverallTarget:
    unit = _text(("overall_targets", 0, "unit"), fields, "unit")
    return OverallTarget(unit or draft.new.department)


def _indicator(_draft: Draft, fields: Mapping[str, str]) -> Indicator:
    path: editing.Path = ("project_targets", 0, "indicators", 0)
    return Indicator(
        Horizon(fields.get("horizon", Horizon.ANNUAL.value)),
        _text((*path, "level1"), fields, "level1"),
        _text((*path, "level2"), fields, "level2", needed="请选择二级指标"),
        _text((*path, "level3"), fields, "level3", needed="请写三级指标的名称"),
        _text((*path, "value"), fields, "value") or None,
    )


def _place_of_horizon(held: Sequence[Item], item: Indicator, at: int) -> int:
    """Whole-period indicators stand before annual ones."""
    whole = sum(isinstance(one, Indicator) and one.horizon is Horizon.WHOLE for one in held)
    return min(at, whole) if item.horizon is Horizon.WHOLE else max(at, whole)


_NEW: dict[ListKind, Callable[[Draft, Mapping[str, str]], Item]] = {
    ListKind.PARAGRAPHS: _paragraph,
    ListKind.SECTIONS: _section,
    ListKind.FORMS: _form,
    ListKind.OVERALL: _overall,
    ListKind.INDICATORS: _indicator,
}


# ---------------------------------------------------------------- tables


def assign_other_table(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    position: int,
    table_id: str,
    kind: str = Kind.READING,
    reason: str = "",
) -> CorrectionResult:
    """Take a table that matched no declaration for a declared one: its rows are read again by that declaration.

    Where the disclosure has that table already, the rows are added behind its own (a table printed in two
    pieces). Raises InvalidValueError, RefusedError when it holds no row of such a table, EditConflictError.
    """
    session = _session(user, disclosure_id, revision, kind)
    draft, others = session.draft, Items(ListKind.OTHERS)
    held = draft.new.other_tables
    if not 0 <= position < len(held):
        raise InvalidValueError([("other", f"没有第 {position + 1} 张其他表格")])
    profile = PROFILES[session.record.profile]
    decl = next((decl for decl in profile.tables if decl.id == table_id), None)
    if decl is None:
        raise InvalidValueError([("other", f"没有“{table_id}”这张表")])
    table = read_as(decl, held[position], draft.new.department)
    if all(row.is_blank for row in table.rows) and not table.no_data:
        raise RefusedError(f"按表{decl.ordinal}的栏目读不出任何一行，没有认定")
    known = draft.new.table(table_id)
    if known is None:
        number = next((n for n, other in enumerate(draft.new.tables) if other.id > table_id), len(draft.new.tables))
        tables = draft.new.tables
        draft.rearrange(Items(ListKind.TABLES), (*tables[:number], table, *tables[number:]))
    else:
        _open_table(draft, table_id)
        rows = Items(ListKind.ROWS, table_id)
        draft.rearrange(rows, (*_items(draft, rows), *table.rows))
    held = draft.new.other_tables
    draft.rearrange(others, (*held[:position], *held[position + 1 :]))
    return save(session, kind, reason)


def add_table(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    table_id: str,
    *,
    no_data: bool,
    kind: str = Kind.READING,
    reason: str = "",
) -> CorrectionResult:
    """Add a declared table that was not read, empty or saying 本表无数据.

    Raises InvalidValueError, EditConflictError.
    """
    session = _session(user, disclosure_id, revision, kind)
    draft = session.draft
    decl = next((decl for decl in PROFILES[session.record.profile].tables if decl.id == table_id), None)
    if decl is None or draft.new.table(table_id) is not None:
        raise InvalidValueError([(table_id, "没有这张表，或者这张表已经有了")])
    tables = draft.new.tables
    number = next((n for n, other in enumerate(tables) if other.id > table_id), len(tables))
    table = Table(table_id, decl.title, no_data=no_data)
    draft.rearrange(Items(ListKind.TABLES), (*tables[:number], table, *tables[number:]))
    return save(session, kind, reason)


def declare_no_data(
    user: models.User | None,
    disclosure_id: int,
    revision: int,
    table_id: str,
    *,
    no_data: bool,
    kind: str = Kind.READING,
    reason: str = "",
) -> CorrectionResult:
    """Say that a table has no data (its rows go, and come back by undo), or that it has."""
    session = _session(user, disclosure_id, revision, kind)
    draft, rows = session.draft, Items(ListKind.ROWS, table_id)
    held = _items(draft, rows)
    draft.set_all([(f"{table_id}/@no_data", "是" if no_data else "否")])
    if no_data and held:
        draft.rearrange(rows, ())
    return save(session, kind, reason)
