"""A checked disclosure of each format of original, with errors planted, and the people who may have its reports."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest

from disclosures import models
from disclosures.plain.data import Disclosure, Kind
from disclosures.services.catalogues import sync_catalogue
from disclosures.services.importing import import_file
from disclosures.synthetic import TINY, generate, write_grid_text
from disclosures.synthetic.samples import spoilt
from disclosures.synthetic.styles import GRID_CONTENTS
from disclosures.writing.docx import write_docx
from disclosures.writing.xlsx import write_xlsx
from tests.pages.conftest import log_in, user_of  # noqa: F401 - fixtures

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("CI"), reason="LibreOffice is not installed"
)


@pytest.fixture(scope="session")
def bad() -> Disclosure:
    """A disclosure with a wrong digit, a wrong name and a wrong share in its prose."""
    sound = generate(42, TINY, kind=Kind.DEPARTMENT, year=2026)
    return spoilt(sound, 5, ("code_name", "table_digit", "narrative_percent"))[0]


@pytest.fixture(scope="session")
def originals(bad) -> dict[str, bytes]:
    """The same disclosure as files."""
    return {
        "docx": write_docx(bad, charts=False),
        "xlsx": write_xlsx(bad),
        "txt": write_grid_text(bad, GRID_CONTENTS).encode(),
    }


@pytest.fixture
def region(db) -> models.Region:
    return models.Region.objects.create(name="青山市")


@pytest.fixture
def put(originals, region) -> Callable[[str], models.Disclosure]:
    """Import it from a file of that ending, or from the bytes given."""

    def imported(ending: str, data: bytes | None = None) -> models.Disclosure:
        sync_catalogue()
        found = import_file(data or originals[ending], f"公开.{ending}").record
        models.Department.objects.filter(pk=found.department_id).update(region=region)
        found.refresh_from_db()
        return found

    return imported


@pytest.fixture
def record(put) -> models.Disclosure:
    return put("txt")


@pytest.fixture
def clerk(record) -> models.User:
    return models.User.objects.create(username="经办", role=models.Role.CLERK, department=record.department)


@pytest.fixture
def reviewer(region) -> models.User:
    return models.User.objects.create(username="审核", role=models.Role.REVIEWER, region=region)
