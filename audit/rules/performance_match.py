"""T12 and T13 against the target forms: every project has its form, every form its project, under one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.form_partners import Likeness, Match
from audit.forms import Form, Forms, forms_of
from audit.tables import IndexedRow
from audit.text import names
from audit.text.quantities import yuan_words
from disclosures.plain.data import Horizon
from disclosures.plain.places import safe

# More lines without a form than this are one cause (forms not published), not so many slips.
_MANY = 30


def _line_evidence(row: IndexedRow) -> Evidence:
    figure = row["total"]
    return Evidence(figure.place, figure.text, figure.source)


def _form_evidence(form: Form) -> Evidence:
    figure = form.funds(Horizon.ANNUAL, "total")
    return Evidence(figure.place, form.printed_funds(Horizon.ANNUAL, "total"), figure.source)


def _no_form_at_all(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    forms = forms_of(context)
    lines = forms.projects("T12")
    if lines and not forms.forms:
        yield rule.finding("P", {"count": str(len(lines))}, evidence=[_line_evidence(row) for row in lines[:20]])


def _nearest(row: IndexedRow, forms: Forms) -> str:
    """A hint at a form without a project that has the line's amount."""
    total = row["total"]
    for position in forms.partners.lone_forms:
        form = forms.forms[position]
        funds = form.funds(Horizon.ANNUAL, "total")
        if form.name and funds.middle and abs(funds.middle - total.middle) <= funds.half + total.half:
            return f"（目标表{form.words}金额相同，可能就是该项目）"
    return ""


