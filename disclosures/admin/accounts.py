"""Accounts: role, department, region."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest

from disclosures.models import User

_SUPERUSER_ONLY = ("is_superuser", "groups", "user_permissions")


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    list_display = ("username", "first_name", "role", "department", "region", "is_active", "last_login")
    list_filter = ("role", "is_active", "region")
    list_select_related = ("department", "region")
    search_fields = ("username", "first_name", "last_name", "department__name")
    autocomplete_fields = ("department", "region")
    ordering = ("username",)
    fieldsets = (
        (None, {"fields": ("username", "password", "first_name", "email")}),
        ("职责", {"fields": ("role", "department", "region")}),
        ("状态", {"fields": ("is_active", "is_staff", "is_superuser", "last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "usable_password", "password1", "password2")}),
        ("职责", {"classes": ("wide",), "fields": ("role", "department", "region", "is_staff")}),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Only a superuser makes superusers."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if getattr(request.user, "is_superuser", False) else (*fields, *_SUPERUSER_ONLY)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nor does anybody else change one, or take over the account by a new password."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or getattr(request.user, "is_superuser", False))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self.has_change_permission(request, obj)
