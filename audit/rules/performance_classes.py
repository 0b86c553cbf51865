"""Required indicators: 产出 (数量, 质量, 时效, 成本), 效益 and 满意度 for both horizons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.catalogue import Outcome, Rule
from audit.context import CheckContext
from audit.findings import Family, Severity
from audit.forms import Form, Item, forms_of
from audit.text.measures import class_suggested_by
from disclosures.plain.data import HORIZON_WORDS, Horizon

_OUTPUT = ("数量指标", "质量指标", "时效指标", "成本指标")
_COST = frozenset({"成本指标", "经济成本指标", "社会成本指标", "生态环境成本指标"})
_BENEFIT = ("经济效益", "社会效益", "生态效益", "可持续影响")
_SATISFACTION = "服务对象满意度"
_REQUIRED = (*_OUTPUT, "效益指标", _SATISFACTION)
# A horizon that lacks this many of the classes the other has was left out as a whole.
_LEFT_OUT = 3


def _group(level2: str) -> str:
    """The required class that a level-2 class satisfies."""
    if level2 in _COST:
        return "成本指标"
    return "效益指标" if level2 in _BENEFIT else level2


def _held(form: Form) -> dict[Horizon, set[str]]:
    held: dict[Horizon, set[str]] = {horizon: set() for horizon in Horizon}
    for item in form.items:
        if item.name or item.value:
            held[item.horizon].add(_group(item.level2))
    return held


def _left_out(held: dict[Horizon, set[str]]) -> Horizon | None:
    """The horizon whose indicators are missing as a whole."""
    whole, annual = held[Horizon.WHOLE] & set(_REQUIRED), held[Horizon.ANNUAL] & set(_REQUIRED)
    if len(whole - annual) >= _LEFT_OUT and len(annual) <= 1:
        return Horizon.ANNUAL
    if len(annual - whole) >= _LEFT_OUT and len(whole) <= 1:
        return Horizon.WHOLE
    return None


def _no_indicators(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        if form.items:
            continue
        if form.is_doubtful("indicators"):
            yield rule.not_checked("读取存疑：目标表的指标没有读出", form.part("indicators"))
        else:
            yield rule.finding(form.part("indicators"), {"project": form.words}, source=form.source())


def _horizon_missing(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        horizon = _left_out(_held(form)) if form.items else None
        if horizon is None:
            continue
        other = Horizon.WHOLE if horizon is Horizon.ANNUAL else Horizon.ANNUAL
        yield rule.finding(
            form.part(f"indicators/{horizon.value}"),
            {"project": form.words, "horizon": HORIZON_WORDS[horizon], "other": HORIZON_WORDS[other]},
            source=form.source(),
            severity=_unsure(form.items),
        )


def _unsure(items: Iterable[Item]) -> Severity | None:
    """INFO where the reader was not sure of most of the indicators that the finding rests on."""
    doubts = [item.indicator.doubtful for item in items]
    return Severity.INFO if doubts and 2 * sum(doubts) >= len(doubts) else None


def _misfiled(form: Form, wanted: str) -> str | None:
    """The class under which an indicator stands that by its name belongs to the missing one.

    Labels drift a row up or down when forms are scanned; then the class holds its own indicators too.
    """
    for level2 in _OUTPUT:
        suggested = {class_suggested_by(item.name) for item in form.by_class.get(level2, ())}
        if level2 != wanted and {level2, wanted} <= suggested:
            return level2
    return None


def _class_missing(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    for form in forms_of(context).forms:
        held = _held(form)
        if not form.items or _left_out(held) is not None:
            continue
        groups: dict[tuple[tuple[Horizon, ...], str | None], list[str]] = {}
        for wanted in _REQUIRED:
            missing = tuple(horizon for horizon in Horizon if wanted not in held[horizon])
            if missing:
                drifted = _misfiled(form, wanted) if wanted in _OUTPUT else None
                groups.setdefault((missing, drifted), []).append(wanted)
        for (missing, drifted), classes in groups.items():
            yield _missing_finding(rule, form, classes, missing, drifted)


def _missing_finding(
    rule: Rule, form: Form, classes: list[str], missing: tuple[Horizon, ...], drifted: str | None
) -> Outcome:
    """One finding for all classes that the same horizons lack."""
    where, wanted = form.class_place(missing[0], classes[0]), "、".join(classes)
    hint = f"，可能误列在{drifted}之下" if drifted else ""
    if len(missing) == 1:
        hint = f"，而另一期填有该类指标，两期不一致{hint}"
    neighbours = [item for item in form.items if item.horizon in missing and _group(item.level2) in _REQUIRED]
    return rule.finding(
        where,
        {
            "project": form.words,
            "horizons": "、".join(HORIZON_WORDS[horizon] for horizon in missing),
            "class": wanted,
            "hint": hint,
        },
        expected=wanted,
        source=form.source(),
        key=tuple(classes),
        severity=Severity.INFO if drifted else _unsure(neighbours),
    )


def _benefit_of_one_horizon(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """A benefit class that only one horizon fills in."""
    for form in forms_of(context).forms:
        if not form.items or _left_out(_held(form)) is not None or len(form.horizons) < 2:
            continue
        for level2 in _BENEFIT:
            items = form.by_class.get(level2, [])
            horizons = {item.horizon for item in items}
            if len(horizons) != 1 or not {"效益指标"} <= _held(form)[_other(next(iter(horizons)))]:
                continue
            held = next(iter(horizons))
            yield rule.finding(
                form.class_place(_other(held), level2),
                {
                    "project": form.words,
                    "class": level2,
                    "held": HORIZON_WORDS[held],
                    "missing": HORIZON_WORDS[_other(held)],
                },
                source=items[0].indicator.source or form.source(),
                severity=_unsure(form.items),
            )


def _other(horizon: Horizon) -> Horizon:
    return Horizon.ANNUAL if horizon is Horizon.WHOLE else Horizon.WHOLE


_BASIS = "中央部门预算绩效目标管理办法（财预〔2015〕88号）；项目支出绩效评价管理办法（财预〔2020〕10号）"
RULES = (
    Rule(
        id="P-INDICATORS-NONE",
        title="目标表填有绩效指标",
        statement="目标表至少有一项绩效指标",
        tables=(),
        family=Family.COMPLETENESS,
        severity=Severity.WARNING,
        example="项目“职业技能培训”的目标表没有填写绩效指标。",
        check=_no_indicators,
        message="项目{project}的目标表没有填写绩效指标。",
        basis=_BASIS,
    ),
    Rule(
        id="P-HORIZON-NONE",
        title="实施期与年度都有绩效指标",
        statement="一期填有各类指标的，另一期也应填写",
        tables=(),
        family=Family.INDICATOR_QUALITY,
        severity=Severity.WARNING,
        example="项目“职业技能大赛”的年度绩效指标整体缺失，只填了实施期指标。",
        check=_horizon_missing,
        message="项目{project}的{horizon}绩效指标整体缺失，只填了{other}指标。",
        basis=_BASIS,
    ),
    Rule(
        id="P-CLASS-NONE",
        title="必填的指标类别齐全",
        statement="产出指标中的数量、质量、时效、成本，以及效益指标、服务对象满意度，实施期与年度都应填写",
        tables=(),
        family=Family.INDICATOR_QUALITY,
        severity=Severity.WARNING,
        example="项目“残疾人就业保障金”的实施期、年度没有填写成本指标。",
        check=_class_missing,
        message="项目{project}的{horizons}没有填写{class}{hint}。",
        basis=_BASIS,
    ),
    Rule(
        id="P-BENEFIT-ONE-HORIZON",
        title="两期的效益指标类别一致",
        statement="某类效益指标一期填写、另一期也应填写",
        tables=(),
        family=Family.INDICATOR_QUALITY,
        severity=Severity.WARNING,
        example="项目“合同工”的经济效益只填了年度，实施期为空，两期不一致。",
        check=_benefit_of_one_horizon,
        message="项目{project}的{class}只填了{held}，{missing}为空，两期不一致。",
        basis=_BASIS,
    ),
)
