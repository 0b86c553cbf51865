"""Write a stored disclosure in a format that others take away."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from disclosures import models
from disclosures.errors import RefusedError
from disclosures.management.files import database, refuse, write_bytes
from disclosures.services.exporting import Format, written
from disclosures.storage import load


class Command(BaseCommand):
    help = "导出数据库中的一份公开文本：Word、Excel、CSV（每张表一个文件的压缩包）或 JSON"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", metavar="ID", type=int, help="公开文本编号")
        choices = [form.value for form in Format]
        parser.add_argument("--format", choices=choices, default=Format.JSON.value, help="默认 json")
        parser.add_argument("--output", metavar="OUT", help="写入文件，不写到标准输出")

    def handle(self, *, id: int, format: str, output: str | None, **options: Any) -> None:
        try:
            with database():
                disclosure = load(id)
            data = written(disclosure, Format(format))
        except models.Disclosure.DoesNotExist:
            refuse(f"没有编号为 {id} 的公开文本")
        except RefusedError as error:
            refuse(str(error))
        if output is None and Format(format) is not Format.JSON and self.stdout.isatty():
            refuse(f"{format} 不是文字，请用 --output 指定文件")
        write_bytes(data, output)
