"""Target forms across disclosures: found by project, opened on the page of their disclosure."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from disclosures.admin.grids import display_amount
from disclosures.exchange.admin import PartAdmin

from .exchange.indicators import IndicatorResource
from .exchange.targets import OverallTargetResource, ProjectTargetResource
from .models import Indicator, PerformanceTarget
from .storage import funds_of


@admin.register(PerformanceTarget)
class PerformanceTargetAdmin(PartAdmin):
    """Read-only, like the disclosures that the forms belong to."""

    view_permission = "performance.view_performancetarget"
    resource_classes = (ProjectTargetResource, OverallTargetResource)
    list_display = ("name", "department", "year", "scope", "implementing_unit", "annual_funds")
    list_filter = ("scope", "disclosure__fiscal_year", "disclosure__department__region")
    list_select_related = ("disclosure__department",)
    search_fields = ("project", "unit", "implementing_unit", "disclosure__department__name")
    ordering = ("-disclosure__fiscal_year", "disclosure", "scope", "position")

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


@admin.register(Indicator)
class IndicatorAdmin(PartAdmin):
    """Indicators across disclosures."""

    view_permission = "performance.view_indicator"
    resource_classes = (IndicatorResource,)
    list_display = ("level3", "value", "level1", "level2", "horizon", "target", "disclosure")
    list_filter = ("horizon", "target__disclosure__fiscal_year", "target__disclosure__department__region")
    list_select_related = ("target__disclosure__department",)
    search_fields = ("level3", "value", "target__project", "target__disclosure__department__name")
    ordering = ("target__disclosure", "target", "position")

    @admin.display(description="公开文本", ordering="target__disclosure")
    def disclosure(self, indicator: Indicator) -> str:
        return str(indicator.target.disclosure)
