"""Write docs/roles.md from the matrix of roles."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "由权限表生成 docs/roles.md"
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        from disclosures.services.roles_page import page

        (settings.BASE_DIR / "docs" / "roles.md").write_text(page(), encoding="utf-8")
