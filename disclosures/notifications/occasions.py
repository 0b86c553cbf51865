"""Who is told of which event, and in which words: the one place where that is decided."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from disclosures.models import (
    OPEN_STATES,
    Action,
    Disclosure,
    Event,
    NoticeKind,
    Notification,
    Remark,
    Role,
    State,
    Task,
    TaskState,
    User,
)

from .delivery import tell
from .people import clerks_of, reaching, reviewers_of

Recipients = Callable[[Event], Iterable[User | None]]
_LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class Occasion:
    """What people are told of an action. `{what}` is the disclosure, `{who}` the person who did it."""

    kind: NoticeKind
    words: str
    people: Recipients
    quoted: str = ""  # the part of the event's details that is shown in the workplace (never mailed)


def _responsible(event: Event) -> Iterable[User | None]:
    """Who works on a disclosure: the clerks of its department, who submitted it, who is responsible."""
    record = event.disclosure
    return [*clerks_of(record.department), record.submitted_by, record.assigned_to]


def _reviewers(event: Event) -> Iterable[User | None]:
    """Who decides: the reviewer who is responsible, else those of the region."""
    assigned = event.disclosure.assigned_to
    if assigned is not None and assigned.role == Role.REVIEWER:
        return [assigned]
    return reviewers_of(event.disclosure.department)


def _assignee(event: Event) -> Iterable[User | None]:
    return [event.disclosure.assigned_to]


def _addressed(event: Event) -> Iterable[User | None]:
    """Whom a remark concerns: those of its thread; the clerks, or from a clerk the reviewers while they decide."""
    remark = Remark.objects.select_related("answers__user").get(pk=event.details["remark"])
    thread: list[User | None] = []
    if remark.answers is not None:
        answers = remark.answers.replies.select_related("user")
        thread = [remark.answers.user, *(answer.user for answer in answers)]
    if event.user is None or event.user.role != Role.CLERK:
        return [*thread, *_responsible(event)]
    return [*thread, *(_reviewers(event) if event.disclosure.state == State.IN_REVIEW else ())]


_K = NoticeKind
# A state change that is not here concerns nobody else at once.
OCCASIONS = {
    Action.RETURNED: Occasion(_K.RETURNED, "“{what}”被退回，请修改后重新提交", _responsible, "remark"),
    Action.SUBMITTED: Occasion(_K.SUBMITTED, "“{what}”已提交，等待审核", _reviewers),
    Action.APPROVED: Occasion(_K.APPROVED, "“{what}”审核通过，可以办理签发和公开", _responsible),
    Action.PUBLISHED: Occasion(_K.PUBLISHED, "“{what}”已公开", _responsible),
    Action.WITHDRAWN: Occasion(_K.WITHDRAWN, "“{what}”已从公开页面撤回", _responsible, "reason"),
    Action.EXPLANATION_ACCEPTED: Occasion(_K.EXPLANATION_ACCEPTED, "“{what}”的说明已采纳", _responsible, "text"),
    Action.EXPLANATION_REFUSED: Occasion(
        _K.EXPLANATION_REFUSED, "“{what}”的说明没有采纳，请更正或重新说明", _responsible, "text"
    ),
    Action.REMARKED: Occasion(_K.REMARK, "{who}在“{what}”写了批注", _addressed, "text"),
    Action.ASSIGNED: Occasion(_K.ASSIGNED, "“{what}”现在由您负责", _assignee),
}


_DECIDED = frozenset({Action.RETURNED, Action.APPROVED})


def announce(event: Event) -> int:
    """Tell those whom an event concerns, except who did it; how many. Call in the transaction that wrote it."""
    occasion = OCCASIONS.get(Action(event.action))
    if occasion is None or "resolved" in event.details:
        return 0
    record = event.disclosure
    if event.action in _DECIDED:
        _settle(record)
    chosen = {user.pk: user for user in occasion.people(event) if user is not None and user.pk != event.user_id}
    people = reaching(chosen.values(), record.department)
    return tell(
        people,
        occasion.kind,
        occasion.words.format(what=short(record), who=event.user or "系统"),
        text=str(event.details.get(occasion.quoted, ""))[:_LONGEST_QUOTE] if occasion.quoted else "",
        link=reverse("workbench", args=[record.pk]),
        disclosure=record,
    )


def announce_assigned(events: Sequence[Event], assignee: User) -> None:
    """Tell who is now responsible for several disclosures: once, not for each."""
    if len(events) == 1:
        announce(events[0])
    elif events and assignee.pk != events[0].user_id:
        words = f"{len(events)} 份公开文本现在由您负责"
        tell([assignee], NoticeKind.ASSIGNED, words, link=f"{reverse('list')}?holder=me")


def _settle(record: Disclosure) -> None:
    """Nobody needs to be told any more that a submission waits."""
    waiting = Notification.objects.filter(disclosure=record, kind=NoticeKind.SUBMITTED, read_at=None)
    waiting.update(read_at=timezone.now())


def announce_hand_over(leaving: User, coming: User, moved: int) -> None:
    """Tell who takes over that they do, and how much."""
    words = f"“{leaving}”的工作已交给您，其中指定负责的公开文本 {moved} 份"
    tell([coming], NoticeKind.HANDED_OVER, words, link=f"{reverse('list')}?holder=me")


def announce_task(task: Task) -> None:
    """Tell who asked for a task that it has ended: once for a batch, when all of it has. Of an archive its files count.

    The pages that show tasks mark it as read while they are open (`read_tasks`), so that it waits only for who
    was away.
    """
    batch = Task.objects.filter(batch=task.batch, user=task.user, children=None)
    if task.user is None or batch.filter(state__in=OPEN_STATES).exists() or task.children.exists():
        return
    states = list(batch.values_list("state", flat=True))
    failed = sum(state == TaskState.FAILED for state in states)
    if not failed and TaskState.DONE not in states:
        return  # cancelled by the person themselves
    kind = NoticeKind.TASK_FAILED if failed else NoticeKind.TASK_DONE
    key = key_of_batch(task.batch)
    with transaction.atomic():
        Notification.objects.filter(user=task.user, key=key).delete()  # a retry is told anew
        tell([task.user], kind, _task_words(task, len(states), failed), link=_task_link(task, states), key=key)


def key_of_batch(batch: uuid.UUID) -> str:
    """By which the notice of a batch is known again."""
    return f"batch:{batch.hex}"


def _task_words(task: Task, number: int, failed: int) -> str:
    name = f"“{task.file_name}”" if task.file_name and number == 1 else f" {number} 个" if number > 1 else ""
    if not failed:
        return f"{task.title}{name}已完成"
    return f"{task.title}{name}没有完成，请看原因" if number == 1 else f"{task.title}{name}，其中 {failed} 个没有完成"


def _task_link(task: Task, states: list[str]) -> str:
    if len(states) == 1 and task.disclosure_id and task.state == TaskState.DONE:
        return reverse("workbench", args=[task.disclosure_id])
    return reverse("tasks") + ("?state=failed" if TaskState.FAILED in states else "")


def short(record: Disclosure) -> str:
    """A disclosure in few words: department and year, nothing of what it says."""
    return f"{record.department.name} {record.fiscal_year} 年"
