"""Tiny target forms for the cases of performance rules.

`form()` is right in every respect: one year, 200 000 元, six indicators in both horizons. Keywords change it:
`form(指标={"数量指标": "培训人数 | 若干人"})` replaces the indicators of a class (None removes them); a line is
name | whole-period value | annual value, the second value being the first where it is left out and "-" standing
for an indicator that the horizon lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from disclosures.plain.data import Funds, Horizon, Indicator, OverallTarget, ProjectTarget

INDICATORS: Mapping[str, str | None] = {
    "数量指标": "培训人数 | ≥100人",
    "质量指标": "培训合格率 | ≥95%",
    "时效指标": "培训完成时间 | 2026年12月底前",
    "成本指标": "培训总成本 | ≤20万元",
    "社会效益": "就业水平 | 逐步提高",
    "服务对象满意度": "学员满意度 | ≥90%",
}
_LEVEL1 = {"社会效益": "效益指标", "经济效益": "效益指标", "生态效益": "效益指标", "服务对象满意度": "满意度指标"}


def indicators(changes: Mapping[str, str | None] | None = None) -> tuple[Indicator, ...]:
    """Indicators of both horizons, whole period first."""
    found = []
    for horizon in Horizon:
        for level2, lines in {**INDICATORS, **(changes or {})}.items():
            for line in (lines or "").splitlines():
                name, whole, *rest = (part.strip() for part in line.split("|"))
                value = whole if horizon is Horizon.WHOLE or not rest else rest[0]
                if value != "-":
                    found.append(Indicator(horizon, _LEVEL1.get(level2, "产出指标"), level2, name, value or None))
    return tuple(found)


def form(project: str | None = "技能培训费", funds: str | None = "200000", **changes) -> ProjectTarget:
    """A project's form; `whole`, `annual` and other fields as keywords, `指标` for indicators."""
    amounts = Funds(total=funds, central="0", local=funds)
    target = ProjectTarget(
        project=project,
        supervisor="301-某市某局",
        implementing_unit="某市某局",
        attribute="一次性项目（1年结束）",
        term="1年",
        whole=amounts,
        annual=amounts,
        overview="开展职业技能培训，需经费20万元。",
        plan="2026年1月至12月分批实施。",
        indicators=indicators(changes.pop("指标", None)),
        reported_at="20251206151041",
        source="line 490",
    )
    return replace(target, **changes)


def lasting(**changes) -> ProjectTarget:
    """A form of a project without end."""
    return form(attribute="经常性项目（长期开展）", term="99年", **changes)


def overall(unit: str = "某市某局", **funds: str | None) -> OverallTarget:
    """A department-wide form with its funds."""
    return OverallTarget(unit=unit, funds=tuple(funds.items()))


LINE = "project: 技能培训费 | 20.00 | 20.00"
