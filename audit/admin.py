"""Findings, runs, waivers and muted rules across disclosures: to search and filter, not to change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from audit import models
from audit.exchange.admin import FindingSheetAdmin
from audit.findings import Family
from disclosures.models import User
from disclosures.plain.place_words import where_words
from disclosures.services.permissions import visible_to


class _ReadOnlyAdmin(admin.ModelAdmin):
    """Shows what a person may see; `reach` leads from the record to its disclosure."""

    reach = "disclosure__"
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found = super().get_queryset(request)
        return visible_to(request.user, found, self.reach) if isinstance(request.user, User) else found.none()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class FamilyFilter(admin.SimpleListFilter):
    """What findings are about, in words; the database holds the contract's name."""

    title = "类别"
    parameter_name = "family"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(family.value, family.label) for family in Family]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(family=self.value()) if self.value() else queryset


@admin.register(models.Finding)
class FindingAdmin(FindingSheetAdmin, _ReadOnlyAdmin):
    list_display = ("disclosure", "severity", "status", "message", "place")
    list_filter = ("status", "severity", FamilyFilter, "disclosure__fiscal_year", "disclosure__state")
    list_select_related = ("disclosure__department",)
    search_fields = ("rule", "where", "disclosure__department__name")
    ordering = ("-pk",)
    show_full_result_count = False

    @admin.display(description="问题")
    def message(self, finding: models.Finding) -> str:
        return format_html("{} <small>{}</small>", finding.message, finding.rule)

    @admin.display(description="位置", ordering="where")
    def place(self, finding: models.Finding) -> str:
        return where_words(finding.where)


@admin.register(models.AuditRun)
class AuditRunAdmin(_ReadOnlyAdmin):
    list_display = ("disclosure", "trigger", "at", "user", "errors", "warnings", "opened", "closed", "milliseconds")
    list_filter = ("trigger", "disclosure__fiscal_year")
    list_select_related = ("disclosure__department", "user")
    search_fields = ("disclosure__department__name",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without what was not checked, which is long and not listed."""
        return super().get_queryset(request).defer("not_checked", "lapsed")


@admin.register(models.Waiver)
class WaiverAdmin(_ReadOnlyAdmin):
    reach = "finding__disclosure__"
    list_display = ("finding", "reason", "granted_by", "granted_at", "ended_at", "end_reason")
    list_filter = (("ended_at", admin.EmptyFieldListFilter), "finding__severity")
    list_select_related = ("finding__disclosure__department", "granted_by")
    search_fields = ("reason", "finding__rule", "finding__disclosure__department__name")


@admin.register(models.RuleMute)
class RuleMuteAdmin(_ReadOnlyAdmin):
    """Everybody sees which rules are silent, and why."""

    list_display = ("rule", "region", "reason", "muted_by", "muted_at", "ended_at", "ended_by")
    list_filter = (("ended_at", admin.EmptyFieldListFilter), "region")
    list_select_related = ("region", "muted_by", "ended_by")
    search_fields = ("rule", "reason")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return admin.ModelAdmin.get_queryset(self, request)
