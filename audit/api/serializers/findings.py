"""Findings with what was said of them, runs, rules and mutes."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from audit import models
from audit.api.versions import finding_tag
from audit.findings import Family
from disclosures.plain.place_words import where_words

from .common import LabelField, NamedSerializer, PersonSerializer


class EvidenceSerializer(serializers.Serializer[Any]):
    where = serializers.CharField(help_text="位置")
    value = serializers.CharField(allow_null=True, allow_blank=True)
    source = serializers.CharField(allow_null=True, help_text="原件位置")  # type: ignore[assignment]


class ExplanationSerializer(serializers.ModelSerializer[models.Explanation]):
    finding = serializers.IntegerField(source="finding_id")
    disclosure = serializers.IntegerField(source="finding.disclosure_id")
    decision_label = LabelField("decision")
    user = PersonSerializer()
    decided_by = PersonSerializer(allow_null=True)

    class Meta:
        model = models.Explanation
        fields = (
            "id",
            "finding",
            "disclosure",
            "text",
            "user",
            "at",
            "decision",
            "decision_label",
            "decided_by",
            "decided_at",
            "answer",
        )


class WaiverSerializer(serializers.ModelSerializer[models.Waiver]):
    finding = serializers.IntegerField(source="finding_id")
    disclosure = serializers.IntegerField(source="finding.disclosure_id")
    explanation = serializers.IntegerField(source="explanation_id", allow_null=True, help_text="所依据的说明的 id")
    granted_by = PersonSerializer()
    ended_by = PersonSerializer(allow_null=True)

    class Meta:
        model = models.Waiver
        fields = (
            "id",
            "finding",
            "disclosure",
            "reason",
            "explanation",
            "granted_by",
            "granted_at",
            "ended_at",
            "ended_by",
            "end_reason",
        )


class FindingSerializer(serializers.ModelSerializer[models.Finding]):
    """One finding; its explanations and waivers are prefetched."""

    etag = serializers.SerializerMethodField(help_text="处理时放进 If-Match 的版本，带引号")
    disclosure = serializers.IntegerField(source="disclosure_id")
    family = serializers.ChoiceField(choices=[family.value for family in Family], help_text="类别")
    severity_label = LabelField("severity")
    status_label = LabelField("status")
    message = serializers.CharField(help_text="一句话：写的是什么、应为什么、相差多少")
    place = serializers.SerializerMethodField(help_text="位置，用表上的文字")
    evidence = serializers.SerializerMethodField(help_text="依据")
    explanation = serializers.SerializerMethodField(help_text="最近一次说明")
    waiver = serializers.SerializerMethodField(help_text="有效的豁免")

    class Meta:
        model = models.Finding
        fields = (
            "id",
            "etag",
            "disclosure",
            "fingerprint",
            "rule",
            "family",
            "severity",
            "severity_label",
            "status",
            "status_label",
            "where",
            "place",
            "message",
            "actual",
            "expected",
            "difference",
            "evidence",
            "source",
            "explanation",
            "waiver",
        )

    def get_etag(self, finding: models.Finding) -> str:
        return finding_tag(finding)

    def get_place(self, finding: models.Finding) -> str:
        return where_words(finding.where)

    @extend_schema_field(EvidenceSerializer(many=True))
    def get_evidence(self, finding: models.Finding) -> list[dict[str, str | None]]:
        return [{"where": where, "value": value, "source": source} for where, value, source in finding.evidence]

    @extend_schema_field(ExplanationSerializer(allow_null=True))
    def get_explanation(self, finding: models.Finding) -> dict[str, Any] | None:
        found = next(iter(finding.explanations.all()), None)
        return ExplanationSerializer(found).data if found else None

    @extend_schema_field(WaiverSerializer(allow_null=True))
    def get_waiver(self, finding: models.Finding) -> dict[str, Any] | None:
        found = next((item for item in finding.waivers.all() if item.ended_at is None), None)
        return WaiverSerializer(found).data if found else None


class NotCheckedSerializer(serializers.Serializer[Any]):
    rule = serializers.CharField()
    reason = serializers.CharField(help_text="没有核对的原因")
    where = serializers.CharField(allow_null=True)


class RunSerializer(serializers.ModelSerializer[models.AuditRun]):
    disclosure = serializers.IntegerField(source="disclosure_id")
    trigger_label = LabelField("trigger")
    user = PersonSerializer(allow_null=True)

    class Meta:
        model = models.AuditRun
        fields = (
            "id",
            "disclosure",
            "trigger",
            "trigger_label",
            "revision",
            "user",
            "at",
            "milliseconds",
            "rules_run",
            "checks_run",
            "errors",
            "warnings",
            "infos",
            "opened",
            "closed",
            "unchecked",
        )


class RunDetailSerializer(RunSerializer):
    not_checked = serializers.SerializerMethodField(help_text="未核对的内容和原因")

    class Meta(RunSerializer.Meta):
        fields = (*RunSerializer.Meta.fields, "not_checked")  # type: ignore[assignment]

    @extend_schema_field(NotCheckedSerializer(many=True))
    def get_not_checked(self, run: models.AuditRun) -> list[dict[str, str | None]]:
        return [{"rule": rule, "reason": reason, "where": where} for rule, reason, where in run.not_checked]


class RuleSerializer(serializers.Serializer[Any]):
    """A rule of the catalogue."""

    id = serializers.CharField()
    title = serializers.CharField()
    statement = serializers.CharField(help_text="规则的内容")
    family = serializers.ChoiceField(choices=[family.value for family in Family], help_text="类别")
    severity = serializers.ChoiceField(choices=models.SEVERITIES)
    basis = serializers.CharField(help_text="依据")
    tables = serializers.ListField(child=serializers.CharField(), help_text="所核对的表")
    first_year = serializers.IntegerField(allow_null=True, help_text="从哪个预算年度起")
    last_year = serializers.IntegerField(allow_null=True, help_text="到哪个预算年度为止")


class MuteSerializer(serializers.ModelSerializer[models.RuleMute]):
    region = NamedSerializer(allow_null=True, help_text="地区；全部地区为 null")
    muted_by = PersonSerializer()
    ended_by = PersonSerializer(allow_null=True)

    class Meta:
        model = models.RuleMute
        fields = ("id", "rule", "region", "reason", "muted_by", "muted_at", "ends_on", "ended_by", "ended_at")
