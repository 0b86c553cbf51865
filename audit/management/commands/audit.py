"""Audit stored disclosures of a selection, here and now, with progress; exit status as of `check_disclosure`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from audit.catalogue import rules
from audit.models import Audit, ItemState
from audit.services.audits import cancel_audit, run_audit, start_audit
from audit.services.selection import Selection
from audit.services.summarising import Summary, summary
from disclosures.errors import ServiceError
from disclosures.management.files import database, refuse
from disclosures.management.terminal import console
from disclosures.models import Disclosure, Region, State

FINDINGS, FAILED = 1, 2
_FAIL_ON = {"error": ("errors",), "warning": ("errors", "warnings"), "never": ()}
_TOTALS = {"errors": "错误", "warnings": "提醒", "infos": "参考", "clean": "没有错误和提醒的份数", "waived": "已豁免"}
_SHOWN = 10


class Command(BaseCommand):
    help = "批量核对已入库的公开文本：一个年度，可以限定地区和状态；只核对有变化的"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, help="预算年度（默认是库中最近的一年）")
        parser.add_argument("--region", metavar="NAME", help="地区的名称或行政区划代码，含下级地区（默认全部）")
        parser.add_argument(
            "--state", action="append", choices=State.values, default=[], help="只核对这些状态的，可重复"
        )
        parser.add_argument("--all", action="store_true", help="没有变化的也重新核对")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="输出形式（默认 text）")
        parser.add_argument(
            "--fail-on", choices=tuple(_FAIL_ON), default="error", help="有这一级或更严重的问题时退出状态为 1"
        )

    def handle(
        self,
        *,
        year: int | None,
        region: str | None,
        state: list[str],
        all: bool,
        format: str,
        fail_on: str,
        **options: Any,
    ) -> None:
        try:
            with database():
                chosen = Selection(year or _latest_year(), _region(region), tuple(state))
                audit = start_audit(None, chosen, whole=all, enqueue=False)
        except ServiceError as error:
            refuse(str(error))
        found = _run(audit)
        if format == "json":
            sys.stdout.write(json.dumps(_as_json(found), ensure_ascii=False, indent=1) + "\n")
        else:
            _print(summary(found))
        if found.failed:
            raise SystemExit(FAILED)
        if any(found.summary.get(name, 0) for name in _FAIL_ON[fail_on]):
            raise SystemExit(FINDINGS)


def _latest_year() -> int:
    latest = Disclosure.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).first()
    return latest or timezone.localdate().year


def _region(words: str | None) -> int | None:
    """The key of a region by its code, or by its name where that is clear. Ends the command otherwise."""
    if words is None:
        return None
    found = list(Region.objects.filter(code=words).values_list("pk", flat=True)[:2])
    found = found or list(Region.objects.filter(name=words).values_list("pk", flat=True)[:2])
    if len(found) != 1:
        refuse(f"没有地区“{words}”" if not found else f"有不止一个地区叫“{words}”，请用行政区划代码")
    return found[0]


def _run(audit: Audit) -> Audit:
    """Work it off with a bar on standard error; interrupted, what was checked is kept."""
    columns = (TextColumn("正在核对"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=audit.total)
        try:
            return run_audit(audit.pk, lambda done, total: bar.update(task, completed=done, total=total))
        except KeyboardInterrupt:
            cancel_audit(None, audit.pk)
            refuse("已中断，核对过的结果保留")


def _as_json(audit: Audit) -> dict[str, Any]:
    numbers = {name: getattr(audit, name) for name in ("year", "total", "checked", "unchanged", "failed")}
    failures = audit.items.filter(state=ItemState.FAILED).values_list("disclosure", "words")
    return {"audit": audit.pk, **numbers, **audit.summary, "failures": [list(item) for item in failures]}


def _print(found: Summary) -> None:
    audit, out = found.audit, console()
    out.print(f"{audit}：共 {audit.total} 份，核对 {audit.checked}，没有变化 {audit.unchanged}，未完成 {audit.failed}")
    if found.new is not None:
        out.print(f"与上次相比：新出现 {found.new} 个问题，解决 {found.gone} 个")
    table = Table("", "现在", "上次")
    for line in found.totals:
        table.add_row(_TOTALS[line.key], str(line.now), "" if line.before is None else str(line.before))
    out.print(table)
    if found.rules:
        titles = rules()
        table = Table("最常违反的规则", "问题", "上次")
        for line in found.rules[:_SHOWN]:
            title = titles[line.key].title if line.key in titles else line.key
            table.add_row(title, str(line.now), "" if line.before is None else str(line.before))
        out.print(table)
    for key, words in (("missing", "还没有公开文本"), ("late", "期限已过、没有公开文本")):
        if number := audit.summary.get(f"{key}_number", 0):
            names = "、".join(row["name"] for row in audit.summary[key][:_SHOWN])
            out.print(f"{words}的部门 {number} 家：{names}{'等' if number > _SHOWN else ''}")
    for item in audit.items.filter(state=ItemState.FAILED).select_related("disclosure__department")[:_SHOWN]:
        out.print(f"未完成：{item.disclosure.department}：{item.words}")
