"""The log of logins, and the lock-out that is counted from it (docs/decisions/0008)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from disclosures.models import LoginOutcome, LoginRecord, User

_LONGEST_NAME = 150


def is_locked(username: str, address: str) -> bool:
    """Whether too many attempts failed lately: from this address, or (a larger number) from all together.

    The smaller number is per address so that a stranger cannot lock a clerk out of the clerk's own desk.
    """
    since = timezone.now() - timedelta(minutes=settings.LOGIN_LOCK_MINUTES)
    lately = LoginRecord.objects.filter(username=_key(username), at__gte=since)
    cleared = lately.filter(outcome=LoginOutcome.UNLOCKED).order_by("-pk").values_list("pk", flat=True).first()
    failures = lately.filter(outcome=LoginOutcome.FAILURE, pk__gt=cleared or 0)
    if failures.count() >= settings.LOGIN_FAILURES_ANYWHERE:
        return True
    # A success ends a series of failures at the same desk only.
    ended = lately.filter(outcome=LoginOutcome.SUCCESS, address=address).order_by("-pk").values_list("pk", flat=True)
    here = failures.filter(Q(address=address), pk__gt=ended.first() or 0)
    return here.count() >= settings.LOGIN_FAILURES


def locked_names(usernames: Iterable[str]) -> set[str]:
    """Those of these accounts that are locked now, from one address or from all; one query."""
    wanted = {_key(name): name for name in usernames}
    since = timezone.now() - timedelta(minutes=settings.LOGIN_LOCK_MINUTES)
    lately = LoginRecord.objects.filter(username__in=wanted, at__gte=since).order_by("pk")
    here: dict[str, Counter[str]] = defaultdict(Counter)
    anywhere: Counter[str] = Counter()
    for name, address, outcome in lately.values_list("username", "address", "outcome"):
        if outcome == LoginOutcome.FAILURE:
            here[name][address] += 1
            anywhere[name] += 1
        elif outcome == LoginOutcome.SUCCESS:
            del here[name][address]
        elif outcome == LoginOutcome.UNLOCKED:
            here[name].clear()
            del anywhere[name]
    return {
        wanted[name]
        for name in here
        if anywhere[name] >= settings.LOGIN_FAILURES_ANYWHERE
        or max(here[name].values(), default=0) >= settings.LOGIN_FAILURES
    }


class LockOutBackend:
    """Stands first: a locked name is refused before any password is compared. Admits nobody, grants nothing."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> None:
        if username and is_locked(username, address_of(request)):
            record(username, request, LoginOutcome.LOCKED)
            if request is not None:
                request.login_locked = True  # type: ignore[attr-defined]
            raise PermissionDenied(f"失败次数过多，账号锁定 {settings.LOGIN_LOCK_MINUTES} 分钟")


def record(username: str, request: HttpRequest | None, outcome: LoginOutcome, user: User | None = None) -> LoginRecord:
    """Write one line of the log."""
    return LoginRecord.objects.create(username=_key(username), user=user, address=address_of(request), outcome=outcome)


def address_of(request: HttpRequest | None) -> str:
    """The address of the other end; behind a proxy, what the proxy is configured to hand over."""
    return str(request.META.get("REMOTE_ADDR", "")) if request is not None else ""


def on_login(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    record(user.username, request, LoginOutcome.SUCCESS, user)


def on_failure(sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    if getattr(request, "login_locked", False):
        return  # written where it was refused
    record(str(credentials.get("username") or ""), request, LoginOutcome.FAILURE)


def on_logout(sender: object, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(user.username, request, LoginOutcome.LOGOUT, user)


def _key(username: str) -> str:
    return username.strip().lower()[:_LONGEST_NAME]
