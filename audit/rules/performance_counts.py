"""Quantity indicators against the counts in the description."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.forms import Form, Item, forms_of
from audit.text.counts import Count, counts, unit_of
from audit.text.names import grams

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


RULES = (
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
