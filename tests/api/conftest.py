"""The people and disclosures of the workflow tests, and a client of each person that speaks JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from disclosures import models
from disclosures.services.tokens import create_token
from tests.workflow.conftest import (  # noqa: F401 - fixtures
    clerk,
    department,
    in_state,
    people,
    record,
    regions,
    reviewer,
    right_value,
    sound,
    sound_record,
)

ROOT = "/api/v1"


@pytest.fixture(autouse=True)
def _no_requests_counted() -> Iterator[None]:
    """Requests of one test do not throttle those of another."""
    cache.clear()
    yield
    cache.clear()


def client_of(user: models.User) -> APIClient:
    """A program with a token of this person."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {create_token(user, '测试')[1]}")
    return client


@pytest.fixture
def api(people) -> Callable[[str], APIClient]:  # noqa: F811
    """A program of one of the people, by what they are."""
    clients = {name: client_of(user) for name, user in people.items()}
    return lambda name: clients[name]


def tag(client: APIClient, pk: int) -> dict[str, str]:
    """The If-Match header for a disclosure as it is now."""
    return {"If-Match": client.get(f"{ROOT}/disclosures/{pk}").headers["ETag"]}


def finding_tag(client: APIClient, pk: int) -> dict[str, str]:
    return {"If-Match": client.get(f"{ROOT}/findings/{pk}").headers["ETag"]}
