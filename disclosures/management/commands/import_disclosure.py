"""Import published disclosures into the database; with `--submit-as`, in a person's name, and submit them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from disclosures import models
from disclosures.errors import ServiceError
from disclosures.management.files import UNREADABLE, complain, database, read_path, refuse
from disclosures.management.terminal import tracked
from disclosures.services.importing import ImportRefusedError, import_file
from disclosures.services.reading import UnreadableFileError
from disclosures.services.workflow import SubmissionRefusedError, submit
from disclosures.storage import StorageError

NOT_SUBMITTED = 1  # exit status: imported, but findings keep it from being submitted
MOST_SAID = 5


class Command(BaseCommand):
    help = "把公开文本导入数据库；同一文件再次导入不作改动"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", help="公开文本（.txt、.md）或 budget-disclosure/1 JSON")
        parser.add_argument(
            "--submit-as",
            metavar="USERNAME",
            help="以该账号的名义和权限导入，并提交审核；有未处理的错误或提醒时不提交，留在待修改，退出码 1",
        )
        parser.add_argument("--choose", type=int, metavar="N", help="文件含几份公开文本时，导入第几份")
        parser.add_argument("--department", type=int, metavar="ID", help="归入该部门（单位），不按文本所称名称")

    def handle(self, *, files: list[str], **options: Any) -> None:
        with database():
            status = self._import_all(files, options)
        if status:
            raise SystemExit(status)

    def _import_all(self, files: list[str], options: dict[str, Any]) -> int:
        """Import one file after the other, and submit it for whom that is asked. The exit status, the worst of all."""
        user = _user(options["submit_as"])
        department = _department(options["department"])
        status = 0
        done: list[str] = []  # told in the end: lines between would tear the bar
        try:
            for path in tracked(files, "正在导入"):
                try:
                    result = import_file(
                        read_path(path), Path(path).name, user, choice=options["choose"], department=department
                    )
                except (UnreadableFileError, ImportRefusedError, StorageError) as error:
                    complain(f"{path}：{error}")
                    status = UNREADABLE
                    continue
                word = "已导入" if result.created else "以前导入过，未作改动"
                done.append(f"{path}：{word}，编号 {result.record.pk}，{result.record}")
                if user is not None:
                    submitted, said = _submit(user, result.record)
                    done.append(f"{path}：{said}")
                    status = status if submitted else max(status, NOT_SUBMITTED)
        finally:
            if done:
                self.stdout.write("\n".join(done))
        return status


def _submit(user: models.User, record: models.Disclosure) -> tuple[bool, str]:
    """Hand it in for review, confirming nothing in their name; whether it is in review now, and what to say."""
    if record.state == models.State.IN_REVIEW:
        return True, "已经提交过，正在等待审核"
    try:
        submit(user, record.pk)
    except SubmissionRefusedError as error:
        found = [*error.errors, *error.warnings]
        listed = "；".join(finding.message for finding in found[:MOST_SAID])
        more = f"；等 {len(found)} 个" if len(found) > MOST_SAID else ""
        return False, f"没有提交：{error}。{listed}{more}"
    except ServiceError as error:
        return False, f"没有提交：{error}"
    return True, "已提交审核"


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
