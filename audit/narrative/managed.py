"""Section 十: how many projects and how much money are said to be under performance management."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .statements import Amount, Count, SectionReading, Share

_PROJECTS = re.compile(r"项目|目标")


@dataclass(frozen=True, slots=True)
class Group:
    """「38 个，涉及金额 2574.02 万元」"""

    count: Count | None = None
    amount: Amount | None = None


@dataclass(frozen=True, slots=True)
class Managed:
    """What section 十 claims. Groups are keyed (scope, class): scope managed or disclosed, class all,
    operating (其他运转类) or specific (特定目标类)."""

    groups: dict[tuple[str, str], Group]
    share: Share | None = None  # disclosed amount of all project expenditure
    overall_funds: Amount | None = None  # funds under the department-wide target
    overall_basic: Amount | None = None
    overall_project: Amount | None = None


def _class_of(label: str) -> str:
    if "运转" in label:
        return "operating"
    return "specific" if "特定" in label else "all"


def _overall_part(reading: SectionReading) -> dict[str, Amount]:
    """Funds of the department-wide target: the amounts in front of the first count of projects."""
    first = min((c.order for c in reading.counts if _PROJECTS.search(c.label) and "单位" not in c.label), default=None)
    parts: dict[str, Amount] = {}
    for amount in reading.amounts:
        if first is not None and amount.order >= first:
            break
        if "基本支出" in amount.label:
            parts.setdefault("basic", amount)
        elif "项目支出" in amount.label:
            parts.setdefault("project", amount)
        elif re.search(r"资金|预算|金额", amount.label):
            parts.setdefault("funds", amount)
    return parts


def read_managed(reading: SectionReading) -> Managed:
    """Group the counts and amounts of section 十 by scope and class, in printed order."""
    groups: dict[tuple[str, str], Group] = {}
    scope = "managed"
    current: tuple[str, str] | None = None
    figures: list[Amount | Count] = sorted([*reading.amounts, *reading.counts], key=lambda figure: figure.order)
    for figure in figures:
        if isinstance(figure, Count):
            if figure.unit not in ("个", "项") or not _PROJECTS.search(figure.label):
                current = None
                continue
            if "公开" in figure.label:
                scope = "disclosed"
            current = (scope, _class_of(figure.label))
            groups.setdefault(current, Group(count=figure))
        elif current is not None and groups[current].amount is None:
            groups[current] = Group(groups[current].count, figure)
    overall = _overall_part(reading)
    share = next((s for s in reading.shares if "项目" in s.whole_words), None)
    return Managed(
        groups,
        share,
        overall.get("funds"),
        overall.get("basic"),
        overall.get("project"),
    )
