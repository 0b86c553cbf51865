"""The budget tables: one table of lines for all of them, one proxy model per declared table.

`BudgetLine` has one nullable decimal column for every amount column that any declaration uses, made
from the declarations (`disclosures.profiles`): a new column there is a new migration here.
A measure's decimal column is for queries; the exact printed form is restored from it where it is
the usual two decimals, else from `printed` (see `disclosures.storage.printed`).
"""

from __future__ import annotations

from django.db import models

from disclosures.plain.data import Level, Side, Surety
from disclosures.profiles import DEFAULT_PROFILE, PROFILES, TableDecl

from .disclosure import Disclosure

SIDE_LABELS = ((Side.ONE.value, "单边"), (Side.INCOME.value, "收入"), (Side.EXPENDITURE.value, "支出"))
LEVEL_LABELS = (
    (Level.DEPARTMENT.value, "部门"),
    (Level.UNIT.value, "单位"),
    (Level.PROJECT.value, "项目"),
    (Level.GROUP.value, "类"),
    (Level.ITEM.value, "款"),
    (Level.TOTAL.value, "合计"),
)
SURETY_LABELS = (
    (Surety.SURE.value, "确定"),
    (Surety.INFERRED.value, "推定列位"),
    (Surety.DOUBTFUL.value, "存疑"),
)


class BudgetTable(models.Model):
    """One of a disclosure's budget tables as printed. No record: the table is missing."""

    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公开文本", on_delete=models.CASCADE, related_name="budget_tables", db_index=False
    )
    code = models.CharField("表号", max_length=8)
    position = models.PositiveSmallIntegerField("序号")
    title = models.TextField("标题")
    no_data = models.BooleanField("本表无数据", default=False)
    printed_year = models.IntegerField("表上年度", null=True, blank=True)
    printed_unit = models.TextField("表上金额单位", null=True, blank=True)
    printed_department = models.TextField("表上单位名称", null=True, blank=True)
    caption = models.TextField("表上编号", null=True, blank=True)
    source = models.TextField("原件位置", null=True, blank=True)

    class Meta:
        verbose_name = "预算报表"
        verbose_name_plural = "预算报表"
        ordering = ("disclosure", "position")
        constraints = (models.UniqueConstraint(fields=("disclosure", "code"), name="table_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class BudgetLine(models.Model):
    """One printed row of a budget table (of one side of it where the table has two)."""

    table = models.ForeignKey(
        BudgetTable, verbose_name="报表", on_delete=models.CASCADE, related_name="lines", db_index=False
    )
    position = models.PositiveIntegerField("行序")
    parent = models.ForeignKey(
        "self", verbose_name="上级行", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    side = models.CharField("收支", max_length=16, choices=SIDE_LABELS, blank=True)
    level = models.CharField("行的性质", max_length=16, choices=LEVEL_LABELS, blank=True)
    code = models.CharField("科目编码", max_length=32, blank=True, db_index=True)
    name = models.TextField("项目（科目）", blank=True)
    second_name = models.TextField("第二名称", blank=True, help_text="表六：政府预算支出经济科目")
    unit_name = models.TextField("所属单位", null=True, blank=True)
    label_surety = models.CharField("名称可信度", max_length=16, choices=SURETY_LABELS, default=Surety.SURE.value)
    source = models.TextField("原件位置", null=True, blank=True)
    printed = models.JSONField("原样", default=dict, blank=True, help_text="印法不是两位小数的金额，照原样")
    sureties = models.JSONField("可信度", default=dict, blank=True, help_text="不确定的单元格")
    cell_sources = models.JSONField("单元格位置", default=dict, blank=True, help_text="与本行位置不同的单元格")

    class Meta:
        verbose_name = "预算报表行"
        verbose_name_plural = "预算报表行"
        ordering = ("table", "position")
        constraints = (models.UniqueConstraint(fields=("table", "position"), name="line_position"),)

    def __str__(self) -> str:
        return " ".join(part for part in (self.code, self.name, self.second_name) if part)


def _measure_labels() -> dict[str, str]:
    """Every amount column of every profile, with the first label it is declared under."""
    labels: dict[str, str] = {}
    for profile in PROFILES.values():
        for decl in profile.tables:
            for side in decl.sides:
                for column in side.columns:
                    labels.setdefault(column.key, column.label)
    return labels


MEASURES = _measure_labels()
for _key, _label in MEASURES.items():
    BudgetLine.add_to_class(_key, models.DecimalField(_label, max_digits=20, decimal_places=6, null=True, blank=True))


class LinesOfTable(models.Manager[BudgetLine]):
    """The lines of one budget table, across disclosures."""

    def __init__(self, table_code: str) -> None:
        super().__init__()
        self.table_code = table_code

    def get_queryset(self) -> models.QuerySet[BudgetLine]:
        return super().get_queryset().filter(table__code=self.table_code)


def _line_model(decl: TableDecl) -> type[BudgetLine]:
    """The proxy model of one declared table: `BudgetLineT03`."""
    label = f"表{decl.ordinal} {decl.short_title}"
    meta = type("Meta", (), {"proxy": True, "verbose_name": label, "verbose_name_plural": label})
    attributes = {"__module__": __name__, "Meta": meta, "objects": LinesOfTable(decl.id), "declaration": decl}
    return type(f"BudgetLine{decl.id}", (BudgetLine,), attributes)


LINE_MODELS: dict[str, type[BudgetLine]] = {decl.id: _line_model(decl) for decl in DEFAULT_PROFILE.tables}
globals().update({model.__name__: model for model in LINE_MODELS.values()})  # where pickle and the shell look for them
