"""Write the open data of the years that are behind; what a background task does after every publication."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from disclosures.portal.open_data import behind, build


class Command(BaseCommand):
    help = "重新生成有变动的年度的开放数据"

    def handle(self, *args: Any, **options: Any) -> None:
        for year in behind():
            build(year, lambda *_: None)
            self.stdout.write(f"{year} 年的开放数据已生成。")
