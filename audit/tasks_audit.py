"""Background tasks of audits over many disclosures: the fan-out, its chunks, the end.

All of them belong to the bulk queue, so that a nightly audit never delays a clerk's check.
"""

from __future__ import annotations

from typing import Any

from audit.services import audits
from disclosures import tasks


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
    tasks.register_bulk("audit", "批量核对", _begin, 300, attempts=5, patient=True)
    tasks.register_bulk("audit_chunk", "批量核对（分批）", _chunk, 600, attempts=5, patient=True)
    tasks.register_bulk("audit_finish", "批量核对（汇总）", _finish, 1800, attempts=5, patient=True)
