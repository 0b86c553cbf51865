"""Contact and identity data of persons, in prose, names and values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Family, Severity
from audit.forms import forms_of
from audit.prose import prose_of
from audit.text.identity import OFFICIAL, Hit, personal_data

Place = tuple[str, str, str, str | None]  # where, words, text, source
# Nothing shorter than a telephone number, and no address, is anybody's.
_HINT = re.compile(r"\d{3}[ -]?\d{4}|@")


def _places(context: CheckContext) -> Iterator[Place]:
    for piece in prose_of(context):
        yield piece.where, piece.words, piece.text, piece.source
    for line in context.disclosure.title_lines:
        yield "doc", "封面", line.text, line.source
    for form in forms_of(context).forms:
        head = (form.target.project, form.target.supervisor, form.target.implementing_unit)
        yield form.place, f"项目{form.words}的目标表", " ".join(filter(None, head)), form.source()
        if _HINT.search("\n".join([*(item.value for item in form.items), *(item.name for item in form.items)])):
            for item in form.items:
                text = f"{item.indicator.level3} {item.indicator.value or ''}"
                yield item.place, f"项目{form.words}的{item.level2}", text, item.indicator.source
    for table_id in ("T12", "T13"):
        for row in context.table(table_id).rows:
            if row.row is not None:
                yield row.place, f"{row.table.words}的项目名称", row.name, row.row.source
    for number, other in enumerate(context.disclosure.other_tables, 1):
        text = "\n".join(" ".join(cells) for cells in other.rows)
        yield "doc", f"附表{number}“{other.title or '无标题'}”", text, other.source


def _found(context: CheckContext) -> tuple[tuple[Place, Hit], ...]:
    def search() -> tuple[tuple[Place, Hit], ...]:
        places = (place for place in _places(context) if _HINT.search(place[2]))
        return tuple((place, hit) for place in places for hit in personal_data(place[2]))

    return context.once("personal data", search)


def _outcome(rule: Rule, place: Place, hit: Hit) -> Outcome:
    where, words, _, source = place
    return rule.finding(
        where,
        {"place": words, "kind": hit.kind.value, "shown": hit.shown},
        actual=hit.shown,
        source=source,
        key=(hit.shown,),
    )


def _persons(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for place, hit in _found(context):
        if hit.kind not in OFFICIAL:
            yield _outcome(rule, place, hit)


def _offices(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for place, hit in _found(context):
        if hit.kind in OFFICIAL:
            yield _outcome(rule, place, hit)


_BASIS = "个人信息保护法第二十五条；政府信息公开条例第十五条"
RULES = (
    Rule(
        id="D-PERSON-NUMBER",
        title="不公开个人的手机、身份证、银行卡号码",
        statement="公开文件不含手机号码、身份证号码（GB 11643 校验）、银行卡号（Luhn 校验）",
        tables=(),
        family=Family.PRIVACY,
        severity=Severity.ERROR,
        example="第一部分（概况）含有手机号码 138*****678，属个人信息，应删除。",
        check=_persons,
        message="{place}含有{kind} {shown}，属个人信息，应删除。",
        basis=_BASIS,
    ),
    Rule(
        id="D-CONTACT",
        title="联系电话和邮箱须是公务的",
        statement="公开文件中的固定电话、电子邮箱须经核实为公务所用",
        tables=(),
        family=Family.PRIVACY,
        severity=Severity.INFO,
        example="第一部分（概况）含有固定电话 035*****567，请核实是否公务电话。",
        check=_offices,
        message="{place}含有{kind} {shown}，请核实是否公务所用。",
        basis=_BASIS,
    ),
)
