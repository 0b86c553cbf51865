"""Part one: lists of offices and units against their number, and names of units against the tables."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Evidence, Family, Severity
from audit.prose import Piece, prose_of
from audit.text import listed
from audit.text.names import loose
from disclosures.plain.data import Level

_PART = "概况"
# Names this alike are one unit under two names; the more alike, the surer.
_ALIKE, _NEARLY_THE_SAME = 0.6, 0.8
_SHORTEST = 5


def _profile(context: CheckContext) -> list[Piece]:
    return [piece for piece in prose_of(context) if piece.section == _PART]


def _counts(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for piece in _profile(context):
        for found in listed.listed(piece.text):
            if len(found.items) < 2 or found.agrees:
                continue
            yield rule.finding(
                piece.where,
                {"quote": found.quote, "listed": str(len(found.items)), "first": found.items[0]},
                actual=str(found.number),
                expected=str(len(found.items)),
                difference=f"{found.number - len(found.items):+d}",
                source=piece.source,
                key=(found.quote,),
            )


def _table_units(context: CheckContext) -> dict[str, str]:
    """Names of the units of T11 and T12 other than the department itself, by place."""
    own = loose(context.disclosure.department)
    units: dict[str, tuple[str, str]] = {}
    totals = {loose(label) for label in context.table("T11").decl.total_labels}
    for table_id in ("T11", "T12"):
        for row in context.table(table_id).rows:
            name = loose(row.name)
            is_unit = table_id == "T11" or (row.row is not None and row.row.level is Level.UNIT)
            if row.row is not None and is_unit and name != own and name not in totals:
                units.setdefault(name, (row.name, row.place))
    return {place: name for name, place in units.values()}


def _units(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Units of the tables that part one lists under a slightly different name."""
    pieces, units = _profile(context), _table_units(context)
    known = {loose(name) for name in units.values()}
    # A name may be cut by a page.
    text = "".join(piece.text.strip() for piece in pieces)
    strangers = {loose(name): name for name in listed.units(text) if loose(name) not in known}
    strangers = {key: name for key, name in strangers.items() if len(key) >= _SHORTEST}
    for place, name in units.items():
        if loose(name) in loose(text) or not strangers:
            continue
        scores = {key: SequenceMatcher(None, key, loose(name)).ratio() for key in strangers}
        nearest = max(scores, key=lambda key: scores[key])
        if scores[nearest] >= _ALIKE:
            written = strangers.pop(nearest)
            piece = next((each for each in pieces if written in each.text), pieces[0])
            yield rule.finding(
                piece.where,
                {"written": written, "name": name, "table": context.table(place[:3]).words},
                actual=written,
                expected=name,
                evidence=[Evidence(place, name)],
                source=piece.source,
                key=(written,),
                severity=None if scores[nearest] >= _NEARLY_THE_SAME else Severity.INFO,
            )


RULES = (
    Rule(
        id="N-LIST-COUNT",
        title="概况所列机构的个数与清单一致",
        statement="“设N个科室：……”所列名称的个数 = N（有“等”字的不多于 N）",
        tables=(),
        family=Family.NARRATIVE_AMOUNT,
        severity=Severity.WARNING,
        example="第一部分（概况）写有“7个内设机构”，清单（“综合科”等）列有 8 个，请核对。",
        check=_counts,
        message="第一部分（概况）写有“{quote}”，清单（“{first}”等）列有 {listed} 个，请核对。",
    ),
    Rule(
        id="N-PROFILE-UNITS",
        title="概况的单位名称与报表一致",
        statement="概况所列单位的名称与表十一、表十二所列的相同",
        tables=("T11", "T12"),
        family=Family.NARRATIVE_TEXT,
        severity=Severity.WARNING,
        example="第一部分（概况）写有“某市社会保险服务中心”，表十一写作“某市社会保险中心”，请核对。",
        check=_units,
        message="第一部分（概况）写有“{written}”，{table}写作“{name}”，请核对。",
    ),
)
