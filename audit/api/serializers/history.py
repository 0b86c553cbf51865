"""What happened to a disclosure: events, remarks, corrections."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from disclosures.models import Correction, Event, Remark

from .common import LabelField, PersonSerializer


class EventSerializer(serializers.ModelSerializer[Event]):
    disclosure = serializers.IntegerField(source="disclosure_id")
    action_label = LabelField("action")
    user = PersonSerializer(allow_null=True, help_text="操作人；系统自己做的为 null")
    details = serializers.DictField(help_text="详情，随操作而不同")

    class Meta:
        model = Event
        fields = ("id", "disclosure", "action", "action_label", "user", "at", "details")


class RemarkSerializer(serializers.ModelSerializer[Remark]):
    disclosure = serializers.IntegerField(source="disclosure_id")
    answers = serializers.IntegerField(source="answers_id", allow_null=True, help_text="所答复的批注的 id")
    user = PersonSerializer()

    class Meta:
        model = Remark
        fields = ("id", "disclosure", "answers", "fingerprint", "place", "text", "resolved", "user", "at")


class CorrectionSerializer(serializers.ModelSerializer[Correction]):
    disclosure = serializers.IntegerField(source="disclosure_id")
    action_label = LabelField("action")
    kind_label = LabelField("kind")
    carried_from = serializers.IntegerField(source="carried_from_id", allow_null=True, help_text="承接自上一版的更正")
    user = PersonSerializer(allow_null=True)

    class Meta:
        model = Correction
        fields = (
            "id",
            "disclosure",
            "place",
            "words",
            "action",
            "action_label",
            "kind",
            "kind_label",
            "read_value",
            "old_value",
            "new_value",
            "reason",
            "active",
            "revision",
            "carried_from",
            "user",
            "at",
        )


class WordChangeSerializer(serializers.Serializer[Any]):
    """One thing to change in the file."""

    place = serializers.CharField()
    words = serializers.CharField(help_text="位置，用表上的文字")
    source = serializers.CharField(allow_null=True, help_text="原件位置")  # type: ignore[assignment]
    old = serializers.CharField(allow_null=True, help_text="文件中写的")
    new = serializers.CharField(allow_null=True, help_text="应改成")
    reason = serializers.CharField(allow_blank=True)
    action = serializers.CharField()
