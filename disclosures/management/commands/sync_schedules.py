"""Create the schedules that are not there yet."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from disclosures.schedules import sync_schedules


class Command(BaseCommand):
    help = "建立还没有的定时任务（已有的时间和选项不变）；启动 manage.py work --beat 时也会做"

    def handle(self, **options: Any) -> None:
        number = sync_schedules()
        self.stdout.write(f"新建 {number} 个定时任务" if number else "定时任务齐全，没有变化")
