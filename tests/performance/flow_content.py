"""Made-up target forms and how their page is laid out; `flow_rendering` prints them."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass

from disclosures.plain.data import Funds, Horizon, Indicator, ProjectTarget

LABELS = {
    "数量指标": "数量指标",
    "质量指标": "质量指标",
    "时效指标": "时效指标",
    "成本指标": "成本指标",
    "经济效益": "经济效益指标",
    "社会效益": "社会效益指标",
    "生态效益": "生态效益指标",
    "可持续影响": "可持续影响指标",
    "服务对象满意度": "服务对象满意度指标",
}
LEVEL1 = {"数量指标": "产出指标", "经济效益": "效益指标", "服务对象满意度": "满意度指标"}
LEVEL1_OF = {
    level2: "产出指标" if number < 4 else "效益指标" if number < 8 else "满意度指标"
    for number, level2 in enumerate(LABELS)
}


@dataclass(frozen=True)
class Style:
    """How a page is laid out; widths in full-width characters."""

    whole_clip: int = 12
    annual_clip: int = 8
    text: int = 48
    left: int = 37
    right: int = 23
    rows_per_page: int = 14
    by_height: bool = False
    labels_repeat: bool = True  # the annual half prints its level-2 labels too


def char_width(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def clip(name: str, limit: float) -> str:
    total, out = 0.0, ""
    for char in name:
        total += char_width(char)
        if total > limit:
            return out
        out += char
    return out


_THINGS = "设备 图书 树苗 课桌 路灯 水管 档案 疫苗 种子 仪器 校车 展板 井盖 围栏 监测点 病床 书架 跑道 厨具".split()  # noqa: SIM905
_WORKS = "购置 维修 更换 养护 检测 清理 安装 验收 登记 发放 补种 改造 巡查 租赁 转运".split()  # noqa: SIM905
_PLACES = "城区 中小学校 社区服务站 敬老院 文化馆 水库灌区 产业园 卫生院 农贸市场 幼儿园 图书馆 林场 救助站".split()  # noqa: SIM905
_PEOPLE = "居民 学生家长 参训人员 受助老人 基层职工 游客 农户 患者 入驻企业 读者".split()  # noqa: SIM905
_UNITS = "台 套 株 盏 米 份 支 次 人 家 个 平方米 公里 人次 台（套）".split()  # noqa: SIM905


def _quantity(rng: random.Random) -> tuple[str, str]:
    name = (
        rng.choice(_PLACES) * rng.randint(0, 1)
        + rng.choice(_WORKS)
        + rng.choice(_THINGS)
        + rng.choice(["数量", "数", "次数", "（套）数量", ""])
    )
    return name, rng.choice(["≥", "≤", "", "＝"]) + str(
        rng.choice([rng.randint(1, 60), rng.randint(100, 30000), 2.5])
    ) + rng.choice(_UNITS)


def _quality(rng: random.Random) -> tuple[str, str]:
    name = (
        rng.choice(["", "已完工", "2026年新增"])
        + rng.choice(_THINGS)
        + rng.choice(_WORKS)
        + rng.choice(["合格率", "达标率（%）", "完成率", "验收通过率"])
    )
    return name, rng.choice(["100%", "≥95%", "≥98.5%", "＞90%", "达标", "合格"])


def _timing(rng: random.Random) -> tuple[str, str]:
    name = (
        rng.choice(_PLACES) * rng.randint(0, 1)
        + rng.choice(_THINGS)
        + rng.choice(_WORKS)
        + rng.choice(["完成时间", "及时性", "开始时间", "时间"])
    )
    values = [
        "12月底前",
        "2026年6月",
        "每月",
        "及时",
        "第四季度",
        "2026年12月31日前",
        "按月",
        "上半年",
        "6月至9月",
        "每季度末",
    ]
    return name, rng.choice(values)


def _cost(rng: random.Random) -> tuple[str, str]:
    name = (
        rng.choice(_THINGS)
        + rng.choice(_WORKS)
        + rng.choice(["成本", "单价", "经费支出", "费用", "补助标准", "服务费"])
    )
    return name, rng.choice(["≤", "", "≤"]) + rng.choice(
        ["52.6万元", "1500元/平方米", "3360元/人·年", "80万元", "400元", "6000元/个"]
    )


def _benefit(rng: random.Random) -> tuple[str, str]:
    verb = rng.choice(["提高", "保障", "改善", "促进", "增强", "有效解决", "减少", "满足"])
    name = verb + rng.choice(_PLACES) + rng.choice(["服务能力", "运转水平", "环境质量", "生活困难问题", "正常秩序"])
    return name, rng.choice([verb, verb, "显著", "明显提高", "效果良好", "长期"])


def _content(rng: random.Random) -> tuple[str, str]:
    return rng.choice(_PEOPLE) + rng.choice(["满意度", "满意度（%）", "对服务的满意度"]), rng.choice(
        ["≥90%", "≥95%", "＞85%"]
    )


_ODD_VALUES = [
    "应补尽补",
    "符合领取条件的在册人员",
    "基本满足群众需求",
    "无重大安全事故",
    "按合同约定时间节点",
    "零投诉",
    "三年以上",
    "不低于上年",
    "严格执行标准",
    "根据省市有关文件要求分批安排",
]


def _named(rng: random.Random, name: str, value: str) -> tuple[str, str]:
    """Some names are much longer than their column, some values are like no other."""
    if rng.random() < 0.3:
        name = rng.choice(["全市", "2026年度", "市直各单位", "“十五五”期间", "云泽市本级"]) + name
    return name, rng.choice(_ODD_VALUES) if rng.random() < 0.08 else value


_MAKERS = {
    "数量指标": _quantity,
    "质量指标": _quality,
    "时效指标": _timing,
    "成本指标": _cost,
    "服务对象满意度": _content,
}


def made_up_indicators(rng: random.Random, style: Style) -> tuple[Indicator, ...]:
    """Indicators of both horizons with names as clipped; the annual list may be in another order or longer."""
    whole: list[Indicator] = []
    annual: list[Indicator] = []
    for level2 in LABELS:
        required = level2 in _MAKERS
        count = rng.choice([1, 1, 2, 3, 4]) if required else rng.choice([0, 0, 1, 2])
        made = dict(_named(rng, *_MAKERS.get(level2, _benefit)(rng)) for _ in range(count))
        rows = list(made.items())
        second = rows[:]
        if rng.random() < 0.25:
            rng.shuffle(second)
        if len(rows) > 1 and rng.random() < 0.1:
            second = second[:-1]  # the annual list is shorter
        elif rows and rng.random() < 0.1:
            rows = rows[:-1] or rows  # the whole period's is
        for chosen, horizon, limit, out in (
            (rows, Horizon.WHOLE, style.whole_clip, whole),
            (second, Horizon.ANNUAL, style.annual_clip, annual),
        ):
            out.extend(
                Indicator(horizon, LEVEL1_OF[level2], level2, clip(name, limit), value) for name, value in chosen
            )
    return (*whole, *annual)


def _prose(rng: random.Random, sentences: int) -> str:
    def sentence() -> str:
        return (
            f"计划对{rng.choice(_PLACES)}{rng.randint(2, 90)}处{rng.choice(_THINGS)}进行{rng.choice(_WORKS)}，"
            f"预计需经费{rng.randint(1, 99)}.{rng.randint(1, 9)}万元，保障{rng.choice(_PEOPLE)}的需要。"
        )

    return "".join(sentence() for _ in range(sentences))


def made_up_target(seed: int, style: Style) -> ProjectTarget:
    rng = random.Random(seed)
    total, annual = rng.randint(10, 900) * 1000, rng.randint(1, 10) * 1000
    aim = _prose(rng, rng.choice([1, 1, 2, 4]))
    return ProjectTarget(
        project=rng.choice(_PLACES) + rng.choice(_THINGS) + rng.choice(_WORKS) + "项目",
        supervisor="207-云泽市文化事务局",
        implementing_unit=rng.choice(["云泽市群众文化馆", "云泽市北山文化遗产保护与公共文化服务综合中心"]),
        attribute="一次性项目（1年结束）",
        term="1年",
        whole=Funds(str(total), "0", "0", str(total), "0", None),
        annual=Funds(str(annual), "0", str(annual), "0", None, None),
        overview=_prose(rng, rng.randint(1, 6)),
        basis=_prose(rng, 1),
        necessity=_prose(rng, rng.randint(1, 2)),
        safeguards="由财务科按合同约定审核支付。",
        plan=_prose(rng, rng.randint(1, 3)),
        objective_whole=aim,
        objective_annual=aim if rng.random() < 0.6 else _prose(rng, rng.choice([1, 2])),
        indicators=made_up_indicators(rng, style),
        reported_at="20260112093015",
    )
