"""Import published disclosures into the database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from disclosures import models
from disclosures.management.files import UNREADABLE, complain, database, read_path, refuse
from disclosures.services.importing import ImportRefusedError, import_file
from disclosures.services.reading import UnreadableFileError
from disclosures.storage import StorageError


class Command(BaseCommand):
    help = "把公开文本导入数据库；同一文件再次导入不作改动"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", help="公开文本（.txt、.md）或 budget-disclosure/1 JSON")
        parser.add_argument("--submit-as", metavar="USERNAME", help="以该账号的名义和权限导入（默认由系统导入）")
        parser.add_argument("--choose", type=int, metavar="N", help="文件含几份公开文本时，导入第几份")
        parser.add_argument("--department", type=int, metavar="ID", help="归入该部门（单位），不按文本所称名称")

    def handle(self, *, files: list[str], **options: Any) -> None:
        with database():
            failed = self._import_all(files, options)
        if failed:
            raise SystemExit(UNREADABLE)

    def _import_all(self, files: list[str], options: dict[str, Any]) -> bool:
        """Import one file after the other; whether any could not be."""
        user = _user(options["submit_as"])
        department = _department(options["department"])
        failed = False
        for path in files:
            try:
                result = import_file(
                    read_path(path), Path(path).name, user, choice=options["choose"], department=department
                )
            except (UnreadableFileError, ImportRefusedError, StorageError) as error:
                complain(f"{path}：{error}")
                failed = True
                continue
            word = "已导入" if result.created else "以前导入过，未作改动"
            self.stdout.write(f"{path}：{word}，编号 {result.record.pk}，{result.record}")
        return failed


def _user(username: str | None) -> models.User | None:
    if username is None:
        return None
    try:
        return models.User.objects.get(username=username, is_active=True)
    except models.User.DoesNotExist:
        refuse(f"没有名为“{username}”的可用账号")


def _department(pk: int | None) -> models.Department | None:
    if pk is None:
        return None
    try:
        return models.Department.objects.get(pk=pk)
    except models.Department.DoesNotExist:
        refuse(f"没有编号为 {pk} 的部门（单位）")
