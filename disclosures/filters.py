"""What lists of disclosures and their parts can be narrowed by: one declaration for the API and the pages."""

from __future__ import annotations

from typing import Any, TypeVar

import django_filters as filters
from django import forms
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from disclosures import models
from disclosures.plain.data import TABLE_IDS
from disclosures.reach import in_region

M = TypeVar("M", bound=Model)
LARGEST_ID = 2**53 - 1  # what JSON programs can count to
LARGEST_YEAR = 9999
_TABLES = [(table_id, table_id) for table_id in TABLE_IDS]


class IntegerFilter(filters.Filter):  # type: ignore[misc]
    """A whole number that a database can hold."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", LARGEST_ID)
        super().__init__(*args, **kwargs)


class IntegersFilter(filters.BaseInFilter, IntegerFilter):  # type: ignore[misc]
    """Several whole numbers, separated by commas."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, help_text=kwargs.get("label"), **kwargs)


class ChoicesFilter(filters.BaseInFilter, filters.ChoiceFilter):  # type: ignore[misc]
    """Several of a list, separated by commas."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, help_text=kwargs.get("label"), **kwargs)


def year(path: str) -> IntegerFilter:
    return IntegerFilter(field_name=path, label="预算年度", max_value=LARGEST_YEAR)


def identity(path: str, label: str) -> IntegerFilter:
    return IntegerFilter(field_name=path, label=f"{label}的 id")


class OfDisclosure(filters.FilterSet):  # type: ignore[misc]
    """Narrows records of a disclosure by it; `PATH` leads to it."""

    PATH = "disclosure"

    id__in = IntegersFilter(field_name="id", lookup_expr="in", label="只要这些 id，用逗号分开")


def of_disclosure(path: str) -> dict[str, filters.Filter]:
    """The filters by the disclosure that `path` leads to."""
    return {
        "disclosure": identity(path, "公开文本"),
        "disclosure__in": IntegersFilter(field_name=path, lookup_expr="in", label="公开文本的 id，用逗号分开"),
        "department": identity(f"{path}__department", "部门（单位）"),
        "fiscal_year": year(f"{path}__fiscal_year"),
        "disclosure_state": filters.ChoiceFilter(
            field_name=f"{path}__state", choices=models.State.choices, label="公开文本的状态"
        ),
    }


def part_filters(name: str, path: str, **more: filters.Filter) -> type[OfDisclosure]:
    """A filter set of records whose disclosure `path` leads to."""
    fields: dict[str, Any] = {**of_disclosure(path), **more, "__module__": __name__}
    return type(name, (OfDisclosure,), fields)


def latest_versions(records: QuerySet[models.Disclosure]) -> QuerySet[models.Disclosure]:
    """Only the highest version of each department, year and kind."""
    newer = models.Disclosure.objects.filter(
        department=OuterRef("department"),
        fiscal_year=OuterRef("fiscal_year"),
        kind=OuterRef("kind"),
        version__gt=OuterRef("version"),
    )
    return records.filter(~Exists(newer))


class DisclosureFilter(filters.FilterSet):  # type: ignore[misc]
    """Disclosures by where they come from and where they stand."""

    id__in = IntegersFilter(field_name="id", lookup_expr="in", label="只要这些 id，用逗号分开")
    search = filters.CharFilter(method="by_name", max_length=100, label="部门（单位）名称中的文字")
    department = identity("department", "部门（单位）")
    department__in = IntegersFilter(field_name="department", lookup_expr="in", label="部门（单位）的 id，用逗号分开")
    region = IntegerFilter(field_name="department__region", method="by_region", label="地区的 id；包括其下级地区")
    fiscal_year = year("fiscal_year")
    kind = filters.ChoiceFilter(choices=models.DisclosureKind.choices, label="类型")
    state = filters.ChoiceFilter(choices=models.State.choices, label="状态")
    state__in = ChoicesFilter(
        field_name="state", lookup_expr="in", choices=models.State.choices, label="状态，用逗号分开"
    )
    versions = filters.ChoiceFilter(
        method="by_version", choices=[("latest", "只要最新版"), ("all", "全部版本")], label="版本（默认全部）"
    )
    assigned_to = identity("assigned_to", "负责人")
    updated_after = filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gt", label="此后更新的")

    class Meta:
        model = models.Disclosure
        fields: tuple[str, ...] = ()

    def by_name(self, records: QuerySet[models.Disclosure], _name: str, words: str) -> QuerySet[models.Disclosure]:
        return records.filter(Q(department__name__icontains=words) | Q(printed_department__icontains=words))

    def by_region(self, records: QuerySet[models.Disclosure], _name: str, region: int) -> QuerySet[models.Disclosure]:
        return records.filter(in_region(region, "department__"))

    def by_version(self, records: QuerySet[models.Disclosure], _name: str, which: str) -> QuerySet[models.Disclosure]:
        return latest_versions(records) if which == "latest" else records


class RegionFilter(filters.FilterSet):  # type: ignore[misc]
    id__in = IntegersFilter(field_name="id", lookup_expr="in", label="只要这些 id，用逗号分开")
    search = filters.CharFilter(field_name="name", lookup_expr="icontains", max_length=100, label="名称中的文字")
    code = filters.CharFilter(max_length=12, label="行政区划代码")
    parent = identity("parent", "上级地区")

    class Meta:
        model = models.Region
        fields: tuple[str, ...] = ()


class DepartmentFilter(filters.FilterSet):  # type: ignore[misc]
    id__in = IntegersFilter(field_name="id", lookup_expr="in", label="只要这些 id，用逗号分开")
    search = filters.CharFilter(field_name="name", lookup_expr="icontains", max_length=100, label="名称中的文字")
    code = filters.CharFilter(max_length=32, label="部门（单位）代码")
    kind = filters.ChoiceFilter(choices=models.DepartmentKind.choices, label="类别")
    parent = identity("parent", "主管部门")
    region = IntegerFilter(method="by_region", label="地区的 id；包括其下级地区")

    class Meta:
        model = models.Department
        fields: tuple[str, ...] = ()

    def by_region(self, records: QuerySet[models.Department], _name: str, region: int) -> QuerySet[models.Department]:
        return records.filter(in_region(region, ""))


TableFilter = part_filters(
    "TableFilter",
    "disclosure",
    code=filters.ChoiceFilter(choices=_TABLES, label="表号"),
    no_data=filters.BooleanFilter(label="本表无数据"),
)
LineFilter = part_filters(
    "LineFilter",
    "table__disclosure",
    table=filters.ChoiceFilter(field_name="table__code", choices=_TABLES, label="表号"),
    table_id=identity("table", "报表"),
    code=filters.CharFilter(max_length=32, label="科目编码"),
    code__startswith=filters.CharFilter(
        field_name="code", lookup_expr="startswith", max_length=32, label="科目编码的开头：208 找出 208 类的所有行"
    ),
    level=filters.ChoiceFilter(choices=models.tables.LEVEL_LABELS, label="行的性质"),
    side=filters.ChoiceFilter(choices=models.tables.SIDE_LABELS[1:], label="收支"),
    search=filters.CharFilter(field_name="name", lookup_expr="icontains", max_length=100, label="项目（科目）中的文字"),
)
SectionFilter = part_filters(
    "SectionFilter", "disclosure", numeral=filters.CharFilter(max_length=16, label="序数，例如 八 或 概况")
)
EventFilter = part_filters(
    "EventFilter",
    "disclosure",
    action=filters.ChoiceFilter(choices=models.Action.choices, label="操作"),
    user=identity("user", "操作人"),
    after=filters.IsoDateTimeFilter(field_name="at", lookup_expr="gt", label="此后的"),
)
RemarkFilter = part_filters(
    "RemarkFilter",
    "disclosure",
    resolved=filters.BooleanFilter(label="已处理"),
    place=filters.CharFilter(max_length=500, label="位置"),
    fingerprint=filters.CharFilter(max_length=40, label="问题的指纹"),
)
CorrectionFilter = part_filters(
    "CorrectionFilter",
    "disclosure",
    place=filters.CharFilter(max_length=500, label="位置"),
    active=filters.BooleanFilter(label="有效：现在的值与读取值不同"),
    kind=filters.ChoiceFilter(choices=models.CorrectionKind.choices, label="类别"),
)


class ClassFilter(filters.FilterSet):  # type: ignore[misc]
    """Entries of the classification."""

    id__in = IntegersFilter(field_name="id", lookup_expr="in", label="只要这些 id，用逗号分开")
    code = filters.CharFilter(max_length=16, label="科目编码")
    code__startswith = filters.CharFilter(
        field_name="code", lookup_expr="startswith", max_length=16, label="科目编码的开头"
    )
    search = filters.CharFilter(field_name="name", lookup_expr="icontains", max_length=100, label="科目名称中的文字")
    year = IntegerFilter(method="in_year", max_value=LARGEST_YEAR, label="这一年度有效的")

    def in_year(self, records: QuerySet[M], _name: str, value: int) -> QuerySet[M]:
        begun = Q(valid_from=None) | Q(valid_from__lte=value)
        return records.filter(begun, Q(valid_to=None) | Q(valid_to__gte=value))


class PairingFilter(filters.FilterSet):  # type: ignore[misc]
    id__in = IntegersFilter(field_name="id", lookup_expr="in", label="只要这些 id，用逗号分开")
    department_code = filters.CharFilter(max_length=16, label="部门经济科目编码")
    government_code = filters.CharFilter(max_length=16, label="政府经济科目编码")
