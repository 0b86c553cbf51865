"""A disclosure as a whole: where it stands, how many findings it has, when it is due."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from audit.api.versions import tag_of
from disclosures.models import Disclosure, Snapshot
from disclosures.services.matrix import Act
from disclosures.services.permissions import actions_for

from .common import CountsSerializer, LabelField, NamedSerializer, PersonSerializer


class DepartmentOfDisclosure(NamedSerializer):
    region = serializers.IntegerField(source="region_id", allow_null=True, help_text="地区的 id")


class DeadlineSerializer(serializers.Serializer[Any]):
    """The last day by law, 20 days after the budget was approved."""

    approved_on = serializers.DateField(help_text="预算批复日期")
    last_day = serializers.DateField(help_text="应当公开的最后一天")
    days_left = serializers.IntegerField(help_text="还有几天；负数为已超过的天数")
    met = serializers.BooleanField(help_text="已经公开")


class DisclosureSerializer(serializers.ModelSerializer[Disclosure]):
    """`counts` and `deadline` are looked up for a whole page at once (context)."""

    etag = serializers.SerializerMethodField(help_text="改动时放进 If-Match 的版本，带引号")
    department = DepartmentOfDisclosure()
    kind_label = LabelField("kind")
    state_label = LabelField("state")
    source_name = serializers.CharField(
        source="source_file.name", allow_null=True, default=None, help_text="原件的文件名"
    )
    based_on = serializers.IntegerField(source="based_on_id", allow_null=True, help_text="承接自哪一版的 id")
    assigned_to = PersonSerializer(allow_null=True)
    submitted_by = PersonSerializer(allow_null=True)
    created_by = PersonSerializer(allow_null=True)
    counts = serializers.SerializerMethodField(help_text="问题数；没有核对过时为 null")
    deadline = serializers.SerializerMethodField(help_text="公开期限；没有登记批复日期时为 null")

    class Meta:
        model = Disclosure
        fields = (
            "id",
            "etag",
            "department",
            "fiscal_year",
            "kind",
            "kind_label",
            "version",
            "state",
            "state_label",
            "revision",
            "profile",
            "printed_department",
            "source_name",
            "based_on",
            "is_copy",
            "assigned_to",
            "submitted_by",
            "submitted_at",
            "created_by",
            "created_at",
            "updated_at",
            "counts",
            "deadline",
        )

    def get_etag(self, record: Disclosure) -> str:
        return tag_of(record)

    @extend_schema_field(CountsSerializer(allow_null=True))
    def get_counts(self, record: Disclosure) -> dict[str, int] | None:
        found = self.context["counts"].get(record.pk)
        return asdict(found) if found else None

    @extend_schema_field(DeadlineSerializer(allow_null=True))
    def get_deadline(self, record: Disclosure) -> dict[str, Any] | None:
        found = self.context["deadlines"].get(record.pk)
        return DeadlineSerializer(found).data if found else None


class SnapshotSerializer(serializers.ModelSerializer[Snapshot]):
    """What was published, by its hashes."""

    published_by = PersonSerializer()

    class Meta:
        model = Snapshot
        fields = ("sha256", "file_sha256", "file_name", "published_by", "published_at")


class DisclosureDetailSerializer(DisclosureSerializer):
    """The same, with what the person may do next and what was recorded for publication."""

    actions = serializers.SerializerMethodField(help_text="您现在可以做的事")
    final_file = serializers.CharField(
        source="final_file.name", allow_null=True, default=None, help_text="定稿文件的文件名"
    )
    snapshot = SnapshotSerializer(allow_null=True, default=None, help_text="公开快照；没有公开过时为 null")

    class Meta(DisclosureSerializer.Meta):
        fields = (  # type: ignore[assignment]
            *DisclosureSerializer.Meta.fields,
            "actions",
            "secrecy_reviewer",
            "secrecy_reviewed_on",
            "leader",
            "signed_on",
            "final_file",
            "snapshot",
        )

    @extend_schema_field(
        serializers.ListField(child=serializers.ChoiceField(choices=[(act.value, act.label) for act in Act]))
    )
    def get_actions(self, record: Disclosure) -> list[str]:
        allowed = actions_for(self.context["request"].user, record)
        return [act.value for act in Act if act in allowed]
