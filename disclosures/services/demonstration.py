"""Demonstration accounts and the project's own samples; only where the settings say DEMO."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from disclosures import models

from .importing import ImportResult, import_file

REGION = "示例市"
PASSWORD = "yanshi-2026"  # printed in the terminal; a deployment refuses to start while such an account exists
SUFFIXES = frozenset({".txt", ".md"})


class NotADemonstrationError(RuntimeError):
    """Demonstration accounts are asked for outside the demonstration."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    username: str
    role: models.Role
    name: str


ACCOUNTS = (
    DemoAccount("jingban", models.Role.CLERK, "王经办"),
    DemoAccount("shenhe", models.Role.REVIEWER, "李审核"),
    DemoAccount("shenji", models.Role.AUDITOR, "张审计"),
    DemoAccount("guanli", models.Role.ADMINISTRATOR, "赵管理"),
)


def sample_files(folder: Path) -> list[Path]:
    """The sample disclosures of a folder, in order of name; its README is none."""
    return sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.stem != "README")


def import_samples(paths: Iterable[Path]) -> list[ImportResult]:
    """Import the samples and place their departments in the demonstration's region."""
    results = [import_file(path.read_bytes(), path.name) for path in paths]
    region, _ = models.Region.objects.get_or_create(name=REGION, parent=None)
    departments = {result.record.department_id for result in results}
    models.Department.objects.filter(pk__in=departments, region=None).update(region=region)
    _approve_budgets(result.record for result in results)
    return results


def _approve_budgets(records: Iterable[models.Disclosure]) -> None:
    """Budgets approved two weeks ago, so that the deadline of each sample is in sight."""
    approved_on = timezone.localdate() - timedelta(days=14)
    for record in records:
        models.DepartmentYear.objects.get_or_create(
            department_id=record.department_id,
            fiscal_year=record.fiscal_year,
            defaults={"budget_approved_on": approved_on},
        )


@transaction.atomic
def demonstration_accounts() -> list[models.User]:
    """One account for each role; the clerk works for the department imported last: the sample with errors.

    Raises NotADemonstrationError outside the demonstration.
    """
    if not settings.DEMO:
        raise NotADemonstrationError("演示账号只能由 make run 建立")
    region, _ = models.Region.objects.get_or_create(name=REGION, parent=None)
    department = models.Department.objects.filter(region=region).order_by("pk").last()
    users = []
    for account in ACCOUNTS:
        user, _ = models.User.objects.get_or_create(username=account.username, defaults={"is_demo": True})
        user.role, user.first_name = account.role, account.name
        user.department = department if account.role == models.Role.CLERK else None
        user.region = region if account.role == models.Role.REVIEWER else None
        user.is_staff = user.is_active = user.is_demo = True
        if not user.check_password(PASSWORD):
            user.set_password(PASSWORD)
        user.save()
        users.append(user)
    return users
