"""What the words of an indicator tell: is this cell a name or a value, and which class would it suit.

Lives here: evidence from wording alone, as scores. May enter: general words of indicators. Must not
enter: positions in a table, or words of one department.
"""

from __future__ import annotations

import re
from functools import lru_cache

from disclosures.plain.text import fold

from .vocabulary import LEVEL1_OF, LEVEL2_ORDER

CLASSES: tuple[str, ...] = tuple(LEVEL2_ORDER)
Scores = tuple[float, ...]  # one for each of CLASSES

# ---------------------------------------------------------------- name or value

_OPERATOR = r"(?:[≥≤><=±~≧≦＝]|不(?:低|高|少|多|超)[于过]|(?:大|小|高|低|多|少)于(?:等于)?|约|达到?|超过|共)"
_UNIT = (
    "[人次个件份台套辆户家项条场箱本页亩吨度元万亿千百十年月日天时小分钟秒期班种批所处座例篇幅支块部名位组张间公里平方立米千瓦升克斤只盒"
    "集轮回倍级起队查章车株棵头口床盏顶/·.、%‰℃左右以上下内]"
)
_MEASURE = re.compile(rf"^{_OPERATOR}*\d[\d,.]*(?:[-~—至到]\d[\d,.]*)?{_UNIT}{{0,10}}(?:\(.{{1,8}}\))?$")
_DATE = re.compile(
    r"^(?=.*(?:\d|全年|年底|每[年月季周日]|长期))[\d年月日至到\-—~.、/,前后底初末每全个季度周旬上中下半起止间于内以长期度之]+$"
)
_GRADE_WORD = (
    "及时|按时|准时|如期|按期|符合|合格|规范|合规|合法|合理|保障|保证|提高|提升|增加|增强|增长|改善|完善|健全|建立|"
    "良好|优良|优秀|优级|优质|优|良|显著|明显|有效|稳定|促进|推进|推动|有序|维护|缓解|满足|满意|是|否|有|无|长期|持续|"
    "扩大|降低|减少|下降|落实|优化|胜任|专业|便捷|准确|完整|完成|达标|达到|形成|帮助|充分|全面|正常|安全|较高|高|强|好|"
    "拓展|拓宽|发展|防范|足额|覆盖|零|可持续|得到|加强|解决|实现|确保|和谐|满意度|效果|影响"
)
_GRADE = re.compile(
    rf"^(?:不断|稳步|逐步|逐年|进一步|较|基本|非常|比较|有所|大幅|持续|得到|全部|均|已|应)*(?:{_GRADE_WORD}){{1,4}}$"
)
_NAME_ENDING = re.compile(
    r"(?:率|度|数|量|额|性|力|人次|成本|费用?|经费|时间|时限|期限|周期|标准|机制|制度|建设|水平|能力|质量|"
    r"面积|种类|情况|工作|收入|效率|环境|需求|权益|规模|范围|程度)(?:\([^()]*\)?)?$"
)
_GLUED = re.compile(r"^(?P<name>.*[^\x00-\x7f≥≤＞＜＝].{0,1}?)(?P<value>[≥≤><＞＜≧≦]\s*\d\S*)$")
_GLUED_MEASURE = re.compile(r"^(?P<name>.{3,}?[\u4e00-\u9fff)）])(?P<value>(?:每[年月季周日天]|全[年天])*\d\S*)$")
_GLUED_GRADE = re.compile(r"^(?P<name>.{3,}[度性])(?P<value>[^度性]{2,4})$")
# Words that belong to the figure behind them, 不少于200场, so that what ends in one is no name.
_OF_A_FIGURE = re.compile("[于至自近前第约超达共每均计过到]$|至少$|最[多少高低]$")


@lru_cache(maxsize=16384)
def value_likeness(text: str) -> float:
    """How much a cell looks like an indicator value (1) rather than like a name (-1)."""
    key = fold(text)
    if _MEASURE.match(key) or _DATE.match(key):
        return 1.0
    if key.startswith(("≥", "≤", ">", "<")):
        return 0.9
    if _GRADE.match(key):
        return 0.7
    if _NAME_ENDING.search(key):
        return -0.8
    return -0.3


def unglue(text: str) -> tuple[str, str] | None:
    """A name with its value printed right behind it, 资料印刷费≤9万元, taken apart."""
    match = _GLUED.match(text)
    if match is None or not match["name"].strip():
        return None
    return match["name"].strip(), match["value"].strip()


@lru_cache(maxsize=16384)
def unglue_plain(text: str) -> tuple[str, str] | None:
    """A name with a figure, a date or a grade printed right behind it, 设备合格率100%, taken apart; less sure."""
    match = _GLUED_MEASURE.match(text) or _GLUED_GRADE.match(text)
    if match is None or value_likeness(match["value"]) <= 0 or value_likeness(text) > 0:
        return None
    return None if _OF_A_FIGURE.search(match["name"]) else (match["name"], match["value"])


# ---------------------------------------------------------------- class

