"""Check disclosures and say what is wrong in them. Needs no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from audit.class_names import ClassCatalogue
from audit.findings import CheckResult, Severity, to_contract
from disclosures.management.files import UNREADABLE, complain, read_disclosures_at, refuse, write
from disclosures.management.terminal import tracked
from disclosures.plain.data import Disclosure
from disclosures.services.reading import UnreadableFileError, choose

FINDINGS = 1  # exit status of the contract: findings at or above --fail-on
_LEVELS = {"error": Severity.ERROR.rank, "warning": Severity.WARNING.rank, "never": -1}


class Command(BaseCommand):
    help = "核对公开文本，列出错误、提醒和未核对的内容（不需要数据库）"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", help="公开文本（.txt、.md）或 budget-disclosure/1 JSON")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="输出形式（默认 text）")
        parser.add_argument("--output", metavar="OUT", help="写入文件，不写到标准输出")
        parser.add_argument(
            "--fail-on", choices=tuple(_LEVELS), default="error", help="有这一级或更严重的问题时退出状态为 1"
        )
        parser.add_argument("--previous", metavar="FILE", help="同一部门上年的公开文本")
        parser.add_argument("--catalogue", metavar="FILE", help="科目目录（默认用随系统提供的目录）")

    def handle(
        self,
        *,
        files: list[str],
        format: str,
        output: str | None,
        fail_on: str,
        previous: str | None,
        catalogue: str | None,
        **options: Any,
    ) -> None:
        try:
            last_year = _read(previous) if previous else None
            names = _names(catalogue)
        except UnreadableFileError as error:
            refuse(str(error))
        status = 0
        parts: list[str] = []
        for path in tracked(files, "正在核对"):
            try:
                result = _check(path, last_year, names)
            except UnreadableFileError as error:
                complain(str(error))
                status = UNREADABLE
                if len(files) > 1:
                    parts += [_line({"error": str(error), "file": path})] if format == "json" else []
                continue
            parts.append(_rendered(result, format, path, many=len(files) > 1))
            if _fails(result, fail_on):
                status = max(status, FINDINGS)
        if parts:
            write("".join(parts) if format == "json" else "\n".join(parts), output)
        if status:
            raise SystemExit(status)


def _read(path: str) -> Disclosure:
    found = read_disclosures_at(path)
    if len(found) > 1:
        complain(f"文件“{path}”里有 {len(found)} 份公开文本，只核对第 1 份")
    return choose(found, None)


def _names(path: str | None) -> ClassCatalogue:
    from disclosures.catalogue import CatalogueError, load_catalogue

    try:
        return load_catalogue(Path(path) if path else None)
    except CatalogueError as error:
        refuse(str(error))


def _check(path: str, last_year: Disclosure | None, names: ClassCatalogue) -> CheckResult:
    disclosure = _read(path)
    # Imported when there is something to check: the rules cost start-up time.
    from audit.engine import check

    return check(disclosure, last_year, names)


def _fails(result: CheckResult, fail_on: str) -> bool:
    return any(finding.severity.rank <= _LEVELS[fail_on] for finding in result.findings)


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _rendered(result: CheckResult, form: str, path: str, *, many: bool) -> str:
    if form == "json":
        value = to_contract(result)
        return _line(value) if many else json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    from audit.report_text import report

    return report(result, Path(path).name)
