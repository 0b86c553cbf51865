"""Show in a short table what was read of a disclosure and what was doubtful. Needs no database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from disclosures.management.files import UNREADABLE, complain, read_disclosures_at
from disclosures.services.reading import UnreadableFileError

WIDTH = 120  # of a pipe or file, which has no width of its own


class Command(BaseCommand):
    help = "列出读到了什么、哪里存疑（带行号；不需要数据库）"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", help="公开文本（.txt、.md）或 budget-disclosure/1 JSON")

    def handle(self, *, files: list[str], **options: Any) -> None:
        from rich.console import Console

        from disclosures.services.summary import summary

        console = Console(width=None if sys.stdout.isatty() else WIDTH)
        failed = False
        for path in files:
            try:
                found = read_disclosures_at(path)
            except UnreadableFileError as error:
                complain(str(error))
                failed = True
                continue
            for disclosure in found:
                console.print(summary(disclosure, path))
        if failed:
            raise SystemExit(UNREADABLE)
