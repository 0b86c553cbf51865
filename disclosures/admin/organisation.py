"""Regions and departments."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from disclosures.models import Department, DepartmentYear, Region, User
from disclosures.services.permissions import visible_departments


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "parent")
    list_select_related = ("parent",)
    search_fields = ("name", "code")
    autocomplete_fields = ("parent",)


class DepartmentYearInline(admin.TabularInline):
    model = DepartmentYear
    extra = 0


@admin.register(Department)
class DepartmentAdmin(admin.ModelAdmin):
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
