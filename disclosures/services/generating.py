"""The final file written by the system, as a background task: writing, numbering and reading back take seconds."""

from __future__ import annotations

from typing import Any

from disclosures import models, tasks
from disclosures.errors import ServiceError
from disclosures.notifications import announce_task

from .matrix import Act
from .permissions import require
from .publishing import generate_final_file
from .reading import UnreadableFileError

KIND = "final_file"


def request_final_file(user: models.User, disclosure_id: int) -> models.Task:
    """Queue it; while one is under way for this disclosure, that one. Raises NotVisibleError, NotAllowedError."""
    record = require(user, Act.FINAL_FILE, disclosure_id)
    params = {"disclosure": disclosure_id}
    return tasks.enqueue(KIND, user=user, params=params, key=f"{user.pk}:{disclosure_id}", disclosure=record)


def run_final_file(context: tasks.TaskContext) -> dict[str, Any]:
    """Write it, read it back, keep it; where it differs, the result says in what and nothing is kept."""
    if context.user is None:
        raise tasks.TaskFailedError("定稿文件须由具体的人生成")
    context.progress(0, 1, "正在写 Word 文件并逐项核对")
    try:
        result = generate_final_file(context.user, context.params["disclosure"])
    except (ServiceError, UnreadableFileError) as error:
        raise tasks.TaskFailedError(str(error)) from error
    return {"accepted": result.accepted, "differences": [item.sentence for item in result.differences]}


def register_final_file() -> None:
    """Called when the app starts."""
    tasks.register(
        tasks.TaskType(
            kind=KIND,
            title="生成定稿",
            run=run_final_file,
            queue=tasks.Queue.INTERACTIVE,
            soft_limit=240,
            hard_limit=300,
            attempts=2,
            ended=announce_task,
        )
    )
