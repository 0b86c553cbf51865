"""What an action answers: what a save changed, whether a final file was accepted, tasks."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from disclosures.models import Task

from .common import CountsSerializer, LabelField, PersonSerializer


class CellStateSerializer(serializers.Serializer[Any]):
    place = serializers.CharField()
    value = serializers.CharField(allow_null=True, help_text="现在的值")
    read_value = serializers.CharField(allow_null=True, help_text="读取的值")
    corrected = serializers.BooleanField(help_text="与读取的值不同")


class FindingBriefSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    severity = serializers.CharField()
    status = serializers.CharField()
    rule = serializers.CharField()
    where = serializers.CharField()
    message = serializers.CharField()


class CorrectionResultSerializer(serializers.Serializer[Any]):
    """What a save did: the new revision, the places, and which findings went away or came."""

    revision = serializers.IntegerField()
    etag = serializers.CharField(help_text="下一次改动时放进 If-Match")
    changed = CellStateSerializer(many=True)
    gone = FindingBriefSerializer(many=True, help_text="已解决的问题")
    new = FindingBriefSerializer(many=True, help_text="新出现的问题")
    lapsed = FindingBriefSerializer(many=True, help_text="说明或豁免已失效的问题")
    counts = CountsSerializer()


class DifferenceSerializer(serializers.Serializer[Any]):
    words = serializers.CharField(help_text="位置，用表上的文字")
    approved = serializers.CharField(allow_null=True, help_text="通过审核的")
    file = serializers.CharField(allow_null=True, help_text="定稿中的")


class FinalFileResultSerializer(serializers.Serializer[Any]):
    accepted = serializers.BooleanField(help_text="定稿与通过审核的数据一致，已保存")
    differences = DifferenceSerializer(many=True, help_text="不一致之处；有不一致时没有保存")


class AssignedSerializer(serializers.Serializer[Any]):
    changed = serializers.IntegerField(help_text="改了几份")


class ProblemKindSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    status = serializers.IntegerField()
    title = serializers.CharField()


class TaskSerializer(serializers.ModelSerializer[Task]):
    """One piece of background work. `result` and `error` are in words that can be shown."""

    state_label = LabelField("state")
    user = PersonSerializer(allow_null=True)
    disclosure = serializers.IntegerField(source="disclosure_id", allow_null=True, help_text="导入成的公开文本的 id")
    candidates = serializers.SerializerMethodField(help_text="等待选择时：文件里的各份公开文本")
    has_output = serializers.SerializerMethodField(help_text="有结果文件可以下载")
    archive = serializers.IntegerField(source="parent_id", allow_null=True, help_text="从哪个压缩包的任务解出")
    inside = serializers.SerializerMethodField(help_text="在压缩包里的位置，例如 交通局/预算公开.docx；不是解出的为空")
    result = serializers.DictField(
        help_text="结果，随任务而不同。压缩包：files 解出几个文件，queued 其中几个成为任务（其余与正在处理的相同）"
    )

    class Meta:
        model = Task
        fields = (
            "id",
            "kind",
            "title",
            "state",
            "state_label",
            "stage",
            "progress",
            "done",
            "total",
            "attempts",
            "cancel_requested",
            "batch",
            "archive",
            "user",
            "file_name",
            "inside",
            "disclosure",
            "candidates",
            "result",
            "error",
            "has_output",
            "output_name",
            "queued_at",
            "started_at",
            "finished_at",
        )

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_candidates(self, task: Task) -> list[str]:
        return [str(item) for item in task.result.get("candidates", ())]

    def get_inside(self, task: Task) -> str:
        return str(task.params.get("inside", ""))

    def get_has_output(self, task: Task) -> bool:
        return bool(task.output_name)


class QueuedSerializer(serializers.Serializer[Any]):
    """An upload that was taken in. An archive is one task, from which those of its files come."""

    batch = serializers.UUIDField(help_text="这一次上传")
    tasks = TaskSerializer(many=True)


def result_shape(result: Any, etag: str) -> dict[str, Any]:
    """A `CorrectionResult` under the names of its serializer."""
    return {
        "revision": result.revision,
        "etag": etag,
        "changed": result.changed,
        "gone": result.gone,
        "new": result.new,
        "lapsed": result.lapsed,
        "counts": result.counts,
    }
