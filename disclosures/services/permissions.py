"""Who may see and do what, by role. The one place where that is decided; how far a person reaches, `reach` says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet

from disclosures.errors import NotAllowedError, NotVisibleError, WrongStateError
from disclosures.models import Department, Disclosure, Role, State, User
from disclosures.reach import within_reach

from .matrix import MATRIX, Act

M = TypeVar("M", bound=Model)

_VIEW = frozenset(
    f"{app}.view_{model}"
    for app, models in {
        "disclosures": (
            "attachment",
            "budgetline",
            "budgettable",
            "correction",
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
            "remark",
            "snapshot",
            "sourcefile",
        ),
        "audit": ("auditrun", "explanation", "finding", "rulemute", "waiver"),
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
    Role.ADMINISTRATOR: _VIEW
    | _IMPORT
    | _MANAGE
    | {"disclosures.view_user", "disclosures.view_loginrecord", "disclosures.view_apitoken"},
}


class RoleBackend(BaseBackend):
    """Grants the permissions of a person's role, beside those that groups give."""

    def get_user_permissions(self, user_obj: AbstractBaseUser | AnonymousUser, obj: Model | None = None) -> set[str]:
        if not isinstance(user_obj, User) or not user_obj.is_active or obj is not None:
            return set()
        return set(ROLE_PERMISSIONS.get(user_obj.role, ()))

    def has_module_perms(self, user_obj: AbstractBaseUser | AnonymousUser, app_label: str) -> bool:
        """Whether the role allows anything in an app; the admin asks before it lists one."""
        return any(name.startswith(f"{app_label}.") for name in self.get_user_permissions(user_obj))


def visible_departments(user: User) -> QuerySet[Department]:
    """The departments and units that a person works for."""
    condition = within_reach(user, "")
    return Department.objects.all() if condition is None else Department.objects.filter(condition)


def visible_disclosures(user: User) -> QuerySet[Disclosure]:
    """The disclosures that a person may see."""
    condition = within_reach(user, "department__")
    return Disclosure.objects.all() if condition is None else Disclosure.objects.filter(condition)


def visible_to(user: User, queryset: QuerySet[M], path: str = "disclosure__") -> QuerySet[M]:
    """The records of any model whose disclosure (`path` leads to it) a person may see."""
    condition = within_reach(user, f"{path}department__")
    return queryset if condition is None else queryset.filter(condition)


def may(user: User | None, act: Act, disclosure: Disclosure) -> bool:
    """Whether a person may do this with this disclosure now. None is the system itself."""
    return user is None or (_matrix_allows(user, act, disclosure) and _within(user, disclosure))


def actions_for(user: User, disclosure: Disclosure) -> frozenset[Act]:
    """Everything that a person may do with a disclosure now, in one query."""
    if not _within(user, disclosure):
        return frozenset()
    return frozenset(act for act in Act if _matrix_allows(user, act, disclosure))


def states_for(user: User, act: Act) -> frozenset[State]:
    """The states in which a person's role may do something with what is within reach."""
    if not user.is_active or (not user.is_superuser and user.role not in Role.values):
        return frozenset()
    return frozenset(MATRIX[_role(user)][act])


def require(user: User | None, act: Act, disclosure_id: int, *, lock: bool = False) -> Disclosure:
    """The disclosure, if the person may do this with it now; `lock` keeps others waiting until the commit.

    Raises NotVisibleError for one that does not exist or is out of reach, WrongStateError where the state forbids
    what the role allows, NotAllowedError otherwise.
    """
    found = Disclosure.objects.all() if user is None else visible_disclosures(user)
    if lock:
        found = found.select_for_update(of=("self",))
    record = found.select_related("department").filter(pk=disclosure_id).first()
    if record is None or (user is not None and not user.is_active):
        raise NotVisibleError("没有这份公开文本，或者您无权查看")
    if user is not None and not _matrix_allows(user, act, record):
        raise _why_not(user, act, record)
    return record


def require_all(user: User, act: Act, disclosure_ids: Iterable[int]) -> list[Disclosure]:
    """These disclosures, locked, in one query, if the person may do this with each of them. Raises as `require`."""
    wanted = set(disclosure_ids)
    found = visible_disclosures(user).select_for_update(of=("self",)).select_related("department")
    records = list(found.filter(pk__in=wanted).order_by("pk"))
    if len(records) < len(wanted) or not user.is_active:
        raise NotVisibleError("没有这份公开文本，或者您无权查看")
    if refused := next((record for record in records if not _matrix_allows(user, act, record)), None):
        raise _why_not(user, act, refused)
    return records


def _matrix_allows(user: User, act: Act, disclosure: Disclosure) -> bool:
    if not user.is_active or user.role not in Role.values:
        return False
    if act is Act.APPROVE and disclosure.submitted_by_id == user.pk:
        return False  # whatever the role: nobody approves what they submitted
    return disclosure.state in MATRIX[_role(user)][act]


def _role(user: User) -> Role:
    return Role.ADMINISTRATOR if user.is_superuser else Role(user.role)


def _why_not(user: User, act: Act, disclosure: Disclosure) -> NotAllowedError:
    allowed = MATRIX[_role(user)][act]
    if not allowed:
        return NotAllowedError(f"{_role(user).label}不能“{act.label}”")
    if disclosure.state in allowed:
        return NotAllowedError("这份公开文本是您提交的，须由其他审核人员审核")
    states = "、".join(state.label for state in State if state in allowed)
    return WrongStateError(f"现在是“{State(disclosure.state).label}”，不能“{act.label}”（须为：{states}）")


def _within(user: User, disclosure: Disclosure) -> bool:
    return visible_disclosures(user).filter(pk=disclosure.pk).exists()


def may_import(user: User | None, department: Department) -> bool:
    """Whether a person may import a disclosure of this department. None is the system itself."""
    if user is None:
        return True
    return user.has_perm("disclosures.add_disclosure") and visible_departments(user).filter(pk=department.pk).exists()


def may_register_departments(user: User | None) -> bool:
    """Whether an import may create a department that nobody has registered."""
    return user is None or user.has_perm("disclosures.add_department")
