"""Background tasks that make reports; the file waits at the task for who asked for it."""

from __future__ import annotations

from typing import Any

from audit.services.making import KIND, ReportForm, make, tidy_reports
from disclosures import tasks
from disclosures.errors import ServiceError
from disclosures.reading import UnreadableFileError
from disclosures.writing.pdf import NoOfficeError


def _run(context: tasks.TaskContext) -> dict[str, Any]:
    """Gather, write, keep."""
    form = ReportForm(context.params["form"])
    context.progress(0, 3, "正在汇集内容")
    tidy_reports()

    def step(done: int, words: str) -> None:
        context.check_cancelled()
        context.progress(done, 3, words)

    if context.user is None:
        raise tasks.TaskFailedError("报告须由具体的人生成")
    try:
        made = make(context.user, form, context.params, step)
    except (ServiceError, UnreadableFileError, NoOfficeError) as error:
        raise tasks.TaskFailedError(str(error)) from error
    context.write_output(made.name, made.data)
    return {"form": form.value, "words": made.words}


def register_reports() -> None:
    """Called when the app starts."""
    tasks.register(
        tasks.TaskType(
            kind=KIND,
            title="生成报告",
            run=_run,
            queue=tasks.Queue.INTERACTIVE,
            soft_limit=300,
            hard_limit=360,
            attempts=2,
            patient=True,
        )
    )
