"""What an administrator wants to know first: queues, workers, the oldest task that waits, schedules, backup, disk."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.table import Table

from disclosures.management.files import database
from disclosures.management.terminal import console
from disclosures.operations.condition import Condition, condition, workers_here

TROUBLE = 1


class Command(BaseCommand):
    help = "现在怎么样：队列、工作进程、等得最久的任务、日程、最近的备份、磁盘；有要处理的事时退出码为 1"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--here", action="store_true", help="只看本机（容器）的工作进程是否在工作，用于健康检查")

    def handle(self, *, here: bool, **options: Any) -> None:
        if here:
            with database():
                listening = workers_here()
            if not listening:
                raise CommandError("本机没有工作进程")
            self.stdout.write("\n".join(listening))
            return
        with database():
            now = condition()
        terminal = console()
        terminal.print(_queues(now))
        terminal.print(_schedules(now))
        terminal.print(f"最近的备份：{_backup(now)}　磁盘剩余：{now.free / 1e9:.1f} GB，共 {now.size / 1e9:.1f} GB")
        for complaint in now.complaints:
            terminal.print(f"[bold red]要处理[/]　{complaint}")
        if now.complaints:
            raise SystemExit(TROUBLE)
        terminal.print("一切正常")


def _queues(now: Condition) -> Table:
    table = Table(
        "队列", "排队", "进行中", "一天内未完成", "等得最久", "工作进程", title="后台任务", title_justify="left"
    )
    for queue in now.queues:
        numbers = (str(queue.queued), str(queue.running), str(queue.failed))
        table.add_row(queue.title, *numbers, _ago(queue.oldest), "\n".join(queue.workers) or "没有")
    return table


def _schedules(now: Condition) -> Table:
    table = Table("日程", "启用", "上次", "下次", title="定时任务", title_justify="left")
    for schedule in now.schedules:
        times = (_moment(schedule.last_run), _moment(schedule.next_run) if schedule.enabled else "")
        table.add_row(schedule.name, "是" if schedule.enabled else "停用", *times)
    if not now.schedules:
        table.add_row("还没有日程", "", "", "")
    return table


def _backup(now: Condition) -> str:
    if now.backup is None:
        return "数据文件夹中没有"
    written = datetime.fromtimestamp(now.backup.stat().st_mtime, tz=timezone.get_current_timezone())
    return f"{now.backup.name}（{written:%Y-%m-%d %H:%M}）"


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else "还没有"


def _ago(moment: datetime | None) -> str:
    if moment is None:
        return "没有"
    seconds = max(0, int((timezone.now() - moment).total_seconds()))
    return (
        f"{seconds} 秒" if seconds < 120 else f"{seconds // 60} 分钟" if seconds < 7200 else f"{seconds // 3600} 小时"
    )
