"""What names and values of indicators look like, and how wide text prints.

Lives here: judgements about one piece of text alone. Must not enter: where it stands in a form.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_OPERATOR = re.compile(r"[≥≤＞＜><=＝±≧≦]")
_DATE_CUT = re.compile(r"\d[年月]$|\d[日月季年度]?[-~～至到和、]$")
_MEASURED = re.compile(
    r"(?:约|不少于|不低于|不高于|不超过|大于|小于|至少|低于|高于)?-?\d[\d,.]*(?:[-~～—至]\d[\d,.]*)?(?P<unit>\D{0,8})$"
)
_DATED = re.compile(
    r"(?:20\d\d[年.]?)?"
    r"(?:\d{1,2}(?:月|日|号|[-至~、]\d{1,2}月)|20\d\d年|每[年月季周日天半]|第[一二三四]季|[全本当]年|按[月季年时期]"
    r"|[上下]半年|年[底末初内中前]|[一二三四]季度|\d+(?:小时|分钟|个?工作日|天|日)内|及时$|月底|季末|即时|随时|长期|常年|半年)"
)
_DATE_ENDING = re.compile(r"(?:[年月日季度周天末底初前内后]|每\D|及时|完成|拨付一次|进行|发放|支付|左右|结束)$")
_VERBS = (
    "提高|提升|效果|保障|促进|有效|解决|减少|降低|增强|加强|改善|满足|合格|达标|及时|按时|确保|推动|稳定|完善|优化|落实|缓解|扩大"
    "|增加|帮助|响应|助推|形成|引领|良好|优秀|优良|较高|较好|明显|显著|合理|合规|规范|安全|完整|可持续|保持|充分|正常|持续|长期"
    "|不断|逐步|逐年|健全|符合|完成|全面|覆盖|推进|改进|带动|支持|准确|真实|公平|公正|有所|大幅|基本|实现|维护|达到|服务|鼓励"
    "|优|良|好|高|强|是|无|有"
)
_GRADED = re.compile(
    rf"(?:{_VERBS}){{1,3}}(?:程度|情况|水平|影响|效果|作用|发展|增长|提高|提升|改善|运转|运行|高|好|强|[度性])?$"
)
_GRADED_ENDING = re.compile(
    r"(?:显著|明显|良好|较高|较好|提高|提升|改善|增强|保障|稳定|及时|合格|达标|满意|完成|到位|规范|有效|完善|持续|合理|优化|促进|缓解|解决|高|好|优)$"
)
_PHRASED = re.compile(
    r"(?:不[低高少多大小]于|不超过|[高低优少多]于|超过|达到|符合|按照|根据|严格|基本|应[补保享兑发]|零|无|未|依据|视|据实)"
)
_CLOSING = frozenset("）)】〕》”’、，,。.；;：:%％")
_OPENING = frozenset("（(【〔《“‘")


@lru_cache(maxsize=8192)
def _char_width(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


@lru_cache(maxsize=16384)
def width(text: str) -> float:
    """Printed width in full-width characters; Latin letters and digits take half of one."""
    if text.isascii():
        return len(text) / 2
    return sum(map(_char_width, text))


def operator_at(text: str) -> int:
    """Where the first comparison sign stands, -1 without one."""
    match = _OPERATOR.search(text)
    return match.start() if match else -1


@lru_cache(maxsize=16384)
def value_score(value: str) -> float:
    """How much a piece of text looks like the value of an indicator: 4 surely, 0 unknown, below not at all."""
    if not value or value[0] in _CLOSING:
        return -4.0
    if _OPERATOR.match(value):
        if _OPERATOR.match(value, 1) and value[:2] not in (">=", "<="):
            return 0.0
        return 4.0 if any(char.isdigit() for char in value) else 2.0
    if _DATED.match(value):
        return 3.5 if _DATE_ENDING.search(value) and len(value) <= 16 else 1.5
    measured = _MEASURED.match(value)
    if measured:
        return 3.5 if len(measured["unit"]) <= 5 else 2.0
    if _GRADED.match(value):
        return 3.0
    if len(value) <= 8 and _GRADED_ENDING.search(value):
        return 1.5
    if _PHRASED.match(value):
        return 1.0
    return max(-1.0, 0.5 - 0.15 * len(value))


@lru_cache(maxsize=16384)
def name_score(name: str) -> float:
    """How little a piece of text contradicts being the name of an indicator: 0 fine, below not."""
    if not name or _OPERATOR.match(name):
        return -6.0
    if len(name) == 1 or not any(char.isalpha() for char in name):
        return -4.0
    if name[-1] in "≥≤＞＜><=＝":
        return -1.5
    if name[-1] in _OPENING:
        return -0.5
    return -1.0 if name[0] in _CLOSING and name[0] not in "." else 0.0


def cuts_grade(left: str, right: str) -> bool:
    """Whether a graded value goes on to the left of the cut: 有效 | 解决."""
    return _GRADED.match(right) is not None and _GRADED.match(left[-2:] + right) is not None


def cuts_number(left: str, right: str) -> bool:
    """Whether a cut between two pieces goes through a number or a date."""
    before, after = left[-1:], right[:1]
    if after.isdigit() and (before.isdigit() or (before in ".,-" and left[-2:-1].isdigit())):
        return True
    if before.isdigit():
        return after in ".,%％"
    return after.isdigit() and _DATE_CUT.search(left) is not None
