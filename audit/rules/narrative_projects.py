"""Section 十: counts and sums of projects against T12, T13 and the target forms."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from audit.catalogue import Outcome, Rule
from audit.constraints import Linear, Share
from audit.context import CheckContext
from audit.figures import Figure
from audit.findings import Evidence, Family, Severity
from audit.forms import forms_of
from audit.narrative.managed import Group, Managed
from audit.narrative.narrative import Narrative, narrative_of
from audit.narrative.statements import Amount, Count
from disclosures.plain.data import Horizon

_CLASSES = ("operating", "specific")


def _managed(context: CheckContext) -> tuple[Narrative, Managed | None]:
    narrative = narrative_of(context)
    return narrative, narrative.managed()


def _scopes(managed: Managed) -> Iterator[tuple[Group, list[Group]]]:
    """The whole of each scope with its classes, where both classes are stated."""
    for scope in ("managed", "disclosed"):
        whole = managed.groups.get((scope, "all"))
        parts = [managed.groups[scope, name] for name in _CLASSES if (scope, name) in managed.groups]
        if whole is not None and len(parts) == len(_CLASSES):
            yield whole, parts


def _check_class_counts(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    narrative, managed = _managed(context)
    for whole, parts in _scopes(managed) if managed else ():
        counts = [part.count for part in parts if part.count is not None]
        if whole.count is not None and len(counts) == len(parts):
            yield Linear(rule, (narrative.count(whole.count),), tuple(narrative.count(count) for count in counts))


def _check_class_amounts(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    narrative, managed = _managed(context)
    for whole, parts in _scopes(managed) if managed else ():
        amounts = [part.amount for part in parts if part.amount is not None]
        if whole.amount is not None and len(amounts) == len(parts):
            yield Linear(rule, (narrative.amount(whole.amount),), tuple(narrative.amount(a) for a in amounts))


def _check_scopes(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Where all project money is said to be disclosed, what is disclosed is what is managed, class by class."""
    narrative, managed = _managed(context)
    if managed is None:
        return
    everything = managed.share is not None and Decimal(managed.share.value) >= 100
    for name in ("all", *_CLASSES):
        first, second = managed.groups.get(("managed", name)), managed.groups.get(("disclosed", name))
        if first is None or second is None:
            continue
        if first.count is not None and second.count is not None:
            yield Linear(
                rule, (narrative.count(second.count),), (narrative.count(first.count),), at_most=not everything
            )
        if first.amount is not None and second.amount is not None:
            yield Linear(
                rule, (narrative.amount(second.amount),), (narrative.amount(first.amount),), at_most=not everything
            )


def _count_finding(rule: Rule, count: Count, numeral: str, counted: int, what: str, place: str) -> Outcome:
    return rule.finding(
        count.spot.where,
        {"numeral": numeral, "said": count.value, "counted": str(counted), "what": what},
        actual=count.value,
        expected=str(counted),
        difference=f"{int(count.value) - counted:+d}",
        evidence=[Evidence(place, str(counted))],
        source=count.spot.source,
        key=(place,),
    )


def _whole_number(group: Group | None) -> Count | None:
    return group.count if group is not None and group.count is not None and group.count.value.isdigit() else None


