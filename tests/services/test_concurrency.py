"""Two imports at the same moment: one file is imported once, two files become two versions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from disclosures import models
from disclosures.services.importing import import_file

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _needs_a_server() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the SQLite test database lives in memory, which threads cannot share; PostgreSQL runs this")


def _import(data: bytes) -> bool:
    try:
        return import_file(data, "a.json").created
    finally:
        connection.close()


def test_the_same_file_twice_at_once_is_imported_once(make_file):
    with ThreadPoolExecutor(4) as pool:
        created = list(pool.map(_import, [make_file()] * 4))
    assert sorted(created) == [False, False, False, True]
    assert models.Disclosure.objects.count() == models.Department.objects.count() == 1


def test_two_files_at_once_become_two_versions(make_file):
    with ThreadPoolExecutor(2) as pool:
        assert all(pool.map(_import, [make_file(), make_file(notes=())]))
    assert set(models.Disclosure.objects.values_list("version", flat=True)) == {1, 2}
