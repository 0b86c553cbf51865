"""A disclosure and its parts outside the tables, and the file it came from."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from .organisation import Department


class SourceFile(models.Model):
    """An uploaded file, kept unchanged under MEDIA_ROOT by its hash; never served by the web server itself."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    name = models.CharField("文件名", max_length=255)
    size = models.PositiveBigIntegerField("大小（字节）")
    candidates = models.PositiveSmallIntegerField("含公开文本份数", default=1)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="上传人", on_delete=models.PROTECT, null=True, blank=True
    )
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = "原件"
        verbose_name_plural = "原件"
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return Path(settings.MEDIA_ROOT) / self.sha256[:2] / self.sha256[2:4] / self.sha256


class State(models.TextChoices):
    """Where a disclosure stands in its workflow."""

    TO_CORRECT = "to_correct", "待修改"
    IN_REVIEW = "in_review", "待审核"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已通过"
    PUBLISHED = "published", "已公开"
    WITHDRAWN = "withdrawn", "已撤回"
    SUPERSEDED = "superseded", "已被新版取代"


class DisclosureKind(models.TextChoices):
    """The contract's kinds of a disclosure, with the words people use."""

    DEPARTMENT = "department_budget", "部门预算"
    UNIT = "unit_budget", "单位预算"


class Disclosure(models.Model):
    """One version of a department's budget disclosure for a year."""

    department = models.ForeignKey(
        Department, verbose_name="部门（单位）", on_delete=models.PROTECT, related_name="disclosures"
    )
    fiscal_year = models.PositiveSmallIntegerField("预算年度")
    kind = models.CharField("类型", max_length=20, choices=DisclosureKind)
    version = models.PositiveSmallIntegerField("版本")
    state = models.CharField("状态", max_length=16, choices=State, default=State.TO_CORRECT)
    profile = models.CharField("报表样式", max_length=32)
    printed_department = models.TextField("文本所称部门", help_text="公开文本上印的部门（单位）名称")
    title_lines = models.JSONField("封面文字", default=list, blank=True)
    source_file = models.ForeignKey(
        SourceFile, verbose_name="原件", on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
    source_index = models.PositiveSmallIntegerField(
        "原件中的序号", default=0, help_text="一个文件含几份公开文本时，这是其中第几份（从 0 起）"
    )
    revision = models.PositiveIntegerField(
        "修订号", default=0, editable=False, help_text="每次修改内容加一：依据旧修订号的保存会被拒绝"
    )
    based_on = models.ForeignKey(
        "self",
        verbose_name="承接自",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        help_text="更正、说明和豁免承接自这一版",
    )
    is_copy = models.BooleanField("修订副本", default=False, editable=False, help_text="由上一版复制而来，没有新的文件")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="负责人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_disclosures",
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="提交人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="submitted_disclosures",
    )
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    secrecy_reviewer = models.CharField("保密审查人", max_length=100, blank=True)
    secrecy_reviewed_on = models.DateField("保密审查日期", null=True, blank=True)
    leader = models.CharField("签发领导", max_length=100, blank=True)
    signed_on = models.DateField("签发日期", null=True, blank=True)
    final_file = models.ForeignKey(
        SourceFile,
        verbose_name="定稿文件",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="final_of",
        help_text="读回后与通过审核的数据一致的文件；只公开这一份",
    )
    final_index = models.PositiveSmallIntegerField("定稿中的序号", default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="导入人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imported_disclosures",
    )
    created_at = models.DateTimeField("导入时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "公开文本"
        verbose_name_plural = "公开文本"
        ordering = ("-fiscal_year", "department", "-version")
        indexes = (
            models.Index(fields=("fiscal_year", "state"), name="disclosure_year_state"),
            models.Index(fields=("-created_at",), name="disclosure_created"),
        )
        constraints = (
            models.UniqueConstraint(fields=("department", "fiscal_year", "kind", "version"), name="disclosure_version"),
            # The same file is imported once, whoever wins the race.
            models.UniqueConstraint(
                fields=("source_file", "source_index"),
                condition=models.Q(is_copy=False),
                name="disclosure_of_file",
            ),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="disclosure_state"),
            models.CheckConstraint(condition=models.Q(kind__in=DisclosureKind.values), name="disclosure_kind"),
        )

    def __str__(self) -> str:
        return f"{self.department} {self.fiscal_year} 年{self.get_kind_display()}（第 {self.version} 版）"


class Part(models.Model):
    """What the ordered parts of a disclosure have in common."""

    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公开文本", on_delete=models.CASCADE, related_name="%(class)ss", db_index=False
    )
    position = models.PositiveIntegerField("序号")
    source = models.TextField("原件位置", null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("disclosure", "position")


def _part_constraint(name: str) -> tuple[models.BaseConstraint, ...]:
    return (models.UniqueConstraint(fields=("disclosure", "position"), name=name),)


class NarrativeSection(Part):
    """A section of part three by numeral, or parts one and four (概况, 名词解释)."""

    numeral = models.CharField("序数", max_length=16)
    heading = models.TextField("标题")
    paragraphs = models.JSONField("段落", default=list, help_text="[文字, 原件位置] 的列表")

    class Meta(Part.Meta):
        abstract = False
        verbose_name = "情况说明"
        verbose_name_plural = "情况说明"
        constraints = _part_constraint("section_position")

    def __str__(self) -> str:
        return self.heading


class OtherTable(Part):
    """A table that matches no declaration; kept so that a person can see and assign it."""

    title = models.TextField("标题", null=True, blank=True)
    rows = models.JSONField("各行", default=list)

    class Meta(Part.Meta):
        abstract = False
        verbose_name = "其他表格"
        verbose_name_plural = "其他表格"
        constraints = _part_constraint("other_table_position")

    def __str__(self) -> str:
        return self.title or f"其他表格 {self.position + 1}"


class Attachment(Part):
    """Notices and catalogues behind section 十二: recognised, not read into records."""

    title = models.TextField("标题")

    class Meta(Part.Meta):
        abstract = False
        verbose_name = "附件"
        verbose_name_plural = "附件"
        constraints = _part_constraint("attachment_position")

    def __str__(self) -> str:
        return self.title


class Note(Part):
    """What the reader could not read or had to guess."""

    message = models.TextField("说明")
    where = models.TextField("所在处", null=True, blank=True)

    class Meta(Part.Meta):
        abstract = False
        verbose_name = "读取提示"
        verbose_name_plural = "读取提示"
        constraints = _part_constraint("note_position")

    def __str__(self) -> str:
        return self.message
