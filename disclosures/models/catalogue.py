"""The catalogue of classes (政府收支分类科目) as records: shipped entries and what people corrected."""

from __future__ import annotations

from django.db import models


class CatalogueEntry(models.Model):
    """One class with its years of validity, where it comes from and whether a person or document confirmed it."""

    code = models.CharField("科目编码", max_length=16)
    name = models.CharField("科目名称", max_length=200)
    valid_from = models.PositiveSmallIntegerField("启用年度", null=True, blank=True)
    valid_to = models.PositiveSmallIntegerField("停用年度", null=True, blank=True, help_text="最后有效的年度")
    source = models.CharField("来源", max_length=200, blank=True)
    verified = models.BooleanField("已核实", default=False)
    shipped = models.BooleanField(
        "随系统提供", default=False, editable=False, help_text="人工修改过的科目不会被系统更新覆盖"
    )

    class Meta:
        abstract = True
        ordering = ("code", "valid_from")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def _entry_constraints(prefix: str) -> tuple[models.BaseConstraint, ...]:
    return (
        models.UniqueConstraint(fields=("code", "valid_from"), name=f"{prefix}_code_from"),
        models.UniqueConstraint(fields=("code",), condition=models.Q(valid_from=None), name=f"{prefix}_code_always"),
        models.CheckConstraint(
            condition=models.Q(valid_from=None)
            | models.Q(valid_to=None)
            | models.Q(valid_from__lte=models.F("valid_to")),
            name=f"{prefix}_years",
        ),
    )


class FunctionalClass(CatalogueEntry):
    """支出功能分类: 3 digits 类, 5 digits 款, 7 digits 项."""

    class Meta(CatalogueEntry.Meta):
        abstract = False
        verbose_name = "支出功能分类科目"
        verbose_name_plural = "支出功能分类科目"
        constraints = _entry_constraints("functional")


class DepartmentEconomicClass(CatalogueEntry):
    """部门预算支出经济分类: 301 工资福利支出, 30101 基本工资 …"""

    class Meta(CatalogueEntry.Meta):
        abstract = False
        verbose_name = "部门预算支出经济分类科目"
        verbose_name_plural = "部门预算支出经济分类科目"
        constraints = _entry_constraints("dept_econ")


class GovernmentEconomicClass(CatalogueEntry):
    """政府预算支出经济分类: 501 机关工资福利支出, 50101 工资奖金津补贴 …"""

    class Meta(CatalogueEntry.Meta):
        abstract = False
        verbose_name = "政府预算支出经济分类科目"
        verbose_name_plural = "政府预算支出经济分类科目"
        constraints = _entry_constraints("gov_econ")


class EconomicPairing(models.Model):
    """Which government economic class a department economic class may be paired with, for which units."""

    class Applies(models.TextChoices):
        ADMINISTRATIVE = "administrative", "行政单位（含参公）"
        INSTITUTION = "institution", "事业单位"
        ANY = "any", "各类单位"

    department_code = models.CharField("部门经济科目编码", max_length=16)
    government_code = models.CharField("政府经济科目编码", max_length=16)
    applies = models.CharField("适用单位", max_length=16, choices=Applies, default=Applies.ANY)
    source = models.CharField("来源", max_length=200, blank=True)
    verified = models.BooleanField("已核实", default=False)
    shipped = models.BooleanField("随系统提供", default=False, editable=False)

    class Meta:
        verbose_name = "经济分类对应关系"
        verbose_name_plural = "经济分类对应关系"
        ordering = ("department_code", "government_code")
        constraints = (models.UniqueConstraint(fields=("department_code", "government_code"), name="economic_pairing"),)

    def __str__(self) -> str:
        return f"{self.department_code} → {self.government_code}"
