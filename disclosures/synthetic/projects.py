"""Project recipes: a name, an amount in 元 that follows from countable things, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from .names import Unit
from .wording import wan_text

FISCAL_LEVELS = ("central", "provincial", "local")


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a project is for, before any amount is known."""

    name: str
    recipe: str  # "monthly", "yearly", "times", "items", "parts", "lump"
    thing: str  # what is paid for
    noun: str  # what is counted: 遗属, 场次 …
    measure: str  # its measure word: 人, 场, 台 …
    benefit: str  # name of the social benefit indicator
    served: str  # whose satisfaction is asked
    special: bool = False  # 特定目标类, else 其他运转类
    three_public: str = ""  # the T10 item this project's money belongs to
    parts: tuple[str, ...] = ()


_PARTS = ("印刷费", "办公费", "差旅费", "培训费", "维修费", "租赁费")

GENERAL_PURPOSES: tuple[Purpose, ...] = (
    Purpose("遗属补助", "monthly", "遗属生活补助", "遗属", "人", "遗属基本生活保障", "遗属人员", True),
    Purpose("劳务派遣人员工资", "monthly", "派遣人员工资", "派遣人员", "人", "用工秩序稳定", "派遣人员"),
    Purpose("退休人员取暖补贴", "yearly", "取暖补贴", "退休人员", "人", "退休人员温暖过冬", "退休人员", True),
    Purpose("业务工作经费", "parts", "日常业务开支", "业务事项", "项", "业务运转效率", "服务对象", parts=_PARTS),
    Purpose("信息系统运行维护费", "times", "系统巡检维护", "巡检维护", "次", "系统稳定运行", "系统使用人员"),
    Purpose("办公设备购置", "items", "办公设备", "办公设备", "台", "办公条件改善", "使用人员"),
    Purpose(
        "物业管理费",
        "parts",
        "物业服务",
        "服务事项",
        "项",
        "办公环境改善",
        "干部职工",
        parts=("保洁费", "保安费", "绿化费"),
    ),
    Purpose("业务培训费", "times", "业务培训", "培训班", "期", "业务能力提升", "参训人员"),
    Purpose("政策宣传经费", "times", "政策宣传活动", "宣传活动", "场", "政策知晓程度", "社会公众"),
    Purpose("法律顾问服务费", "lump", "聘请法律顾问", "服务合同", "份", "依法办事水平", "服务科室"),
    Purpose("档案数字化整理费", "items", "档案整理", "档案", "卷", "档案利用便利", "查档人员", True),
    Purpose(
        "办公用房维修改造（含消防设施更新）",
        "lump",
        "维修改造办公用房",
        "维修点位",
        "处",
        "安全隐患消除",
        "干部职工",
        True,
    ),
    Purpose("网络安全等级保护测评费", "times", "等级保护测评", "测评", "次", "网络安全保障", "系统使用人员"),
    Purpose("驻村帮扶工作经费", "yearly", "驻村工作补贴", "驻村队员", "人", "帮扶村发展", "帮扶村群众"),
    Purpose(
        "公务用车更新购置", "items", "公务用车", "公务用车", "辆", "公务出行保障", "用车人员", True, "vehicle_purchase"
    ),
    Purpose(
        "因公出国（境）培训经费",
        "yearly",
        "境外培训",
        "出国培训人员",
        "人",
        "对外交流合作",
        "参训人员",
        False,
        "abroad",
    ),
    Purpose("专家咨询评审费", "times", "专家评审会", "评审会", "次", "决策科学程度", "申报单位"),
    Purpose("会议费", "times", "专题会议", "会议", "次", "工作部署落实", "参会人员"),
    Purpose("公益性岗位人员补贴资金", "monthly", "岗位补贴", "岗位人员", "人", "困难人员就业", "岗位人员", True),
    Purpose("上级转移支付项目配套资金", "lump", "配套实施上级项目", "实施项目", "个", "公共服务改善", "受益群众", True),
)

_SUBJECT_PURPOSES: tuple[Purpose, ...] = (
    Purpose(
        "{subject}专项工作经费", "parts", "专项工作", "专项任务", "项", "{subject}工作水平", "服务对象", parts=_PARTS
    ),
    Purpose(
        "{subject}领域困难群众生活补助资金",
        "monthly",
        "生活补助",
        "困难群众",
        "人",
        "困难群众生活改善",
        "受助群众",
        True,
    ),
    Purpose("{subject}监督检查经费", "times", "监督检查", "检查", "次", "{subject}秩序规范", "社会公众"),
    Purpose(
        "{subject}服务能力提升和基层服务站点标准化建设项目",
        "items",
        "站点建设",
        "服务站点",
        "个",
        "基层服务能力",
        "基层群众",
        True,
    ),
    Purpose(
        "{subject}购买社会服务项目", "yearly", "购买服务岗位", "服务岗位", "个", "{subject}服务效率", "办事群众", True
    ),
    Purpose("{subject}信息化平台建设（二期）", "lump", "平台建设", "功能模块", "个", "线上办理便利", "平台用户", True),
    Purpose("{subject}宣传活动周经费", "times", "宣传活动", "活动", "场", "{subject}政策知晓", "社会公众"),
    Purpose("{subject}人才引进补贴", "yearly", "人才补贴", "引进人才", "人", "人才队伍建设", "引进人才", True),
    Purpose(
        "{subject}重点任务以奖代补资金", "items", "以奖代补", "奖补对象", "户", "{subject}发展活力", "奖补对象", True
    ),
    Purpose("{subject}设施维护养护经费", "items", "设施维护", "设施", "处", "设施完好运行", "设施使用群众"),
)


