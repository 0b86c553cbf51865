"""Parts of a disclosure: tables and their lines, narrative, target forms and indicators."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from disclosures.models import BudgetLine, BudgetTable, NarrativeSection
from disclosures.plain.data import Side
from disclosures.profiles import DEFAULT_PROFILE, PROFILES
from disclosures.storage.printed import FUND_PLACES, TABLE_PLACES, join
from performance.models import HORIZONS, SOURCES, Indicator, PerformanceTarget

from .common import LabelField, TableIdField

_AMOUNTS = {
    "type": "object",
    "additionalProperties": {"type": ["string", "null"]},
    "description": "各金额列，照原样（万元，没有千分位）；空白为 null",
}


class TableSerializer(serializers.ModelSerializer[BudgetTable]):
    disclosure = serializers.IntegerField(source="disclosure_id")
    code = TableIdField(help_text="表号")

    class Meta:
        model = BudgetTable
        fields = (
            "id",
            "disclosure",
            "code",
            "title",
            "no_data",
            "printed_year",
            "printed_unit",
            "printed_department",
            "caption",
            "source",
        )


def line_amounts(line: BudgetLine, profile: str, code: str) -> dict[str, str | None]:
    """The amounts of a line under the columns of its table, as printed."""
    side = PROFILES.get(profile, DEFAULT_PROFILE).table(code).side(Side(line.side))
    return {key: join(getattr(line, key), key, line.printed, TABLE_PLACES) for key in side.column_keys}


class LineSerializer(serializers.ModelSerializer[BudgetLine]):
    """One printed row; `table` and its disclosure are fetched with it."""

    disclosure = serializers.IntegerField(source="table.disclosure_id")
    table = TableIdField(source="table.code", help_text="表号")
    table_id = serializers.IntegerField(help_text="报表的 id")
    parent = serializers.IntegerField(source="parent_id", allow_null=True, help_text="上级行的 id")  # type: ignore[assignment]
    amounts = serializers.SerializerMethodField()
    doubtful = serializers.SerializerMethodField(help_text="读取时没有把握的列")

    class Meta:
        model = BudgetLine
        fields = (
            "id",
            "disclosure",
            "table",
            "table_id",
            "position",
            "parent",
            "side",
            "level",
            "code",
            "name",
            "second_name",
            "unit_name",
            "amounts",
            "doubtful",
            "source",
        )

    @extend_schema_field(_AMOUNTS)
    def get_amounts(self, line: BudgetLine) -> dict[str, str | None]:
        return line_amounts(line, line.table.disclosure.profile, line.table.code)

    def get_doubtful(self, line: BudgetLine) -> list[str]:
        return sorted(key for key, surety in line.sureties.items() if surety == "doubtful")


class CellSerializer(serializers.Serializer[Any]):
    """One cell of a table, with the place by which it is corrected."""

    column = serializers.CharField(help_text="列")
    place = serializers.CharField(help_text="位置，更正时使用")
    value = serializers.CharField(allow_null=True, help_text="值，空白为 null")
    surety = serializers.ChoiceField(
        choices=[("sure", "确定"), ("inferred", "推定列位"), ("doubtful", "存疑")], help_text="读取的把握"
    )
    source = serializers.CharField(allow_null=True, help_text="原件位置")  # type: ignore[assignment]


class RowSerializer(serializers.Serializer[Any]):
    place = serializers.CharField(help_text="整行的位置")
    side = serializers.CharField(allow_blank=True, help_text="income、expenditure，单边的表为空")
    level = serializers.CharField(allow_null=True)
    code = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)
    second_name = serializers.CharField(allow_blank=True)
    unit_name = serializers.CharField(allow_null=True)
    cells = CellSerializer(many=True)


class TableContentSerializer(serializers.Serializer[Any]):
    """A table with the place of every cell."""

    disclosure = serializers.IntegerField()
    etag = serializers.CharField()
    code = TableIdField()
    title = serializers.CharField()
    no_data = serializers.BooleanField()
    rows = RowSerializer(many=True)


class ParagraphSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_null=True, help_text="原件位置")  # type: ignore[assignment]


class SectionSerializer(serializers.ModelSerializer[NarrativeSection]):
    disclosure = serializers.IntegerField(source="disclosure_id")
    paragraphs = serializers.SerializerMethodField()

    class Meta:
        model = NarrativeSection
        fields = ("id", "disclosure", "position", "numeral", "heading", "paragraphs", "source")

    @extend_schema_field(ParagraphSerializer(many=True))
    def get_paragraphs(self, section: NarrativeSection) -> list[dict[str, str | None]]:
        return [{"text": text, "source": source} for text, source in section.paragraphs]


class IndicatorSerializer(serializers.ModelSerializer[Indicator]):
    target = serializers.IntegerField(source="target_id", help_text="绩效目标表的 id")
    disclosure = serializers.IntegerField(source="target.disclosure_id")
    project = serializers.CharField(source="target.project", allow_null=True, help_text="项目名称")
    horizon_label = LabelField("horizon")

    class Meta:
        model = Indicator
        fields = (
            "id",
            "disclosure",
            "target",
            "project",
            "position",
            "horizon",
            "horizon_label",
            "level1",
            "level2",
            "level3",
            "value",
            "doubtful",
            "source",
        )


_FUNDS = {
    "type": "object",
    "description": "资金（元），照原样：whole 实施期，annual 年度",
    "properties": {
        horizon: {
            "type": "object",
            "description": label,
            "properties": {
                source: {"type": ["string", "null"], "description": words} for source, words in SOURCES.items()
            },
        }
        for horizon, label in HORIZONS.items()
    },
}


class TargetSerializer(serializers.ModelSerializer[PerformanceTarget]):
    """A target form: of a project, or department-wide (`scope`)."""

    disclosure = serializers.IntegerField(source="disclosure_id")
    scope_label = LabelField("scope")
    funds = serializers.SerializerMethodField()
    staff = serializers.JSONField(help_text="人员情况：[名目, 人数] 的列表（整体支出）")
    overall_funds = serializers.JSONField(help_text="整体资金：[名目, 金额] 的列表（整体支出）")
    tasks = serializers.JSONField(help_text="年度重点任务：[名称, 内容] 的列表（整体支出）")
    doubtful = serializers.ListField(child=serializers.CharField(), help_text="读取时没有把握的字段")

    class Meta:
        model = PerformanceTarget
        fields = (
            "id",
            "disclosure",
            "scope",
            "scope_label",
            "position",
            "form_title",
            "project",
            "supervisor",
            "implementing_unit",
            "attribute",
            "term",
            "overview",
            "basis",
            "necessity",
            "safeguards",
            "plan",
            "objective_whole",
            "objective_annual",
            "reported_at",
            "funds",
            "unit",
            "staff",
            "duties",
            "strategy",
            "objective",
            "overall_funds_unit",
            "overall_funds",
            "tasks",
            "doubtful",
            "source",
        )

    @extend_schema_field(_FUNDS)
    def get_funds(self, target: PerformanceTarget) -> dict[str, dict[str, str | None]]:
        return {
            horizon: {source: _printed(target, f"{horizon}_{source}") for source in SOURCES} for horizon in HORIZONS
        }


class TargetDetailSerializer(TargetSerializer):
    indicators = IndicatorSerializer(many=True)

    class Meta(TargetSerializer.Meta):
        fields = (*TargetSerializer.Meta.fields, "indicators")  # type: ignore[assignment]


def _printed(target: PerformanceTarget, key: str) -> str | None:
    return join(getattr(target, key), key, target.printed, FUND_PLACES)
