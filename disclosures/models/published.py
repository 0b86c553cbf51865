"""What the public portal asks of publications, derived from their snapshots so that no search loads a snapshot.

Figures, projects and indicators exist for the current publication of a department, year and kind only: what was
withdrawn or replaced is in no search and no comparison because it is not there (`disclosures.portal.derive`).
"""

from __future__ import annotations

from django.db import models

from .corrections import Snapshot
from .disclosure import Disclosure, DisclosureKind
from .organisation import Department


class PublicationStatus(models.TextChoices):
    """What the public sees of a publication: everything, everything with a pointer to the newer one, the fact only."""

    CURRENT = "current", "现行"
    SUPERSEDED = "superseded", "已被新版取代"
    WITHDRAWN = "withdrawn", "已撤回"


class Publication(models.Model):
    """One snapshot in the history of a department, year and kind."""

    snapshot = models.OneToOneField(
        Snapshot, verbose_name="公开快照", on_delete=models.PROTECT, related_name="publication"
    )
    disclosure = models.OneToOneField(
        Disclosure, verbose_name="公开文本", on_delete=models.PROTECT, related_name="publication"
    )
    department = models.ForeignKey(
        Department, verbose_name="部门（单位）", on_delete=models.PROTECT, related_name="publications"
    )
    fiscal_year = models.PositiveSmallIntegerField("预算年度")
    kind = models.CharField("类型", max_length=20, choices=DisclosureKind)
    version = models.PositiveSmallIntegerField("版本")
    status = models.CharField("公开状况", max_length=16, choices=PublicationStatus)
    title = models.TextField("文本所称部门")
    published_at = models.DateTimeField("公开时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_reason = models.TextField("撤回原因", blank=True)
    changed_at = models.DateTimeField("最近变动", help_text="公开、被取代或撤回的时间")

    class Meta:
        verbose_name = "公开记录"
        verbose_name_plural = "公开记录"
        ordering = ("-published_at", "-pk")
        indexes = (
            models.Index(fields=("status", "fiscal_year"), name="publication_status_year"),
            models.Index(fields=("-changed_at",), name="publication_changed"),
            models.Index(fields=("status", "-published_at"), name="publication_new"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("department", "fiscal_year", "kind", "version"), name="publication_version"
            ),
            models.UniqueConstraint(
                fields=("department", "fiscal_year", "kind"),
                condition=models.Q(status="current"),
                name="publication_current",
            ),
            models.CheckConstraint(condition=models.Q(status__in=PublicationStatus.values), name="publication_status"),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.fiscal_year} 年{self.get_kind_display()}（第 {self.version} 版）"


class Measure(models.TextChoices):
    """What a published figure is a figure of."""

    TOTAL = "total", "总数"
    SOURCE = "source", "收入来源"
    FUNCTION = "function", "支出功能分类"
    VISIT = "visit", "“三公”经费"


class PublishedFigure(models.Model):
    """One figure of a publication that citizens compare, in 万元."""

    publication = models.ForeignKey(
        Publication, verbose_name="公开记录", on_delete=models.CASCADE, related_name="figures", db_index=False
    )
    measure = models.CharField("类别", max_length=16, choices=Measure)
    key = models.CharField("项", max_length=40)
    label = models.TextField("名称")
    amount = models.DecimalField("金额（万元）", max_digits=20, decimal_places=6)
    position = models.PositiveSmallIntegerField("序号")

    class Meta:
        verbose_name = "公开数字"
        verbose_name_plural = "公开数字"
        ordering = ("publication", "measure", "position")
        constraints = (
            models.UniqueConstraint(fields=("publication", "measure", "key"), name="figure_of_publication"),
            models.CheckConstraint(condition=models.Q(measure__in=Measure.values), name="figure_measure"),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.amount}"


class Searchable(models.Model):
    """A row that people find by a part of its words. `grams`: its pairs of characters, for the index of PostgreSQL."""

    publication = models.ForeignKey(
        Publication, verbose_name="公开记录", on_delete=models.CASCADE, related_name="%(class)ss", db_index=False
    )
    position = models.PositiveIntegerField("序号")
    words = models.TextField("检索文字")
    grams = models.TextField("检索字对")

    class Meta:
        abstract = True


class PublishedProject(Searchable):
    """A project of T12 or T13 (`carried_over`), its amount in 万元."""

    name = models.TextField("项目名称")
    unit = models.TextField("单位", blank=True)
    carried_over = models.BooleanField("上年结转", default=False)
    amount = models.DecimalField("金额（万元）", max_digits=20, decimal_places=6, null=True, blank=True)

    class Meta:
        verbose_name = "公开项目"
        verbose_name_plural = "公开项目"
        ordering = ("publication", "position")
        constraints = (models.UniqueConstraint(fields=("publication", "position"), name="project_of_publication"),)

    def __str__(self) -> str:
        return self.name

    @property
    def table_id(self) -> str:
        """The table it stands in."""
        return "T13" if self.carried_over else "T12"


class PublishedIndicator(Searchable):
    """An indicator of a target form; `form`: which form of the publication, from 1."""

    form = models.PositiveIntegerField("表序", default=0)
    project = models.TextField("项目（单位）", blank=True)
    horizon = models.CharField("期间", max_length=8)
    level1 = models.TextField("一级指标")
    level2 = models.TextField("二级指标")
    name = models.TextField("三级指标")
    value = models.TextField("指标值", blank=True)

    class Meta:
        verbose_name = "公开指标"
        verbose_name_plural = "公开指标"
        ordering = ("publication", "position")
        constraints = (models.UniqueConstraint(fields=("publication", "position"), name="indicator_of_publication"),)

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class OpenDataYear(models.Model):
    """The open data of a year. `generation` counts what was published or withdrawn; `floor` is the generation of the
    last withdrawal: an archive built before it holds what is public no more and is not handed out."""

    fiscal_year = models.PositiveSmallIntegerField("预算年度", unique=True)
    generation = models.PositiveIntegerField("变动次数", default=0)
    floor = models.PositiveIntegerField("最近撤回", default=0)
    built = models.PositiveIntegerField("已生成到", default=0)
    publications = models.PositiveIntegerField("份数", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("大小（字节）", default=0)
    made_at = models.DateTimeField("生成时间", null=True, blank=True)

    class Meta:
        verbose_name = "开放数据"
        verbose_name_plural = "开放数据"
        ordering = ("-fiscal_year",)

    def __str__(self) -> str:
        return f"{self.fiscal_year} 年开放数据"

    @property
    def may_be_handed_out(self) -> bool:
        """Whether the archive holds nothing that was withdrawn since."""
        return bool(self.sha256) and self.built >= max(self.floor, 1)
