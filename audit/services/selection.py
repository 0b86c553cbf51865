"""What an audit covers: a year, a region with those below it, states, departments with their units."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from disclosures.errors import InvalidValueError, NotAllowedError, NotVisibleError
from disclosures.models import Department, Disclosure, Region, Role, State, User
from disclosures.reach import in_region
from disclosures.services.permissions import visible_departments

_MAY = (Role.AUDITOR, Role.REVIEWER, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Selection:
    """Empty `states` means the latest version of each disclosure whatever its state; empty `departments` all."""

    year: int
    region: int | None = None
    states: tuple[str, ...] = ()
    departments: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """The same for the same selection, whoever makes it."""
        parts = [self.year, self.region, sorted(self.states), sorted(self.departments)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]

    def as_fields(self) -> dict[str, Any]:
        """The fields of an `Audit`."""
        return {
            "year": self.year,
            "region_id": self.region,
            "states": sorted(self.states),
            "departments": sorted(self.departments),
            "selection_key": self.key,
        }


def may_audit(user: User | None) -> bool:
    """Whether a person runs audits at all. None is the system itself."""
    return user is None or (user.is_active and (user.is_superuser or user.role in _MAY))


def reachable(user: User | None, selection: Selection) -> Selection:
    """The selection as far as a person works for it: a reviewer's is never wider than their region.

    Raises NotAllowedError, NotVisibleError, InvalidValueError.
    """
    if not may_audit(user):
        raise NotAllowedError("只有审计、审核和管理人员可以批量核对")
    unknown = set(selection.states) - set(State.values)
    if unknown:
        raise InvalidValueError([("states", f"没有“{'、'.join(sorted(unknown))}”这样的状态")])
    if selection.region is not None and not Region.objects.filter(pk=selection.region).exists():
        raise NotVisibleError("没有这个地区")
    if user is None or user.is_superuser or user.role != Role.REVIEWER:
        return selection
    if user.region_id is None:
        raise NotAllowedError("您的账号还没有指定地区，请联系管理员")
    if selection.region is None:
        selection = replace(selection, region=user.region_id)
    elif not regions_below(user.region_id).filter(pk=selection.region).exists():
        raise NotVisibleError("这个地区不在您的审核范围内")
    reached = visible_departments(user).filter(pk__in=selection.departments).count()
    if reached < len(set(selection.departments)):
        raise NotVisibleError("所选部门不在您的审核范围内")
    return selection


def regions_below(region_id: int) -> QuerySet[Region]:
    """A region and those below it."""
    parents = ("pk", "parent", "parent__parent", "parent__parent__parent")
    condition = Q()
    for path in parents:
        condition |= Q(**{path: region_id})
    return Region.objects.filter(condition)


def departments_of(selection: Selection) -> QuerySet[Department]:
    """The departments and units that a selection covers."""
    found = Department.objects.all()
    if selection.region is not None:
        found = found.filter(in_region(selection.region))
    if selection.departments:
        found = found.filter(Q(pk__in=selection.departments) | Q(parent__in=selection.departments))
    return found


def disclosures_of(selection: Selection) -> QuerySet[Disclosure]:
    """The latest version of each disclosure that a selection covers, among those in its states."""
    of_state = Q(state__in=selection.states) if selection.states else ~Q(state=State.SUPERSEDED)
    newer = Disclosure.objects.filter(
        of_state,
        department=OuterRef("department"),
        fiscal_year=OuterRef("fiscal_year"),
        kind=OuterRef("kind"),
        version__gt=OuterRef("version"),
    )
    found = Disclosure.objects.filter(of_state, ~Exists(newer), fiscal_year=selection.year)
    if selection.region is None and not selection.departments:
        return found
    return found.filter(department__in=departments_of(selection))
