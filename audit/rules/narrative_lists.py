"""Lists, units and years in the prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from difflib import get_close_matches

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.narrative.narrative import Narrative, narrative_of
from audit.narrative.statements import ItemList, YearMention
from audit.tables import IndexedRow
from disclosures.plain.data import Level
from disclosures.plain.text import fold

_HALF_YEAR = 6  # months
_LISTED = {"personnel": "人员经费", "public_use": "公用经费"}
_UNIT_LIST = re.compile(
    r"所属(?:所属)?(?P<names>[^，。；\d]*?(?:局|委|中心|院|所|队|处|办|室|厅|会|校|馆|站|部|署|社|团|公司)[^，。；\d]*?)(?:等|共)?(?=\d|[一二三四五六七八九十]+家)"
)


# ---------------------------------------------------------------- expense items


def _spending(context: CheckContext, column: str) -> dict[str, IndexedRow]:
    """Department economic classes with an amount in a column of T06, by folded name."""
    rows: dict[str, IndexedRow] = {}
    for row in context.table("T06").rows:
        if row.row is not None and row.row.second_name and row[column].middle != 0:
            rows.setdefault(fold(row.name), row)
    return rows


def _list_findings(rule: Rule, context: CheckContext, said: ItemList, concept: str) -> Iterator[Outcome]:
    rows = _spending(context, concept)
    counts = Counter(fold(item) for item in said.items)
    printed = {fold(item): item for item in said.items}
    label = _LISTED[concept]
    head = {"numeral": said.spot.numeral, "label": label}

    def outcome(
        kind: str, item: str, tail: str, severity: Severity | None = None, row: IndexedRow | None = None
    ) -> Outcome:
        evidence = [] if row is None else [Evidence(row[concept].place, row[concept].text, row[concept].source)]
        params = {**head, "item": item, "tail": tail}
        return rule.finding(
            said.spot.where,
            params,
            actual=item,
            evidence=evidence,
            source=said.spot.source,
            key=(concept, kind, item),
            severity=severity,
        )

    for name, times in counts.items():
        if times > 1:
            yield outcome("twice", printed[name], f"写了 {times} 次，请删去重复的", Severity.WARNING)
        if name not in rows:
            yield outcome("extra", printed[name], "在表六中没有这一项的金额，请核对")
    for name, row in rows.items():
        if name not in counts:
            amount = row[concept].text
            severity = Severity.WARNING if said.open_ended else None
            yield outcome("missing", row.name, f"在表六中有 {amount} 万元，清单中没有写，请补上", severity, row)


def _check_items(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    narrative = narrative_of(context)
    reading = narrative.topic("basic")
    if reading is None:
        return
    if not context.table("T06").has_data:
        yield rule.not_checked("表六缺失或没有数据，费用清单无从核对", f"N/{reading.numeral}")
        return
    for said in reading.lists:
        concept = said.subject.concept if said.subject else None
        if concept in _LISTED:
            yield from _list_findings(rule, context, said, concept)
        else:
            yield rule.not_checked(f"看不出“{said.quote[:30]}”是哪一类经费的清单", said.spot.where)


# ---------------------------------------------------------------- units with operating costs


def _operating_units(context: CheckContext) -> dict[str, str]:
    """Units of T11 by folded name."""
    rows = context.table("T11").rows
    totals = {fold(label) for label in context.table("T11").decl.total_labels}
    return {
        fold(row.name): row.name
        for row in rows
        if fold(row.name) not in totals and not (row.row is not None and row.row.level is Level.TOTAL)
    }


def _split_units(text: str, known: Container[str]) -> list[str]:
    """Unit names of a list; 和 and 及 part two names only where one side is a known unit (人力资源和社会保障局)."""
    names: list[str] = []
    for part in filter(None, text.removesuffix("等").split("、")):
        halves = [(part[: m.start()], part[m.end() :]) for m in re.finditer("以及|[和及与]", part)]
        pair = next((pair for pair in halves if pair[0] in known or pair[1] in known), None)
        names += [part] if part in known or pair is None else pair
    return names


def _written_units(context: CheckContext, narrative: Narrative, known: Container[str]) -> list[str]:
    reading = narrative.topic("operating")
    section = context.disclosure.section(reading.numeral) if reading else None
    match = _UNIT_LIST.search(fold(section.text)) if section else None
    return _split_units(match.group("names"), known) if match else []


def _check_units(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    narrative = narrative_of(context)
    reading, units = narrative.topic("operating"), _operating_units(context)
    if reading is None or not units:
        return
    where = f"N/{reading.numeral}/1"
    source = next((amount.spot.source for amount in reading.amounts), None)
    written = _written_units(context, narrative, units)
    extra = [name for name in written if name not in units]
    missing = [name for name in units if name not in written] if written else []
    for name in extra:
        near = get_close_matches(name, missing, n=1, cutoff=0.5)
        if near:
            missing.remove(near[0])
        tail = f"，表十一写作“{units[near[0]]}”" if near else "，表十一中没有这个单位"
        yield rule.finding(where, {"numeral": reading.numeral, "text": f"写有“{name}”{tail}"}, actual=name,
                           expected=units[near[0]] if near else None, source=source, key=(name,))  # fmt: skip
    for name in missing:
        text = f"没有写到表十一的“{units[name]}”"
        yield rule.finding(where, {"numeral": reading.numeral, "text": text}, expected=units[name], source=source,
                           key=(name,))  # fmt: skip


def _check_unit_counts(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    reading, units = narrative_of(context).topic("operating"), _operating_units(context)
    counts = [count for count in reading.counts if count.unit in ("家", "个")] if reading else []
    if reading is None or not counts or not units:
        return
    said = sum(int(count.value) for count in counts if count.value.isdigit())
    if said != len(units):
        yield rule.finding(
            counts[0].spot.where,
            {"numeral": reading.numeral, "said": str(said), "listed": str(len(units))},
            actual=str(said),
            expected=str(len(units)),
            difference=f"{said - len(units):+d}",
            evidence=[Evidence("T11", str(len(units)))],
            source=counts[0].spot.source,
        )


# ---------------------------------------------------------------- years


def _is_timely(mention: YearMention, year: int) -> bool:
    """The budget year; of a date, the half year before it begins or its first half: later it was not yet known."""
    if mention.role == "statement" or mention.month is None:
        return mention.year == year or (mention.role == "date" and mention.year == year - 1)
    return (mention.year, mention.month > _HALF_YEAR) in ((year - 1, True), (year, False))


def _check_years(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    year = context.disclosure.fiscal_year
    seen: set[tuple[str, int]] = set()
    for reading in narrative_of(context).readings:
        if reading.topic == "other":
            continue
        for mention in reading.years:
            known = (mention.spot.where, mention.year)
            if mention.role == "other" or _is_timely(mention, year) or known in seen:
                continue
            seen.add(known)
            expected = str(year) if mention.role == "statement" else f"{year - 1} 年末或 {year} 年初"
            yield rule.finding(
                mention.spot.where,
                {"numeral": reading.numeral, "quote": mention.quote, "actual": str(mention.year), "expected": expected},
                actual=str(mention.year),
                expected=expected,
                source=mention.spot.source,
                key=(str(mention.year),),
            )


RULES = (
    Rule(
        id="N-ITEMS",
        title="人员经费、公用经费的费用清单与表六一致",
        statement="第六部分列出的费用名称，正是表六中人员经费（公用经费）有金额的部门经济科目，不多、不少、不重复",
        tables=("T06",),
        family=Family.NARRATIVE_TEXT,
        severity=Severity.ERROR,
        example="情况说明第六部分公用经费清单中的“会议费”在表六中没有这一项的金额，请核对。",
        check=_check_items,
        message="情况说明第{numeral}部分{label}清单中的“{item}”{tail}。",
    ),
    Rule(
        id="N-UNITS",
        title="机关运行经费所列单位与表十一一致",
        statement="第八部分写出的单位名称，与表十一逐一相同",
        tables=("T11",),
        family=Family.NARRATIVE_TEXT,
        severity=Severity.WARNING,
        example="情况说明第八部分写有“某市人才交流服务中心”，表十一中没有这个单位，请核对。",
        check=_check_units,
        message="情况说明第{numeral}部分{text}，请核对。",
    ),
    Rule(
        id="N-UNIT-COUNT",
        title="机关运行经费的单位家数与表十一一致",
        statement="第八部分写出的单位家数之和 = 表十一的单位数",
        tables=("T11",),
        family=Family.NARRATIVE_AMOUNT,
        severity=Severity.ERROR,
        example="情况说明第八部分写有 3 家单位，表十一列有 4 家，请核对。",
        check=_check_unit_counts,
        message="情况说明第{numeral}部分写有 {said} 家单位，表十一列有 {listed} 家，请核对。",
    ),
    Rule(
        id="N-YEAR",
        title="情况说明的年份是本预算年度",
        statement="句首的年份 = 预算年度；资产的截止日期在上年末或本年初",
        tables=(),
        family=Family.NARRATIVE_YEAR,
        severity=Severity.ERROR,
        example="情况说明第二部分“2025年度”写的是 2025 年，应为 2026。",
        check=_check_years,
        message="情况说明第{numeral}部分“{quote}”写的是 {actual} 年，应为 {expected}。",
    ),
)
