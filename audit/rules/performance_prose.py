"""The prose of target forms: its arithmetic, its amounts against the funds, text shared with other forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.forms import Form, forms_of
from audit.text import names, nested_sums, similarity, sums
from audit.text.quantities import is_rounding, yuan_words
from disclosures.plain.data import Horizon
from disclosures.plain.form_fields import PROSE_TEXTS

_ARITHMETIC = ("overview", "plan", "necessity", "basis", "objective_whole", "objective_annual")
_ASKING = ("overview", "objective_whole", "objective_annual")
_UNFINISHED = ("，", ",", "、", "；", ";", "：", ":")
# Two projects whose names are this alike may well share their texts (上半年, 下半年).
_KINDRED = 0.5
_COMMON = 3  # characters that the names of kindred projects have in common
_LONG = 24
_REASON = 18
_CLOSING = 40  # characters after the amount that closes a description
_ASKED = re.compile(r"(?:本年|今年|当年|20\d\d年|此次|本次|申请|安排|下达|剩余|尾款|支付)[^，,。；;\d]{0,16}$")


@dataclass(frozen=True, slots=True)
class _Gap:
    field: str
    gap: sums.SumGap


def _gaps(form: Form) -> Iterator[_Gap]:
    seen: set[str] = set()
    for field in _ARITHMETIC:
        text = form.texts.get(field)
        if not text or text in seen:
            continue
        seen.add(text)
        found = sums.amounts(text)
        if len(found) >= 2:
            gaps = (*sums.failed_totals(text, found), *sums.failed_products(text, found))
            for gap in (*gaps, *nested_sums.failed_parts(text, found)):
                yield _Gap(field, gap)


def _arithmetic(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        for found in _gaps(form):
            gap = found.gap
            difference = gap.stated_yuan - gap.computed
            yield rule.finding(
                form.part(found.field),
                {
                    "project": form.words,
                    "field": PROSE_TEXTS[found.field],
                    "stated": gap.stated,
                    "how": gap.how,
                    "computed": yuan_words(gap.computed),
                    "difference": yuan_words(abs(difference)),
                },
                actual=f"{gap.stated_yuan.normalize():f}",
                expected=f"{gap.computed.normalize():f}",
                difference=f"{difference.normalize():+f}",
                source=form.source(found.field),
                key=(gap.stated,),
                severity=Severity.INFO if form.is_doubtful(found.field) else None,
            )


# ---------------------------------------------------------------- amounts and funds


def _funds(form: Form) -> list[tuple[Decimal, Decimal]]:
    """The form's funds in 元 with half their last printed place, whole period and year."""
    figures = [form.funds(horizon, "total") for horizon in Horizon if form.printed_funds(horizon, "total")]
    return [(figure.middle * 10_000, figure.half * 10_000) for figure in figures if figure.middle]


def _stated(text: str, found: Sequence[sums.Amount], year: int) -> sums.Amount | None:
    """The amount by which a description says what the project asks for: its closing total, or its only amount."""
    usable = [amount for amount in found if not amount.is_unit_price]
    last = usable[-1] if usable else None
    if last is None or last.is_elsewhere or last.is_approximate or last.year not in (None, year):
        return None
    closing = last.is_total and len(text) - last.end <= _CLOSING
    return last if closing or (len(usable) == 1 and last.is_wanted) else None


