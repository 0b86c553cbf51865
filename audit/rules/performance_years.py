"""Years and dates in target forms: the year of another document, dates that do not exist, the date of filling in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.forms import Form, Item, forms_of
from audit.text import dates
from audit.text.names import loose
from disclosures.plain.data import HORIZON_WORDS
from disclosures.plain.form_fields import PROSE_TEXTS
from disclosures.plain.places import paragraph_places

_PLANS = ("plan", "objective_whole", "objective_annual")
_TERM_YEARS = re.compile(r"(20\d\d)\D{1,4}(20\d\d)")
_NEAR = 4  # years: a year further away is history or law, not the time of the work


def _own_years(form: Form, year: int) -> frozenset[int]:
    """Years in which the project may work: the budget year, those of its name and of its term."""
    years = {year, *dates.years(form.name)}
    match = _TERM_YEARS.search(form.target.term or "")
    if match:
        years |= set(range(int(match[1]), int(match[2]) + 1))
    return frozenset(years)


def _stray_years(text: str, form: Form, year: int) -> list[tuple[int, Severity]]:
    """Years of another document in a text that does not work in the budget year itself, and how sure that is."""
    if "20" not in text:
        return []
    if year in dates.years(text):
        # Beside the budget year an earlier one may be history; a deadline in it is none.
        return [(int(stray), Severity.WARNING) for stray in _PAST_DEADLINE.findall(text) if int(stray) == year - 1]
    own = _own_years(form, year)
    return [
        (y, _certainty(text[at + 4 :], form, y, year))
        for y, at in dates.work_years(text)
        if y not in own and abs(y - year) <= _NEAR
    ]


def _certainty(after: str, form: Form, stray: int, year: int) -> Severity:
    """Whether what follows a year says that the work is done in it, or that something of it is settled now."""
    described = dates.years(form.target.overview or "")
    if _ARREARS.match(after) or {stray, year} <= described:
        return Severity.INFO
    return Severity.ERROR if _WORK.match(after) else Severity.WARNING


_PAST_DEADLINE = re.compile(r"(20\d\d)年\d{1,2}月\d{0,2}日?(?:底)?前(?:完成|下达|发放|支付|启动|组织|验收|采购)")
_ARREARS = re.compile(
    r"^年度?[^，,。；;]{0,24}(?:年报|决算|考核|审计|补贴|补助|奖补|奖励|奖金|评价|结算|清算|尾款|质保金|欠|下半年|资金)"
)
_WORK = re.compile(r"^年度?(?:0?\d{1,2}月|\d{1,2}\s*[-—－~～至到]|全年|各项|工作|内|完成|开展|[，,。；;、]|$)")


def _is_carried(form: Form, context: CheckContext) -> bool:
    """Whether the project's money comes from last year: then so may its plan."""
    forms = forms_of(context)
    if form.position in forms.partners.carried:
        return True
    name = loose(form.name)
    return any(loose(row.name) == name for row in forms.projects("T13"))


