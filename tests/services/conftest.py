"""Disclosure files (as JSON, which needs no recogniser) and people."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from disclosures import models
from disclosures.plain import data as plain
from disclosures.plain.codec import to_json

DISCLOSURE = plain.Disclosure(
    "青山市测试局", 2026, plain.Kind.DEPARTMENT, notes=(plain.Note("看不清", "T03", "line 5"),)
)


@pytest.fixture
def make_file() -> Callable[..., bytes]:
    """The bytes of a disclosure with some fields changed."""

    def make(**changes: Any) -> bytes:
        return json.dumps(to_json(replace(DISCLOSURE, **changes)), ensure_ascii=False).encode()

    return make


@pytest.fixture
def department(db) -> models.Department:
    province = models.Region.objects.create(name="北山省")
    city = models.Region.objects.create(name="青山市", parent=province)
    return models.Department.objects.create(name="青山市测试局", region=city)


@pytest.fixture
def make_user(department) -> Callable[..., models.User]:
    def make(role: models.Role, **fields: object) -> models.User:
        return models.User.objects.create(username=f"{role}-{models.User.objects.count()}", role=role, **fields)

    return make
