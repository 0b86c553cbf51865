"""Regions, departments and their years, the person who asks."""

from __future__ import annotations

from rest_framework import serializers

from disclosures.models import Department, DepartmentYear, Region, User
from disclosures.services.permissions import may_register_departments

from .common import LabelField, NamedSerializer


class RegionSerializer(serializers.ModelSerializer[Region]):
    parent = serializers.IntegerField(source="parent_id", allow_null=True, help_text="上级地区的 id")  # type: ignore[assignment]

    class Meta:
        model = Region
        fields = ("id", "name", "code", "parent")


class DepartmentYearSerializer(serializers.ModelSerializer[DepartmentYear]):
    class Meta:
        model = DepartmentYear
        fields = ("fiscal_year", "budget_approved_on")


class DepartmentSerializer(serializers.ModelSerializer[Department]):
    kind_label = LabelField("kind")
    region = NamedSerializer(allow_null=True)
    parent = NamedSerializer(allow_null=True, help_text="主管部门")
    years = DepartmentYearSerializer(many=True, help_text="各年度的预算批复日期")

    class Meta:
        model = Department
        fields = ("id", "name", "code", "kind", "kind_label", "region", "parent", "years")


class MeSerializer(serializers.ModelSerializer[User]):
    """Who the token or the session stands for, and how far that person's reach goes."""

    username = serializers.CharField(help_text="账号名")
    name = serializers.CharField(source="__str__", help_text="姓名")
    role_label = LabelField("role")
    department = NamedSerializer(allow_null=True)
    region = NamedSerializer(allow_null=True)
    may_import = serializers.SerializerMethodField(help_text="是否可以导入文件")
    may_register_departments = serializers.SerializerMethodField(help_text="导入时是否可以登记新的部门")

    class Meta:
        model = User
        fields = (
            "id",
            "username",
            "name",
            "role",
            "role_label",
            "department",
            "region",
            "may_import",
            "may_register_departments",
        )

    def get_may_import(self, user: User) -> bool:
        return user.has_perm("disclosures.add_disclosure")

    def get_may_register_departments(self, user: User) -> bool:
        return may_register_departments(user)