_SATISFACTION = re.compile("满意")
_TIME_NAME = re.compile("时间|及时|时限|期限|时效|周期|时长|期间|日期|工期|时段|按时|准时|进度|时期")
_IN_TIME = re.compile("规定(?:的)?(?:时间|时限|期限|时$)")  # 在规定时间内下达率 is a rate of punctuality
_TIME_VALUE = re.compile("及时|按时|准时|如期|按期|小时|全年|年底|年初|^长期")
# A span of hours or days: 时效 as a rule, but also how fast something must work, which is 质量.
_CLOCK_VALUE = re.compile(r"\d(?:个?工作日|天|日内|小时|分钟)")
_MONEY_VALUE = re.compile(r"\d万?亿?元|\d万(?:/|$)")
_MONEY_NAME = re.compile("成本|费用|经费|金额|总额|支出|单价|造价|发放额|年发放|开支|费$|总费|标准$")
_QUALITY_NAME = re.compile(
    "率|合格|达标|符合|合规|规范|质量|准确|资质|满足度|正常|完整|专业性|等级|故障|通过|准确度|保障度"
)
_QUALITY_VALUE = re.compile("%|符合|合格|规范|合规|达标|优|良好|专业|胜任|准确|正常")
_COUNT_NAME = re.compile(r"数量|[人次份个户项场条班天件页]数|人次|场次|班次|面积|规模|种类|数$|量$")
_COUNT_VALUE = re.compile(
    r"\d[\d,.]*万?千?(?:人|次|个|件|份|台|套|辆|户|家|项|条|场|箱|本|页|亩|平方米|平米|吨|度|公里|所|种|批|班|处|座|例|篇|名|位|组|张|间|块|部|车|起|只|部门)"
)
# Benefits differ little in wording, so it may only tip the balance.
_BENEFITS = {
    "经济效益": re.compile("收入|增收|产值|税收|经济|投资|营收|利润|节约|产业"),
    "社会效益": re.compile("群众|社会|就业|民生|权益|稳定|公共|服务|运转|履职|知晓|认知|意识|纠纷|和谐|办事"),
    "生态效益": re.compile("生态|环境|污染|绿化|绿色|节能|减排|河道|水质|空气|植被|排放"),
    "可持续影响": re.compile("长效|可持续|长期"),
}
_LEANING = 0.8
_GRADED = 0.7
_MISFIT = -2.0


@lru_cache(maxsize=16384)
def class_fit(name: str, value: str | None) -> Scores:
    """How well an indicator's wording suits each class; about +3 is telling, about -2.5 speaks against."""
    words, amount = fold(name), fold(value)
    satisfaction = bool(_SATISFACTION.search(words))
    clock = bool(_CLOCK_VALUE.search(amount))
    money = bool(_MONEY_VALUE.search(amount))
    time_name, date = bool(_TIME_NAME.search(words)), _is_time(amount)
    count = bool(_COUNT_VALUE.search(amount)) and not money
    fits = {
        "数量指标": _quantity(words, amount, money, date, count),
        "质量指标": _quality(words, amount, money, time_name or date, count) + (1.0 if clock else 0.0),
        "时效指标": _timeliness(time_name, date, amount, money, count)
        - (0.5 if clock else 0.0)
        + (2.2 if _IN_TIME.search(words) else 0.0),
        "成本指标": _cost(words, amount, money, date),
        "服务对象满意度": 3.0 if satisfaction else (1.5 if "满意" in amount else -1.5),
    }
    benefit = -1.5 if money or date or time_name else (-1.0 if count and _COUNT_NAME.search(words) else 0.0)
    if value_likeness(value or "") == _GRADED:
        benefit += 0.5
    benefits = {key: benefit + (_LEANING if words_of.search(words) else 0.0) for key, words_of in _BENEFITS.items()}
    costs = {key: fits["成本指标"] for key, level1 in LEVEL1_OF.items() if level1 == "成本指标"}
    scores = tuple({**costs, **benefits, **fits}.get(key, benefit) for key in CLASSES)
    if satisfaction:
        return tuple(s if key == "服务对象满意度" else s - 2.5 for key, s in zip(CLASSES, scores, strict=True))
    return scores


def _is_time(amount: str) -> bool:
    return bool(_TIME_VALUE.search(amount) or _CLOCK_VALUE.search(amount)) or (
        bool(_DATE.match(amount)) and any(mark in amount for mark in "年月日周季")
    )


def _quantity(words: str, amount: str, money: bool, date: bool, count: bool) -> float:
    score = (2.0 if _COUNT_NAME.search(words) else 0.0) + (1.5 if count else 0.0)
    if "%" in amount or (date and not count):
        return score + _MISFIT
    if money:
        return score - 1.0
    return score - (1.0 if value_likeness(amount) == _GRADED else 0.0)


def _quality(words: str, amount: str, money: bool, time: bool, count: bool) -> float:
    named = bool(_QUALITY_NAME.search(words))
    score = (1.5 if named else 0.0) + (1.5 if _QUALITY_VALUE.search(amount) else 0.0)
    if money:
        return score + _MISFIT
    if time and not _QUALITY_VALUE.search(amount):
        return score + _MISFIT
    return score - (1.5 if count and not named else 0.0)


def _timeliness(time_name: bool, date: bool, amount: str, money: bool, count: bool) -> float:
    score = (2.0 if time_name else 0.0) + (1.5 if date else 0.0)
    if money:
        return score - 2.5
    if not time_name and not date:
        return -2.5 if count or _QUALITY_VALUE.search(amount) else -1.2
    return score


def _cost(words: str, amount: str, money: bool, date: bool) -> float:
    score = (2.0 if money else 0.0) + (1.0 if _MONEY_NAME.search(words) else 0.0)
    if money:
        return score
    if date or "%" in amount:
        return score - 2.5
    return score - 1.0
