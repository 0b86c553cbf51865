"""Everything of a backup back in place, or nothing."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosures.operations.errors import OperationError
from disclosures.operations.restoring import restore, stands_empty
from disclosures.operations.upgrading import waiting_migrations

_WORD = "替换"


class Command(BaseCommand):
    help = "从备份恢复数据库和文件；先核对备份的每个字节，要么全部恢复，要么什么都不改"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="backup 写出的文件")
        parser.add_argument("--replace", action="store_true", help="系统中已有数据时，用备份整个替换")
        parser.add_argument("--yes", action="store_true", help="替换时不再询问（用于脚本）")
        parser.add_argument("--wait", type=float, default=600, metavar="SECONDS", help="最多等手头任务多久（默认 600）")

    def handle(self, *, file: Path, replace: bool, yes: bool, wait: float, **options: Any) -> None:
        if replace and not yes and not stands_empty():
            self._confirm()
        try:
            manifest = restore(file, replace=replace, patience=wait)
        except OperationError as error:
            raise CommandError(str(error)) from error
        rows = sum(manifest.counts.values())
        self.stdout.write(f"已恢复到 {manifest.created_at} 的备份：{rows} 条记录，{len(manifest.files)} 个文件")
        if waiting_migrations():
            self.stdout.write("备份来自较早的版本，请接着运行 manage.py upgrade")

    def _confirm(self) -> None:
        if not sys.stdin.isatty():
            raise CommandError("系统中已有数据。在脚本中替换它，请同时加上 --replace --yes")
        self.stdout.write("系统中现有的全部数据和文件将被备份替换，不能撤销。建议先运行 manage.py backup。")
        if input(f"确实要替换，请输入“{_WORD}”：").strip() != _WORD:
            raise CommandError("没有恢复，什么都没有改动")
