"""Who is concerned: the clerks of a department, the reviewers of its region, administrators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from disclosures.models import Department, Region, Role, User

_LEVELS = 4  # of regions, and of units below units


def clerks_of(department: Department) -> list[User]:
    """Its clerks; where it has none, those of the department above it."""
    chain = _chain(department)
    clerks = User.objects.filter(is_active=True, role=Role.CLERK, department__in=chain)
    return nearest(chain, {user.pk: user.department_id for user in clerks}, {user.pk: user for user in clerks})


def reviewers_of(department: Department) -> list[User]:
    """The reviewers of its region; where that has none, those of the region above it."""
    if department.region is None:
        return []
    chain = _chain(department.region)
    reviewers = User.objects.filter(is_active=True, role=Role.REVIEWER, region__in=chain)
    return nearest(chain, {user.pk: user.region_id for user in reviewers}, {user.pk: user for user in reviewers})


def reaching(people: Iterable[User], department: Department) -> list[User]:
    """Those of them who may see what belongs to a department now: somebody may have moved since."""
    departments = _chain(department)
    regions = _chain(department.region) if department.region else []
    return [user for user in people if _reaches(user, departments, regions)]


def _reaches(user: User, departments: Sequence[int], regions: Sequence[int]) -> bool:
    """As `disclosures.reach` says, for a person in hand."""
    if user.is_superuser or user.role in (Role.AUDITOR, Role.ADMINISTRATOR):
        return True
    return (user.role == Role.CLERK and user.department_id in departments) or (
        user.role == Role.REVIEWER and user.region_id in regions
    )


def administrators() -> QuerySet[User]:
    return User.objects.filter(Q(role=Role.ADMINISTRATOR) | Q(is_superuser=True), is_active=True)


def nearest(chain: Iterable[int], places: dict[int, int | None], users: dict[int, User]) -> list[User]:
    """The people of the first place of a chain that has any."""
    for place in chain:
        if found := [users[pk] for pk, where in places.items() if where == place]:
            return found
    return []


def _chain(start: Department | Region) -> list[int]:
    """A department or region and those above it, nearest first."""
    found: list[int] = []
    following: Department | Region | None = start
    while following is not None and len(found) < _LEVELS:
        found.append(following.pk)
        following = following.parent
    return found
