"""How far a person reaches: conditions on departments, for every part of the house that narrows what it shows."""

from __future__ import annotations

from django.db.models import Q

from disclosures.models import Role, User

_UNIT_LEVELS = 3  # units, units of units, and one more
_REGION_LEVELS = 4  # province, city, county, township


def in_region(region_id: int, path: str = "") -> Q:
    """The condition that a department (`path` leads to it) lies in a region or in one below it."""
    condition = Q()
    for level in range(_REGION_LEVELS):
        condition |= Q(**{f"{path}region{'__parent' * level}": region_id})
    return condition


def _below_department(department_id: int, path: str) -> Q:
    """The condition that a department (`path` leads to it) is this one or a unit somewhere below it."""
    condition = Q(**{f"{path}pk": department_id})
    for level in range(1, _UNIT_LEVELS + 1):
        condition |= Q(**{path + "__".join(["parent"] * level): department_id})
    return condition


def within_reach(user: User, path: str) -> Q | None:
    """The condition on departments (`path` leads to them) that the user works for; None for no limit."""
    if user.is_superuser or user.role in (Role.AUDITOR, Role.ADMINISTRATOR):
        return None
    if user.role == Role.REVIEWER and user.region_id:
        return in_region(user.region_id, path)
    if user.role == Role.CLERK and user.department_id:
        return _below_department(user.department_id, path)
    return Q(pk__in=())
