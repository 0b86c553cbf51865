"""Accounts: role, department, region."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.http import HttpRequest

from disclosures.models import LoginRecord, User

_SUPERUSER_ONLY = ("is_superuser", "groups", "user_permissions")


class GivenPasswordForm(AdminPasswordChangeForm):
    """A password that somebody else chose is to be changed at the next login."""

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=False)
        user.must_change_password = True
        if commit:
            user.save()
        return user


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    list_display = ("username", "first_name", "role", "department", "region", "is_active", "last_login")
    list_filter = ("role", "is_active", "region")
    list_select_related = ("department", "region")
    search_fields = ("username", "first_name", "last_name", "department__name")
    autocomplete_fields = ("department", "region")
    ordering = ("username",)
    change_password_form = GivenPasswordForm
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


@admin.register(LoginRecord)
class LoginRecordAdmin(admin.ModelAdmin):
    """Who tried to log in, from where, and what came of it."""

    list_display = ("at", "username", "user", "address", "outcome")
    list_filter = ("outcome",)
    list_select_related = ("user",)
    search_fields = ("username", "address")
    date_hierarchy = "at"
    list_per_page = 100

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
