"""Who is asking: a program with a token, or a page of the workplace with its session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission

from disclosures.models import ApiToken, User
from disclosures.services.tokens import token_of

if TYPE_CHECKING:  # the framework imports this module while it imports its views
    from rest_framework.request import Request
    from rest_framework.views import APIView

SCHEME = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer bd_…`; the token is looked up by its hash."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, text = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        token = token_of(text.strip())
        if token is None:
            raise AuthenticationFailed("令牌无效、过期或已停用，请在“接口令牌”页面新建一个")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="api"'


class MayWorkHere(BasePermission):
    """Somebody who is logged in and has a password of their own choice."""

    message = "请先登录，或带上令牌（Authorization: Bearer …）"
    code = "not_authenticated"

    def has_permission(self, request: Request, view: APIView) -> bool:
        user = request.user
        if not isinstance(user, User) or not user.is_active:
            return False
        if user.must_change_password:
            self.message, self.code = "请先登录网站修改密码，再使用接口", "password_change_required"
            return False
        return True


def person(request: Request) -> User:
    """The account behind a request that `MayWorkHere` let through."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError(f"no permission stood before this view ({settings.AUTH_USER_MODEL} expected)")
    return user
