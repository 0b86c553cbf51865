"""People of a department and its region, and what each of them is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from disclosures.models import Department, Disclosure, Notification, Region, Role, State, User
from disclosures.profiles import DEFAULT_PROFILE


@pytest.fixture
def region(db) -> Region:
    return Region.objects.create(name="青山市")


@pytest.fixture
def department(region) -> Department:
    return Department.objects.create(name="青山市档案馆", region=region)


@pytest.fixture
def make(department, region) -> Callable[..., User]:
    def person(name: str, role: Role, **fields: object) -> User:
        place = {"department": department} if role == Role.CLERK else {"region": region}
        chosen = place if role in (Role.CLERK, Role.REVIEWER) else {}
        email = f"{User.objects.count()}@example.cn"
        return User.objects.create(username=name, first_name=name, role=role, **{"email": email, **chosen, **fields})

    return person


@pytest.fixture
def clerk(make) -> User:
    return make("经办", Role.CLERK)


@pytest.fixture
def colleague(make) -> User:
    return make("同事", Role.CLERK)


@pytest.fixture
def reviewer(make) -> User:
    return make("审核", Role.REVIEWER)


@pytest.fixture
def record(department, clerk) -> Disclosure:
    """Handed in by the clerk, waiting for a decision."""
    return Disclosure.objects.create(
        department=department,
        fiscal_year=2026,
        kind="department_budget",
        version=1,
        profile=DEFAULT_PROFILE.id,
        state=State.IN_REVIEW,
        submitted_by=clerk,
    )


@pytest.fixture
def told() -> Callable[[User], list[str]]:
    """The kinds of what a person was told, in order."""

    def kinds(user: User) -> list[str]:
        return list(Notification.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))

    return kinds
