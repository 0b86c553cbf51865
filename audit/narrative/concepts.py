"""What the words in front of a figure speak of, section by section.

A concept is a short id such as `income_total` or `category:卫生健康支出`; `figures` says which
table cells it names. Labels are matched after department name, year and fillers are taken off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from disclosures.plain.text import fold


@dataclass(frozen=True, slots=True)
class Topic:
    """A section's subject, recognised by its heading; `labels` are tried in order on an amount's label."""

    id: str
    heading: re.Pattern[str]
    numeral: str
    labels: tuple[tuple[re.Pattern[str], str], ...] = ()
    # Full names that, at the head of a clause, end a reason and begin a statement again.
    resuming: re.Pattern[str] | None = None
    categories: bool = False  # an otherwise unknown label ending in 支出 names a functional class


def _topic(
    topic_id: str,
    numeral: str,
    heading: str,
    *labels: tuple[str, str],
    categories: bool = False,
    resuming: str | None = None,
) -> Topic:
    return Topic(
        topic_id,
        re.compile(heading),
        numeral,
        tuple((re.compile(pattern), concept) for pattern, concept in labels),
        re.compile(resuming) if resuming else None,
        categories,
    )


_SOURCES = (
    (r"一般公共预算", "source:general_public"),
    (r"政府性基金", "source:gov_fund"),
    (r"国有资本经营", "source:state_capital"),
    (r"财政专户|专户管理", "source:fiscal_account"),
    (r"单位资金", "source:unit_funds"),
)
_THREE_PUBLIC = (
    (r"出国", "abroad"),
    (r"接待", "reception"),
    (r"用车购置(?:费)?(?:及|和|与)运行|车辆?购置(?:费)?(?:及|和|与)运行|公务用车(?:购置)?(?:及|和)运行", "vehicles"),
    (r"运行", "vehicle_running"),
    (r"购置", "vehicle_purchase"),
    (r"公务用车费?$", "vehicles"),
    (r"三公", "three_public"),
)

TOPICS: tuple[Topic, ...] = (
    _topic("performance", "十", r"绩效"),
    _topic("assets", "十一", r"国有资产|资产占有"),
    _topic(
        "fiscal",
        "四",
        r"财政拨款收支",
        (r"收支(?:预算)?总(?:预算|计)|收支总|收支预算|收入总计|支出总计", "fiscal_total"),
        (r"(?:当年|本年)(?:财政)?(?:拨款)?(?:收入|预算)|当年拨款", "fiscal_this_year"),
        (r"结转", "fiscal_carried_over"),
        *_SOURCES[:3],
        categories=True,
    ),
    _topic(
        "three_public",
        "七",
        r"三公",
        *_THREE_PUBLIC,
        resuming=r"(?:因公出国(?:[(]境[)])?费用?|公务接待费|公务用车购置(?:及|和)运行(?:维护)?费|公务用车运行(?:维护)?费|公务用车购置费)(?:预算)?",
    ),
    _topic(
        "operating",
        "八",
        r"机关运行",
        (r"机关运行|运行经费", "operating"),
    ),
    _topic(
        "procurement",
        "九",
        r"采购",
        (r"货物", "procurement_goods"),
        (r"工程", "procurement_works"),
        (r"服务", "procurement_services"),
        (r"采购", "procurement_total"),
    ),
    _topic(
        "basic",
        "六",
        r"基本支出",
        (r"人员经费", "personnel"),
        (r"公用经费", "public_use"),
        (r"基本支出", "basic"),
    ),
    _topic(
        "general_public",
        "五",
        r"一般公共预算.*支出|一般公共预算",
        (r"基本支出", "gp_basic"),
        (r"项目支出", "gp_project"),
        (
            r"一般公共预算(?:财政拨款)?(?:当年|本年)?(?:拨款|财政)?(?:支出)?(?:预算)?$|当年(?:拨款|支出)|本年支出",
            "gp_total",
        ),
        categories=True,
    ),
    _topic(
        "overview",
        "一",
        r"收支.*(?:变动|情况)|变动.*原因",
        (r"收支总(?:计|预算)|收支预算总", "balance_total"),
        (r"支出总计|支出预算总|预算总支出|支出总预算|总支出", "expenditure_total"),
        (r"收入总计|收入预算总|预算总收入|收入总预算|总收入", "income_total"),
        (r"(?:本年|当年)(?:预算)?收入", "income_this_year"),
        (r"(?:本年|当年)(?:预算)?(?:安排|支出)", "current_year"),
        (r"结转", "carried_over"),
    ),
    _topic(
        "income",
        "二",
        r"收入(?:预算|情况)",
        *_SOURCES,
        (r"结转", "carried_over"),
        (r"(?:本年|当年)(?:预算)?收入", "income_this_year"),
        (r"收入", "income_total"),
    ),
    _topic(
        "expenditure",
        "三",
        r"支出(?:预算|情况)",
        (r"基本支出", "basic_all"),
        (r"项目支出", "project_all"),
        (r"结转", "year_end_carry_over"),
        (r"支出", "expenditure_total"),
    ),
    _topic("other", "十二", r"其他"),
)
_BY_NUMERAL = {topic.numeral: topic for topic in TOPICS}

_NUMERAL_HEAD = re.compile(r"^[#*\s]*[一二三四五六七八九十]+[、.．]\s*")
_LEAD = re.compile(r"^(?:其中|包括|分别为|分别是|另|以及|和|及|主要为|主要包括|主要用于|用于|安排|的)+")
_TAIL = re.compile(r"(?:为|是|共|约|达到?|的)+$")
_YEAR_HEAD = re.compile(r"^20\d\d年?度?")
_BRACKETED_LEVEL = re.compile(r"[（(](?:类|款|项)[）)]")


def topic_of(numeral: str, heading: str) -> Topic | None:
    """The topic of a section: by the words of its heading, else by its customary numeral."""
    words = _NUMERAL_HEAD.sub("", heading)
    for topic in TOPICS:
        if topic.heading.search(words):
            return topic
    return _BY_NUMERAL.get(numeral)


class Labels:
    """Resolves labels of one document: knows the department's and the units' names, which are taken off."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = tuple(sorted({fold(name) for name in names if name}, key=len, reverse=True))

    def bare(self, label: str) -> str:
        """The folded label without names, year, 其中 and fillers in front."""
        text = fold(label)
        for name in self._names:
            text = text.replace(name, "")
        text = _YEAR_HEAD.sub("", text)
        text = re.sub(r"^(?:本年)?(?:本部门|本单位|我部门|我单位|我局)", "", text)
        return _LEAD.sub("", text)

    def resumes(self, topic: Topic, label: str) -> bool:
        """Whether a label inside a reason is an item's full name, so that the statement goes on with it."""
        return topic.resuming is not None and topic.resuming.fullmatch(self.bare(label)) is not None

    def concept(self, topic: Topic, label: str) -> str | None:
        """The concept that a label names under a topic, None when it is not known."""
        bare = self.bare(label)
        if not bare:
            return None
        category = topic.categories and re.search(r"支出(?:[（(].[）)])?$", bare) is not None
        for pattern, concept in topic.labels:
            if category and concept.startswith("source:"):
                continue  # 国有资本经营预算支出 is a functional class here
            if pattern.search(bare):
                return concept
        if category:
            return f"category:{_BRACKETED_LEVEL.sub('', bare)}"
        return None


def strip_tail(label: str) -> str:
    """A label without closing fillers such as 为, 约, 达: what a message calls the thing."""
    return _TAIL.sub("", label) or label
