"""Read a published disclosure into the contract's JSON. Needs no database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from disclosures.management.files import complain, read_disclosures_at, refuse, write
from disclosures.services.exporting import as_json
from disclosures.services.reading import UnreadableFileError
from disclosures.services.reading import choose as chosen


class Command(BaseCommand):
    help = "读取一份公开文本，输出 budget-disclosure/1 格式的 JSON（不需要数据库）"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="公开文本（.txt、.md）")
        parser.add_argument("--output", metavar="OUT.json", help="写入文件，不写到标准输出")
        parser.add_argument("--choose", type=int, metavar="N", help="文件含几份公开文本时，读第几份（默认第一份）")

    def handle(self, *, file: str, output: str | None, choose: int | None, **options: Any) -> None:
        try:
            found = read_disclosures_at(file)
            disclosure = chosen(found, choose)
        except UnreadableFileError as error:
            refuse(str(error))
        if len(found) > 1 and choose is None:
            complain(f"文件里有 {len(found)} 份公开文本，只读了第 1 份；用 --choose N 选择其他")
        write(as_json(disclosure), output)
