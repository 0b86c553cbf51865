"""Quantity indicators against the counts in the description."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.forms import Form, Item, forms_of
from audit.text.counts import Count, counts, unit_of
from audit.text.names import grams
from disclosures.plain.form_fields import PROSE_TEXTS

# A count speaks of an indicator when the words around it have this many pairs of characters of its name.
_PAIRS = 2


def _closeness(count: Count, name: frozenset[str]) -> int:
    words = frozenset().union(*(grams(part) for part in count.around.split("|")))
    return len(words & name)


def _agrees(item: Item, count: Count) -> bool:
    quantity = item.quantity
    if quantity is None or quantity.about:
        return True
    if quantity.operator in ("≥", ">"):
        return count.value >= quantity.value
    if quantity.operator in ("≤", "<"):
        return count.value <= quantity.value
    return count.value == quantity.value


def _contradicted(item: Item, by_unit: Mapping[str, Sequence[Count]]) -> Count | None:
    """The count of the description that speaks of an indicator, where it says something else."""
    quantity = item.quantity
    if quantity is None or not quantity.unit:
        return None
    same_unit = by_unit.get(unit_of(quantity.unit), ())
    name = grams(item.name)
    scores = [_closeness(count, name) for count in same_unit]
    best = max(scores, default=0)
    if best < _PAIRS or scores.count(best) > 1:
        return None
    # The same number said of something else does not bear the indicator out.
    least = int(best > _PAIRS)
    if any(count.value == quantity.value and score >= least for count, score in zip(same_unit, scores, strict=True)):
        return None
    closest = same_unit[scores.index(best)]
    return None if _agrees(item, closest) else closest


def _check(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        text = form.texts.get("overview")
        items = form.by_class.get("数量指标", ())
        if not text or not items:
            continue
        by_unit: defaultdict[str, list[Count]] = defaultdict(list)
        for count in counts(text):
            by_unit[count.unit].append(count)
        pairs = [(item, _contradicted(item, by_unit)) for item in items]
        found = [(item, said) for item, said in pairs if said is not None]
        if found:
            yield _finding(rule, form, found)


def _finding(rule: Rule, form: Form, found: Sequence[tuple[Item, Count]]) -> Outcome:
    item, count = found[0]
    doubtful = item.indicator.doubtful or form.is_doubtful("overview")
    return rule.finding(
        item.place,
        {"project": form.words, "shown": item.shown, "count": count.text},
        actual=item.indicator.value,
        expected=count.text,
        evidence=[
            Evidence(form.part("overview"), count.text, form.source("overview")),
            *(Evidence(other.place, other.indicator.value, other.indicator.source) for other, _ in found[1:]),
        ],
        source=item.indicator.source or form.source(),
        severity=Severity.INFO if doubtful else None,
    )


# ---------------------------------------------------------------- objectives


def _objectives(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A count of an objective against the one count of the description that speaks of the same thing."""
    for form in forms_of(context).forms:
        overview = form.texts.get("overview", "")
        described = counts(overview) if overview else []
        seen: set[str] = set()
        for field in ("objective_whole", "objective_annual") if described else ():
            text = form.texts.get(field, "")
            if text in seen:
                continue
            seen.add(text)
            for aim in counts(text):
                said = None if _stands_in(aim, overview) else _other_count(aim, described)
                if said is not None:
                    yield _objective(rule, form, field, aim, said)


def _stands_in(count: Count, text: str) -> bool:
    """Whether a text holds the number in any connection."""
    return re.search(rf"(?<![\d.]){re.escape(str(count.value))}(?![\d.])", text) is not None


def _other_count(aim: Count, described: Sequence[Count]) -> Count | None:
    """The count of the description that says something else of what an objective counts."""
    same_unit = [count for count in described if count.unit == aim.unit]
    if any(count.value == aim.value for count in same_unit):
        return None
    words = grams(aim.around.split("|")[0])
    scores = [_closeness(count, words) for count in same_unit]
    best = max(scores, default=0)
    if best < _PAIRS or scores.count(best) > 1:
        return None
    # Parts of what is aimed at, or stages towards it, may be counted one by one.
    if sum(count.value for count in same_unit) == aim.value:
        return None
    return same_unit[scores.index(best)]


def _objective(rule: Rule, form: Form, field: str, aim: Count, said: Count) -> Outcome:
    doubtful = form.is_doubtful(field) or form.is_doubtful("overview")
    return rule.finding(
        form.part(field),
        {"project": form.words, "field": PROSE_TEXTS[field], "aim": aim.text, "said": said.text},
        actual=aim.text,
        expected=said.text,
        evidence=[Evidence(form.part("overview"), said.text, form.source("overview"))],
        source=form.source(field),
        key=(aim.text,),
        severity=Severity.INFO if doubtful else None,
    )


RULES = (
    Rule(
        id="P-COUNT-OBJECTIVE",
        title="总体目标与项目概况所说的数量一致",
        statement="总体目标中的数量与项目概况中说到同一事物的数量相同（约数不比）",
        tables=(),
        family=Family.INDICATOR_QUALITY,
        severity=Severity.WARNING,
        example="项目“站点建设”的年度总体目标写 46个，项目概况对同一事物写的是 15个，两处不一致。",
        check=_objectives,
        message="项目{project}的{field}写 {aim}，项目概况对同一事物写的是 {said}，两处不一致。",
    ),
    Rule(
        id="P-COUNT-TEXT",
        title="数量指标与项目概况所说的数量一致",
        statement="数量指标的值与项目概况中说到同一事物的数量相符（≥、≤ 按界限比较，约数不比）",
        tables=(),
        family=Family.INDICATOR_QUALITY,
        severity=Severity.WARNING,
        example="项目“培养基地”的数量指标“康养专业设备：54台”与项目概况所说的 51台不一致。",
        check=_check,
        message="项目{project}的数量指标{shown}与项目概况所说的 {count}不一致。",
    ),
)