def _plans(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    year = context.disclosure.fiscal_year
    for form in forms_of(context).forms:
        found = {field: _stray_years(form.texts.get(field, ""), form, year) for field in _PLANS}
        fields = [field for field in _PLANS if found[field]]
        if not fields:
            continue
        stray, severity = min((each for field in fields for each in found[field]), key=lambda each: each[1].rank)
        later = stray > year or _is_carried(form, context)
        doubtful = all(form.is_doubtful(field) for field in fields)
        yield rule.finding(
            form.part(fields[0]),
            {
                "project": form.words,
                "fields": "、".join(PROSE_TEXTS[field] for field in fields),
                "stray": str(stray),
                "year": str(year),
            },
            actual=f"{stray}年",
            expected=f"{year}年",
            evidence=[Evidence(form.part(field), form.texts[field][:60], form.source(field)) for field in fields[1:]],
            source=form.source(fields[0]),
            severity=Severity.INFO if later or doubtful else severity,
        )


def _indicator_years(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    year = context.disclosure.fiscal_year
    for form in forms_of(context).forms:
        items = [item for item in form.items if item.value and _stray_years(item.value, form, year)]
        if items:
            stray, severity = _stray_years(items[0].value, form, year)[0]
            settled = severity is Severity.INFO or _is_carried(form, context)
            known = Severity.INFO if settled else None
            yield _indicators(rule, form, items, {"stray": str(stray), "year": str(year)}, known)


def _indicators(
    rule: Rule, form: Form, items: Sequence[Item], params: dict[str, str], severity: Severity | None = None
) -> Outcome:
    shown = "、".join(dict.fromkeys(item.shown for item in items))
    return rule.finding(
        items[0].place,
        {
            "project": form.words,
            "horizons": "、".join(dict.fromkeys(HORIZON_WORDS[item.horizon] for item in items)),
            "class": items[0].level2,
            "shown": shown,
            **params,
        },
        actual=items[0].indicator.value,
        evidence=[Evidence(item.place, item.indicator.value, item.indicator.source) for item in items[1:]],
        source=items[0].indicator.source or form.source(),
        severity=Severity.INFO if all(item.indicator.doubtful for item in items) else severity,
    )


_NAME_YEAR = re.compile(
    r"(?<![\d〔\[【(（])(20\d\d)年度?(?!\d{1,2}月|[起之以末底]|[^，。]{0,12}(?:文件|通知|结转|决算|已完成|未支付))"
)


def _project_names(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A project of this year's money that is named after an earlier year."""
    year = context.disclosure.fiscal_year
    for form in forms_of(context).forms:
        if _is_carried(form, context) or str(year) in form.name:
            continue
        match = _NAME_YEAR.search(form.name)
        if match is None or not 0 < year - int(match[1]) <= _NEAR:
            continue
        line = forms_of(context).partners.this_year.get(form.position)
        yield rule.finding(
            form.part("project"),
            {"project": form.words, "stray": match[1], "year": str(year)},
            actual=f"{match[1]}年",
            expected=f"{year}年",
            evidence=[Evidence(line.row.place, line.row.name, line.row["total"].source)] if line else (),
            source=form.source(),
        )


def _impossible_in_texts(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        for field, text in form.texts.items():
            for date in dates.impossible(text)[:1]:
                yield rule.finding(
                    form.part(field),
                    {"place": f"项目{form.words}的{PROSE_TEXTS[field]}", "date": date.text},
                    actual=date.text,
                    source=form.source(field),
                    severity=Severity.INFO if form.is_doubtful(field) else None,
                )
    for section in context.disclosure.sections:
        for where, paragraph in zip(paragraph_places(section), section.paragraphs, strict=True):
            for date in dates.impossible(paragraph.text)[:1]:
                yield rule.finding(
                    where,
                    {"place": f"“{section.heading}”", "date": date.text},
                    actual=date.text,
                    source=paragraph.source or section.source,
                )


def _impossible_in_values(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        items = [item for item in form.items if item.value and dates.impossible(item.value)]
        if items:
            yield _indicators(rule, form, items, {"date": dates.impossible(items[0].value)[0].text})


def _reported(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Forms filled in before the last budget season: one remark for the document."""
    year = context.disclosure.fiscal_year
    stale = [form for form in forms_of(context).forms if _is_stale(form.target.reported_at, year)]
    if stale:
        first = stale[0]
        yield rule.finding(
            first.part("reported_at"),
            {
                "count": str(len(stale)),
                "project": first.words,
                "date": (first.target.reported_at or "")[:8],
                "year": str(year),
            },
            actual=first.target.reported_at,
            evidence=[Evidence(form.part("reported_at"), form.target.reported_at) for form in stale[1:]],
            source=first.source(),
        )


def _is_stale(reported_at: str | None, year: int) -> bool:
    match = re.match(r"20\d\d", reported_at or "")
    return match is not None and not year - 1 <= int(match.group()) <= year


RULES = (
    Rule(
        id="P-PLAN-YEAR",
        title="项目计划和目标的年份是预算年度",
        statement="实施计划、总体目标中安排工作的年份是预算年度（引文文号、比较、截至时间不算）",
        tables=(),
        family=Family.NARRATIVE_YEAR,
        severity=Severity.ERROR,
        example="项目“仲裁经费”的项目实施计划写的是 2025 年，预算年度为 2026 年，年份疑未更新。",
        check=_plans,
        message="项目{project}的{fields}写的是 {stray} 年，预算年度为 {year} 年，年份疑未更新。",
    ),
    Rule(
        id="P-INDICATOR-YEAR",
        title="指标值的年份是预算年度",
        statement="指标值中的年份包括预算年度",
        tables=(),
        family=Family.NARRATIVE_YEAR,
        severity=Severity.ERROR,
        example="项目“培训费”的实施期、年度时效指标“培训时间：2025年1-12月”是 2025 年，预算年度为 2026 年。",
        check=_indicator_years,
        message="项目{project}的{horizons}{class}{shown}是 {stray} 年，预算年度为 {year} 年。",
    ),
    Rule(
        id="P-NAME-YEAR",
        title="项目名称的年份不是往年",
        statement="本年预算安排的项目，名称不带往年年份（结转项目除外）",
        tables=("T12", "T13"),
        family=Family.NARRATIVE_YEAR,
        severity=Severity.WARNING,
        example="项目“2025年新春慰问费”的名称写 2025 年，预算年度为 2026 年，年份疑为沿用旧稿。",
        check=_project_names,
        message="项目{project}的名称写 {stray} 年，预算年度为 {year} 年，年份疑为沿用旧稿。",
    ),
    Rule(
        id="P-DATE-IMPOSSIBLE",
        title="文字中的日期存在",
        statement="月份为 1 至 12，日期不超过该月天数",
        tables=(),
        family=Family.NARRATIVE_YEAR,
        severity=Severity.ERROR,
        example="项目“取暖费”的项目实施计划中的日期“11月31日”不存在。",
        check=_impossible_in_texts,
        message="{place}中的日期“{date}”不存在。",
    ),
    Rule(
        id="P-VALUE-DATE-IMPOSSIBLE",
        title="指标值中的日期存在",
        statement="月份为 1 至 12，日期不超过该月天数",
        tables=(),
        family=Family.INDICATOR_QUALITY,
        severity=Severity.ERROR,
        example="项目“取暖费”的年度时效指标“发放时间：11月31日前”中的日期“11月31日”不存在。",
        check=_impossible_in_values,
        message="项目{project}的{horizons}{class}{shown}中的日期“{date}”不存在。",
    ),
    Rule(
        id="P-REPORTED-AT",
        title="填报日期在预算编制期间",
        statement="填报日期的年份是预算年度或其上一年",
        tables=(),
        family=Family.OTHER,
        severity=Severity.INFO,
        example="3 张目标表的填报日期早于 2026 年度预算编制期间，如“报刊费”填报于 20241230。",
        check=_reported,
        message="{count} 张目标表的填报日期不在 {year} 年度预算编制期间，如{project}填报于 {date}。",
    ),
)
