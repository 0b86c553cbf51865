"""Run as a process inside the folder of a site, for the browser tests and the screenshots: tables, people, documents.

`python -m tests.browser.prepare site DEPARTMENT …` or `… import FILE PERSON`; the last line says the number of what
was imported.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

PASSWORD = "liulanqi-2026"
APPROVED_DAYS_AGO = 14
YEAR = 2026
REGION = "青山市"


def make_tables() -> None:
    """The tables straight from the models (a third of the time of all migrations), and the catalogue."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = {found.label: None for found in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("sync_catalogue", verbosity=0)


def make_people(departments: list[str]) -> None:
    """One clerk for each department (clerk0 …), a stranger of another one, a reviewer, an auditor, an administrator."""
    from django.utils import timezone

    from disclosures.models import Department, DepartmentYear, Region, Role, User

    region, _ = Region.objects.get_or_create(name=REGION, parent=None)
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


def import_for(file: Path, person: str) -> int:
    """Import the file in that person's name, or, for one without a department, as one of their region; its number."""
    from disclosures.models import User
    from disclosures.services.importing import import_file

    user = User.objects.get(username=person)
    if user.department_id is not None:
        return int(import_file(file.read_bytes(), file.name, user).record.pk)
    record = import_file(file.read_bytes(), file.name).record
    record.department.region = user.region
    record.department.save()
    return int(record.pk)


def main(what: str, *given: str) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if what == "site":
        make_tables()
        make_people(list(given))
    else:
        print(import_for(Path(given[0]), given[1]))


if __name__ == "__main__":
    main(*sys.argv[1:])
