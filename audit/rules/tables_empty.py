"""Tables that are missing or empty although others say that they have amounts."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.equations import table_rule
from audit.findings import Evidence
from audit.rules.tables_basic import classes_of_items
from audit.rules.tables_projects import basic_carry_over, carry_over, may_be_basic
from disclosures.plain.data import Side

_IN, _OUT = Side.INCOME, Side.EXPENDITURE


def empty_tables(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A table that is missing or empty although another table says that it has amounts."""
    public, fund = context.total("T02", "general_public"), context.total("T02", "gov_fund")
    capital = context.total("T02", "state_capital")
    basic, project = context.total("T05", "basic"), context.total("T05", "project")
    witnesses = {
        "T01": (context.total("T02", "total"), context.total("T03", "total")),
        "T02": (context.total("T03", "total"), context.item("T01", "income_this_year", "amount", _IN)),
        "T03": (context.total("T02", "total"), context.item("T01", "expenditure_total", "total", _OUT)),
        "T04": (public, fund, capital),
        "T05": (public, context.item("T04", "general_public", "amount", _IN)),
        "T06": (basic,),
        "T07": (fund, context.item("T04", "gov_fund", "amount", _IN)),
        "T08": (fund, context.item("T04", "gov_fund", "amount", _IN)),
        "T09": (capital, context.item("T04", "state_capital", "amount", _IN)),
        "T10": tuple(figure for _, figures in classes_of_items(context) for figure in figures),
        "T12": (project,),
        "T13": carry_over(context) if not may_be_basic(basic_carry_over(context)) else (),
    }
    for table_id, figures in witnesses.items():
        table = context.table(table_id)
        if table.has_data:
            continue
        found = tuple(f for f in figures if f is not None and abs(f.middle) > f.half)
        if found:
            params = {"table": f"{table.words}{table.state}", "other": found[0].words, "value": found[0].text or ""}
            yield rule.finding(
                table_id,
                params,
                expected=found[0].text,
                evidence=[Evidence(figure.place, figure.text, figure.source) for figure in found],
                source=table.table.source if table.table else None,
            )
        elif table_id == "T13" and not table.has_data and not figures:
            yield rule.not_checked("结转可能用于基本支出，无法判定表十三是否应有项目", "T13")


RULES = (
    table_rule(
        "X-TABLE-EMPTY",
        "缺失或空白的表应有金额",
        "一张表缺失、空白或注明本表无数据，而别的表表明它应有金额",
        tuple(f"T{n:02d}" for n in (*range(1, 11), 12, 13)),
        "表十三注明本表无数据，而表四收入“上年财政拨款结转”有 169.30 万元。",
        empty_tables,
        "{table}，而{other}有 {value} 万元。",
    ),
)
