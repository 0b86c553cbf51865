"""Regions and departments."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from disclosures.exchange.admin import SheetAdminMixin, SheetsOfUser
from disclosures.exchange.organisation import DepartmentResource, DepartmentYearResource, RegionResource
from disclosures.models import Department, DepartmentYear, Region, User
from disclosures.services.permissions import visible_departments


@admin.register(Region)
class RegionAdmin(SheetAdminMixin, admin.ModelAdmin):
    resource_classes = (RegionResource,)
    list_display = ("name", "code", "parent")
    list_select_related = ("parent",)
    search_fields = ("name", "code")
    autocomplete_fields = ("parent",)


class DepartmentYearInline(admin.TabularInline):
    model = DepartmentYear
    extra = 0


@admin.register(Department)
class DepartmentAdmin(SheetAdminMixin, admin.ModelAdmin):
    resource_classes = (DepartmentResource,)
    list_display = ("name", "code", "kind", "region", "parent")
    list_filter = ("kind", "region")
    list_select_related = ("region", "parent")
    search_fields = ("name", "code")
    autocomplete_fields = ("region", "parent")
    inlines = (DepartmentYearInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Department]:
        """The departments that this person works for."""
        queryset = super().get_queryset(request)
        if isinstance(request.user, User):
            return queryset.filter(pk__in=visible_departments(request.user).values("pk"))
        return queryset.none()


@admin.register(DepartmentYear)
class DepartmentYearAdmin(SheetsOfUser, admin.ModelAdmin):
    """When each budget was approved, for many departments at once."""

    resource_classes = (DepartmentYearResource,)
    list_display = ("department", "fiscal_year", "budget_approved_on")
    list_filter = ("fiscal_year", "department__region")
    list_select_related = ("department",)
    search_fields = ("department__name",)
    autocomplete_fields = ("department",)