def _line_without_form(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    forms = forms_of(context)
    lone = forms.partners.lone_this_year if forms.forms else []
    headless = any(not forms.forms[position].name for position in forms.partners.lone_forms)
    severity = Severity.WARNING if headless else None
    if len(lone) > _MANY:
        shown = "、".join(f"“{row.name}”" for row in lone[:3])
        yield rule.finding(
            "T12",
            {"line": f"{shown}等 {len(lone)} 个项目", "amount": "", "hint": f"（共附目标表 {len(forms.forms)} 张）"},
            evidence=[_line_evidence(row) for row in lone],
            severity=severity,
        )
        return
    for row in lone:
        amount = f" {row['total'].text} 万元" if row["total"].text else ""
        yield rule.finding(
            row.place,
            {"line": f"“{row.name}”", "amount": amount, "hint": _nearest(row, forms)},
            actual="没有目标表",
            evidence=[_line_evidence(row), Evidence(f"P/{safe(row.name)}", None)],
            source=row["total"].source,
            severity=severity,
        )


def _carried_without_form(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    forms = forms_of(context)
    lone = forms.partners.lone_carried if forms.forms else []
    if lone:
        shown = "、".join(f"“{row.name}”" for row in lone[:3])
        yield rule.finding(
            "T13",
            {"lines": shown, "count": str(len(lone))},
            evidence=[_line_evidence(row) for row in lone],
            source=lone[0]["total"].source,
        )


def _repeats(forms: Forms) -> dict[int, Form]:
    """Forms without a line that repeat the name of a form which has one."""
    known = {
        names.loose(forms.forms[position].name): forms.forms[position]
        for position in [*forms.partners.this_year, *forms.partners.carried]
    }
    found: dict[int, Form] = {}
    for position in forms.partners.lone_forms:
        form = forms.forms[position]
        key = names.loose(form.name)
        if key and key in known:
            found[position] = known[key]
        elif key:
            known[key] = form
    return found


def _form_without_line(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    forms = forms_of(context)
    if not forms.projects("T12") and not forms.projects("T13"):
        if forms.forms:
            yield rule.not_checked("表十二、表十三没有读到项目，目标表无从对应", "P")
        return
    repeats = _repeats(forms)
    for position in forms.partners.lone_forms:
        form = forms.forms[position]
        if position in repeats:
            continue
        if not form.name or form.is_doubtful("project"):
            yield rule.not_checked("读取存疑：目标表缺项目名称，无从与表十二对应", form.place)
            continue
        funds = form.funds(Horizon.ANNUAL, "total")
        yield rule.finding(
            form.place,
            {"project": form.words, "amount": yuan_words(funds.middle * 10_000), "hint": _likeliest(form, forms)},
            actual=form.name,
            evidence=[_form_evidence(form)],
            source=form.source(),
        )


def _likeliest(form: Form, forms: Forms) -> str:
    grams = names.grams(form.name)
    scored = [(names.likeness(grams, names.grams(row.name)), row.name) for row in forms.partners.lone_this_year]
    best = max(scored, default=(0.0, ""))
    return f"，表十二中名称最接近的是“{best[1]}”" if best[0] >= 0.4 else ""


def _repeated_form(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    forms = forms_of(context)
    if not forms.projects("T12"):
        return
    for position, first in _repeats(forms).items():
        form = forms.forms[position]
        same = form.target.whole == first.target.whole and form.target.annual == first.target.annual
        yield rule.finding(
            form.place,
            {"project": form.words, "hint": "且资金相同，疑重复刊印" if same else "且资金不同，请核实应保留哪一张"},
            evidence=[_form_evidence(form), _form_evidence(first)],
            source=form.source(),
        )


def _different_names(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    forms = forms_of(context)
    partners = forms.partners
    for match in [*partners.this_year.values(), *partners.carried.values()]:
        if match.likeness < Likeness.MARKS:
            continue
        form = forms.forms[match.form]
        severity = None if match.likeness is Likeness.OTHER_WORDS else Severity.INFO
        if form.is_doubtful("project"):
            severity = Severity.INFO
        yield rule.finding(
            form.place,
            {"project": form.words, "table": match.row.table.words, "line": match.row.name, "hint": _kind(match)},
            actual=form.name,
            expected=match.row.name,
            evidence=[_line_evidence(match.row), Evidence(match.row.place, match.row.name, match.row["total"].source)],
            source=form.source(),
            severity=severity,
        )


def _kind(match: Match) -> str:
    if match.likeness is Likeness.CLIPPED:
        return "（其中一处疑被截断）"
    return "（仅标点不同）" if match.likeness is Likeness.MARKS else ""


def _different_width(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Names that differ in the width of brackets and the like only: one remark for the whole document."""
    forms = forms_of(context)
    found: dict[str, list[Match]] = defaultdict(list)
    for match in [*forms.partners.this_year.values(), *forms.partners.carried.values()]:
        if match.likeness is Likeness.WIDTH:
            found[match.row.table.id].append(match)
    for table_id, matches in found.items():
        first = matches[0]
        yield rule.finding(
            table_id,
            {
                "table": first.row.table.words,
                "count": str(len(matches)),
                "line": first.row.name,
                "project": forms.forms[first.form].name,
            },
            evidence=[Evidence(forms.forms[match.form].place, forms.forms[match.form].name) for match in matches],
            source=first.row["total"].source,
        )


RULES = (
    Rule(
        id="P-FORMS-NONE",
        title="附有项目支出绩效目标表",
        statement="表十二有项目时，文中应附项目支出绩效目标表",
        tables=("T12",),
        family=Family.COMPLETENESS,
        severity=Severity.ERROR,
        example="表十二列有 24 个项目，但文中没有一张项目支出绩效目标表。",
        check=_no_form_at_all,
        message="表十二列有 {count} 个项目，但文中没有一张项目支出绩效目标表。",
    ),
    Rule(
        id="P-LINE-WITHOUT-FORM",
        title="表十二的项目都有目标表",
        statement="表十二的每个项目都有一张项目支出绩效目标表",
        tables=("T12",),
        family=Family.PERFORMANCE_MATCH,
        severity=Severity.ERROR,
        example="表十二的项目“职业技能培训” 26.00 万元没有对应的项目支出绩效目标表。",
        check=_line_without_form,
        message="表十二的项目{line}{amount}没有对应的项目支出绩效目标表{hint}。",
    ),
    Rule(
        id="P-CARRIED-WITHOUT-FORM",
        title="表十三的项目有目标表",
        statement="表十三的结转项目应有目标表，或与表十二某项目共用一张",
        tables=("T13",),
        family=Family.PERFORMANCE_MATCH,
        severity=Severity.INFO,
        example="表十三的 3 个结转项目（“职业技能培训”等）没有对应的项目支出绩效目标表。",
        check=_carried_without_form,
        message="表十三的 {count} 个结转项目（{lines}等）没有对应的项目支出绩效目标表。",
    ),
    Rule(
        id="P-FORM-WITHOUT-LINE",
        title="目标表的项目都在项目支出预算表中",
        statement="每张目标表的项目都列在表十二或表十三",
        tables=("T12", "T13"),
        family=Family.PERFORMANCE_MATCH,
        severity=Severity.ERROR,
        example="目标表的项目“职业技能培训”（年度资金 26万元）在表十二、表十三中找不到。",
        check=_form_without_line,
        message="目标表的项目{project}（年度资金 {amount}）在表十二、表十三中找不到{hint}。",
    ),
    Rule(
        id="P-FORM-REPEATED",
        title="一个项目一张目标表",
        statement="同名目标表的张数不多于表十二、表十三中该名称的项目数",
        tables=("T12", "T13"),
        family=Family.PERFORMANCE_MATCH,
        severity=Severity.WARNING,
        example="项目“职业技能培训”的目标表出现了不止一次，且资金相同，疑重复刊印。",
        check=_repeated_form,
        message="项目{project}的目标表出现了不止一次，{hint}。",
    ),
    Rule(
        id="P-NAME-DIFFERS",
        title="目标表与项目支出预算表的项目名称一致",
        statement="目标表的项目名称与表十二（表十三）所列一字不差",
        tables=("T12", "T13"),
        family=Family.PERFORMANCE_MATCH,
        severity=Severity.WARNING,
        example="目标表的项目名称“技能培训费”与表十二的“职业技能培训费”不一致。",
        check=_different_names,
        message="目标表的项目名称{project}与{table}的“{line}”不一致{hint}。",
    ),
    Rule(
        id="P-NAME-WIDTH",
        title="目标表与项目支出预算表的项目名称标点一致",
        statement="项目名称中的括号、引号、空格在目标表与表十二（表十三）中相同",
        tables=("T12", "T13"),
        family=Family.FORMAT,
        severity=Severity.INFO,
        example="表十二与目标表有 4 个项目名称的括号等标点全半角不同，如“遗属（局）”与“遗属(局)”。",
        check=_different_width,
        message="{table}与目标表有 {count} 个项目名称的括号等标点全半角不同，如“{line}”与“{project}”。",
    ),
)
