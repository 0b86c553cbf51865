"""Heads of target forms: supervising department, implementing unit, term and attribute."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.forms import Form, forms_of
from audit.text.names import grams, likeness, loose
from disclosures.plain.form_fields import PROSE_TEXTS
from disclosures.plain.text import fold

_FIELDS = (("attribute", "项目属性"), ("term", "项目期"), ("implementing_unit", "实施单位"), ("supervisor", "主管部门"))
# The others must be this clearly of one mind before the odd one out is remarked.
_MAJORITY = 0.7
_LEADING_CODE = re.compile(r"^\d+[-—－]?")


def _supervisor(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    forms = [form for form in forms_of(context).forms if form.target.supervisor]
    counts = Counter(loose(form.target.supervisor or "") for form in forms)
    if not forms or len(counts) == 1:
        return
    usual, number = counts.most_common(1)[0]
    if number < _MAJORITY * len(forms) or number < 2:
        return
    shown = next(form.target.supervisor or "" for form in forms if loose(form.target.supervisor or "") == usual)
    for form in forms:
        printed = form.target.supervisor or ""
        if loose(printed) != usual and not form.is_doubtful("supervisor"):
            slip = _LEADING_CODE.sub("", loose(printed)) == _LEADING_CODE.sub("", usual)
            near = likeness(grams(printed), grams(shown)) > 0.8
            yield rule.finding(
                form.part("supervisor"),
                {"project": form.words, "printed": printed, "usual": shown, "count": str(number)},
                actual=printed,
                expected=shown,
                source=form.source("supervisor"),
                severity=Severity.INFO if slip or near else None,
            )


def _unit(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    known = forms_of(context).own_names
    if len(known) < 2:
        return
    strange: dict[str, list[Form]] = {}
    for form in forms_of(context).forms:
        printed = form.target.implementing_unit
        if printed and loose(printed) not in known and not form.is_doubtful("implementing_unit"):
            strange.setdefault(printed, []).append(form)
    for printed, forms in strange.items():
        # A unit of a long row of forms is a unit whose name the tables clip or write otherwise.
        clipped = any(unit.startswith(loose(printed)) or loose(printed).startswith(unit) for unit in known)
        yield rule.finding(
            forms[0].part("implementing_unit"),
            {"project": forms[0].words, "printed": printed, "count": str(len(forms))},
            actual=printed,
            evidence=[
                Evidence(form.part("implementing_unit"), printed, form.source("implementing_unit"))
                for form in forms[1:]
            ],
            source=forms[0].source("implementing_unit"),
            severity=Severity.INFO if clipped else None,
        )


def _blank_heads(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        if not form.name:
            continue
        missing = [word for field, word in _FIELDS if not getattr(form.target, field)]
        if 0 < len(missing) < len(_FIELDS):
            yield rule.finding(
                form.place,
                {"project": form.words, "fields": "、".join(missing)},
                source=form.source(),
            )


def _blank_texts(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A field of description left blank in a form whose other fields are filled in."""
    for form in forms_of(context).forms:
        missing = [field for field in PROSE_TEXTS if field not in form.texts and not form.is_doubtful(field)]
        if missing and len(form.texts) > len(PROSE_TEXTS) / 2:
            yield rule.finding(
                form.part(missing[0]),
                {"project": form.words, "fields": "、".join(PROSE_TEXTS[field] for field in missing)},
                source=form.source(missing[0]),
            )


def _headless(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Forms without a project name: their first page is missing, or was not read."""
    forms = forms_of(context)
    for form in forms.forms:
        if form.name:
            continue
        match = forms.partners.this_year.get(form.position)
        hint = f"，按金额应是{match.row.table.words}的“{match.row.name}”" if match else ""
        yield rule.finding(
            form.place,
            {"number": str(form.position + 1), "hint": hint},
            evidence=[Evidence(match.row.place, match.row.name, match.row["total"].source)] if match else (),
            source=form.source(),
        )


def _attribute_against_term(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        attribute, term = fold(form.target.attribute), fold(form.target.term)
        once = "一次性" in attribute or "1年结束" in attribute
        years = re.fullmatch(r"(\d{1,2})年", term)
        if years and ((once and int(years[1]) > 1) or ("长期" in attribute and int(years[1]) == 1)):
            yield rule.finding(
                form.part("term"),
                {"project": form.words, "attribute": form.target.attribute or "", "term": form.target.term or ""},
                actual=form.target.term,
                source=form.source("term"),
            )


RULES = (
    Rule(
        id="P-SUPERVISOR",
        title="主管部门与其他目标表一致",
        statement="各目标表的主管部门及代码相同",
        tables=(),
        family=Family.OTHER,
        severity=Severity.WARNING,
        example="项目“就业补助”的主管部门为“905-社保股”，与其余 22 张目标表的“301-某局”不一致。",
        check=_supervisor,
        message="项目{project}的主管部门为“{printed}”，与其余 {count} 张目标表的“{usual}”不一致。",
    ),
    Rule(
        id="P-UNIT-UNKNOWN",
        title="实施单位是本部门的单位",
        statement="实施单位是本部门，或表十一、表十二、表十三所列的单位",
        tables=("T11", "T12", "T13"),
        family=Family.OTHER,
        severity=Severity.INFO,
        example="项目“养老保险补助”等 2 张目标表的实施单位“社保科单位”不在本部门所列单位之中。",
        check=_unit,
        message="项目{project}等 {count} 张目标表的实施单位“{printed}”不在本部门所列单位之中。",
    ),
    Rule(
        id="P-HEAD-NONE",
        title="目标表有项目名称",
        statement="每张目标表都有表头，写明项目名称",
        tables=("T12",),
        family=Family.COMPLETENESS,
        severity=Severity.WARNING,
        example="第 17 张目标表缺项目名称等表头内容，按金额应是表十二的“业务费”，请对照原件。",
        check=_headless,
        message="第 {number} 张目标表缺项目名称等表头内容{hint}，请对照原件。",
    ),
    Rule(
        id="P-HEAD-BLANK",
        title="目标表表头填写完整",
        statement="项目属性、项目期、实施单位、主管部门都已填写",
        tables=(),
        family=Family.COMPLETENESS,
        severity=Severity.INFO,
        example="项目“就业补助”的目标表没有填写项目期。",
        check=_blank_heads,
        message="项目{project}的目标表没有填写{fields}。",
    ),
    Rule(
        id="P-TEXT-BLANK",
        title="目标表说明各栏填写完整",
        statement="项目概况、依据、必要性、措施、计划和总体目标都已填写",
        tables=(),
        family=Family.COMPLETENESS,
        severity=Severity.WARNING,
        example="项目“就业补助”的目标表没有填写项目实施计划。",
        check=_blank_texts,
        message="项目{project}的目标表没有填写{fields}。",
    ),
    Rule(
        id="P-ATTRIBUTE-TERM",
        title="项目属性与项目期相符",
        statement="一次性项目的项目期为 1 年，长期项目的项目期多于 1 年",
        tables=(),
        family=Family.OTHER,
        severity=Severity.WARNING,
        example="项目“就业补助”的项目属性为“一次性项目（1年结束）”，项目期却为“99年”。",
        check=_attribute_against_term,
        message="项目{project}的项目属性为“{attribute}”，项目期却为“{term}”。",
    ),
)
