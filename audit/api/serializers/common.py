"""What several shapes have in common."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from disclosures.models import User
from disclosures.plain.data import TABLE_IDS

Json = dict[str, Any]
LONGEST_TEXT = 5000
LONGEST_PLACE = 500
TABLE_CHOICES = tuple((table_id, table_id) for table_id in TABLE_IDS)


class PersonSerializer(serializers.Serializer[User]):
    """Somebody who did something."""

    id = serializers.IntegerField(help_text="账号的 id")
    name = serializers.CharField(source="__str__", help_text="姓名；没有填写姓名时是账号名")


class NamedSerializer(serializers.Serializer[Model]):
    """A record that another one refers to."""

    id = serializers.IntegerField()
    name = serializers.CharField()


@extend_schema_field(OpenApiTypes.STR)
class LabelField(serializers.Field[Any, Any, str, Any]):
    """The Chinese word of a choice field: `state_label` of `state`."""

    def __init__(self, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        return str(getattr(value, f"get_{self.of}_display")())


class CountsSerializer(serializers.Serializer[Any]):
    """Findings that hold: open ones by severity, and those that were dealt with."""

    errors = serializers.IntegerField(help_text="未处理的错误")  # type: ignore[assignment]
    warnings = serializers.IntegerField(help_text="未处理的提醒")
    infos = serializers.IntegerField(help_text="未处理的参考")
    explained = serializers.IntegerField(help_text="已说明，待审核")
    waived = serializers.IntegerField(help_text="已豁免")
    muted = serializers.IntegerField(help_text="规则停用")
    not_checked = serializers.IntegerField(help_text="未核对的项数")


class TableIdField(serializers.ChoiceField):
    """T01 … T13."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=TABLE_CHOICES, **kwargs)


def text_field(help_text: str, *, longest: int = LONGEST_TEXT, **kwargs: Any) -> serializers.CharField:
    return serializers.CharField(max_length=longest, help_text=help_text, **kwargs)


def place_field(
    help_text: str = "位置，写法见接口手册，例如 T03/2080110/project", **kwargs: Any
) -> serializers.CharField:
    return serializers.CharField(max_length=LONGEST_PLACE, help_text=help_text, **kwargs)
