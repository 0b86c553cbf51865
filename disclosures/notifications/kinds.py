"""Which group a kind belongs to, for whom a group is, and how it is told unless a person chose otherwise."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from disclosures.models import NoticeGroup, NoticeKind, NoticeWay, Role, User

_G, _K, _W = NoticeGroup, NoticeKind, NoticeWay

GROUPS: Final = MappingProxyType(
    {
        _K.RETURNED: _G.WORK,
        _K.APPROVED: _G.WORK,
        _K.PUBLISHED: _G.WORK,
        _K.WITHDRAWN: _G.WORK,
        _K.EXPLANATION_ACCEPTED: _G.WORK,
        _K.EXPLANATION_REFUSED: _G.WORK,
        _K.SUBMITTED: _G.REVIEW,
        _K.REMARK: _G.REMARKS,
        _K.ASSIGNED: _G.ASSIGNED,
        _K.HANDED_OVER: _G.ASSIGNED,
        _K.TASK_DONE: _G.TASKS,
        _K.TASK_FAILED: _G.TASKS,
        _K.AUDIT: _G.TASKS,
        _K.DEADLINE: _G.DEADLINES,
        _K.WEEKLY: _G.REPORTS,
        _K.QUEUE: _G.SYSTEM,
    }
)
# Repetitions that nobody has read yet are put together: thirty decisions in a row are one notice.
PUT_TOGETHER: Final = frozenset({_K.EXPLANATION_ACCEPTED, _K.EXPLANATION_REFUSED, _K.REMARK})
# The text of these is lists and figures made for a mail; the text of all others stays in the workplace.
MAILED_WITH_TEXT: Final = frozenset({_K.WEEKLY, _K.DEADLINE, _K.QUEUE})
DEFAULT_WAYS: Final = MappingProxyType(
    {
        _G.WORK: _W.AT_ONCE,
        _G.REVIEW: _W.DIGEST,
        _G.REMARKS: _W.DIGEST,
        _G.ASSIGNED: _W.AT_ONCE,
        _G.DEADLINES: _W.AT_ONCE,
        _G.TASKS: _W.IN_APP,
        _G.REPORTS: _W.DIGEST,
        _G.SYSTEM: _W.AT_ONCE,
    }
)
_EVERYBODY: Final = (_G.REMARKS, _G.ASSIGNED, _G.TASKS)
GROUPS_OF: Final = MappingProxyType(
    {
        Role.CLERK: (_G.WORK, *_EVERYBODY, _G.DEADLINES),
        Role.REVIEWER: (_G.REVIEW, *_EVERYBODY, _G.DEADLINES, _G.REPORTS),
        Role.AUDITOR: (_G.TASKS, _G.REPORTS),
        Role.ADMINISTRATOR: (_G.SYSTEM, *_EVERYBODY, _G.REPORTS),
    }
)


def groups_of(user: User) -> tuple[NoticeGroup, ...]:
    """The groups that concern a person, in the order of their settings. A superuser is an administrator."""
    role = Role.ADMINISTRATOR if user.is_superuser else user.role
    return GROUPS_OF.get(Role(role), ()) if role in Role.values else ()
