"""Show in a short table what was read of a disclosure and what was doubtful. Needs no database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from disclosures.management.files import UNREADABLE, complain, read_disclosures_at
from disclosures.services.reading import UnreadableFileError

if TYPE_CHECKING:
    from rich.console import RenderableType


class Command(BaseCommand):
    help = "列出读到了什么、哪里存疑（带行号；不需要数据库）"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", help="公开文本（.txt、.md）或 budget-disclosure/1 JSON")

    def handle(self, *, files: list[str], **options: Any) -> None:
        from disclosures.management.terminal import console, tracked
        from disclosures.services.summary import summary

        failed = False
        shown: list[RenderableType] = []  # printed in the end: tables between would tear the bar
        for path in tracked(files, "正在读取"):
            try:
                shown += [summary(disclosure, path) for disclosure in read_disclosures_at(path)]
            except UnreadableFileError as error:
                complain(str(error))
                failed = True
        if shown:
            console().print(*shown, sep="\n")
        if failed:
            raise SystemExit(UNREADABLE)