def _amount_of_text(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        funds = _funds(form)
        if not funds or form.is_doubtful("funds"):
            continue
        seen: set[str] = set()
        for field in _ASKING:
            text = form.texts.get(field, "")
            if text and text not in seen:
                seen.add(text)
                yield from _asked(context, rule, form, field, funds)


def _asked(
    context: CheckContext, rule: Rule, form: Form, field: str, funds: Sequence[tuple[Decimal, Decimal]]
) -> Iterator[Outcome]:
    """What a text asks for, where the funds are something else."""
    text = form.texts[field]
    found = sums.amounts(text)
    stated = _stated(text, found, context.disclosure.fiscal_year)
    if stated is None or _reached(text, found, funds):
        return
    amount = min((value for value, _ in funds), key=lambda value: abs(value - stated.yuan))
    difference = stated.yuan - amount
    figure = form.funds(Horizon.ANNUAL, "total")
    yield rule.finding(
        form.part(field),
        {
            "project": form.words,
            "field": PROSE_TEXTS[field],
            "stated": stated.text,
            "funds": yuan_words(amount),
            "difference": yuan_words(abs(difference)),
        },
        actual=f"{stated.yuan.normalize():f}",
        expected=f"{amount.normalize():f}",
        difference=f"{difference.normalize():+f}",
        evidence=[Evidence(figure.place, form.printed_funds(Horizon.ANNUAL, "total"), figure.source)],
        source=form.source(field),
        severity=_doubt(form, field, stated.yuan, amount),
    )


def _parts_of_text(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A description that lists amounts without a total: together they should be the funds."""
    for form in forms_of(context).forms:
        text, funds = form.texts.get("overview"), _funds(form)
        found = sums.amounts(text) if text else ()
        parts = [amount for amount in found if not amount.is_unit_price]
        if not text or not funds or len(parts) < 2 or form.is_doubtful("overview"):
            continue
        years = {part.year for part in parts} - {None, context.disclosure.fiscal_year}
        if years or any(part.is_total or part.is_elsewhere or part.is_approximate for part in parts):
            continue
        together = sum((part.yuan for part in parts), Decimal(0))
        nearest = min((value for value, _ in funds), key=lambda value: abs(value - together))
        if nearest / 2 < together < nearest * 2 and not _reached(text, found, funds):
            difference = together - nearest
            yield rule.finding(
                form.part("overview"),
                {
                    "project": form.words,
                    "parts": "＋".join(part.text for part in parts),
                    "sum": yuan_words(together),
                    "funds": yuan_words(nearest),
                    "difference": yuan_words(abs(difference)),
                },
                actual=f"{together.normalize():f}",
                expected=f"{nearest.normalize():f}",
                difference=f"{difference.normalize():+f}",
                source=form.source("overview"),
            )


def _doubt(form: Form, field: str, stated: Decimal, funds: Decimal) -> Severity | None:
    """INFO where the funds are the stated amount rounded, or the text was not read for sure."""
    return Severity.INFO if is_rounding(stated, funds) or form.is_doubtful(field) else None


def _reached(text: str, found: Sequence[sums.Amount], funds: Iterable[tuple[Decimal, Decimal]]) -> bool:
    """Whether some amount of the text, or some of them together, are the funds.

    Beside a total only totals and what is said to be asked for this time count, not each of its parts.
    """
    totals = [amount for amount in found if amount.is_total]
    asked = [amount for amount in found if _ASKED.search(text[max(0, amount.start - 24) : amount.start])]
    parts = [amount for amount in (totals + asked if totals else found) if not amount.is_unit_price]
    for value, half in funds:
        slack = half + max((amount.half for amount in parts), default=Decimal(0))
        if sums.reaches(parts, value, slack) is not False:
            return True
    return False


# ---------------------------------------------------------------- text shared, repeated, unfinished


def _shared(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    forms = forms_of(context).forms
    texts = {form.position: form.texts["overview"] for form in forms if len(form.texts.get("overview", "")) >= _LONG}
    for pair in similarity.shared(texts):
        first, second = forms[pair.first], forms[pair.second]
        if names.likeness(names.grams(first.name), names.grams(second.name)) >= _KINDRED:
            continue
        kindred = names.have_in_common(first.name, second.name, _COMMON)
        yield _shared_finding(rule, first, second, "overview", Severity.INFO if kindred or pair.part < 1 else None)
    yield from _shared_necessity(forms, rule)


def _shared_necessity(forms: Sequence[Form], rule: Rule) -> Iterator[Outcome]:
    """One reason for two projects: a phrase like 保障单位正常运转 may be, a longer one was copied."""
    first_with: dict[str, Form] = {}
    for form in forms:
        text = names.loose(form.texts.get("necessity", ""))
        first = first_with.setdefault(text, form) if len(text) >= _REASON else form
        if first is form or names.likeness(names.grams(first.name), names.grams(form.name)) >= _KINDRED:
            continue
        if names.loose(first.texts.get("overview", "")) != names.loose(form.texts.get("overview", "")):
            yield _shared_finding(rule, first, form, "necessity", Severity.INFO)


def _shared_finding(rule: Rule, first: Form, second: Form, field: str, severity: Severity | None) -> Outcome:
    return rule.finding(
        second.part(field),
        {"project": second.words, "other": first.words, "field": PROSE_TEXTS[field]},
        evidence=[Evidence(first.part(field), first.texts[field][:40], first.source(field))],
        source=second.source(field),
        severity=severity,
    )


def _same_project(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Two projects of nearly one name that also share their plan or objectives."""
    first_with: dict[str, Form] = {}
    told: set[tuple[int, int]] = set()
    for form in forms_of(context).forms:
        for field in _TELLING if form.name else ():
            text = names.loose(form.texts.get(field, ""))
            first = first_with.setdefault(text, form) if len(text) >= _LONG else form
            pair = first.position, form.position
            if first is not form and pair not in told and _one_project(first.name, form.name):
                told.add(pair)
                yield rule.finding(
                    form.place,
                    {"project": form.words, "other": first.words},
                    evidence=[Evidence(first.place, first.name, first.source())],
                    source=form.source(),
                )


def _one_project(first: str, second: str) -> bool:
    """Whether two names differ by no more than a year or a word such as 经费."""
    if names.loose(first) == names.loose(second) or _DISTINCT.findall(first) != _DISTINCT.findall(second):
        return False
    one, other = (names.grams(_VARYING.sub("", name)) for name in (first, second))
    return names.likeness(one, other) >= _SAME


_TELLING = ("overview", "plan", "objective_whole", "objective_annual")
_SAME = 0.7
_VARYING = re.compile(r"20\d\d年?度?|经费|费用?$|资金$|项目$")
# What tells two projects of one kind apart: halves, batches, phases, levels, amounts, what stands in brackets.
_DISTINCT = re.compile(
    r"[上下]半年|第?[一二三四\d]+[批期季]|前期|后期|续建|尾款|追加|补充|部分|中央|省级|市级|县级|区级|\d+(?:\.\d+)?万|[（(].*?[)）]"
)


def _all_the_same(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """One text in at least four of the five fields of description."""
    fields = ("overview", "basis", "necessity", "safeguards", "plan")
    for form in forms_of(context).forms:
        groups: dict[str, list[str]] = {}
        for field in fields:
            if field in form.texts:
                groups.setdefault(names.loose(form.texts[field]), []).append(field)
        largest = max(groups.values(), key=len, default=[])
        if len(largest) >= 4:
            yield rule.finding(
                form.part(largest[0]),
                {"project": form.words, "fields": "、".join(PROSE_TEXTS[field] for field in largest)},
                source=form.source(largest[0]),
            )


def _unfinished(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        for field, text in form.texts.items():
            if text.rstrip().endswith(_UNFINISHED) and not form.is_doubtful(field):
                yield rule.finding(
                    form.part(field),
                    {"project": form.words, "field": PROSE_TEXTS[field], "end": text.rstrip()[-10:]},
                    source=form.source(field),
                )


RULES = (
    Rule(
        id="P-TEXT-ARITHMETIC",
        title="项目说明中的算式成立",
        statement="分项之和 = 合计；人数 × 标准 × 月（年）数 = 金额",
        tables=(),
        family=Family.PERFORMANCE_AMOUNT,
        severity=Severity.WARNING,
        example="项目“监管经费”的项目概况称合计 9.87万元，按 0.5万元＋4万元＋4.37万元 计算为 8.87万元，相差 1万元。",
        check=_arithmetic,
        message="项目{project}的{field}写 {stated}，按 {how} 计算为 {computed}，相差 {difference}。",
    ),
    Rule(
        id="P-TEXT-FUNDS",
        title="项目说明中的金额与项目资金一致",
        statement="项目概况、总体目标所说需要的金额 = 资金总额",
        tables=(),
        family=Family.PERFORMANCE_AMOUNT,
        severity=Severity.WARNING,
        example="项目“会议费”的项目概况写 15万，与资金总额 11万元不一致，相差 4万元。",
        check=_amount_of_text,
        message="项目{project}的{field}写 {stated}，与资金总额 {funds}不一致，相差 {difference}。",
    ),
    Rule(
        id="P-TEXT-PARTS",
        title="项目概况所列分项之和与项目资金一致",
        statement="项目概况只列分项金额而无合计时，分项之和 = 资金总额",
        tables=(),
        family=Family.PERFORMANCE_AMOUNT,
        severity=Severity.INFO,
        example="项目“运行维护费”的项目概况所列 44万元＋15万元 为 59万元，与资金总额 57万元相差 2万元。",
        check=_parts_of_text,
        message="项目{project}的项目概况所列 {parts} 为 {sum}，与资金总额 {funds}相差 {difference}。",
    ),
    Rule(
        id="P-TEXT-SHARED",
        title="不同项目的概况、必要性不雷同",
        statement="名称不同的项目，项目概况、设立必要性不与另一项目相同",
        tables=(),
        family=Family.NARRATIVE_TEXT,
        severity=Severity.WARNING,
        example="项目“公益岗位”的项目概况与“就业见习”的相同，疑从该项目复制。",
        check=_shared,
        message="项目{project}的{field}与{other}的相同，疑从该项目复制。",
    ),
    Rule(
        id="P-PROJECT-TWICE",
        title="不重复立项",
        statement="名称相近的两个项目，概况、计划或目标文字不相同",
        tables=(),
        family=Family.OTHER,
        severity=Severity.WARNING,
        example="项目“2025年新春慰问费”与“新春慰问”名称相近、内容相同，疑似重复立项。",
        check=_same_project,
        message="项目{project}与{other}名称相近、内容相同，疑似重复立项。",
    ),
    Rule(
        id="P-TEXT-ALL-SAME",
        title="概况、依据、必要性、措施、计划各有内容",
        statement="说明各栏不填同一段文字",
        tables=(),
        family=Family.NARRATIVE_TEXT,
        severity=Severity.INFO,
        example="项目“遗属补助”的项目概况、立项依据、项目设立必要性、项目实施计划文字完全相同。",
        check=_all_the_same,
        message="项目{project}的{fields}文字完全相同。",
    ),
    Rule(
        id="P-TEXT-UNFINISHED",
        title="项目说明的句子完整",
        statement="说明各栏不以逗号、顿号、冒号结束",
        tables=(),
        family=Family.FORMAT,
        severity=Severity.INFO,
        example="项目“值守经费”的项目概况以“共计15万元,”结束，句子未完。",
        check=_unfinished,
        message="项目{project}的{field}以“{end}”结束，句子未完。",
    ),
)
