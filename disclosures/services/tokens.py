"""Tokens for programs: made once and shown once, kept as a hash, ended by time or by a person."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from disclosures.errors import InvalidValueError, NotVisibleError, RefusedError
from disclosures.models import ApiToken, Role, User

PREFIX = "bd_"  # by which scanners for leaked secrets know it
MOST = 20
LONGEST_DAYS = 365
DEFAULT_DAYS = 90
_LONGEST_NAME = 100
_HINT = 8
_USED_EVERY = timedelta(minutes=1)


@transaction.atomic
def create_token(user: User, name: str, days: int = DEFAULT_DAYS) -> tuple[ApiToken, str]:
    """A token of one's own and its text, which is nowhere else. Raises InvalidValueError, RefusedError."""
    called = name.strip()
    if not called or len(called) > _LONGEST_NAME:
        raise InvalidValueError([("name", f"请写明令牌的用途（不超过 {_LONGEST_NAME} 字）")])
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidValueError([("days", f"有效期须为 1 至 {LONGEST_DAYS} 天")])
    now = timezone.now()
    if ApiToken.objects.filter(user=user, revoked_at=None, expires_at__gt=now).count() >= MOST:
        raise RefusedError(f"有效的令牌最多 {MOST} 个，请先停用不再使用的令牌")
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, name=called, digest=_digest(text), hint=text[:_HINT], expires_at=now + timedelta(days=days)
    )
    return token, text


def token_of(text: str) -> ApiToken | None:
    """The valid token with this text, of somebody who may still work here; notes that it was used."""
    token = ApiToken.objects.select_related("user").filter(digest=_digest(text)).first()
    if token is None or not token.is_valid or not token.user.is_active:
        return None
    now = timezone.now()
    # Once a minute is enough to know, and reads stay reads.
    if token.last_used_at is None or token.last_used_at < now - _USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def visible_tokens(user: User) -> QuerySet[ApiToken]:
    """A person's own tokens; those of everybody for administrators."""
    found = ApiToken.objects.select_related("user")
    return found if _is_administrator(user) else found.filter(user=user)


@transaction.atomic
def revoke_token(user: User, token_id: int) -> ApiToken:
    """End a token at once: one's own, or anybody's by an administrator. Ending it twice changes nothing."""
    token = visible_tokens(user).select_for_update(of=("self",)).filter(pk=token_id).first()
    if token is None:
        raise NotVisibleError("没有这个令牌")
    if token.revoked_at is None:
        token.revoked_at, token.revoked_by = timezone.now(), user
        token.save(update_fields=["revoked_at", "revoked_by"])
    return token


def _is_administrator(user: User) -> bool:
    return user.is_active and (user.is_superuser or user.role == Role.ADMINISTRATOR)


def _digest(text: str) -> str:
    # 256 random bits cannot be guessed: no slow hash is needed, and one would be paid for by every request.
    return hashlib.sha256(text.encode()).hexdigest()
