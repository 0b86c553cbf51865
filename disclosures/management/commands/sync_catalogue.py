"""Bring the database's catalogue of classes up to date with the shipped one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from disclosures.management.files import database
from disclosures.services.catalogues import sync_catalogue


class Command(BaseCommand):
    help = "用系统自带的科目表更新数据库；人工录入或修改过的科目不动"

    def handle(self, **options: Any) -> None:
        with database():
            counts = sync_catalogue()
        self.stdout.write(
            "科目表已更新：功能分类 {functional}，部门经济分类 {department_economic}，"
            "政府经济分类 {government_economic}，对应关系 {economic_pairs}".format(**counts)
        )
