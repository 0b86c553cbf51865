"""What a service refuses, and why: every message is plain Chinese and can be shown as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


class ServiceError(Exception):
    """A person asked for something that cannot be done; nothing was changed."""


class NotVisibleError(ServiceError):
    """There is no such record, or the person may not know of it: both look the same."""


class NotAllowedError(ServiceError):
    """The person may see the record, and may not do this with it in its present state."""


class WrongStateError(NotAllowedError):
    """The person's role may do this, in another state of the record."""


class InvalidValueError(ServiceError):
    """A value cannot stand in its place."""

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        self.problems = tuple(problems)  # (place, message)
        super().__init__("；".join(message for _, message in self.problems))


class RefusedError(ServiceError):
    """Conditions are not met; `reasons` lists them."""

    def __init__(self, message: str, reasons: Iterable[str] = ()) -> None:
        self.reasons = tuple(reasons)
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class OthersChange:
    """What somebody else saved in the meantime."""

    place: str
    words: str
    value: str | None
    user: str
    at: datetime


class EditConflictError(ServiceError):
    """Somebody else saved since the caller read: both versions are here, nothing was written.

    `current_value`, `current_by` and `current_at` tell of the place itself; the last two of the latest
    change anywhere where the place itself was not touched. `changes` lists all that happened since.
    """

    def __init__(self, revision: int, current_value: str | None, changes: tuple[OthersChange, ...], mine: str | None):
        self.revision = revision
        self.current_value = current_value
        self.my_value = mine
        self.changes = changes
        latest = changes[0] if changes else None
        self.current_by = latest.user if latest else ""
        self.current_at = latest.at if latest else None
        who = f"“{self.current_by}”" if self.current_by else "其他人"
        versions = f"现值“{current_value or '空白'}”，您填的是“{mine or '空白'}”"
        super().__init__(f"{who}在您打开之后保存过修改，您的修改没有保存：{versions}")
