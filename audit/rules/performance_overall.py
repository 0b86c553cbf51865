"""The department-wide target form: there where it is claimed, its funds those of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.catalogue import Outcome, Rule
from audit.constraints import Linear
from audit.context import CheckContext
from audit.figures import Figure
from audit.findings import Evidence, Family, Severity
from audit.intervals import can_meet
from audit.text.names import loose
from disclosures.plain.data import OverallTarget, Side
from disclosures.plain.places import paragraph_places

_CLAIM = re.compile(
    r"(?:已?编报|编制|编列|填报|公开)[^。；\n]{0,20}整体(?:支出)?绩效目标|整体(?:支出)?绩效目标[^。；\n]{0,12}(?:编报|编制)"
)
_DENIAL = re.compile(
    r"(?:未|不|无|没有)[^。；\n]{0,8}(?:编报|编制|涉及)?[^。；\n]{0,8}整体(?:支出)?绩效目标|整体(?:支出)?绩效目标[^。；\n]{0,6}(?:未|不涉及)"
)
_SOURCES = ("general_public", "gov_fund", "state_capital", "social_insurance", "fiscal_account", "unit_funds")
_USES = ("basic", "project")
_WORDS = {
    "total_by_source": "资金总额（按来源）",
    "total_by_direction": "资金总额（按用途）",
    "general_public": "一般公共预算资金",
    "gov_fund": "政府性基金预算资金",
    "state_capital": "国有资本经营预算资金",
    "social_insurance": "社会保险基金预算资金",
    "fiscal_account": "专户管理资金",
    "unit_funds": "单位资金",
    "basic": "基本支出",
    "project": "项目支出",
}


def _missing(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    if context.disclosure.overall_targets:
        return
    section = context.disclosure.section("十")
    for where, paragraph in zip(paragraph_places(section), section.paragraphs, strict=True) if section else ():
        if _CLAIM.search(paragraph.text) and not _DENIAL.search(paragraph.text):
            yield rule.finding(
                where,
                {"count": str(len(context.disclosure.project_targets))},
                actual="没有整体支出绩效目标表",
                source=paragraph.source,
            )
            return


def _place(position: int) -> str:
    return "O" if position == 0 else f"O#{position + 1}"


def _figures(target: OverallTarget, position: int) -> dict[str, Figure]:
    words = f"“{target.unit}”整体支出绩效目标表"
    unit = target.funds_unit if target.funds_unit in ("元", "万元") else "万元"
    return {
        key: Figure.written(
            amount,
            place=f"{_place(position)}/funds.{key}",
            words=f"{words}{_WORDS.get(key, key)}",
            source=target.source,
            unit=unit,
        )
        for key, amount in target.funds
        if amount
    }


def _sums(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for position, target in enumerate(context.disclosure.overall_targets):
        found = _figures(target, position)
        for total, parts in (("total_by_source", _SOURCES), ("total_by_direction", _USES)):
            present = tuple(found[key] for key in parts if key in found)
            if total in found and present:
                yield Linear(rule, (found[total],), present)
        if "total_by_source" in found and "total_by_direction" in found:
            yield Linear(rule, (found["total_by_source"],), (found["total_by_direction"],))


def _cells(context: CheckContext, key: str) -> list[Figure]:
    """The table cells that an amount of the form may agree with."""
    total = context.total
    item = context.item
    wanted = {
        "total_by_source": [
            item("T01", "income_this_year", "amount", Side.INCOME),
            item("T01", "income_total", "amount", Side.INCOME),
            total("T02", "total"),
            total("T05", "total"),
        ],
        "total_by_direction": [
            item("T01", "income_this_year", "amount", Side.INCOME),
            total("T03", "total"),
            item("T01", "income_total", "amount", Side.INCOME),
            total("T05", "total"),
        ],
        "general_public": [total("T02", "general_public"), total("T05", "total")],
        "gov_fund": [total("T02", "gov_fund")],
        "state_capital": [total("T02", "state_capital")],
        "fiscal_account": [total("T02", "fiscal_account")],
        "unit_funds": [total("T02", "unit_funds")],
        "basic": [total("T03", "basic"), total("T05", "basic")],
        "project": [_projects(context), total("T03", "project"), total("T05", "project")],
    }
    return [figure for figure in wanted.get(key, ()) if figure is not None]


def _projects(context: CheckContext) -> Figure | None:
    rows = context.table("T12").rows
    return rows[0]["total"] if rows else None


def _own(context: CheckContext) -> Sequence[tuple[int, OverallTarget]]:
    """The forms that stand for the whole disclosure: the only one, or the department's own."""
    targets = list(enumerate(context.disclosure.overall_targets))
    if len(targets) == 1:
        return targets
    name = loose(context.disclosure.department)
    return [pair for pair in targets if loose(pair[1].unit) == name][:1]


