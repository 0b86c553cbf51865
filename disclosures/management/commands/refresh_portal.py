"""Derive what the public portal searches and compares from the snapshots that are there."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from disclosures.models import Disclosure, Publication
from disclosures.portal.derive import refresh


class Command(BaseCommand):
    help = "补建公开门户的检索和比较数据：从公开快照生成，可重复运行"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="已有的也重新生成（统计口径改变之后）")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            Publication.objects.all().delete()
        groups = Disclosure.objects.filter(snapshot__isnull=False).order_by("department", "fiscal_year", "kind", "pk")
        seen: set[tuple[int, int, str]] = set()
        for record in groups.iterator(chunk_size=500):
            key = (record.department_id, record.fiscal_year, record.kind)
            if key not in seen:
                seen.add(key)
                refresh(record)
        self.stdout.write(f"已整理 {len(seen)} 个部门年度的公开数据。")
