"""Who may see and do what, by role. The one place where that is decided."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from disclosures.models import Department, Disclosure, Role, User

_VIEW = frozenset(
    f"{app}.view_{model}"
    for app, models in {
        "disclosures": (
            "attachment",
            "budgetline",
            "budgettable",
            "department",
            "departmenteconomicclass",
            "departmentyear",
            "disclosure",
            "economicpairing",
            "event",
            "functionalclass",
            "governmenteconomicclass",
            "narrativesection",
            "note",
            "othertable",
            "region",
            "sourcefile",
        ),
        "performance": ("indicator", "performancetarget"),
    }.items()
    for model in models
)
_MANAGE = frozenset(
    f"disclosures.{verb}_{model}"
    for verb in ("add", "change", "delete")
    for model in (
        "department",
        "departmenteconomicclass",
        "departmentyear",
        "economicpairing",
        "functionalclass",
        "governmenteconomicclass",
        "region",
        "user",
    )
)
_IMPORT = frozenset({"disclosures.add_disclosure"})
ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    Role.CLERK: _VIEW | _IMPORT,
    Role.REVIEWER: _VIEW | _IMPORT | {"disclosures.add_departmentyear", "disclosures.change_departmentyear"},
    Role.AUDITOR: _VIEW,
    Role.ADMINISTRATOR: _VIEW | _IMPORT | _MANAGE | {"disclosures.view_user"},
}
_REGION_LEVELS = 4  # province, city, county, township


class RoleBackend(BaseBackend):
    """Grants the permissions of a person's role, beside those that groups give."""

    def get_user_permissions(self, user_obj: AbstractBaseUser | AnonymousUser, obj: Model | None = None) -> set[str]:
        if not isinstance(user_obj, User) or not user_obj.is_active or obj is not None:
            return set()
        return set(ROLE_PERMISSIONS.get(user_obj.role, ()))

    def has_module_perms(self, user_obj: AbstractBaseUser | AnonymousUser, app_label: str) -> bool:
        """Whether the role allows anything in an app; the admin asks before it lists one."""
        return any(name.startswith(f"{app_label}.") for name in self.get_user_permissions(user_obj))


def _in_region_of(user: User, path: str) -> Q:
    """Departments of the user's region and of every region below it."""
    condition = Q()
    for level in range(_REGION_LEVELS):
        condition |= Q(**{f"{path}region{'__parent' * level}": user.region_id})
    return condition


def _within_reach(user: User, path: str) -> Q | None:
    """The condition on departments (`path` leads to them) that the user works for; None for no limit."""
    if user.is_superuser or user.role in (Role.AUDITOR, Role.ADMINISTRATOR):
        return None
    if user.role == Role.REVIEWER and user.region_id:
        return _in_region_of(user, path)
    if user.role == Role.CLERK and user.department_id:
        return Q(**{f"{path}pk": user.department_id}) | Q(**{f"{path}parent": user.department_id})
    return Q(pk__in=())


def visible_departments(user: User) -> QuerySet[Department]:
    """The departments and units that a person works for."""
    condition = _within_reach(user, "")
    return Department.objects.all() if condition is None else Department.objects.filter(condition)


def visible_disclosures(user: User) -> QuerySet[Disclosure]:
    """The disclosures that a person may see."""
    condition = _within_reach(user, "department__")
    return Disclosure.objects.all() if condition is None else Disclosure.objects.filter(condition)


def may_import(user: User | None, department: Department) -> bool:
    """Whether a person may import a disclosure of this department. None is the system itself."""
    if user is None:
        return True
    return user.has_perm("disclosures.add_disclosure") and visible_departments(user).filter(pk=department.pk).exists()


def may_register_departments(user: User | None) -> bool:
    """Whether an import may create a department that nobody has registered."""
    return user is None or user.has_perm("disclosures.add_department")
