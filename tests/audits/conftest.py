"""A region with departments that have generated disclosures, some with an error, and people who audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from audit.services import audits
from disclosures import editing, models
from disclosures.plain import data as plain
from disclosures.storage import store
from disclosures.synthetic import TINY, Size, generate


@pytest.fixture(scope="session")
def spoil() -> Callable[..., plain.Disclosure]:
    """A disclosure with another value at a place."""

    def spoilt(disclosure: plain.Disclosure, place: str = "T03/合计/total", value: str = "1.00") -> plain.Disclosure:
        return editing.write(disclosure, editing.find(disclosure, place)[1], value)

    return spoilt


@pytest.fixture
def region(db) -> models.Region:
    province = models.Region.objects.create(name="北山省")
    return models.Region.objects.create(name="青山市", parent=province)


@pytest.fixture
def put(region) -> Callable[..., models.Disclosure]:
    """Store a generated disclosure of a department of the region, whose name is made from a number."""

    def put_one(
        number: int,
        change: Callable[[plain.Disclosure], plain.Disclosure] = lambda disclosure: disclosure,
        *,
        year: int = 2026,
        size: Size = TINY,
        where: models.Region | None = None,
    ) -> models.Disclosure:
        department, _ = models.Department.objects.get_or_create(name=f"第{number}局", region=where or region)
        content = generate(number, size, kind=plain.Kind.DEPARTMENT, year=year)
        return store(change(content), department)

    return put_one


@pytest.fixture
def auditor(db) -> models.User:
    return models.User.objects.create(username="shenji", role=models.Role.AUDITOR)


@pytest.fixture
def reviewer(region) -> models.User:
    return models.User.objects.create(username="shenhe", role=models.Role.REVIEWER, region=region)


def run_chunk(audit_id: int, ids: Sequence[int]) -> dict[str, int]:
    """Check the disclosures of a chunk that still wait; how many there were of each outcome."""
    return dict(Counter(audits.checking(audit_id, ids)))
