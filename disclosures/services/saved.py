"""Filters of lists that people keep under a name."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from disclosures.errors import InvalidValueError, NotVisibleError, RefusedError
from disclosures.models import SavedFilter, User

MOST = 30  # of one person on one page
_LONGEST_NAME, _LONGEST_QUERY = 40, 1000


def saved_filters(user: User, page: str) -> QuerySet[SavedFilter]:
    """What a person has kept for a page, by name."""
    return SavedFilter.objects.filter(user=user, page=page)


@transaction.atomic
def save_filter(user: User, page: str, name: str, query: str) -> SavedFilter:
    """Keep the filters of an address; the same name again replaces them. Raises InvalidValueError, RefusedError."""
    name = " ".join(name.split())
    if not name:
        raise InvalidValueError([("name", "请给这组筛选起一个名字")])
    if len(name) > _LONGEST_NAME or len(query) > _LONGEST_QUERY:
        raise InvalidValueError([("name", f"名字不超过 {_LONGEST_NAME} 个字，筛选条件也不能太长")])
    mine = saved_filters(user, page).select_for_update()
    if not mine.filter(name=name).exists() and mine.count() >= MOST:
        raise RefusedError(f"最多保存 {MOST} 组筛选，请先删掉不用的")
    found, _ = SavedFilter.objects.update_or_create(user=user, page=page, name=name, defaults={"query": query})
    return found


def forget_filter(user: User, pk: int) -> None:
    """Delete one of one's own. Raises NotVisibleError."""
    if not SavedFilter.objects.filter(user=user, pk=pk).delete()[0]:
        raise NotVisibleError("没有这组筛选")
