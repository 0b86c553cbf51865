"""Writing notifications: one row for each person who wants to know, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from disclosures import tasks
from disclosures.models import (
    Disclosure,
    NoticeKind,
    NoticePreference,
    NoticeWay,
    Notification,
    TaskTrigger,
    User,
)

from .kinds import DEFAULT_WAYS, GROUPS, PUT_TOGETHER

MAIL = "mail"  # the kind of task that sends one person's mail
PAUSE = 60.0  # seconds before a mail: what happens meanwhile goes into the same one, and what is read into none
_LONGEST_SUBJECT = 200


@transaction.atomic
def tell(
    people: Iterable[User],
    kind: NoticeKind,
    subject: str,
    *,
    text: str = "",
    link: str = "",
    disclosure: Disclosure | None = None,
    key: str = "",
) -> int:
    """Tell people of something, each in the way they chose; how many were told.

    `link` is an address within this site. With a `key` each person is told once for ever. Constant number of
    queries whatever the number of people.
    """
    chosen = {user.pk: user for user in people if user.is_active}
    ways = ways_of(chosen.values(), kind)
    wanted = {pk: way for pk, way in ways.items() if way != NoticeWay.NONE}
    if not wanted:
        return 0
    again = _put_together(wanted, kind, disclosure, text) if kind in PUT_TOGETHER else set()
    rows = [
        Notification(
            user_id=pk,
            kind=kind,
            subject=" ".join(subject.split())[:_LONGEST_SUBJECT],
            text=text,
            link=link,
            disclosure=disclosure,
            key=key,
            way=way,
        )
        for pk, way in wanted.items()
        if pk not in again
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=bool(key))
    _send_soon(chosen[pk] for pk, way in wanted.items() if way == NoticeWay.AT_ONCE and chosen[pk].email)
    return len(wanted)


def ways_of(people: Iterable[User], kind: NoticeKind) -> dict[int, str]:
    """How each of them wants to hear of a kind."""
    group = GROUPS[kind]
    ways = {user.pk: str(DEFAULT_WAYS[group]) for user in people}
    said = NoticePreference.objects.filter(user__in=ways, group=group).values_list("user", "way")
    return ways | dict(said)


def _put_together(wanted: dict[int, str], kind: NoticeKind, disclosure: Disclosure | None, text: str) -> set[int]:
    """Count up what a person has not read yet of the same kind and disclosure; whose that was."""
    unread = Notification.objects.filter(
        user__in=wanted, kind=kind, disclosure=disclosure, read_at=None, mail=""
    ).order_by("pk")
    found = {user: pk for pk, user in unread.values_list("pk", "user")}
    if found:
        Notification.objects.filter(pk__in=found.values()).update(
            count=F("count") + 1, text=text, created_at=timezone.now()
        )
    return set(found)


def _send_soon(people: Iterable[User]) -> None:
    for user in people:
        tasks.enqueue(MAIL, params={"user": user.pk}, key=f"{user.pk}", trigger=TaskTrigger.SYSTEM, delay=PAUSE)
