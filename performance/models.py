"""Records of target forms (绩效目标表) and their indicators."""

from __future__ import annotations

from django.db import models

from disclosures.models import Disclosure
from disclosures.plain.data import HORIZON_WORDS

SOURCES = {
    "total": "合计",
    "central": "中央",
    "provincial": "省级",
    "local": "市县",
    "self_raised": "自筹",
    "other": "其他",
}
HORIZONS = {horizon.value: word for horizon, word in HORIZON_WORDS.items()}


class Scope(models.TextChoices):
    PROJECT = "project", "项目支出"
    OVERALL = "overall", "整体支出"


class PerformanceTarget(models.Model):
    """One target form: of a project, or department-wide. `null` is "not printed".

    Here as elsewhere a foreign key has no index of its own where a unique constraint starts with it.
    """

    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公开文本", on_delete=models.CASCADE, related_name="targets", db_index=False
    )
    scope = models.CharField("范围", max_length=16, choices=Scope)
    position = models.PositiveIntegerField("序号")
    form_title = models.TextField("表名", null=True, blank=True)
    source = models.TextField("原件位置", null=True, blank=True)
    # of a project
    project = models.TextField("项目名称", null=True, blank=True)
    supervisor = models.TextField("主管部门及代码", null=True, blank=True)
    implementing_unit = models.TextField("实施单位", null=True, blank=True)
    attribute = models.TextField("项目属性", null=True, blank=True)
    term = models.TextField("项目期限", null=True, blank=True)
    overview = models.TextField("项目概况", null=True, blank=True)
    basis = models.TextField("立项依据", null=True, blank=True)
    necessity = models.TextField("项目设立必要性", null=True, blank=True)
    safeguards = models.TextField("保证项目实施的制度、措施", null=True, blank=True)
    plan = models.TextField("项目实施计划", null=True, blank=True)
    objective_whole = models.TextField("实施期总体目标", null=True, blank=True)
    objective_annual = models.TextField("年度总体目标", null=True, blank=True)
    reported_at = models.TextField("填报日期", null=True, blank=True)
    printed = models.JSONField("原样", default=dict, blank=True, help_text="印法不是整数的金额，照原样")
    part_sources = models.JSONField("各部分位置", default=list, blank=True)
    doubtful = models.JSONField("存疑字段", default=list, blank=True)
    # department-wide
    unit = models.TextField("部门（单位）", blank=True)
    staff = models.JSONField("人员情况", default=list, blank=True)
    duties = models.TextField("部门职责", null=True, blank=True)
    strategy = models.TextField("战略目标", null=True, blank=True)
    objective = models.TextField("年度绩效目标", null=True, blank=True)
    overall_funds_unit = models.TextField("整体资金单位", blank=True)
    overall_funds = models.JSONField("整体资金", default=list, blank=True)
    tasks = models.JSONField("年度重点任务", default=list, blank=True)

    class Meta:
        verbose_name = "绩效目标"
        verbose_name_plural = "绩效目标"
        ordering = ("disclosure", "scope", "position")
        constraints = (models.UniqueConstraint(fields=("disclosure", "scope", "position"), name="target_position"),)

    def __str__(self) -> str:
        return self.project or self.unit or f"第 {self.position + 1} 张目标表"


for _horizon, _horizon_label in HORIZONS.items():
    for _source, _source_label in SOURCES.items():
        PerformanceTarget.add_to_class(
            f"{_horizon}_{_source}",
            models.DecimalField(
                f"{_horizon_label}资金：{_source_label}（元）", max_digits=22, decimal_places=6, null=True, blank=True
            ),
        )


class Indicator(models.Model):
    """One indicator of a target form, as printed; level 2 in its standard form."""

    target = models.ForeignKey(
        PerformanceTarget, verbose_name="绩效目标", on_delete=models.CASCADE, related_name="indicators", db_index=False
    )
    position = models.PositiveIntegerField("序号")
    horizon = models.CharField("期间", max_length=8, choices=tuple(HORIZONS.items()))
    level1 = models.TextField("一级指标", blank=True)
    level2 = models.TextField("二级指标", blank=True)
    level3 = models.TextField("三级指标", blank=True)
    value = models.TextField("指标值", null=True, blank=True)
    doubtful = models.BooleanField("存疑", default=False)
    source = models.TextField("原件位置", null=True, blank=True)

    class Meta:
        verbose_name = "绩效指标"
        verbose_name_plural = "绩效指标"
        ordering = ("target", "position")
        constraints = (models.UniqueConstraint(fields=("target", "position"), name="indicator_position"),)

    def __str__(self) -> str:
        return self.level3
