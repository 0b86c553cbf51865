"""Two imports at the same moment: one file is imported once, two files become two versions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from disclosures import models
from disclosures.errors import EditConflictError
from disclosures.services.correcting import correct_cell
from disclosures.services.importing import import_file
from disclosures.services.saving import Edit

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


def _correct(pk: int, value: str) -> str | None:
    try:
        correct_cell(Edit(None, pk, 0), "doc/department", value)
    except EditConflictError as refusal:
        return refusal.current_value
    finally:
        connection.close()
    return None


def test_of_saves_at_once_one_is_written_and_the_others_are_told_of_it(make_file):
    pk = import_file(make_file(), "a.json").record.pk
    values = [f"青山市第{number}局" for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(_correct, [pk] * 4, values))
    record = models.Disclosure.objects.get(pk=pk)
    assert record.revision == 1
    assert told.count(None) == 1
    assert {value for value in told if value} == {record.printed_department} == {values[told.index(None)]}
    assert record.corrections.count() == 1
