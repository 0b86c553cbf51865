"""Run inside the site of the browser tests and screenshots: regions, departments and people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

PASSWORD = "liulanqi-2026"
APPROVED_DAYS_AGO = 14
YEAR = 2026


def prepare(departments: list[str]) -> None:
    """One clerk for each department (clerk0 …), a stranger of another one, a reviewer, an auditor, an administrator."""
    from django.utils import timezone

    from disclosures.models import Department, DepartmentYear, Region, Role, User

    region, _ = Region.objects.get_or_create(name="青山市", parent=None)
    approved = timezone.localdate() - timedelta(days=APPROVED_DAYS_AGO)

    def account(name: str, called: str, role: Role, **fields: Any) -> None:
        User.objects.create_user(
            name, password=PASSWORD, role=role, first_name=called, is_demo=True, is_staff=True, **fields
        )

    for number, name in enumerate(departments):
        department, _ = Department.objects.get_or_create(name=name, region=region)
        DepartmentYear.objects.create(department=department, fiscal_year=YEAR, budget_approved_on=approved)
        account(f"clerk{number}", "王经办", Role.CLERK, department=department)
    elsewhere, _ = Department.objects.get_or_create(name="青山市别的局", region=region)
    account("stranger", "外人", Role.CLERK, department=elsewhere)
    account("reviewer", "李审核", Role.REVIEWER, region=region)
    account("auditor", "张审计", Role.AUDITOR)
    account("administrator", "赵管理", Role.ADMINISTRATOR)
