"""What a request may say. An unknown field is refused: misspelt, it would be left out in silence."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from disclosures.models import CorrectionKind

from .common import LONGEST_PLACE, TableIdField, place_field, text_field

MOST_CHANGES = 5000  # a pasted table has a few thousand cells
MOST_RECORDS = 1000
_LARGEST_ID = 2**53 - 1
_LONGEST_VALUE = 20_000


class RequestSerializer(serializers.Serializer[Any]):
    """A request body without unknown fields."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = sorted(map(str, data.keys() - self.fields.keys()))
            if unknown:
                known = "、".join(self.fields)
                words = f"没有这个字段（可以用：{known}）" if known else "这个请求不需要正文"
                raise serializers.ValidationError({name[:50]: words for name in unknown[:20]})
        return super().to_internal_value(data)


def id_field(help_text: str, **kwargs: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=_LARGEST_ID, help_text=help_text, **kwargs)


def kind_field() -> serializers.ChoiceField:
    return serializers.ChoiceField(
        choices=CorrectionKind.choices, help_text="reading：系统读错；document：文本写错（还须改原文件）"
    )


def reason_field() -> serializers.CharField:
    return text_field("原因", required=False, default="", allow_blank=True)


class EmptySerializer(RequestSerializer):
    """A request that needs no body."""


class CellChangeSerializer(RequestSerializer):
    place = place_field()
    value = serializers.CharField(
        max_length=_LONGEST_VALUE,
        allow_null=True,
        allow_blank=True,
        trim_whitespace=False,
        help_text="新的值；null 为空白",
    )


class CorrectSerializer(RequestSerializer):
    changes = CellChangeSerializer(many=True, allow_empty=False, max_length=MOST_CHANGES)  # type: ignore[call-arg]
    kind = kind_field()
    reason = reason_field()


class RevertSerializer(RequestSerializer):
    place = place_field()
    reason = reason_field()


class AddRowSerializer(RequestSerializer):
    table = TableIdField(help_text="表号")
    before = serializers.IntegerField(min_value=0, max_value=1_000_000, help_text="放在第几行之前，从 0 起")
    labels = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST_PLACE, allow_blank=True),
        help_text='名称列，例如 {"code": "2080101", "name": "行政运行"}',
    )
    side = serializers.ChoiceField(
        choices=[("income", "收入"), ("expenditure", "支出")],
        required=False,
        allow_blank=True,
        default="",
        help_text="收支两边的表须写明",
    )
    kind = kind_field()
    reason = reason_field()


class RemoveRowSerializer(RequestSerializer):
    place = place_field("整行的位置，例如 T03/2080110")
    kind = kind_field()
    reason = reason_field()


class SubmitSerializer(RequestSerializer):
    confirm_warnings = serializers.BooleanField(required=False, default=False, help_text="还有提醒时，确认无误才能提交")


class RemarkTextSerializer(RequestSerializer):
    remark = text_field("退回的原因")


class ReasonSerializer(RequestSerializer):
    reason = text_field("理由")


class TextSerializer(RequestSerializer):
    text = text_field("说明或答复")


class OptionalReasonSerializer(RequestSerializer):
    reason = text_field("意见，可以不写", required=False, default="", allow_blank=True)


class SignOffSerializer(RequestSerializer):
    secrecy_reviewer = text_field("保密审查人", longest=100)
    secrecy_reviewed_on = serializers.DateField(help_text="保密审查日期")
    leader = text_field("签发领导", longest=100)
    signed_on = serializers.DateField(help_text="签发日期")


class RemarkCreateSerializer(RequestSerializer):
    text = text_field("批注的内容")
    fingerprint = text_field("所批注的问题的指纹", longest=40, required=False, default="", allow_blank=True)
    place = place_field("所批注的位置", required=False, default="", allow_blank=True)
    answers = id_field("所答复的批注的 id", required=False, allow_null=True, default=None)


class FindingVersionSerializer(RequestSerializer):
    id = id_field("问题的 id")
    etag = serializers.CharField(max_length=100, help_text="读到的版本，带引号")


class WaiveManySerializer(RequestSerializer):
    findings = FindingVersionSerializer(many=True, allow_empty=False, max_length=MOST_RECORDS)  # type: ignore[call-arg]
    reason = text_field("豁免的理由")


class AssignSerializer(RequestSerializer):
    disclosures = serializers.ListField(
        child=id_field("公开文本的 id"), allow_empty=False, max_length=MOST_RECORDS, help_text="公开文本的 id"
    )
    assignee = id_field("负责人的账号 id；null 为不指定", allow_null=True)


class MuteCreateSerializer(RequestSerializer):
    rule = serializers.CharField(max_length=32, help_text="规则")
    region = id_field("地区的 id；null 为全部地区", allow_null=True)
    reason = text_field("停用的理由")
    ends_on = serializers.DateField(required=False, allow_null=True, default=None, help_text="停用的最后一天")


class UploadSerializer(RequestSerializer):
    file = serializers.FileField(help_text="公开文本，或 budget-disclosure/1 JSON")
    choice = serializers.IntegerField(
        min_value=1, max_value=10_000, required=False, help_text="文件里有几份公开文本时，第几份"
    )
    department = id_field("指定部门（单位）的 id", required=False)


class FileSerializer(RequestSerializer):
    file = serializers.FileField(help_text="文件")
    choice = serializers.IntegerField(
        min_value=1, max_value=10_000, required=False, help_text="文件里有几份公开文本时，第几份"
    )


class AnswerSerializer(RequestSerializer):
    choice = serializers.IntegerField(min_value=1, max_value=10_000, required=False, help_text="第几份，从 1 起")
    department = id_field("部门（单位）的 id", required=False)
