"""A checked disclosure with errors of its own, and people of every role, near and far."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disclosures import models
from disclosures.plain.data import Kind
from disclosures.services.catalogues import sync_catalogue
from disclosures.services.importing import import_file
from disclosures.synthetic import SMALL, generate, write_grid_text
from disclosures.synthetic.samples import spoilt
from disclosures.synthetic.styles import GRID_CONTENTS


@pytest.fixture(scope="session")
def planted() -> tuple[bytes, str]:
    """A document with a misspelt name and a wrong digit, and the place of the digit."""
    bad, labels = spoilt(generate(42, SMALL, kind=Kind.DEPARTMENT, year=2026), 5, ("code_name", "table_digit"))
    return write_grid_text(bad, GRID_CONTENTS).encode(), labels[1].where


@pytest.fixture
def region(db) -> models.Region:
    return models.Region.objects.create(name="青山市")


@pytest.fixture
def record(planted, region) -> models.Disclosure:
    sync_catalogue()
    found = import_file(planted[0], "公开.txt").record
    models.Department.objects.filter(pk=found.department_id).update(region=region)
    found.refresh_from_db()
    return found


@pytest.fixture
def log_in(record, region) -> Callable[..., Client]:
    """A browser of a person: the department's clerk, a reviewer of the region, an auditor, an administrator;
    `elsewhere` puts them into another department or region."""

    def log_in_as(role: models.Role, *, elsewhere: bool = False) -> Client:
        place = models.Region.objects.create(name="远方市") if elsewhere else region
        department = models.Department.objects.create(name="远方局", region=place) if elsewhere else record.department
        user = models.User.objects.create(
            username=f"{role}-{models.User.objects.count()}",
            role=role,
            department=department if role == models.Role.CLERK else None,
            region=place if role == models.Role.REVIEWER else None,
        )
        client = Client()
        client.force_login(user)
        return client

    return log_in_as


@pytest.fixture
def user_of() -> Callable[[Client], models.User]:
    """The account that a browser is logged in with."""

    def account(client: Client) -> models.User:
        return models.User.objects.get(pk=client.session["_auth_user_id"])

    return account


@pytest.fixture
def queries_of() -> Callable[[Client, str], int]:
    """How many queries a page takes; the savepoints are the test's own transaction."""

    def number(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        return sum("SAVEPOINT" not in query["sql"] for query in queries)

    return number
