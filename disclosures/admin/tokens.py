"""Tokens of programs: an administrator sees whose they are and ends them, and never sees their text."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from disclosures.errors import ServiceError
from disclosures.models import ApiToken, User
from disclosures.services.tokens import revoke_token, visible_tokens


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    list_display = ("name", "user", "hint", "state_words", "created_at", "expires_at", "last_used_at")
    list_filter = ("user__role", "expires_at")
    list_select_related = ("user",)
    search_fields = ("name", "user__username", "user__first_name")
    fields = ("name", "user", "hint", "created_at", "expires_at", "last_used_at", "revoked_at", "revoked_by")
    actions = ("revoke",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiToken]:
        user = request.user
        return visible_tokens(user) if isinstance(user, User) else ApiToken.objects.none()

    @admin.display(description="状态")
    def state_words(self, token: ApiToken) -> str:
        return token.state_words

    @admin.action(description="停用所选的令牌", permissions=["view"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        """End the chosen tokens at once."""
        user = request.user
        if not isinstance(user, User):
            return
        try:
            ended = [revoke_token(user, token.pk) for token in queryset]
        except ServiceError as error:
            messages.error(request, str(error))
            return
        messages.success(request, f"已停用 {len(ended)} 个令牌。")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
