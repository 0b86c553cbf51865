"""The database and the uploaded files of a running installation, together in one file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from disclosures.operations.backing_up import back_up, default_output
from disclosures.operations.errors import OperationError


class Command(BaseCommand):
    help = "备份数据库和上传的文件（一起，同一时刻），不用停机；恢复用 restore"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--output", type=Path, metavar="FILE.tar.zst", help="写到哪里（默认数据文件夹的 backups 下）"
        )

    def handle(self, *, output: Path | None, **options: Any) -> None:
        target = output or default_output()
        columns = (TextColumn("正在备份文件"), BarColumn(), MofNCompleteColumn())
        try:
            with Progress(
                *columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
            ) as bar:
                line = bar.add_task("", total=None)
                manifest = back_up(target, lambda done, total: bar.update(line, completed=done, total=total))
        except OperationError as error:
            raise CommandError(str(error)) from error
        size = target.stat().st_size / 1e6
        rows = sum(manifest.counts.values())
        self.stdout.write(f"已备份：{target}（{size:.1f} MB，{rows} 条记录，{len(manifest.files)} 个文件）")
        if manifest.missing:
            self.stderr.write(f"注意：有 {len(manifest.missing)} 个原件在备份前就已不在服务器上")
