"""What lists of findings, runs, targets and tasks can be narrowed by; the others stand in `disclosures.filters`."""

from __future__ import annotations

import django_filters as filters

from audit import models
from audit.findings import Family
from disclosures.filters import ChoicesFilter, IntegersFilter, identity, part_filters
from disclosures.models import Task, TaskState
from performance.models import HORIZONS, Scope

_FAMILIES = [(family.value, family.value) for family in Family]

FindingFilter = part_filters(
    "FindingFilter",
    "disclosure",
    status=filters.ChoiceFilter(choices=models.Status.choices, label="状态"),
    status__in=ChoicesFilter(
        field_name="status", lookup_expr="in", choices=models.Status.choices, label="状态，用逗号分开"
    ),
    severity=filters.ChoiceFilter(choices=models.SEVERITIES, label="程度"),
    rule=filters.CharFilter(max_length=32, label="规则"),
    family=filters.ChoiceFilter(choices=_FAMILIES, label="类别"),
    fingerprint=filters.CharFilter(max_length=40, label="指纹"),
)
RunFilter = part_filters(
    "RunFilter", "disclosure", trigger=filters.ChoiceFilter(choices=models.Trigger.choices, label="起因")
)
ExplanationFilter = part_filters(
    "ExplanationFilter",
    "finding__disclosure",
    finding=identity("finding", "问题"),
    decision=filters.ChoiceFilter(choices=models.Decision.choices, label="审核意见"),
)
WaiverFilter = part_filters(
    "WaiverFilter",
    "finding__disclosure",
    finding=identity("finding", "问题"),
    in_force=filters.BooleanFilter(field_name="ended_at", lookup_expr="isnull", label="有效"),
)
TargetFilter = part_filters(
    "TargetFilter",
    "disclosure",
    scope=filters.ChoiceFilter(choices=Scope.choices, label="范围"),
    search=filters.CharFilter(field_name="project", lookup_expr="icontains", max_length=100, label="项目名称中的文字"),
)
IndicatorFilter = part_filters(
    "IndicatorFilter",
    "target__disclosure",
    target=identity("target", "绩效目标表"),
    horizon=filters.ChoiceFilter(choices=tuple(HORIZONS.items()), label="期间"),
    level2=filters.CharFilter(max_length=100, label="二级指标"),
    search=filters.CharFilter(field_name="level3", lookup_expr="icontains", max_length=100, label="三级指标中的文字"),
)


class MuteFilter(filters.FilterSet):  # type: ignore[misc]
    id__in = IntegersFilter(field_name="id", lookup_expr="in", label="只要这些 id，用逗号分开")
    rule = filters.CharFilter(max_length=32, label="规则")
    in_force = filters.BooleanFilter(field_name="ended_at", lookup_expr="isnull", label="没有恢复的")

    class Meta:
        model = models.RuleMute
        fields: tuple[str, ...] = ()


class TaskFilter(filters.FilterSet):  # type: ignore[misc]
    id__in = IntegersFilter(field_name="id", lookup_expr="in", label="只要这些 id，用逗号分开")
    kind = filters.CharFilter(max_length=32, label="任务的种类，例如 import")
    state = filters.ChoiceFilter(choices=TaskState.choices, label="状态")
    batch = filters.UUIDFilter(label="批次")
    archive = identity("parent", "从哪个压缩包的任务解出")
    disclosure = identity("disclosure", "公开文本")

    class Meta:
        model = Task
        fields: tuple[str, ...] = ()
