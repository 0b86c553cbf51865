"""Part four: terms in words of our own."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

_TERMS = (
    ("基本支出", "用来维持机构运转、办理日常公务的人员和公用方面的花费。"),
    ("项目支出", "为办成某项专门任务或发展目标，在基本支出以外另行安排的花费。"),
    ("“三公”经费", "财政拨款中用于因公出国（境）、公务接待以及公务用车购置和运行的支出。"),
    ("机关运行经费", "行政单位和参公事业单位从财政拨款基本支出里开支的公用部分。"),
    ("政府购买服务", "把适合市场提供的公共服务，按采购程序交给有条件的承接方办理并付费。"),
    ("财政专户管理资金", "主要是纳入专户管理的教育收费。"),
    ("单位资金", "财政拨款和专户资金之外，由单位依法取得的各项收入。"),
    ("上年结转", "以前年度安排而没有用完、按原用途转到本年接着使用的钱。"),
    ("一般公共预算", "以税收为主要来源、用于民生和国家机构运转等方面的收支计划。"),
    ("政府性基金预算", "依法向特定对象征收、专款专用的收支计划。"),
    ("国有资本经营预算", "对国有资本收益作出安排的收支计划。"),
)
_NUMERALS = "一二三四五六七八九十"


def glossary(rng: Random) -> Iterable[str]:
    """Numbered terms; small documents leave some out."""
    kept = [term for term in _TERMS if rng.random() < 0.9][:10]
    for numeral, (term, meaning) in zip(_NUMERALS, kept, strict=False):
        yield f"{numeral}、{term}：{meaning}"
