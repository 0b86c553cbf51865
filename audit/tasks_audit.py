"""Background tasks of audits over many disclosures: the fan-out, its chunks, the end.

All of them belong to the bulk queue, so that a nightly audit never delays a clerk's check.
"""

from __future__ import annotations

from typing import Any

from django.db import InterfaceError, OperationalError

from audit.services import audits
from disclosures import tasks

_TRANSIENT = (OperationalError, InterfaceError)


def _begin(context: tasks.TaskContext) -> dict[str, Any]:
    """Queue a task for each chunk."""
    return {"chunks": audits.fan_out(int(context.params["audit"]))}


def _chunk(context: tasks.TaskContext) -> dict[str, Any]:
    """Check one chunk; the one that finds nothing left behind it queues the end."""
    audit, ids = int(context.params["audit"]), [int(pk) for pk in context.params["ids"]]
    found: dict[str, Any] = {}
    for done, outcome in enumerate(audits.checking(audit, ids), start=1):
        found[outcome] = found.get(outcome, 0) + 1
        context.progress(done, len(ids), "正在核对")
        context.check_cancelled()
    if audits.ended(audit):
        audits.enqueue_finish(audit)
    return found


def _finish(context: tasks.TaskContext) -> dict[str, Any]:
    """Compare the disclosures with each other and sum up."""
    context.progress(0, 1, "正在汇总")
    return {"closed": audits.finish_audit(int(context.params["audit"]))}


def register_audits() -> None:
    """Called when the app starts."""
    kinds = (
        ("audit", "批量核对", _begin, 300),
        ("audit_chunk", "批量核对（分批）", _chunk, 600),
        ("audit_finish", "批量核对（汇总）", _finish, 1800),
    )
    for kind, title, run, limit in kinds:
        tasks.register(
            tasks.TaskType(
                kind=kind,
                title=title,
                run=run,
                queue=tasks.Queue.BULK,
                soft_limit=limit,
                hard_limit=limit + 60,
                attempts=5,
                transient=_TRANSIENT,
                patient=True,
            )
        )
