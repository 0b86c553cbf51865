"""Write a stored disclosure in a format that others take away."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from disclosures import models
from disclosures.management.files import database, refuse, write
from disclosures.services.exporting import as_json
from disclosures.storage import load

FORMATS = ("json", "xlsx", "csv", "docx")


class Command(BaseCommand):
    help = "导出数据库中的一份公开文本"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", metavar="ID", type=int, help="公开文本编号")
        parser.add_argument("--format", choices=FORMATS, default="json", help="默认 json")
        parser.add_argument("--output", metavar="OUT", help="写入文件，不写到标准输出")

    def handle(self, *, id: int, format: str, output: str | None, **options: Any) -> None:
        if format != "json":
            refuse(f"还不能导出 {format} 格式，目前只有 json")
        try:
            with database():
                disclosure = load(id)
        except models.Disclosure.DoesNotExist:
            refuse(f"没有编号为 {id} 的公开文本")
        write(as_json(disclosure), output)
