"""Target forms across disclosures: found by project, opened on the page of their disclosure."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from disclosures.admin.grids import display_amount
from disclosures.models import User
from disclosures.services.permissions import visible_disclosures

from .models import PerformanceTarget
from .storage import funds_of


@admin.register(PerformanceTarget)
class PerformanceTargetAdmin(admin.ModelAdmin):
    """Read-only, like the disclosures that the forms belong to."""

    list_display = ("name", "department", "year", "scope", "implementing_unit", "annual_funds")
    list_display_links = None
    list_filter = ("scope", "disclosure__fiscal_year", "disclosure__department__region")
    list_select_related = ("disclosure__department",)
    search_fields = ("project", "unit", "implementing_unit", "disclosure__department__name")
    ordering = ("-disclosure__fiscal_year", "disclosure", "scope", "position")
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[PerformanceTarget]:
        """The target forms of the disclosures that this person may see."""
        queryset = super().get_queryset(request)
        if isinstance(request.user, User):
            return queryset.filter(disclosure__in=visible_disclosures(request.user))
        return queryset.none()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "title": "绩效目标"})

    @admin.display(description="项目（单位）", ordering="project")
    def name(self, target: PerformanceTarget) -> str:
        address = reverse("admin:disclosures_disclosure_part", args=[target.disclosure_id, "targets"])
        return format_html('<a href="{}">{}</a>', address, str(target))

    @admin.display(description="部门（单位）", ordering="disclosure__department")
    def department(self, target: PerformanceTarget) -> str:
        return str(target.disclosure.department)

    @admin.display(description="年度", ordering="disclosure__fiscal_year")
    def year(self, target: PerformanceTarget) -> int:
        return target.disclosure.fiscal_year

    @admin.display(description="年度资金（元）", ordering="annual_total")
    def annual_funds(self, target: PerformanceTarget) -> str:
        return display_amount(funds_of(target, "annual").total)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: PerformanceTarget | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PerformanceTarget | None = None) -> bool:
        return False
