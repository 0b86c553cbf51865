"""Parts one, three and four in words: every figure is one of the budget's, rounded as prose rounds it."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from disclosures.plain.data import Kind, Paragraph, Section

from .budget import Budget
from .codes import FUNCTIONAL
from .glossary import glossary
from .ledger import ACCOUNT, CAPITAL, FISCAL, FUND, GENERAL, OWN
from .voice import Causes, Voice

_CAUSES: Causes = (
    ("人员经费标准提高", "新增专项任务", "部分工作由其他部门划入", "在职人员增加，社保基数上调"),
    ("压减一般性支出", "部分一次性任务已经完成", "人员退休", "个别项目调整到其他部门"),
)
_CAR_CAUSES: Causes = (("车辆使用频次上升", "业务往来增加"), ("严格控制“三公”经费", "车辆使用频次下降"))
_OFFICE_CAUSES: Causes = (("公用经费标准提高", "在职人员增加"), ("厉行节约", "在职人员减少"))
_INCOME_NAMES = {
    GENERAL: "一般公共预算拨款收入",
    FUND: "政府性基金预算拨款收入",
    CAPITAL: "国有资本经营预算拨款收入",
    ACCOUNT: "财政专户管理资金收入",
    OWN: "单位资金",
}


def make_sections(voice: Voice, budget: Budget, *, overall_form: bool) -> tuple[Section, ...]:
    """概况, 一 to 十二, 名词解释."""
    word = budget.word
    bodies: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("概况", "第一部分 概况", _overview(budget)),
        ("一", f"一、{word}预算收支数据变动情况及原因", _totals(voice, budget)),
        ("二", "二、收入预算情况说明", _income(voice, budget)),
        ("三", "三、支出预算情况说明", _expenditure(voice, budget)),
        ("四", "四、财政拨款收支预算总体情况说明", _fiscal(voice, budget)),
        ("五", "五、一般公共预算支出情况说明", _general_public(voice, budget)),
        ("六", "六、一般公共预算基本支出情况说明", _basic(voice, budget)),
        ("七", "七、“三公”经费增减变动原因说明", _three_public(voice, budget)),
        ("八", "八、机关运行经费增减变动原因说明", _operating(voice, budget)),
        ("九", "九、政府采购情况", _procurement(voice, budget)),
        ("十", "十、绩效管理情况", _performance(voice, budget, overall_form)),
        ("十一", "十一、国有资产占有使用情况", _assets(budget)),
        ("十二", "十二、其他说明", _other(voice.rng, budget)),
        ("名词解释", "第四部分 名词解释", glossary(voice.rng)),
    )
    return tuple(Section(numeral, heading, tuple(map(Paragraph, body))) for numeral, heading, body in bodies)


def _overview(budget: Budget) -> Iterable[str]:
    subject, place = budget.field.subject, budget.region.name
    yield f"一、本{budget.word}职责"
    yield f"（一）贯彻执行{subject}工作的法律法规和政策，拟订{place}{subject}规划并组织实施。"
    yield f"（二）承担{subject}领域的日常管理、公共服务和监督检查工作。"
    yield f"（三）完成{place}党委、政府交办的其他任务。"
    yield "二、机构设置情况"
    if budget.kind is Kind.UNIT:
        yield f"{budget.department}为{budget.units[0].nature.value}，在职人员{budget.units[0].staff}人。"
        return
    names = "、".join(unit.name for unit in budget.units)
    yield f"纳入本部门预算编制范围的预算单位共{len(budget.units)}个，分别是：{names}。"
    for unit in budget.units:
        yield f"{unit.name}为{unit.nature.value}，在职人员{unit.staff}人。"


def _totals(voice: Voice, budget: Budget) -> Iterable[str]:
    ledger, before = budget.ledger, budget.last_year("everything")
    total, now, carried = (voice.amount(x) for x in (ledger.everything, ledger.current, ledger.carried))
    change = voice.change(ledger.everything, before) + voice.reason(ledger.everything, before, _CAUSES)
    income = (
        f"{budget.year}年度{budget.department}预算收入总计{total}，其中：本年收入{now}，上年结转{carried}，{change}"
    )
    spending = f"{budget.word}预算支出总计{total}，其中：本年预算安排{now}，上年结转{carried}，{change}。"
    if voice.rng.random() < 0.7:
        yield f"{income}；本年{spending}"
    else:
        yield f"{income}。"
        yield f"{budget.year}年度{spending}"


def _income(voice: Voice, budget: Budget) -> Iterable[str]:
    ledger = budget.ledger
    whole = ledger.everything
    parts = [(name, ledger.source(source)) for source, name in _INCOME_NAMES.items()]
    parts.append(("上年结转", ledger.carried))
    if voice.rng.random() < 0.5:
        text = "；".join(f"{name}{voice.amount(cents)}（{voice.share(cents, whole)}）" for name, cents in parts)
    else:
        text = "；".join(f"{name}{voice.amount(cents)}，{voice.share(cents, whole)}" for name, cents in parts if cents)
    yield f"{budget.year}年度{budget.department}预算收入{voice.amount(whole)}，主要包括：{text}。"


def _expenditure(voice: Voice, budget: Budget) -> Iterable[str]:
    ledger = budget.ledger
    project = ledger.total(lambda e: e.project)
    parts = (("基本支出", ledger.everything - project), ("项目支出", project))
    shape = voice.either("{}{}，{}", "{}{}（{}）")
    text = "；".join(shape.format(name, voice.amount(c), voice.share(c, ledger.everything)) for name, c in parts)
    yield f"{budget.year}年度{budget.department}支出预算{voice.amount(ledger.everything)}，其中：{text}。"


def _categories(budget: Budget, sources: tuple[str, ...], *, carried: bool) -> list[tuple[str, int]]:
    entries = [e for e in budget.ledger.entries if e.source in sources and (carried or not e.carried)]
    codes = sorted({e.code[:3] for e in entries})
    return [(FUNCTIONAL[code], sum(e.cents for e in entries if e.code[:3] == code)) for code in codes]


def _fiscal(voice: Voice, budget: Budget) -> Iterable[str]:
    ledger = budget.ledger
    by_source = "，".join(
        f"{_INCOME_NAMES[source].removesuffix('收入')}"
        f"{voice.amount(ledger.source(source) + ledger.source(source, carried=True))}"
        for source in FISCAL
    )
    current = ledger.total(lambda e: e.source in FISCAL and not e.carried)
    spent = "、".join(f"{name}{voice.amount(c)}" for name, c in _categories(budget, FISCAL, carried=True))
    yield (
        f"{budget.year}年度{budget.department}财政拨款收支总预算{voice.amount(ledger.fiscal)}。其中：{by_source}。"
        f"其中：当年拨款收入{voice.amount(current)}，上年结转收入{voice.amount(ledger.fiscal - current)}。"
        f"支出包括：{spent}。"
    )


def _general_public(voice: Voice, budget: Budget) -> Iterable[str]:
    general = budget.ledger.source(GENERAL)
    head = f"{budget.year}年度{budget.department}一般公共预算当年支出{voice.amount(general)}"
    yield "（一）一般公共预算当年支出规模变化情况"
    yield f"{head}，{voice.change(general, budget.last_year('general_public'))}。"
    yield "（二）一般公共预算当年支出结构情况"
    parts = "；".join(
        f"{name}{voice.amount(c)}，{voice.share(c, general)}"
        for name, c in _categories(budget, (GENERAL,), carried=False)
    )
    yield f"{head}，主要用于以下方面：{parts}。"


def _basic(voice: Voice, budget: Budget) -> Iterable[str]:
    entries = [e for e in budget.ledger.entries if e.group]
    personnel = [e for e in entries if not e.public_use]
    public = [e for e in entries if e.public_use]
    total = sum(e.cents for e in entries)
    yield f"{budget.year}年度{budget.department}一般公共预算安排基本支出{voice.amount(total)}，其中："
    for name, part, end in (("人员经费", personnel, "；"), ("公用经费", public, "。")):
        classes = list(dict.fromkeys(e.dept_econ for e in part))
        voice.rng.shuffle(classes)
        listed = "、".join(classes)
        lead = voice.either("主要包括：", "主要包括", "包括：")
        yield f"{name}{voice.amount(sum(e.cents for e in part))}，{lead}{listed}等{end}"


def _three_public(voice: Voice, budget: Budget) -> Iterable[str]:
    now, before = budget.item("total"), budget.last_year("total")
    if not now and not before:
        yield f"本{budget.word}{budget.year}年没有安排“三公”经费预算。"
        return
    change = voice.change(now, before, f"{budget.year - 1}年") + voice.reason(now, before, _CAR_CAUSES)
    yield f"{budget.year}年{budget.department}财政拨款安排的“三公”经费预算{voice.amount(now)}，{change}。"
    names = (
        ("abroad", "因公出国（境）费"),
        ("reception", "公务接待费"),
        ("vehicles", "公务用车购置及运行费"),
        ("vehicle_running", "公务用车运行维护费"),
        ("vehicle_purchase", "公务用车购置费"),
    )

    def part(key: str, name: str) -> str:
        change = voice.change(budget.item(key), budget.last_year(key), "上年预算数", rate=False)
        return f"{name}{voice.amount(budget.item(key))}，{change}"

    parts = [part(key, name) for key, name in names]
    if voice.rng.random() < 0.7:
        yield f"其中：{'；'.join(parts)}。"
    else:
        yield from (f"{number}、{text}。" for number, text in enumerate(parts, start=1))


def _operating(voice: Voice, budget: Budget) -> Iterable[str]:
    now, before = budget.operating, budget.last_year("operating")
    units = [u.name for u in budget.units if u.nature.official]
    if not now:
        yield f"本{budget.word}不涉及机关运行经费。"
        return
    change = f"{voice.change(now, before, f'{budget.year - 1}年预算')}{voice.reason(now, before, _OFFICE_CAUSES)}"
    if budget.kind is Kind.UNIT:
        yield f"本单位{budget.year}年机关运行经费财政拨款预算{voice.amount(now)}，{change}。"
        return
    yield (
        f"本部门{budget.year}年所属{'、'.join(units)}等{len(units)}家行政、参公单位"
        f"机关运行经费财政拨款预算{voice.amount(now)}，{change}。"
    )


def _procurement(voice: Voice, budget: Budget) -> Iterable[str]:
    goods, works, services = (voice.amount(cents) for cents in budget.procurement)
    yield (
        f"{budget.year}年{budget.department}政府采购预算总额{voice.amount(sum(budget.procurement))}。其中："
        f"政府采购货物预算{goods}、政府采购工程预算{works}、政府采购服务预算{services}。"
    )


def _performance(voice: Voice, budget: Budget, overall_form: bool) -> Iterable[str]:
    ledger = budget.ledger
    project = ledger.total(lambda e: e.project and not e.carried)
    yield "1、整体绩效目标"
    if overall_form:
        yield (
            f"{budget.year}年编报{budget.word}整体支出绩效目标，涉及{budget.word}预算资金{voice.amount(ledger.current)}，"
            f"其中基本支出{voice.amount(ledger.current - project)}，项目支出{voice.amount(project)}。"
        )
    else:
        yield f"{budget.year}年本{budget.word}未编报整体支出绩效目标。"
    yield "2、项目绩效目标"
    count = len(budget.projects)
    special = [p for p in budget.projects if p.purpose.special]
    amounts = {True: sum(p.yuan for p in special) * 100}
    amounts[False] = project - amounts[True]

    def kinds(subject: str) -> str:
        return (
            f"其中：其他运转类项目{count - len(special)}个，涉及{subject}{voice.amount(amounts[False])}；"
            f"特定目标类项目{len(special)}个，涉及{subject}{voice.amount(amounts[True])}。"
        )

    of_all = voice.share(project, ledger.total(lambda e: e.project)).removeprefix("占")
    yield (
        f"{budget.year}年{budget.department}纳入绩效目标管理的二级项目{count}个，共计金额{voice.amount(project)}。{kinds('金额')}"
        f"公开项目绩效目标{count}个，涉及项目金额{voice.amount(project)}，占部门（单位）项目支出总额的{of_all}。{kinds('项目金额')}"
    )
    yield "（项目绩效目标表见后）"


def _assets(budget: Budget) -> Iterable[str]:
    assets, date = budget.assets, f"截至{budget.year - 1}年12月31日"
    uses = "、".join(f"{use}{count}辆" for use, count in assets.vehicles)
    yield "1、车辆情况："
    yield f"{date}，{budget.department}共有公务用车编制{assets.establishment}辆，实有{assets.in_use}辆，其中：{uses}。"
    yield "2、房屋情况："
    yield f"{date}，{budget.department}使用的办公用房建筑总面积{assets.floor_area}平方米。"
    yield "3、其他国有资产占有使用情况："
    yield (
        f"{date}，{budget.department}单价50万元以上的通用设备有{assets.above_half_million}台（套），"
        f"其中单价100万元以上的{assets.above_million}台（套）。"
    )


def _other(rng: Random, budget: Budget) -> Iterable[str]:
    yield "（一）政府购买服务指导性目录"
    yield f"本{budget.word}政府购买服务事项执行省级部门统一公布的指导性目录。"
    yield "（二）其他"
    yield rng.choice((f"本{budget.word}没有其他需要说明的事项。", "除上述内容外，无其他情况需要说明。"))
