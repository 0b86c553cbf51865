"""Years, months and days in prose: which years a text works in, and dates that do not exist."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH = re.compile(r"(?<![\d.,])(?P<month>\d{1,2})月(?:份|底|初)?(?:(?P<day>\d{1,2})[日号])?")
_ITS_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[年./-]\s*$")
_DOTTED = re.compile(rf"(?<!\d){_YEAR}[./-](?P<month>\d{{1,2}})[./-](?P<day>\d{{1,2}})(?!\d)")
_WORK_YEAR = re.compile(r"(?<![\d〔\[【(（{至])(20\d\d)\s*年度?")

# What makes a year a citation or a point of reference rather than the time of the work. A deadline
# (2025年底前完成) is the time of the work.
_DEADLINE = (
    r"(?:要|须|需|将|应|完成|发放|支付|实施|开展|到位|全部|结束|下达|启动|组织|采购|验收|拨付|申报|落实|建成|投入"
    r"|[，,。；;、]|$)"
)
_AFTER = re.compile(
    r"^(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:起|以来|之?后|开始|始|成立|启动|出台|印发|颁布"
    rf"|(?:底|末|初|年末)?(?:之|以)?前(?!{_DEADLINE})|(?:底|末|初|年末)(?!前|{_DEADLINE})"
    r"|第|级|届|版|修订|新增|退休|决算|结转|结余|相比|同期|预算数|已完成|未支付|尾款|欠|质保|剩余|完成情况|签订|招标"
    r"|中标|批复|下达|实际|统计|人口"
    r"|[^，。；、]{0,40}(?:》|〔|\[|【|号)|[^，。；、]{0,16}(?:印发|下发|发布|转发|出台)"
    r"|[^，。；、]{0,16}(?:文件|通知|意见|纪要|决定|公告|规定|条例|会议(?:精神|纪要|决定|要求|部署)))"
)
_BEFORE = re.compile(
    r"(?:较|比|与|同|自|从|始于|成立于|截至|截止|至|到|以|按照?|根据|依据|参照|[《〈“\"][^》〉”\"]{0,60})$"
)


@dataclass(frozen=True, slots=True)
class Misdate:
    """A date that does not exist, as printed."""

    text: str
    start: int


def _exists(year: str | None, month: int, day: str | None) -> bool:
    if not 1 <= month <= 12:
        return False
    if day is None:
        return True
    # Without a year 29 February may be meant for a leap year.
    return 1 <= int(day) <= calendar.monthrange(int(year) if year else 2024, month)[1]


def impossible(text: str) -> list[Misdate]:
    """Dates such as 11月31日, 2月30日, 13月."""
    found = []
    for match in _MONTH.finditer(text) if "月" in text else ():
        counted = match.end() < len(text) and text[match.end()] in "个次"
        year = _ITS_YEAR.search(text[max(0, match.start() - 8) : match.start()])
        if not counted and not _exists(year[1] if year else None, int(match["month"]), match["day"]):
            found.append(Misdate(match.group() if year is None else year[0] + match.group(), match.start()))
    for match in _DOTTED.finditer(text) if "20" in text else ():
        if not _exists(match["year"], int(match["month"]), match["day"]):
            found.append(Misdate(match.group(), match.start()))
    return found


def years(text: str) -> frozenset[int]:
    """Every year of this century that stands in a text, however it is used."""
    return frozenset(int(match) for match in re.findall(r"(?<!\d)20\d\d(?!\d)", text))


def work_years(text: str) -> Iterator[tuple[int, int]]:
    """(year, position) of the years in which something is done: citations, comparisons and reference
    points (2022年起, 2025年印发的通知, 较2025年) are left out."""
    for match in _WORK_YEAR.finditer(text):
        if _AFTER.match(text[match.end() : match.end() + 60]) or _BEFORE.search(text[: match.start()][-64:]):
            continue
        yield int(match[1]), match.start()
