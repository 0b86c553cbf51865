"""Write what people corrected in the catalogue as a file for `check_disclosure --catalogue`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from disclosures.management.files import database, write
from disclosures.services.catalogues import overrides


class Command(BaseCommand):
    help = "导出人工录入或修改过的科目（JSON），供 check_disclosure --catalogue 使用"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", metavar="OUT.json", help="写入文件，不写到标准输出")

    def handle(self, *, output: str | None, **options: Any) -> None:
        with database():
            found = overrides()
        write(json.dumps(found, ensure_ascii=False, indent=1) + "\n", output)
