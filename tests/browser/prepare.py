"""Run inside the site of the browser tests (`manage.py shell`): regions, departments and people."""

from __future__ import annotations

import sys

from django.contrib.auth import get_user_model

from disclosures.models import Department, Region, Role

PASSWORD = "liulanqi-2026"


def prepare(departments: list[str]) -> None:
    """One clerk for each department (clerk0 …), a stranger of another one, a reviewer, an auditor."""
    region, _ = Region.objects.get_or_create(name="青山市", parent=None)
    people = get_user_model().objects
    for number, name in enumerate(departments):
        department, _ = Department.objects.get_or_create(name=name, region=region)
        people.create_user(f"clerk{number}", password=PASSWORD, role=Role.CLERK, department=department, is_demo=True)
    elsewhere, _ = Department.objects.get_or_create(name="青山市别的局", region=region)
    people.create_user("stranger", password=PASSWORD, role=Role.CLERK, department=elsewhere, is_demo=True)
    people.create_user("reviewer", password=PASSWORD, role=Role.REVIEWER, region=region, is_demo=True)
    people.create_user("auditor", password=PASSWORD, role=Role.AUDITOR, is_demo=True)


if __name__ == "__main__":
    prepare(sys.argv[1:])
