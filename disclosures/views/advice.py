"""What a clerk does next, in one plain sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from disclosures.models import Department, State
from disclosures.services.deadlines import Deadline

from .rows import DisclosureRow

CLERKS_TURN = (State.TO_CORRECT, State.RETURNED, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Advice:
    """The sentence, and the button that goes with it."""

    sentence: str
    action: str = ""
    address: str = ""
    deadline: Deadline | None = None


def advice(
    turn: Sequence[DisclosureRow], others: Sequence[DisclosureRow], without: Sequence[Department], year: int
) -> Advice:
    """The most urgent of what waits for a clerk; `turn` comes with the most urgent first."""
    if turn:
        return _of_row(turn[0], len(turn) - 1)
    unsigned = next((row for row in others if row.record.state == State.APPROVED and not _is_ready(row)), None)
    if unsigned is not None:
        return _of_approved(unsigned)
    if without:
        name = f"“{without[0]}”" if len(without) == 1 else f"“{without[0]}”等 {len(without)} 个部门（单位）"
        return Advice(f"{name}还没有 {year} 年的公开文本，请先导入文件。", "导入文件", reverse("import"))
    return _nothing(others)


def _is_ready(row: DisclosureRow) -> bool:
    return bool(row.record.leader and row.record.final_file_id)


def _of_row(row: DisclosureRow, more: int) -> Advice:
    record, counts = row.record, row.counts
    name = f"“{record.department}”"
    if record.state == State.WITHDRAWN:
        words = f"{name}的公开已撤回，请启动修订，改好后重新提交。"
    elif counts is None:
        words = f"{name}还没有核对过，请先打开并重新核对。"
    elif counts.errors:
        back = "被退回，" if record.state == State.RETURNED else ""
        words = f"{name}{back}还有 {counts.errors} 个错误，逐个改正或说明原因后就可以提交审核。"
    elif record.state == State.RETURNED:
        words = f"{name}被退回，请按审核人员的批注修改后再提交。"
    elif counts.warnings:
        words = f"{name}已经没有错误，看一遍 {counts.warnings} 条提醒，确认无误就可以提交审核。"
    else:
        words = f"{name}已经没有问题，可以提交审核。"
    rest = f"另有 {more} 份在后面等着。" if more else ""
    return Advice(words + rest, "现在去处理", reverse("workbench", args=[record.pk]), row.deadline)


def _of_approved(row: DisclosureRow) -> Advice:
    record = row.record
    todo = [] if record.leader else ["登记保密审查和签发"]
    todo += [] if record.final_file_id else ["上传定稿文件"]
    words = f"“{record.department}”审核已通过，请{'，并'.join(todo)}，然后由审核人员公开。"
    return Advice(words, "现在去办", reverse("workbench", args=[record.pk]), row.deadline)


def _nothing(others: Sequence[DisclosureRow]) -> Advice:
    waiting = [row for row in others if row.record.state in (State.IN_REVIEW, State.APPROVED)]
    if waiting:
        return Advice(f"{len(waiting)} 份已经提交，等审核人员处理，您现在不用做什么。", deadline=waiting[0].deadline)
    if others:
        return Advice("您的公开文本都已公开，今年的工作完成了。")
    return Advice("还没有公开文本，请先导入文件。", "导入文件", reverse("import"))
