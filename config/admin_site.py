"""The admin site: its lists in the groups and the order that people know, a way back to the workplace."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.urls import reverse

# Name of the group, models in order; what is registered and not named here stands in the last group.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("公开文本", ("disclosures.Disclosure",)),
    ("报表明细", tuple(f"disclosures.BudgetLineT{number:02}" for number in range(1, 14))),
    (
        "文字与绩效",
        ("disclosures.NarrativeSection", "performance.PerformanceTarget", "performance.Indicator"),
    ),
    ("核对", ("audit.Finding", "audit.AuditRun", "audit.Waiver", "audit.RuleMute")),
    ("部门与地区", ("disclosures.Department", "disclosures.DepartmentYear", "disclosures.Region")),
    (
        "科目目录",
        (
            "disclosures.FunctionalClass",
            "disclosures.DepartmentEconomicClass",
            "disclosures.GovernmentEconomicClass",
            "disclosures.EconomicPairing",
        ),
    ),
    (
        "定时任务和通知",
        (
            "django_celery_beat.PeriodicTask",
            "django_celery_beat.CrontabSchedule",
            "disclosures.ScheduleRun",
            "disclosures.Notification",
        ),
    ),
    ("账号", ("disclosures.User", "disclosures.LoginRecord", "disclosures.ApiToken")),
)
OTHERS = "系统"


class WorkplaceAdminSite(AdminSite):
    """The stock admin with its lists in groups (docs/decisions/0009)."""

    site_header = site_title = "部门预算公开核对"
    index_title = "后台管理"
    site_url = None  # the way back is in the bar

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The groups that hold something for this person; of one app where that is asked for."""
        apps = self._build_app_dict(request, app_label)
        found = {entry["model"]._meta.label: entry for app in apps.values() for entry in app["models"]}
        for entry in found.values():
            entry["name"] = getattr(self._registry[entry["model"]], "plural", "") or entry["name"]
        groups = [(name, [found.pop(label) for label in labels if label in found]) for name, labels in GROUPS]
        groups.append((OTHERS, sorted(found.values(), key=lambda entry: str(entry["name"]))))
        index = reverse(f"{self.name}:index")
        return [
            {
                "name": name,
                "app_label": f"group-{number}",
                "app_url": f"{index}#group-{number}",
                "has_module_perms": True,
                "models": entries,
            }
            for number, (name, entries) in enumerate(groups)
            if entries
        ]


class WorkplaceAdminConfig(AdminConfig):
    default_site = "config.admin_site.WorkplaceAdminSite"