def subject_purposes(subject: str) -> tuple[Purpose, ...]:
    """The purposes of one field of government, its subject put into their words."""
    return tuple(
        replace(p, name=p.name.format(subject=subject), benefit=p.benefit.format(subject=subject))
        for p in _SUBJECT_PURPOSES
    )


@dataclass(frozen=True, slots=True)
class Project:
    """One project of one unit with its money by source, in 元, and what it buys."""

    purpose: Purpose
    name: str
    unit: Unit
    code: str
    yuan: int
    count: int
    sentence: str  # the arithmetic of the amount in words
    standard: str = ""
    sources: tuple[tuple[str, int], ...] = ()  # (column key, 元); they add up to `yuan`
    levels: tuple[tuple[str, int], ...] = ()  # fiscal money by level of government
    long_term: bool = False  # 经常性项目
    whole_times: int = 1  # whole-period funds as a multiple of the annual ones

    def from_source(self, source: str) -> int:
        return dict(self.sources).get(source, 0)


@dataclass(frozen=True, slots=True)
class Costing:
    """An amount in 元, how many things it buys, and the sentence that says so."""

    yuan: int
    count: int
    sentence: str
    standard: str = ""  # what one of them costs in a year, as an indicator prints it


def _monthly(rng: Random, p: Purpose) -> Costing:
    count, standard, months = rng.randint(2, 60), rng.randrange(600, 4200, 10), rng.choice((6, 10, 12, 12, 12))
    yuan = count * standard * months
    return Costing(
        yuan,
        count,
        f"本年度计划为{count}{p.measure}{p.noun}落实{p.thing}，每{p.measure}每月{standard}元，按{months}个月计算，共需{yuan}元。",
        f"{standard}元/{p.measure}·月" if months == 12 else "",
    )


def _yearly(rng: Random, p: Purpose) -> Costing:
    count, standard = rng.randint(2, 120), rng.randrange(800, 36000, 20)
    yuan = count * standard
    return Costing(
        yuan,
        count,
        f"涉及{p.noun}{count}{p.measure}，{p.thing}标准为每{p.measure}每年{standard}元，全年需{yuan}元。",
        f"{standard}元/{p.measure}·年",
    )


def _times(rng: Random, p: Purpose) -> Costing:
    count, each = rng.randint(1, 24), rng.randrange(2_000, 90_000, 500)
    return Costing(
        count * each,
        count,
        f"全年安排{p.thing}{count}{p.measure}，每{p.measure}{wan_text(each)}万元，共需{wan_text(count * each)}万元。",
    )


def _items(rng: Random, p: Purpose) -> Costing:
    dear = p.three_public == "vehicle_purchase"
    count, price = (
        rng.randint(1, 2 if dear else 40),
        rng.randrange(120_000, 179_900, 100) if dear else rng.randrange(1_200, 60_000, 10),
    )
    return Costing(
        count * price,
        count,
        f"本年度安排{p.thing}{count}{p.measure}，单价{price}元，需资金{count * price}元。",
    )


def _parts(rng: Random, p: Purpose) -> Costing:
    chosen = rng.sample(p.parts, rng.randint(2, min(4, len(p.parts))))
    amounts = [rng.randrange(3_000, 150_000, 100) for _ in chosen]
    listed = "、".join(f"{part}{wan_text(amount)}万元" for part, amount in zip(chosen, amounts, strict=True))
    return Costing(sum(amounts), len(chosen), f"资金用于{listed}，合计{wan_text(sum(amounts))}万元。")


def _lump(rng: Random, p: Purpose) -> Costing:
    yuan = rng.choice(
        (rng.randrange(20_000, 900_000, 1_000), rng.randrange(9_001, 200_000), 100_000 * rng.randint(1, 90))
    )
    return Costing(yuan, rng.randint(1, 12), f"用于{p.thing}，安排资金{wan_text(yuan)}万元。")


_RECIPES = {"monthly": _monthly, "yearly": _yearly, "times": _times, "items": _items, "parts": _parts, "lump": _lump}


def cost(rng: Random, purpose: Purpose) -> Costing:
    """Draw the quantities of a purpose and work out what it costs."""
    return _RECIPES[purpose.recipe](rng, purpose)
