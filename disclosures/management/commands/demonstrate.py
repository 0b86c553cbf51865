"""Prepare the demonstration of `make run`: samples, their checks, accounts, and where to go next."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from rich.table import Table

from disclosures import models
from disclosures.management import terminal
from disclosures.management.files import complain, refuse
from disclosures.services.demonstration import (
    PASSWORD,
    demonstration_accounts,
    import_samples,
    sample_files,
)
from disclosures.services.importing import ImportResult

SEVERITIES = (("error", "错误"), ("warning", "提醒"), ("info", "参考"))


class Command(BaseCommand):
    help = "建立演示账号，导入并核对 samples/ 中的示例（仅限 make run）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="127.0.0.1:8000", help="网站地址，只用于显示")
        parser.add_argument("--samples", type=Path, default=settings.BASE_DIR / "samples", metavar="FOLDER")

    def handle(self, *, address: str, samples: Path, **options: Any) -> None:
        if not settings.DEMO:
            refuse("演示只能由 make run 启动（DEMO=1）")
        console = terminal.console()
        paths = sample_files(samples)
        results = import_samples(paths)
        users = demonstration_accounts()
        console.print(_imported(paths, results) if paths else f"“{samples}”中没有示例文件，没有导入任何公开文本")
        console.print(_accounts(users))
        console.print(f"下一步：用浏览器打开 http://{address}/ ，用上面的账号登录；按 Ctrl+C 停止。")
        if paths:
            where = os.path.relpath(paths[-1])
            console.print(f"另开一个终端看核对结果：.venv/bin/python manage.py check_disclosure {where}")


def _accounts(users: list[models.User]) -> Table:
    table = Table(title="演示账号（只在本机演示中存在）", title_justify="left")
    for column in ("角色", "账号", "密码", "所属"):
        table.add_column(column)
    for user in users:
        table.add_row(user.get_role_display(), user.username, PASSWORD, str(user.department or user.region or ""))
    return table


def _imported(paths: list[Path], results: list[ImportResult]) -> Table:
    table = Table(title="导入并核对的示例", title_justify="left")
    for column in ("文件", "公开文本", "结果", "核对"):
        table.add_column(column, overflow="fold")
    for path, result in zip(paths, results, strict=True):
        word = "已导入" if result.created else "以前导入过"
        table.add_row(path.name, str(result.record), word, _checked(path))
    return table


def _checked(path: Path) -> str:
    """What the audit says of a file, in a few words; the audit is an app of its own and may be absent."""
    if "check_disclosure" not in get_commands():
        return "还没有核对功能"
    with TemporaryDirectory() as folder:
        output = Path(folder) / "findings.json"
        try:
            call_command("check_disclosure", str(path), format="json", output=str(output), fail_on="never")
        except SystemExit as stop:
            complain(f"核对 {path.name} 未完成（状态 {stop.code}）")
            return "核对未完成"
        summary = json.loads(output.read_text(encoding="utf-8"))["summary"]
    counts = [f"{summary[key]} {label}" for key, label in SEVERITIES if summary[key]]
    return " · ".join(counts) or "没有发现问题"
