"""Regions, departments with their units, and the facts of a department's year."""

from __future__ import annotations

from django.db import models


class Region(models.Model):
    """An administrative region: province, city, county."""

    name = models.CharField("名称", max_length=100)
    code = models.CharField("行政区划代码", max_length=12, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name="上级地区", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        verbose_name = "地区"
        verbose_name_plural = "地区"
        ordering = ("code", "name")
        constraints = (
            models.UniqueConstraint(fields=("parent", "name"), name="region_name_in_parent"),
            models.UniqueConstraint(fields=("name",), condition=models.Q(parent=None), name="region_top_name"),
            models.UniqueConstraint(fields=("code",), condition=~models.Q(code=""), name="region_code"),
        )

    def __str__(self) -> str:
        return self.name


class DepartmentKind(models.TextChoices):
    DEPARTMENT = "department", "部门"
    UNIT = "unit", "单位"


class Department(models.Model):
    """A department (部门) or one of its budget units (单位)."""

    name = models.CharField("名称", max_length=200)
    code = models.CharField("部门（单位）代码", max_length=32, blank=True)
    kind = models.CharField("类别", max_length=16, choices=DepartmentKind, default=DepartmentKind.DEPARTMENT)
    region = models.ForeignKey(
        Region, verbose_name="地区", on_delete=models.PROTECT, null=True, blank=True, related_name="departments"
    )
    parent = models.ForeignKey(
        "self", verbose_name="主管部门", on_delete=models.PROTECT, null=True, blank=True, related_name="units"
    )

    class Meta:
        verbose_name = "部门（单位）"
        verbose_name_plural = "部门（单位）"
        ordering = ("code", "name")
        indexes = (models.Index(fields=("name",), name="department_name"),)
        constraints = (
            models.UniqueConstraint(fields=("region", "name"), name="department_name_in_region"),
            models.UniqueConstraint(
                fields=("name",), condition=models.Q(region=None), name="department_name_without_region"
            ),
        )

    def __str__(self) -> str:
        return self.name


class DepartmentYear(models.Model):
    """What is true of a department in a year whatever its disclosure says: when its budget was approved."""

    department = models.ForeignKey(
        Department, verbose_name="部门（单位）", on_delete=models.CASCADE, related_name="years"
    )
    fiscal_year = models.PositiveSmallIntegerField("预算年度")
    budget_approved_on = models.DateField(
        "预算批复日期", null=True, blank=True, help_text="从批复之日起 20 日内应当公开"
    )

    class Meta:
        verbose_name = "部门年度"
        verbose_name_plural = "部门年度"
        ordering = ("-fiscal_year",)
        constraints = (models.UniqueConstraint(fields=("department", "fiscal_year"), name="department_year"),)

    def __str__(self) -> str:
        return f"{self.department} {self.fiscal_year}"
