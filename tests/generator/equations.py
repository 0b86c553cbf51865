"""The identities of a disclosure, written down once more and apart from the engine: sums over printed amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from disclosures.plain.data import Disclosure, Level, Row, Side, Table
from disclosures.profiles import DEFAULT_PROFILE

HALF = Decimal("0.005")
Equation = tuple[str, str | None, list[str | None]]  # (where, total, parts)
FISCAL = ("general_public", "gov_fund", "state_capital")
SOURCES = (*FISCAL, "fiscal_account", "unit_funds")


def holds(total: str | None, parts: Iterable[str | None]) -> bool:
    """Whether some true amounts behind the printed ones satisfy total = sum of parts."""
    printed = [Decimal(part) for part in parts if part is not None]
    slack = HALF * (len(printed) + (total is not None))
    return abs(Decimal(total or 0) - sum(printed)) <= slack


def equations(disclosure: Disclosure) -> Iterator[Equation]:
    """Every identity of the tables, and of the funds of the target forms."""
    for table in disclosure.tables:
        yield from _columns(table)
        yield from _items(table)
        yield from _codes(table)
    yield from _groups(_get(disclosure, "T06"))
    for table_id in ("T12", "T13"):
        yield from _nesting(_get(disclosure, table_id))
    yield from _units(_get(disclosure, "T11"))
    yield from _between(disclosure)


def _get(disclosure: Disclosure, table_id: str) -> Table:
    table = disclosure.table(table_id)
    assert table is not None, table_id
    return table


def _columns(table: Table) -> Iterator[Equation]:
    for row in table.rows:
        for total, parts in DEFAULT_PROFILE.table(table.id).side(row.side).column_sums:
            yield f"{table.id}/{row.code or row.name}", row.value(total), [row.value(part) for part in parts]


def _items(table: Table) -> Iterator[Equation]:
    for side in DEFAULT_PROFILE.table(table.id).sides:
        rows = dict(zip([item.id for item in side.items], table.side(side.side), strict=False))
        for rule in side.row_sums:
            for column in side.column_keys:
                parts = [rows[part].value(column) for part in rule.parts]
                yield f"{table.id}/{rule.total}/{column}", rows[rule.total].value(column), parts


def _codes(table: Table) -> Iterator[Equation]:
    for side in (Side.ONE, Side.INCOME, Side.EXPENDITURE):
        rows = list(table.side(side))
        coded = [row for row in rows if row.code]
        if not coded:
            continue
        for row in rows:
            below = {0: 3, 3: 5, 5: 7}.get(len(row.code))
            children = [kid for kid in coded if len(kid.code) == below and kid.code.startswith(row.code)]
            for column, cell in row.cells if below else ():
                yield f"{table.id}/{row.code or row.name}/{column}", cell.value, [kid.value(column) for kid in children]


def _blocks(rows: list[Row], head: Level, member: Level) -> Iterator[tuple[Row, list[Row]]]:
    for start, row in enumerate(rows):
        if row.level is head:
            end = next(
                (i for i, later in enumerate(rows[start + 1 :], start + 1) if later.level is not member), len(rows)
            )
            yield row, rows[start + 1 : end]


def _sums(where: str, total: Row, parts: list[Row]) -> Iterator[Equation]:
    for column, cell in total.cells:
        yield f"{where}/{total.name}/{column}", cell.value, [part.value(column) for part in parts]


def _groups(table: Table) -> Iterator[Equation]:
    rows = list(table.rows)
    for group, classes in _blocks(rows, Level.GROUP, Level.ITEM):
        yield from _sums("T06", group, classes)
    yield from _sums("T06", rows[0], [row for row in rows if row.level is Level.GROUP])


def _nesting(table: Table) -> Iterator[Equation]:
    rows = list(table.rows)
    units = [row for row in rows if row.level is Level.UNIT]
    for unit, projects in _blocks(rows, Level.UNIT, Level.PROJECT):
        yield from _sums(table.id, unit, projects)
    for department in (row for row in rows if row.level is Level.DEPARTMENT):
        yield from _sums(table.id, department, units or [row for row in rows if row.level is Level.PROJECT])


def _units(table: Table) -> Iterator[Equation]:
    yield from _sums("T11", table.rows[0], list(table.rows[1:]))


def _between(disclosure: Disclosure) -> Iterator[Equation]:
    t01, t02, t03, t05, t06 = (_get(disclosure, f"T0{n}") for n in (1, 2, 3, 5, 6))
    income = {row.name: row.value("amount") for row in t01.side(Side.INCOME)}
    names = {item.id: item.item for item in DEFAULT_PROFILE.table("T01").side(Side.INCOME).items}
    total = t02.rows[0]
    for source in (*SOURCES, "carried_over"):
        yield f"T01/{source} = T02", income[names[source]], [total.value(source)]
    spent = {row.code: row for row in t03.rows}
    general = {row.code: row for row in t05.rows}
    for row in t02.rows:
        yield f"T02+carry/{row.code}", spent[row.code].value("total"), [row.value("total"), row.value("carried_over")]
        if row.code in general:
            yield f"T05/{row.code}", general[row.code].value("total"), [row.value("general_public")]
    yield "T06 = T05 basic", t06.rows[0].value("total"), [t05.rows[0].value("basic")]
    for table_id, source in (("T07", "gov_fund"), ("T08", "gov_fund")):
        yield f"{table_id} = T02", _get(disclosure, table_id).rows[0].cells[0][1].value, [total.value(source)]
    heads = [_get(disclosure, table_id).rows[:1] for table_id in ("T12", "T13")]
    yield "T12+T13 = T03", t03.rows[0].value("project"), [row.value("total") for head in heads for row in head]
    for row in heads[0]:
        yield "T12 = T05", row.value("general_public"), [t05.rows[0].value("project")]
    fiscal = {row.name: row for row in _get(disclosure, "T04").side(Side.EXPENDITURE)}
    for item in DEFAULT_PROFILE.table("T04").side(Side.EXPENDITURE).items:
        if item.functional_code and (line := spent.get(item.functional_code)):
            others = [
                next(r for r in t02.rows if r.code == line.code).value(s) for s in ("fiscal_account", "unit_funds")
            ]
            yield f"T04/{item.item}", line.value("total"), [fiscal[item.item].value("total"), *others]
