"""The same functional code bears the same name in every disclosure of a region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from audit.catalogue import CLASSIFICATION
from audit.findings import Evidence, Family, Severity
from disclosures.plain.text import fold

from .context import CodeName, Member, SetContext
from .rule import Reach, SetFinding, SetRule

_FEWEST = 3  # disclosures that must agree before another one is odd
_SHARE = 3  # one odd name for so many usual ones at least

_Printed = list[tuple[Member, CodeName]]


def odd_name(context: SetContext, rule: SetRule) -> Iterator[SetFinding]:
    """A code that the catalogue does not hold is named as most disclosures name it.

    Codes of the catalogue are the business of C-CATALOGUE: two findings for one cause help nobody.
    """
    for code, printed in _by_code(context).items():
        if context.names is not None and context.names.functional(code, context.year) is not None:
            continue
        owners: dict[str, set[int]] = defaultdict(set)
        for member, entry in printed:
            owners[fold(entry.name)].add(member.department)
        usual = max(owners, key=lambda name: len(owners[name]))
        others = len(set().union(*owners.values()) - owners[usual])
        if len(owners[usual]) >= _FEWEST and len(owners[usual]) >= _SHARE * others:
            yield from _odd(rule, printed, usual, len(owners[usual]))


def _by_code(context: SetContext) -> dict[str, _Printed]:
    found: dict[str, _Printed] = defaultdict(list)
    for member in context.members:
        for entry in member.names:
            found[entry.code].append((member, entry))
    return found


def _odd(rule: SetRule, printed: _Printed, usual: str, number: int) -> Iterator[SetFinding]:
    right = next(entry.name for _, entry in printed if fold(entry.name) == usual)
    says_right = {member.disclosure for member, entry in printed if fold(entry.name) == usual}
    said: set[int | None] = set()
    for member, entry in printed:
        # Where the disclosure is at odds with itself C-NAME says so.
        if fold(entry.name) == usual or member.disclosure in says_right or member.disclosure in said:
            continue
        said.add(member.disclosure)
        finding = rule.finding(
            entry.place,
            {"code": entry.code, "name": entry.name, "right": right, "number": str(number)},
            actual=entry.name,
            expected=right,
            evidence=[Evidence(entry.place, entry.name, entry.source)],
            source=entry.source,
            key=(entry.code,),
        )
        yield SetFinding(member, finding)


RULES = (
    SetRule(
        id="S-NAME",
        title="同一科目各部门名称一致",
        statement="目录中没有的科目，同一地区至少 3 家用同一名称、且为不同名称家数的 3 倍以上时，其余用名应与之相同",
        tables=("T02", "T03"),
        family=Family.CODE_NAME,
        severity=Severity.INFO,
        basis=CLASSIFICATION,
        message="科目 {code} 的名称为“{name}”，同一地区有 {number} 家写作“{right}”，请核对。",
        example="科目 2080177 的名称为“创业补助”，同一地区有 5 家写作“创业补贴”，请核对。",
        reach=Reach.REGION,
        check_set=odd_name,
    ),
)
