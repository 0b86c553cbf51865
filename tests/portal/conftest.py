"""Publications of made-up departments, signed off and published by the services; nobody asks how they were approved."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from disclosures import models
from disclosures.plain.codec import to_json
from disclosures.plain.data import Disclosure, Kind
from disclosures.services.importing import import_file
from disclosures.services.publishing import SignOff, attach_final_file, publish, sign_off
from disclosures.storage import load
from disclosures.synthetic import SIZES, generate

SIGNED = SignOff("甲", date(2026, 1, 5), "乙", date(2026, 1, 6))
SECRET = "机密三号工程"  # stands in what is not published, and must be nowhere


def file_of(disclosure: Disclosure) -> bytes:
    return json.dumps(to_json(disclosure), ensure_ascii=False).encode()


@pytest.fixture(scope="session")
def sound() -> Disclosure:
    return generate(3, SIZES["small"], kind=Kind.DEPARTMENT, year=2026)


@pytest.fixture
def region(db) -> models.Region:
    return models.Region.objects.create(name="青山市", code="140100")


@pytest.fixture
def reviewer(region) -> models.User:
    return models.User.objects.create(username="审核", role=models.Role.REVIEWER, region=region)


@pytest.fixture
def draft(region) -> Callable[..., models.Disclosure]:
    """Import a disclosure as its clerk."""

    def made(disclosure: Disclosure) -> models.Disclosure:
        department, _ = models.Department.objects.get_or_create(name=disclosure.department, region=region)
        clerk, _ = models.User.objects.get_or_create(
            username=f"经办{department.pk}", role=models.Role.CLERK, department=department
        )
        return import_file(file_of(disclosure), "预算.json", clerk).record

    return made


@pytest.fixture
def published(draft, reviewer) -> Callable[..., models.Disclosure]:
    """Publish a disclosure; a record in its place is taken as it is."""

    def made(what: Disclosure | models.Disclosure) -> models.Disclosure:
        record = draft(what) if isinstance(what, Disclosure) else what
        clerk = models.User.objects.get(department=record.department)
        models.Disclosure.objects.filter(pk=record.pk).update(state=models.State.APPROVED)
        sign_off(clerk, record.pk, SIGNED)
        final = file_of(load(record.pk)) + b"\n" * record.version
        assert attach_final_file(clerk, record.pk, final, f"定稿{record.version}.json").accepted
        publish(reviewer, record.pk)
        record.refresh_from_db()
        return record

    return made


@pytest.fixture
def shown(published, sound) -> models.Disclosure:
    return published(sound)
