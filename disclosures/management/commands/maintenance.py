"""The sign at the door, for work on the server that no command of ours does; and to take it away after a broken one."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from disclosures import maintenance


class Command(BaseCommand):
    help = "维护状态：on 之后不再开始任务，网页提示稍后再来；off 恢复；不写则显示现在的状态"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("state", nargs="?", choices=("on", "off"))
        parser.add_argument("--reason", default="系统正在维护", help="给人看的原因")

    def handle(self, *, state: str | None, reason: str, **options: Any) -> None:
        if state == "on":
            maintenance.switch_on(reason)
        elif state == "off":
            maintenance.switch_off()
        self.stdout.write(f"维护状态：{maintenance.reason()}" if maintenance.is_on() else "正常服务")