def _check_project_count(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    _, managed = _managed(context)
    count = _whole_number(managed.groups.get(("managed", "all"))) if managed else None
    if count is None:
        return
    this_year, carried = (len(forms_of(context).projects(table_id)) for table_id in ("T12", "T13"))
    if not this_year:
        yield rule.not_checked("表十二没有读到项目，项目个数无从核对", count.spot.where)
    elif int(count.value) not in (this_year, this_year + carried):
        yield _count_finding(rule, count, count.spot.numeral, this_year, "表十二列有", "T12")


def _check_form_count(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    _, managed = _managed(context)
    group = (managed.groups.get(("disclosed", "all")) or managed.groups.get(("managed", "all"))) if managed else None
    count = _whole_number(group)
    if count is not None and int(count.value) != len(context.disclosure.project_targets):
        forms = len(context.disclosure.project_targets)
        yield _count_finding(rule, count, count.spot.numeral, forms, "文中附有项目支出绩效目标表", "P")


def _first_agreeing(equations: list[Linear]) -> Linear | None:
    return next((equation for equation in equations if not equation.fails()), equations[0] if equations else None)


def _project_funds(context: CheckContext) -> list[tuple[Figure, ...]]:
    """What the funds under management may be: the total of T12, or those of T12 and T13 together."""
    cells = narrative_of(context).cells
    this_year = cells.of("performance", "projects_this_year")[:1]
    carried = cells.of("performance", "projects_carried_over")[:1]
    if not this_year:
        return []
    return [this_year, this_year + carried] if carried else [this_year]


def _check_project_amount(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """The funds under management are those of T12, or of T12 and T13 together."""
    narrative, managed = _managed(context)
    group = managed.groups.get(("managed", "all")) if managed else None
    if group is None or group.amount is None:
        return
    written, tables = narrative.amount(group.amount), _project_funds(context)
    equation = _first_agreeing([Linear(rule, (written,), cells) for cells in tables])
    if equation is None:
        yield rule.not_checked("表十二缺失，项目金额无从核对", group.amount.spot.where)
    else:
        yield equation


def _form_figures(context: CheckContext) -> tuple[Figure, ...]:
    """Annual funds of every form that prints them."""
    forms = [form for form in forms_of(context).forms if form.target.annual.total]
    return tuple(form.funds(Horizon.ANNUAL, "total") for form in forms)


def _check_form_amount(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    narrative, managed = _managed(context)
    group = managed.groups.get(("disclosed", "all")) if managed else None
    figures = _form_figures(context)
    if group is None or group.amount is None:
        return
    if len(figures) != len(context.disclosure.project_targets) or not figures:
        yield rule.not_checked("有目标表没有读到年度资金，目标表金额合计无从核对", group.amount.spot.where)
        return
    yield Linear(
        rule, (narrative.amount(group.amount),), figures, right_words=f"所附 {len(figures)} 张目标表年度资金之和"
    )


def _check_project_share(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """The disclosed amount as a share of all project expenditure (T03)."""
    narrative, managed = _managed(context)
    share = managed.share if managed else None
    if managed is None or share is None or share.part is None:
        return
    whole = narrative.cells.of("performance", "project_all")
    if not whole or whole[0].middle == 0:
        yield rule.not_checked(f"表三没有项目支出，“{share.quote}”无从核对", share.spot.where)
        return
    statement = Share(rule, _managed_funds(context, rule, share.part), whole[0], narrative.share(share))
    if statement.fails() or Decimal(share.value) < 100 or not _falls_short(statement.part, whole[0]):
        yield statement
        return
    gap = statement.gap()
    yield rule.finding(
        share.spot.where,
        {
            "left": gap.left,
            "left_value": gap.left_value,
            "right": gap.right,
            "right_value": gap.right_value,
            "difference": gap.signed_difference,
            "hint": f"，还有 {whole[0].middle - statement.part.middle} 万元未公开",
        },
        actual=gap.left_value,
        expected=gap.right_value,
        difference=gap.signed_difference,
        evidence=[Evidence(whole[0].place, whole[0].text, whole[0].source)],
        source=share.spot.source,
        severity=Severity.INFO,
    )


def _managed_funds(context: CheckContext, rule: Rule, stated: Amount) -> Figure:
    """The amount whose share is stated; where it is none of the tables', theirs: its error is told once."""
    narrative = narrative_of(context)
    written = narrative.amount(stated)
    tables = _project_funds(context)
    sums = [Linear(rule, (written,), cells) for cells in tables]
    return written if not sums or any(not each.fails() for each in sums) else tables[0][0]


def _falls_short(part: Figure, whole: Figure) -> bool:
    """Whether a part that rounds to 100 % still is less than the whole."""
    return part.middle + part.half < whole.middle - whole.half


def _basic_of_this_year(context: CheckContext, rule: Rule, written: Figure) -> list[Linear]:
    """Basic expenditure without what is carried over into it: the carry-over of T02 less the projects of T13."""
    cells = narrative_of(context).cells
    basic, projects = cells.of("performance", "basic_all"), cells.of("performance", "projects_carried_over")
    carried = context.total("T02", "carried_over")
    if not basic or carried is None:
        return []
    return [Linear(rule, (written, carried), (basic[0], *projects[:1]))]


def _check_overall(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Funds of the department-wide target: this year's budget, its basic and its project expenditure."""
    narrative, managed = _managed(context)
    if managed is None:
        return
    wanted = (
        (managed.overall_funds, ("income_this_year", "income_total", "gp_total")),
        (managed.overall_basic, ("basic_all", "gp_basic")),
        (managed.overall_project, ("projects_this_year", "project_all", "gp_project")),
    )
    for amount, concepts in wanted:
        if amount is None:
            continue
        cells = [cell for concept in concepts for cell in narrative.cells.of("performance", concept)]
        written = narrative.amount(amount)
        equations = [Linear(rule, (written,), (cell,)) for cell in cells]
        if amount is managed.overall_basic:
            equations += _basic_of_this_year(context, rule, written)
        equation = _first_agreeing(equations)
        if equation is None:
            yield rule.not_checked(f"“{amount.quote}”所对应的表缺失，无法核对", amount.spot.where)
        else:
            yield equation


def _check_overall_sum(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    narrative, managed = _managed(context)
    if managed and managed.overall_funds and managed.overall_basic and managed.overall_project:
        parts = (narrative.amount(managed.overall_basic), narrative.amount(managed.overall_project))
        yield Linear(rule, (narrative.amount(managed.overall_funds),), parts)


_COUNT_MESSAGE = "情况说明第{numeral}部分说有 {said} 个项目，{what} {counted} 个，请核对。"
RULES = (
    Rule(
        id="N-PROJECT-CLASSES",
        title="项目个数等于两类之和",
        statement="项目个数 = 其他运转类 + 特定目标类",
        tables=(),
        family=Family.PERFORMANCE_COUNT,
        example="情况说明第十部分“公开项目绩效目标52个” 52，与其他运转类、特定目标类之和 50不一致，相差 +2。",
        check=_check_class_counts,
        severity=Severity.ERROR,
    ),
    Rule(
        id="N-PROJECT-CLASS-SUM",
        title="项目金额等于两类之和",
        statement="项目金额 = 其他运转类金额 + 特定目标类金额",
        tables=(),
        family=Family.PERFORMANCE_AMOUNT,
        example="情况说明第十部分“金额” 498.20，与其他运转类、特定目标类之和 489.20不一致，相差 +9.00，疑为数字颠倒。",
        check=_check_class_amounts,
        severity=Severity.ERROR,
    ),
    Rule(
        id="N-PROJECT-SCOPES",
        title="公开的目标不多于纳入管理的目标",
        statement="说公开 100% 时，公开的个数、金额与纳入绩效管理的逐类相等；否则不大于",
        tables=(),
        family=Family.PERFORMANCE_COUNT,
        example="情况说明第十部分“公开项目绩效目标24个” 24，与“二级项目25个” 25不一致，相差 -1。",
        check=_check_scopes,
        severity=Severity.ERROR,
    ),
    Rule(
        id="N-PROJECT-COUNT",
        title="项目个数与表十二一致",
        statement="纳入绩效管理的项目个数 = 表十二的项目数（或加上表十三）",
        tables=("T12", "T13"),
        family=Family.PERFORMANCE_COUNT,
        example="情况说明第十部分说有 52 个项目，表十二列有 54 个，请核对。",
        check=_check_project_count,
        message=_COUNT_MESSAGE,
        severity=Severity.ERROR,
    ),
    Rule(
        id="N-FORM-COUNT",
        title="公开的目标个数与所附目标表一致",
        statement="公开项目绩效目标个数 = 文中项目支出绩效目标表的张数",
        tables=(),
        family=Family.PERFORMANCE_COUNT,
        example="情况说明第十部分说有 52 个项目，文中附有项目支出绩效目标表 48 个，请核对。",
        check=_check_form_count,
        message=_COUNT_MESSAGE,
        severity=Severity.ERROR,
    ),
    Rule(
        id="N-PROJECT-AMOUNT",
        title="项目金额与表十二一致",
        statement="纳入绩效管理的项目金额 = 表十二合计（或加上表十三合计）",
        tables=("T12", "T13"),
        family=Family.PERFORMANCE_AMOUNT,
        example="情况说明第十部分“金额” 53365.84，与表十二“某局” 15071.36不一致，相差 +38294.48。",
        check=_check_project_amount,
        severity=Severity.ERROR,
    ),
    Rule(
        id="N-FORM-AMOUNT",
        title="公开的目标金额等于所附目标表年度资金之和",
        statement="公开项目绩效目标涉及金额 = 各目标表年度资金总额之和 ÷ 10000",
        tables=(),
        family=Family.PERFORMANCE_AMOUNT,
        example="情况说明第十部分“项目金额” 6100.91，与所附 24 张目标表年度资金之和 6090.91不一致，相差 +10.00。",
        check=_check_form_amount,
        severity=Severity.ERROR,
    ),
    Rule(
        id="N-PROJECT-SHARE",
        title="公开的目标金额占项目支出的比重正确",
        statement="占比 = 公开项目金额 ÷ 表三项目支出合计",
        tables=("T03",),
        family=Family.NARRATIVE_PERCENT,
        example="情况说明第十部分“占部门项目支出总额的100%” 100%，与金额÷表三项目支出合计 97.26%不一致，相差 +2.74。",
        check=_check_project_share,
        severity=Severity.ERROR,
    ),
    Rule(
        id="N-OVERALL",
        title="整体绩效目标涉及的资金与报表一致",
        statement="整体目标资金 = 本年收入（或收入总计）；其中基本支出、项目支出与表三、表五、表十二一致",
        tables=("T01", "T03", "T05", "T12"),
        family=Family.PERFORMANCE_COUNT,
        example="情况说明第十部分“资金” 6962.47，与表一收入“本年收入合计” 6964.92不一致，相差 -2.45。",
        check=_check_overall,
        severity=Severity.WARNING,
    ),
    Rule(
        id="N-OVERALL-SUM",
        title="整体绩效目标资金等于基本支出加项目支出",
        statement="整体目标资金 = 基本支出 + 项目支出",
        tables=(),
        family=Family.PERFORMANCE_AMOUNT,
        example="情况说明第十部分“资金” 3132.64，与基本支出、项目支出之和 3132.46不一致，相差 +0.18，疑为数字颠倒。",
        check=_check_overall_sum,
        severity=Severity.ERROR,
    ),
)
