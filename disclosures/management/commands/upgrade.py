"""After the new program is installed: bring database, catalogue, schedules and static files up to it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosures.operations.backing_up import default_output
from disclosures.operations.errors import OperationError
from disclosures.operations.upgrading import UpgradeBrokenError, upgrade


class Command(BaseCommand):
    help = "换上新程序后运行：等手头任务做完，备份，更新数据库结构、科目表、日程和静态文件，工作进程自动换新"
    requires_system_checks = ()  # the upgrade checks by itself, and says in words what it found

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", type=Path, metavar="FILE.tar.zst", help="升级前的备份写到哪里")
        parser.add_argument("--wait", type=float, default=600, metavar="SECONDS", help="最多等手头任务多久（默认 600）")
        parser.add_argument("--no-static", action="store_true", help="不收集静态文件（由别的程序提供时）")

    def handle(self, *, output: Path | None, wait: float, no_static: bool, **options: Any) -> None:
        try:
            done = upgrade(output or default_output(), patience=wait, collect=not no_static, tell=self.stdout.write)
        except (OperationError, UpgradeBrokenError) as error:
            raise CommandError(str(error)) from error
        if done.backup is None:
            self.stdout.write("数据库已建好，可以启动各进程了。")
            return
        self.stdout.write("升级完成。工作进程和时钟会自动重新启动；请重新启动网站进程（kill -HUP gunicorn 主进程号）。")
        if done.migrations:
            self.stdout.write("核对规则可能有变化：请运行 manage.py audit，已入库的公开文本会按新规则重新核对。")
