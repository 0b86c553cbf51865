"""Funds of target forms: sources and total, whole period and year, the year and T12/T13."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.catalogue import AT_MOST, Outcome, Rule
from audit.constraints import Linear
from audit.context import CheckContext
from audit.findings import Family, Severity
from audit.forms import Form, forms_of
from audit.tables import IndexedRow
from audit.text import names
from disclosures.plain.data import HORIZON_WORDS, Horizon

_SOURCES = ("central", "provincial", "local", "self_raised", "other")
_DOUBT = "读取存疑：目标表资金栏没有读准，请对照原件"


def _sums(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        for horizon in Horizon:
            if form.is_doubtful(f"funds.{horizon.value}"):
                yield rule.not_checked(_DOUBT, form.part(f"funds.{horizon.value}"))
            elif any(form.printed_funds(horizon, key) for key in _SOURCES):
                parts = tuple(form.funds(horizon, key) for key in _filled(form, horizon))
                yield Linear(
                    rule,
                    (form.funds(horizon, "total"),),
                    parts,
                    right_words=f"各来源{HORIZON_WORDS[horizon]}资金之和",
                )
            elif form.printed_funds(horizon, "total"):
                yield rule.not_checked("目标表没有按来源填写资金", form.part(f"funds.{horizon.value}"))


def _filled(form: Form, horizon: Horizon) -> Sequence[str]:
    """The sources that hold an amount; all of them where none does."""
    return [key for key in _SOURCES if (form.printed_funds(horizon, key) or "").strip("0.")] or _SOURCES


def _has_funds(form: Form) -> bool:
    return any(form.printed_funds(horizon, "total") for horizon in Horizon)


def _one_year(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        if form.is_one_year and _has_funds(form):
            if form.is_doubtful("funds"):
                yield rule.not_checked(_DOUBT, form.part("funds"))
                continue
            yield Linear(
                rule,
                (form.funds(Horizon.WHOLE, "total"),),
                (form.funds(Horizon.ANNUAL, "total"),),
            )


def _several_years(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        if not form.is_one_year and _has_funds(form):
            if form.is_doubtful("funds"):
                yield rule.not_checked(_DOUBT, form.part("funds"))
                continue
            yield Linear(
                rule,
                (form.funds(Horizon.ANNUAL, "total"),),
                (form.funds(Horizon.WHOLE, "total"),),
                at_most=True,
            )


def _no_funds(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        if form.name and not _has_funds(form):
            doubtful = form.is_doubtful("funds")
            yield rule.finding(
                form.part("funds"),
                {"project": form.words},
                source=form.source("funds"),
                severity=Severity.INFO if doubtful else None,
            )


def _carried_lines(context: CheckContext) -> dict[str, list[IndexedRow]]:
    lines: dict[str, list[IndexedRow]] = {}
    for row in forms_of(context).projects("T13"):
        lines.setdefault(names.loose(row.name), []).append(row)
    return lines


def _against_tables(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """The year's funds are the project's line in T12, or that and its line in T13."""
    forms = forms_of(context)
    carried = _carried_lines(context)
    for form in forms.forms:
        funds = form.funds(Horizon.ANNUAL, "total")
        match = forms.partners.this_year.get(form.position) or forms.partners.carried.get(form.position)
        if match is None or not (form.name or _has_funds(form)):
            continue
        if form.is_doubtful("funds.annual"):
            yield rule.not_checked(_DOUBT, funds.place)
            continue
        equations = [Linear(rule, (funds,), (match.row["total"],))]
        if match.row.table.id == "T12":
            for row in carried.get(names.loose(match.row.name), ()):
                equations.append(Linear(rule, (funds,), (match.row["total"], row["total"])))
        yield next((equation for equation in equations if not equation.fails()), equations[0])


RULES = (
    Rule(
        id="P-FUNDS-SUM",
        title="目标表资金总额等于各来源之和",
        statement="资金总额 = 中央 + 省级 + 市县（区） + 单位自筹 + 其他资金，实施期与年度分别成立",
        tables=(),
        family=Family.PERFORMANCE_AMOUNT,
        severity=Severity.ERROR,
        example="“职业技能培训”目标表年度资金总额 20.00，与各来源年度资金之和 18.00不一致，相差 +2.00。",
        check=_sums,
    ),
    Rule(
        id="P-FUNDS-ONE-YEAR",
        title="一年期项目的实施期资金等于年度资金",
        statement="一次性（1年结束）项目：实施期资金总额 = 年度资金总额",
        tables=(),
        family=Family.PERFORMANCE_AMOUNT,
        severity=Severity.ERROR,
        example="“办公设备购置”目标表实施期资金总额 3.34，与年度资金总额 3.30不一致，相差 +0.04。",
        check=_one_year,
    ),
    Rule(
        id="P-FUNDS-SEVERAL-YEARS",
        title="年度资金不大于实施期资金",
        statement="年度资金总额 ≤ 实施期资金总额",
        tables=(),
        family=Family.PERFORMANCE_AMOUNT,
        severity=Severity.ERROR,
        example="“信息系统建设”目标表年度资金总额 60.00，大于实施期资金总额 50.00，相差 +10.00。",
        check=_several_years,
        message=AT_MOST,
    ),
    Rule(
        id="P-FUNDS-BLANK",
        title="目标表填写了资金",
        statement="实施期资金总额、年度资金总额不同时为空",
        tables=(),
        family=Family.COMPLETENESS,
        severity=Severity.WARNING,
        example="项目“职业技能培训”的目标表没有填写资金总额。",
        check=_no_funds,
        message="项目{project}的目标表没有填写资金总额{hint}。",
    ),
    Rule(
        id="P-FUNDS-TABLE",
        title="目标表年度资金与项目支出预算表一致",
        statement="年度资金总额 = 表十二该项目合计（万元） × 10000（项目在表十三也有结转的，可加上结转）",
        tables=("T12", "T13"),
        family=Family.PERFORMANCE_AMOUNT,
        severity=Severity.ERROR,
        example="“职业技能培训”目标表年度资金总额 20.00，与表十二“职业技能培训” 26.00不一致，相差 -6.00。",
        check=_against_tables,
    ),
)
