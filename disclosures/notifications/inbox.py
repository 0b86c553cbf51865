"""A person's own list: what is unread, marking it, and how they want to be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from disclosures.errors import InvalidValueError, NotVisibleError
from disclosures.models import (
    OPEN_STATES,
    NoticeGroup,
    NoticePreference,
    NoticeWay,
    Notification,
    Task,
    User,
)
from disclosures.reach import within_reach

from .kinds import DEFAULT_WAYS, groups_of
from .occasions import key_of_batch

MOST_COUNTED = 99


def inbox(user: User) -> QuerySet[Notification]:
    """A person's notifications, the latest first; none about what is no longer within their reach."""
    own = Notification.objects.filter(user=user)
    reach = within_reach(user, "disclosure__department__")
    return own if reach is None else own.filter(Q(disclosure=None) | reach)


def unread_count(user: User) -> int:
    """How many are unread, counted up to one more than is shown, in one query."""
    return inbox(user).filter(read_at=None).order_by()[: MOST_COUNTED + 1].count()


def open_notification(user: User, pk: int) -> Notification:
    """Mark one as read and give it back. Raises NotVisibleError."""
    found = inbox(user).filter(pk=pk).first()
    if found is None:
        raise NotVisibleError("没有这条通知")
    if found.read_at is None:
        found.read_at = timezone.now()
        Notification.objects.filter(pk=pk, read_at=None).update(read_at=found.read_at)
    return found


def mark_read(user: User, pks: Iterable[int] | None = None) -> int:
    """Mark these as read (None: all); how many were unread. Those of others are passed over."""
    unread = Notification.objects.filter(user=user, read_at=None)
    if pks is not None:
        unread = unread.filter(pk__in=list(pks))
    return unread.update(read_at=timezone.now())


def read_tasks(user: User, seen: Iterable[Task]) -> None:
    """The person sees on a page how these tasks ended: nothing is left to tell."""
    keys = {key_of_batch(task.batch) for task in seen if task.user_id == user.pk and task.state not in OPEN_STATES}
    if keys:
        Notification.objects.filter(user=user, key__in=keys, read_at=None).update(read_at=timezone.now())


def preferences(user: User) -> dict[NoticeGroup, NoticeWay]:
    """How a person is told of each group that concerns them."""
    said = dict(NoticePreference.objects.filter(user=user).values_list("group", "way"))
    return {group: NoticeWay(said.get(group, DEFAULT_WAYS[group])) for group in groups_of(user)}


@transaction.atomic
def choose(user: User, ways: Mapping[str, str], email: str) -> None:
    """Keep how a person wants to be told, and where their mail goes. Raises InvalidValueError."""
    address = email.strip()
    wrong = [group for group, way in ways.items() if group not in groups_of(user) or way not in NoticeWay.values]
    if wrong:
        raise InvalidValueError([("", "请在给出的方式中选择")])
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise InvalidValueError([("email", "邮箱地址不对，应像 name@example.cn 这样")]) from error
    if address != user.email:
        user.email = address
        user.save(update_fields=["email"])
    for group, way in ways.items():
        NoticePreference.objects.update_or_create(user=user, group=group, defaults={"way": way})