def _against_tables(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """One finding for a form: its amounts differ from the tables by one cause. The tables are not to blame."""
    for position, target in _own(context):
        differing = []
        for key, figure in _figures(target, position).items():
            cells = _cells(context, key)
            if cells and not any(can_meet(figure.interval, cell.interval) for cell in cells):
                differing.append((_WORDS.get(key, key), figure, cells[0]))
        if differing:
            yield _difference(rule, target, differing)


def _difference(rule: Rule, target: OverallTarget, differing: Sequence[tuple[str, Figure, Figure]]) -> Outcome:
    _, figure, cell = differing[0]
    shown = "；".join(f"{words} {one.middle}，而{other.words} {other.middle}" for words, one, other in differing)
    return rule.finding(
        figure.place,
        {"unit": target.unit, "shown": shown},
        actual=figure.text,
        expected=cell.text,
        difference=f"{figure.middle - cell.middle:+f}",
        evidence=[Evidence(each.place, each.text, each.source) for _, one, other in differing for each in (one, other)][
            1:
        ],
        source=figure.source,
    )


def _repeated(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    seen: dict[str, int] = {}
    for position, target in enumerate(context.disclosure.overall_targets):
        name = loose(target.unit)
        if name in seen:
            yield rule.finding(
                _place(position),
                {"unit": target.unit},
                evidence=[Evidence(_place(seen[name]), target.unit)],
                source=target.source,
            )
        seen.setdefault(name, position)


RULES = (
    Rule(
        id="P-OVERALL-NONE",
        title="称已编报整体绩效目标的，附有整体支出绩效目标表",
        statement="第十部分说编报了部门（单位）整体支出绩效目标时，文中有该表",
        tables=(),
        family=Family.COMPLETENESS,
        severity=Severity.WARNING,
        example="情况说明第十部分称已编报整体绩效目标，但文中没有该表（只有 24 张项目支出绩效目标表）。",
        check=_missing,
        message="情况说明第十部分称已编报整体绩效目标，但文中没有该表（只有 {count} 张项目支出绩效目标表）。",
    ),
    Rule(
        id="P-OVERALL-SUM",
        title="整体支出绩效目标表的资金合计成立",
        statement="按来源之和 = 按用途之和 = 资金总额",
        tables=(),
        family=Family.PERFORMANCE_AMOUNT,
        severity=Severity.ERROR,
        example="“某局”整体支出绩效目标表资金总额（按来源） 90.00，与一般公共预算资金 80.00不一致，相差 +10.00。",
        check=_sums,
    ),
    Rule(
        id="P-OVERALL-TABLE",
        title="整体支出绩效目标表的资金与报表一致",
        statement="资金总额、各来源与表一、表二一致，基本支出、项目支出与表三（表五、表十二）一致",
        tables=("T01", "T02", "T03", "T05", "T12"),
        family=Family.PERFORMANCE_AMOUNT,
        severity=Severity.WARNING,
        example="“某局”整体支出绩效目标表与报表不一致（万元）：基本支出 90.00，而表三基本支出合计 89.00。",
        check=_against_tables,
        message="“{unit}”整体支出绩效目标表与报表不一致（万元）：{shown}。",
    ),
    Rule(
        id="P-OVERALL-REPEATED",
        title="一个单位一张整体支出绩效目标表",
        statement="同一部门（单位）的整体支出绩效目标表不重复",
        tables=(),
        family=Family.PERFORMANCE_COUNT,
        severity=Severity.WARNING,
        example="“某局”的整体支出绩效目标表出现了不止一次。",
        check=_repeated,
        message="“{unit}”的整体支出绩效目标表出现了不止一次。",
    ),
)
