"""Target forms of a budget's projects, and the department-wide form."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from disclosures.plain.data import Funds, Horizon, Indicator, OverallTarget, ProjectTarget

from .budget import Budget
from .ledger import ACCOUNT, FISCAL, OWN
from .projects import FISCAL_LEVELS, Project
from .wording import wan, wan_text

OUTPUT, BENEFIT, SATISFACTION = "产出指标", "效益指标", "满意度指标"
ONCE, LONG_TERM = "一次性项目（1年结束）", "经常性项目（长期开展）"

_QUALITY = {
    "monthly": "发放准确率",
    "yearly": "对象资格符合率",
    "times": "计划完成率",
    "items": "验收合格率",
    "parts": "资金使用合规率",
    "lump": "验收通过率",
}
_GRADES = ("显著提升", "明显改善", "有力保障", "持续增强", "稳步提高")
_LASTING = (("长效管理机制", "健全"), ("制度执行情况", "规范"), ("影响年限", "≥3年"))


def project_targets(rng: Random, budget: Budget) -> tuple[ProjectTarget, ...]:
    """One form for every current-year project, in no particular order."""
    supervisor = f"{rng.randint(101, 899)}-{budget.department}"
    targets = [_target(rng, budget, project, supervisor) for project in budget.projects]
    rng.shuffle(targets)
    return tuple(targets)


def form_title(budget: Budget) -> str:
    """The title printed over every target form."""
    grade = "市级" if budget.region.grade == "市" else "县（区）级"
    return f"{budget.region.short}{grade}预算部门（单位）项目支出绩效目标表"


def _funds(project: Project, times: int) -> Funds:
    levels = dict(project.levels)
    central, provincial, local = (str(levels.get(level, 0) * times) for level in FISCAL_LEVELS)
    own = project.from_source(ACCOUNT) + project.from_source(OWN)
    return Funds(str(project.yuan * times), central, provincial, local, str(own * times), None)


def _target(rng: Random, budget: Budget, project: Project, supervisor: str) -> ProjectTarget:
    year, unit, purpose = budget.year, project.unit.name, project.purpose
    notice = f"{budget.region.short[0]}政发〔{year - 1}〕{rng.randint(2, 98)}号"
    month = rng.choice(("11月", "10月", "12月"))
    need = project.yuan * project.whole_times
    lasting = f"实施期内累计安排{wan_text(need)}万元，" if project.whole_times > 1 else ""
    return ProjectTarget(
        project=project.name,
        supervisor=supervisor,
        implementing_unit=unit,
        attribute=LONG_TERM if project.long_term else ONCE,
        term="99年" if project.long_term else "1年",
        whole=_funds(project, project.whole_times),
        annual=_funds(project, 1),
        overview=project.sentence,
        basis=f"依据{notice}文件及{unit}{year}年工作安排，设立“{project.name}”项目。",
        necessity=f"“{project.name}”关系{purpose.benefit}，由{unit}组织实施，确有必要。",
        safeguards=rng.choice(
            (
                f"{unit}对“{project.name}”实行专账核算、分管领导负责，按内部控制制度审批支付。",
                f"{unit}明确“{project.name}”的经办科室，按月对账，重大支出集体研究。",
            )
        ),
        plan=f"{year}年3月底前下达{purpose.thing}任务，{year}年{month}底前完成“{project.name}”全部支付。",
        objective_whole=f"{lasting}持续落实{purpose.thing}各项安排，{purpose.benefit}得到落实。",
        objective_annual=f"{year}年安排{wan_text(project.yuan)}万元，完成{purpose.thing}有关任务{project.count}{purpose.measure}。",
        indicators=tuple(_indicators(rng, budget, project)),
        reported_at=_reported_at(rng, year),
        form_title=form_title(budget),
    )


def _reported_at(rng: Random, year: int) -> str:
    day = rng.choice(
        (
            f"{year - 1}11{rng.randint(1, 30):02d}",
            f"{year - 1}12{rng.randint(1, 31):02d}",
            f"{year}01{rng.randint(1, 31):02d}",
        )
    )
    return f"{day}{rng.randint(8, 18):02d}{rng.randint(0, 59):02d}{rng.randint(0, 59):02d}"


def _indicators(rng: Random, budget: Budget, project: Project) -> Iterator[Indicator]:
    """The same indicators for both horizons, in another order within a class now and then.

    Only the total cost follows the horizon's funds.
    """
    whole = _choose(rng, budget, project)
    annual = whole
    if rng.random() < 0.2:
        classes = list(dict.fromkeys(level2 for _, level2, _, _ in whole))
        annual = [row for level2 in classes for row in reversed(whole) if row[1] == level2]
    for horizon, times, rows in ((Horizon.WHOLE, project.whole_times, whole), (Horizon.ANNUAL, 1, annual)):
        for level1, level2, name, value in rows:
            yield Indicator(horizon, level1, level2, name, value or _ceiling(project.yuan * times))


def _ceiling(yuan: int) -> str:
    return f"≤{wan_text(yuan)}万元" if yuan % 100 == 0 else f"≤{yuan}元"


def _choose(rng: Random, budget: Budget, project: Project) -> list[tuple[str, str, str, str]]:
    """(level 1, level 2, name, value); an empty value stands for the ceiling of the funds."""
    purpose = project.purpose
    counted = f"{purpose.noun}人数" if purpose.measure == "人" else f"{purpose.noun}数量"
    sign = rng.choice(("≥", "≥", ""))
    rows = [
        (OUTPUT, "数量指标", counted, f"{sign}{project.count}{purpose.measure}"),
        (OUTPUT, "质量指标", _QUALITY[purpose.recipe], rng.choice(("100%", "≥98%"))),
    ]
    if rng.random() < 0.3:
        rows.append((OUTPUT, "质量指标", "资金拨付合规率", "100%"))
    rows.append(
        (OUTPUT, "时效指标", *rng.choice((("任务按时完成率", "100%"), ("完成时限", f"{budget.year}年12月底前"))))
    )
    rows.append((OUTPUT, "成本指标", "项目总成本", ""))
    if project.standard and rng.random() < 0.6:
        rows.append((OUTPUT, "成本指标", f"{purpose.thing}标准", project.standard))
    if rng.random() < 0.15:
        rows.append((BENEFIT, "经济效益", "资金节约率", "≥1%"))
    rows.append((BENEFIT, "社会效益", purpose.benefit, rng.choice(_GRADES)))
    if rng.random() < 0.1:
        rows.append((BENEFIT, "生态效益", "办公耗材节约率", "≥2%"))
    if rng.random() < 0.6:
        rows.append((BENEFIT, "可持续影响", *rng.choice(_LASTING)))
    rows.append((SATISFACTION, "服务对象满意度", f"{purpose.served}满意度", f"≥{rng.choice((90, 95, 98))}%"))
    return rows


# ---------------------------------------------------------------- department-wide


def overall_target(rng: Random, budget: Budget) -> OverallTarget:
    """部门（单位）整体支出绩效目标表: funds and staff as in the rest of the document."""
    ledger, subject = budget.ledger, budget.field.subject
    staff = sum(unit.staff for unit in budget.units)
    projects = ledger.total(lambda e: e.project and not e.carried)
    by_source = {source: str(wan(ledger.source(source))) for source in FISCAL}
    total = str(wan(ledger.current))
    funds = {
        "total_by_source": total,
        **by_source,
        "social_insurance": "0.00",
        "fiscal_account": str(wan(ledger.source(ACCOUNT))),
        "unit_funds": str(wan(ledger.source(OWN))),
        "total_by_direction": total,
        "basic": str(wan(ledger.current - projects)),
        "project": str(wan(projects)),
    }
    return OverallTarget(
        unit=budget.department,
        form_title=f"{budget.region.grade}级预算部门（单位）整体支出绩效目标申报表",
        staff=(
            ("内设职能部门数", f"{rng.randint(3, 16)}个"),
            ("所属预算单位数", f"{len(budget.units) - 1}个"),
            ("核定的人员编制数", f"{staff + rng.randint(0, 9)}人"),
            ("实际在职人员总数", f"{staff}人"),
            ("其中:在编人员数", f"{staff}人"),
            ("其他人员数", "0人"),
        ),
        duties=f"负责{budget.region.name}{subject}领域的规划、管理和服务。",
        strategy=f"围绕{subject}高质量发展，健全制度，优化服务，守住安全底线。",
        objective=f"完成{budget.year}年{subject}各项任务，保障{budget.word}平稳运转。",
        funds=tuple(funds.items()),
        tasks=((f"{subject}管理", f"完成{budget.year}年{subject}年度任务"), ("运转保障", "按时足额保障人员和公用支出")),
        indicators=tuple(
            Indicator(Horizon.ANNUAL, level1, level2, name, value)
            for level1, level2, name, value in (
                (OUTPUT, "数量指标", "实施项目数量", f"≥{len(budget.projects)}个"),
                (OUTPUT, "质量指标", "年度任务完成率", "100%"),
                (OUTPUT, "时效指标", "资金支付及时率", "100%"),
                (OUTPUT, "成本指标", f"{budget.word}预算总额", f"≤{total}万元"),
                (BENEFIT, "社会效益", f"{subject}服务水平", rng.choice(_GRADES)),
                (BENEFIT, "可持续影响", "长效管理机制", "健全"),
                (SATISFACTION, "服务对象满意度", "服务对象满意度", "≥95%"),
            )
        ),
    )
