"""A deployment refuses to serve with the secret that stands in the source, or with demonstration accounts.

Commands that serve nobody (reading, checking, migrating) need no secret and are not refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})


def configuration_problems() -> list[checks.CheckMessage]:
    """What is wrong with the settings of a site that serves people."""
    if settings.DEBUG:
        return []
    if settings.DEMO:
        if set(settings.ALLOWED_HOSTS) <= LOOPBACK:
            return []
        return [checks.Error("演示模式（DEMO=1）只允许本机访问，请去掉 ALLOWED_HOSTS 中的其他主机。", id="config.E001")]
    if settings.SECRET_KEY == settings.DEFAULT_SECRET_KEY:
        return [checks.Error("没有设置 SECRET_KEY 环境变量，不能用源码中的默认密钥对外服务。", id="config.E002")]
    return []


def account_problems() -> list[checks.CheckMessage]:
    """Demonstration accounts outside the demonstration, whose passwords everybody can read."""
    if settings.DEMO:
        return []
    try:
        found = list(get_user_model().objects.filter(is_demo=True, is_active=True).values_list("username", flat=True))
    except DatabaseError:
        return []  # no tables yet, so no accounts
    if not found:
        return []
    message = f"数据库中有演示账号（{'、'.join(found)}），正式部署前请删除或停用，或使用另一个数据库。"
    return [checks.Error(message, id="config.E003")]


@checks.register(checks.Tags.security, deploy=True)
def check_configuration(**_: Any) -> list[checks.CheckMessage]:
    return configuration_problems()


@checks.register(checks.Tags.database)
def check_accounts(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    return account_problems() if databases else []


def refuse_unsafe_start() -> None:
    """Called by every process that serves people. Raises ImproperlyConfigured."""
    problems = [*configuration_problems(), *account_problems()]
    if problems:
        raise ImproperlyConfigured("拒绝启动：" + " ".join(str(problem.msg) for problem in problems))
