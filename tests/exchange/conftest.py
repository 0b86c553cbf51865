"""A made-up disclosure with every oddity a sheet must carry, and people of every role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from disclosures import models
from disclosures.plain import data as plain
from disclosures.storage import store
from disclosures.synthetic import SMALL, generate


def _odd(table: plain.Table) -> plain.Table:
    """The table with a doubtful "500", a row printed twice, and names that look like formulas."""
    rows = list(table.rows)
    key, _ = rows[0].cells[0]
    rows[0] = replace(rows[0], cells=((key, plain.Cell("500", "line 3", plain.Surety.DOUBTFUL)), *rows[0].cells[1:]))
    rows.append(replace(rows[-1], name="=HYPERLINK(1)　项目", second_name=rows[-1].second_name))
    rows.append(rows[-1])
    return replace(table, rows=tuple(rows))


@pytest.fixture
def region(db) -> models.Region:
    province = models.Region.objects.create(name="北山省", code="990000")
    return models.Region.objects.create(name="青山市", code="990100", parent=province)


@pytest.fixture
def department(region) -> models.Department:
    return models.Department.objects.create(name="青山市测试局", code="0101", region=region)


@pytest.fixture
def disclosure() -> plain.Disclosure:
    made = generate(7, SMALL)
    indicator = plain.Indicator(plain.Horizon.ANNUAL, "产出指标", "数量指标", "人数", "≥5人", doubtful=True)
    overall = plain.OverallTarget(
        "青山市测试局", staff=(("在职", "20"),), duties="职责", funds=(("basic", "12.50"),), indicators=(indicator,)
    )
    return replace(
        made, tables=tuple(_odd(table) if table.rows else table for table in made.tables), overall_targets=(overall,)
    )


@pytest.fixture
def record(department, disclosure) -> models.Disclosure:
    return store(disclosure, department)


@pytest.fixture
def person(department, region) -> Callable[..., models.User]:
    """A person of a role who works for the department (its region)."""

    def make(role: models.Role, **fields: object) -> models.User:
        own = {"department": department} if role == models.Role.CLERK else {}
        own |= {"region": region} if role == models.Role.REVIEWER else {}
        return models.User.objects.create(
            username=f"{role}-{models.User.objects.count()}", role=role, is_staff=True, **(own | fields)
        )

    return make


@pytest.fixture
def clerk(person) -> models.User:
    return person(models.Role.CLERK)


@pytest.fixture
def administrator(person) -> models.User:
    return person(models.Role.ADMINISTRATOR)


@pytest.fixture
def browser() -> Callable[[models.User], Client]:
    def login(user: models.User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return login
