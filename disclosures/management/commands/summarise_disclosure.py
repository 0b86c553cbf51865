"""Show in a short table what was read of a disclosure and what was doubtful. Needs no database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from disclosures.management.files import UNREADABLE, complain, read_disclosures_at
from disclosures.services.reading import UnreadableFileError


class Command(BaseCommand):
    help = "列出读到了什么、哪里存疑（带行号；不需要数据库）"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", help="公开文本（.txt、.md）或 budget-disclosure/1 JSON")

    def handle(self, *, files: list[str], **options: Any) -> None:
        from disclosures.management.terminal import console
        from disclosures.services.summary import summary

        screen = console()
        failed = False
        for path in files:
            try:
                found = read_disclosures_at(path)
            except UnreadableFileError as error:
                complain(str(error))
                failed = True
                continue
            for disclosure in found:
                screen.print(summary(disclosure, path))
        if failed:
            raise SystemExit(UNREADABLE)
