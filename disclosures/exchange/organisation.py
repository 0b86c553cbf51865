"""Sheets of regions, departments and the facts of their years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models

from disclosures.models import Department, DepartmentKind, DepartmentYear, Region
from disclosures.services.permissions import visible_departments

from .columns import Column, Kind, by_digits
from .records import RecordResource
from .references import References, departments, regions

_FULL = "同名的不止一个时，写全路径，如“甲省 / 乙市”。"


def _choices(kind: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in kind.choices)


class RegionResource(RecordResource):
    title = "地区"
    model = Region
    own_columns = (
        Column("name", "名称", required=True, width=20, longest=100),
        Column("code", "行政区划代码", Kind.CODE, "6 位；乡镇 9 位，村 12 位。", width=16, check=by_digits(6, 9, 12)),
        Column("parent", "上级地区", Kind.REFERENCE, f"顶级地区留空。{_FULL}", width=24),
    )
    natural = ("parent", "name")
    uniques = (("code",),)

    def records(self) -> models.QuerySet[Any]:
        return Region.objects.select_related("parent").order_by("pk")

    def references(self) -> Mapping[str, References]:
        return {"parent": regions()}

    def also_wrong(self, instance: Region) -> Iterator[tuple[str, str]]:
        yield from _own_parent(instance)


class DepartmentResource(RecordResource):
    title = "部门（单位）"
    model = Department
    own_columns = (
        Column("name", "名称", required=True, width=30, longest=200),
        Column("code", "部门（单位）代码", Kind.CODE, width=16),
        Column("kind", "类别", Kind.CHOICE, required=True, choices=_choices(DepartmentKind), width=10),
        Column("region", "地区", Kind.REFERENCE, _FULL, width=24),
        Column("parent", "主管部门", Kind.REFERENCE, "单位填写其主管部门的名称；可以是本文件前面的行。", width=30),
    )
    natural = ("region", "name")

    def records(self) -> models.QuerySet[Any]:
        found = Department.objects.all() if self.user is None else visible_departments(self.user)
        return found.select_related("parent").order_by("pk")

    def references(self) -> Mapping[str, References]:
        # Its own department above may lie outside what a person works for, and is named all the same.
        return {"region": regions(), "parent": departments(Department.objects.order_by("pk"))}

    def also_wrong(self, instance: Department) -> Iterator[tuple[str, str]]:
        yield from _own_parent(instance)


class DepartmentYearResource(RecordResource):
    title = "部门年度"
    model = DepartmentYear
    own_columns = (
        Column("department", "部门（单位）", Kind.REFERENCE, _FULL, required=True, width=30),
        Column("fiscal_year", "预算年度", Kind.YEAR, required=True, width=10),
        Column("budget_approved_on", "预算批复日期", Kind.DATE, "从批复之日起 20 日内应当公开。", width=16),
    )
    natural = ("department", "fiscal_year")

    def records(self) -> models.QuerySet[Any]:
        found = DepartmentYear.objects.select_related("department").order_by("pk")
        return found if self.user is None else found.filter(department__in=visible_departments(self.user).values("pk"))

    def references(self) -> Mapping[str, References]:
        chosen = Department.objects.all() if self.user is None else visible_departments(self.user)
        return {"department": departments(chosen.order_by("pk"))}


def _own_parent(instance: Any) -> Iterator[tuple[str, str]]:
    parent = instance.parent
    if instance.pk is not None and parent is not None and instance.pk in (parent.pk, parent.parent_id):
        yield "parent", "不能以自己或自己的下级为上级"
