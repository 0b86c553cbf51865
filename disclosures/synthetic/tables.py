"""The thirteen tables of a budget: exact amounts summed and rounded cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from disclosures.plain.data import Cell, Kind, Level, Row, Side, Table
from disclosures.profiles import DEFAULT_PROFILE, SideDecl, TableDecl

from .basics import GROUPS, ORDER
from .budget import Budget
from .codes import FUNCTIONAL, INCOME, INCOME_OF
from .ledger import CAPITAL, FISCAL, FUND, GENERAL, SOURCES, Entry
from .projects import Project
from .wording import cell_text

Amounts = Mapping[str, int]  # column key -> 分
_Test = Callable[[Entry], bool]


def make_tables(budget: Budget) -> tuple[Table, ...]:
    """T01 to T13."""
    rows = {
        "T01": _t01(budget),
        "T02": _by_code("T02", budget.ledger.entries, _T02, FUNCTIONAL),
        "T03": _spending("T03", budget.ledger.entries),
        "T04": _t04(budget),
        "T05": _spending("T05", _current(budget, GENERAL)),
        "T06": _t06(budget),
        "T07": _by_code("T07", _as_income(_current(budget, FUND)), {"amount": lambda _: True}, INCOME),
        "T08": _spending("T08", _current(budget, FUND)),
        "T09": _t09(budget),
        "T10": _t10(budget),
        "T11": _t11(budget),
        "T12": _nested(budget, "T12", budget.projects),
        "T13": _nested(budget, "T13", budget.carried_projects),
    }
    return tuple(_table(budget, decl, rows[decl.id]) for decl in DEFAULT_PROFILE.tables)


def _table(budget: Budget, decl: TableDecl, rows: tuple[Row, ...]) -> Table:
    return Table(
        id=decl.id,
        title=decl.title,
        no_data=all(row.is_blank for row in rows),
        rows=rows,
        printed_year=budget.year,
        printed_unit="万元",
        printed_department=budget.department,
    )


def _side(table_id: str, side: Side = Side.ONE) -> SideDecl:
    return DEFAULT_PROFILE.table(table_id).side(side)


def _cells(side: SideDecl, amounts: Amounts) -> tuple[tuple[str, Cell], ...]:
    return tuple((key, Cell(cell_text(amounts.get(key, 0)))) for key in side.column_keys)


def _row(side: SideDecl, name: str, amounts: Amounts, code: str = "", level: Level | None = None) -> Row:
    return Row(name=name, cells=_cells(side, amounts), side=side.side, code=code, level=level)


def _current(budget: Budget, source: str) -> tuple[Entry, ...]:
    return tuple(e for e in budget.ledger.entries if e.source == source and not e.carried)


# ---------------------------------------------------------------- by functional code


def _from(source: str) -> _Test:
    return lambda e: e.source == source and not e.carried


_T02: Mapping[str, _Test] = {
    "total": lambda e: not e.carried,
    **{source: _from(source) for source in SOURCES},
    "carried_over": lambda e: e.carried,
}
_SPENDING: Mapping[str, _Test] = {
    "total": lambda _: True,
    "basic": lambda e: not e.project,
    "project": lambda e: e.project,
}


def _spending(table_id: str, entries: Iterable[Entry]) -> tuple[Row, ...]:
    return _by_code(table_id, entries, _SPENDING, FUNCTIONAL)


def _as_income(entries: Iterable[Entry]) -> Iterable[Entry]:
    """Fund and capital money under the income code it comes from."""
    return (Entry(e.unit, INCOME_OF[e.code[:5]], e.source, e.cents) for e in entries)


def _by_code(
    table_id: str,
    entries: Iterable[Entry],
    columns: Mapping[str, _Test],
    names: Mapping[str, str],
    side: Side = Side.ONE,
) -> tuple[Row, ...]:
    """合计, then every code with its parents, in the order of the codes."""
    sums: dict[str, dict[str, int]] = {"": dict.fromkeys(columns, 0)}
    for entry in entries:
        for length in (0, 3, 5, 7):
            line = sums.setdefault(entry.code[:length], dict.fromkeys(columns, 0))
            for key, test in columns.items():
                if test(entry):
                    line[key] += entry.cents
    decl = _side(table_id, side)
    total = _row(decl, "合计", sums.pop(""), level=Level.TOTAL)
    return (total, *(_row(decl, names[code], sums[code], code) for code in sorted(sums)))


# ---------------------------------------------------------------- two-sided tables


def _fixed(table_id: str, side: Side, amounts: Mapping[str, Amounts]) -> Iterable[Row]:
    decl = _side(table_id, side)
    return (_row(decl, item.item, amounts.get(item.id, {})) for item in decl.items)


def _t01(budget: Budget) -> tuple[Row, ...]:
    ledger = budget.ledger
    income: dict[str, Amounts] = {source: {"amount": ledger.source(source)} for source in SOURCES}
    income["income_this_year"] = {"amount": ledger.current}
    income["carried_over"] = {"amount": ledger.carried}
    income["income_total"] = {"amount": ledger.everything}
    columns: Mapping[str, _Test] = {
        "total": lambda _: True,
        "current_year": lambda e: not e.carried,
        "carried_over": lambda e: e.carried,
    }
    return (*_fixed("T01", Side.INCOME, income), *_expenditure("T01", ledger.entries, columns))


def _t04(budget: Budget) -> tuple[Row, ...]:
    ledger = budget.ledger
    income: dict[str, Amounts] = {source: {"amount": ledger.source(source)} for source in FISCAL}
    carried = {source: ledger.source(source, carried=True) for source in FISCAL}
    income |= {f"carried_over_{source}": {"amount": cents} for source, cents in carried.items()}
    income["income_this_year"] = {"amount": sum(ledger.source(source) for source in FISCAL)}
    income["carried_over"] = {"amount": sum(carried.values())}
    income["income_total"] = {"amount": ledger.fiscal}
    columns: Mapping[str, _Test] = {
        "total": lambda _: True,
        "general_public": lambda e: e.source == GENERAL,
        "gov_fund": lambda e: e.source == FUND,
        "state_capital": lambda e: e.source == CAPITAL,
    }
    fiscal = [entry for entry in ledger.entries if entry.source in FISCAL]
    return (*_fixed("T04", Side.INCOME, income), *_expenditure("T04", fiscal, columns))


def _expenditure(table_id: str, entries: Iterable[Entry], columns: Mapping[str, _Test]) -> Iterable[Row]:
    amounts: dict[str, dict[str, int]] = {}
    for entry in entries:
        for line in (entry.code[:3], "expenditure_this_year", "expenditure_total"):
            cells = amounts.setdefault(line, dict.fromkeys(columns, 0))
            for key, test in columns.items():
                cells[key] += entry.cents if test(entry) else 0
    return _fixed(table_id, Side.EXPENDITURE, amounts)


def _t09(budget: Budget) -> tuple[Row, ...]:
    """One 合计 serves both sides of the empty table; a filled one prints it on each."""
    entries = _current(budget, CAPITAL)
    income = _by_code("T09", _as_income(entries), {"amount": lambda _: True}, INCOME, Side.INCOME)
    if not entries:
        return income
    return (*income, *_by_code("T09", entries, _SPENDING, FUNCTIONAL, Side.EXPENDITURE))


# ---------------------------------------------------------------- by economic class, item and unit


def _t06(budget: Budget) -> tuple[Row, ...]:
    """Groups with their classes; officials' rows stand before institutions' and are not merged with them."""
    side = _side("T06")
    lines: dict[tuple[int, int, bool, str, str], dict[str, int]] = {}
    groups: dict[str, dict[str, int]] = {}
    total = dict.fromkeys(side.column_keys, 0)
    for entry in budget.ledger.entries:
        if not entry.group:
            continue
        key = (GROUPS.index(entry.group), ORDER[entry.dept_econ], not entry.official, entry.dept_econ, entry.gov_econ)
        column = "public_use" if entry.public_use else "personnel"
        for sums in (
            total,
            groups.setdefault(entry.group, dict.fromkeys(side.column_keys, 0)),
            lines.setdefault(key, dict.fromkeys(side.column_keys, 0)),
        ):
            sums["total"] += entry.cents
            sums[column] += entry.cents
    rows = [_row(side, "合计", total, level=Level.TOTAL)]
    for position, group in enumerate(GROUPS):
        if group in groups:
            rows.append(_row(side, group, groups[group], level=Level.GROUP))
        for key in sorted(line for line in lines if line[0] == position):
            rows.append(Row(key[3], _cells(side, lines[key]), second_name=key[4], level=Level.ITEM))
    return tuple(rows)


def _t10(budget: Budget) -> tuple[Row, ...]:
    """All of it general-public money."""
    return tuple(
        _fixed("T10", Side.ONE, {item: {"total": cents, GENERAL: cents} for item, cents in budget.three_public})
    )


def _t11(budget: Budget) -> tuple[Row, ...]:
    side = _side("T11")

    def row(name: str, cents: int, level: Level) -> Row:
        return _row(side, name, {"total": cents, GENERAL: cents}, level=level)

    by_unit = {unit.name: 0 for unit in budget.units if unit.nature.official}
    for entry in budget.ledger.entries:
        if entry.official and entry.public_use:
            by_unit[entry.unit] += entry.cents
    units = (row(name, cents, Level.UNIT) for name, cents in by_unit.items())
    return (row("部门合计", budget.operating, Level.TOTAL), *units)


# ---------------------------------------------------------------- projects


def _nested(budget: Budget, table_id: str, projects: tuple[Project, ...]) -> tuple[Row, ...]:
    """Department, units, projects; in a unit's own disclosure its projects stand right under the one line."""
    side = _side(table_id)

    def sums(chosen: Iterable[Project]) -> Amounts:
        out = dict.fromkeys(side.column_keys, 0)
        for project in chosen:
            for source, yuan in project.sources:
                out[source] += yuan * 100
                out["total"] += yuan * 100
        return out

    rows = []
    if projects and budget.kind is Kind.DEPARTMENT:
        rows.append(_row(side, budget.department, sums(projects), level=Level.DEPARTMENT))
    for unit in budget.units:
        own = [project for project in projects if project.unit == unit]
        if not own:
            continue
        level = Level.UNIT if budget.kind is Kind.DEPARTMENT else Level.DEPARTMENT
        rows.append(_row(side, unit.name, sums(own), level=level))
        rows.extend(
            Row(project.name, _cells(side, sums([project])), level=Level.PROJECT, unit_name=unit.name)
            for project in own
        )
    return tuple(rows)
