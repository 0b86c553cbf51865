"""Write docs/rules.md from the catalogue of rules."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from audit.rules_page import PAGE, page


class Command(BaseCommand):
    help = "根据规则目录生成 docs/rules.md"
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        PAGE.write_text(page(), encoding="utf-8")
        self.stdout.write(f"已写入 docs/{PAGE.name}")
