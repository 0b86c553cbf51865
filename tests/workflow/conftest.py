"""A generated disclosure with an error in it, imported by a clerk, and people of every role."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from disclosures import editing, models
from disclosures.plain import data as plain
from disclosures.plain.codec import to_json
from disclosures.services.importing import import_file
from disclosures.synthetic import SIZES, generate

PLACE = "T03/合计/total"


def spoilt(disclosure: plain.Disclosure, place: str = PLACE, value: str = "1.00") -> plain.Disclosure:
    """The disclosure with another value at a place."""
    return editing.write(disclosure, editing.find(disclosure, place)[1], value)


def file_of(disclosure: plain.Disclosure) -> bytes:
    return json.dumps(to_json(disclosure), ensure_ascii=False).encode()


@pytest.fixture(scope="session")
def sound() -> plain.Disclosure:
    """A disclosure in which nothing is wrong."""
    return generate(3, SIZES["small"])


@pytest.fixture
def regions(db) -> dict[str, models.Region]:
    province = models.Region.objects.create(name="北山省")
    city = models.Region.objects.create(name="青山市", parent=province)
    county = models.Region.objects.create(name="青山县", parent=city)
    other = models.Region.objects.create(name="南山市")
    return {"province": province, "city": city, "county": county, "other": other}


@pytest.fixture
def department(regions, sound) -> models.Department:
    return models.Department.objects.create(name=sound.department, region=regions["city"])


@pytest.fixture
def people(department, regions) -> dict[str, models.User]:
    """One of each role who reaches the department, a second reviewer, and those who do not reach it."""
    elsewhere = models.Department.objects.create(name="南山市别的局", region=regions["other"])

    def make(name: str, role: models.Role, **fields: object) -> models.User:
        return models.User.objects.create(username=name, first_name=name, role=role, **fields)

    return {
        "clerk": make("经办", models.Role.CLERK, department=department),
        "reviewer": make("审核", models.Role.REVIEWER, region=regions["city"]),
        "second": make("复核", models.Role.REVIEWER, region=regions["province"]),
        "auditor": make("审计", models.Role.AUDITOR),
        "administrator": make("管理", models.Role.ADMINISTRATOR),
        "other clerk": make("外经办", models.Role.CLERK, department=elsewhere),
        "other reviewer": make("外审核", models.Role.REVIEWER, region=regions["other"]),
    }


@pytest.fixture
def clerk(people) -> models.User:
    return people["clerk"]


@pytest.fixture
def reviewer(people) -> models.User:
    return people["reviewer"]


@pytest.fixture
def record(sound, clerk) -> models.Disclosure:
    """Imported by the clerk, with one wrong figure."""
    return import_file(file_of(spoilt(sound)), "预算.json", clerk).record


@pytest.fixture
def sound_record(sound, clerk) -> models.Disclosure:
    return import_file(file_of(sound), "预算.json", clerk).record


@pytest.fixture
def right_value(sound) -> str:
    """What should stand at the wrong place."""
    return editing.read(sound, editing.find(sound, PLACE)[1])


@pytest.fixture
def in_state() -> Callable[[models.Disclosure, models.State], models.Disclosure]:
    """Put a disclosure into a state past the services, for tests of what is allowed in it."""

    def put(record: models.Disclosure, state: models.State) -> models.Disclosure:
        models.Disclosure.objects.filter(pk=record.pk).update(state=state)
        record.refresh_from_db()
        return record

    return put
