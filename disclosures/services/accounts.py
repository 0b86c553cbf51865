"""Accounts: made in bulk from a sheet, passwords set without e-mail, work handed over, locks lifted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from disclosures import models
from disclosures.errors import InvalidValueError, NotAllowedError, NotVisibleError, RefusedError
from disclosures.notifications import announce_hand_over

from .logins import record

COLUMNS = {
    "username": "账号",
    "first_name": "姓名",
    "role": "角色",
    "department": "所属部门（单位）",
    "region": "所属地区",
    "password": "初始密码",
}
_ROLES = {role.label: role for role in models.Role}


@dataclass(frozen=True, slots=True)
class SheetError:
    """One thing wrong in a sheet: its row as Excel counts, its column, what is wrong."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class AccountsResult:
    """The accounts made (on a dry run: to be made), or everything that is wrong and none made."""

    created: tuple[str, ...]
    errors: tuple[SheetError, ...]


Row = Mapping[str, str]
M = TypeVar("M", models.Department, models.Region)


def create_accounts(user: models.User, rows: Sequence[Row], *, dry_run: bool = False) -> AccountsResult:
    """Make an account for every row, or say everything that is wrong and make none. Empty rows are passed over."""
    _check_administrator(user)
    departments = _departments()
    regions = _regions()
    taken = {name.lower() for name in models.User.objects.values_list("username", flat=True)}
    errors: list[SheetError] = []
    accounts: list[models.User] = []
    for number, row in enumerate(rows, start=2):
        if not any(row.values()):
            continue
        problems, account = _account(row, departments, regions, taken)
        errors += [SheetError(number, COLUMNS[key], message) for key, message in problems]
        if account is not None:
            taken.add(account.username.lower())
            accounts.append(account)
    if not errors and not dry_run:
        with transaction.atomic():
            for account in accounts:
                account.save()
    return AccountsResult(() if errors else tuple(account.username for account in accounts), tuple(errors))


def set_password(user: models.User, account_id: int, password: str) -> models.User:
    """Give somebody a password, to be changed at the next login; open sessions end. Raises InvalidValueError."""
    account = _account_to_manage(user, account_id)
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise InvalidValueError([("password", _said(error))]) from error
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    return account


@transaction.atomic
def hand_over(user: models.User, from_id: int, to_id: int, reason: str) -> int:
    """Pass the work of one clerk to the next, and close the first account. Returns how many disclosures went over.

    What the first one did stays theirs in the history.
    """
    leaving, coming = _account_to_manage(user, from_id), _account_to_manage(user, to_id)
    if not reason.strip():
        raise InvalidValueError([("", "请写明交接的原因")])
    if leaving.pk == coming.pk:
        raise RefusedError("不能交接给本人")
    if leaving.role != coming.role or not coming.is_active:
        raise RefusedError(f"“{coming}”须是在用的{leaving.get_role_display()}账号，才能接手“{leaving}”的工作")
    coming.department, coming.region = leaving.department, leaving.region
    coming.save(update_fields=["department", "region"])
    leaving.is_active = False
    leaving.save(update_fields=["is_active"])
    assigned = list(models.Disclosure.objects.select_for_update().filter(assigned_to=leaving))
    details = {"from": str(leaving), "to": str(coming), "reason": reason.strip()}
    models.Event.objects.bulk_create(
        models.Event(disclosure=item, action=models.Action.ASSIGNED, user=user, details=details) for item in assigned
    )
    moved = models.Disclosure.objects.filter(pk__in=[item.pk for item in assigned]).update(assigned_to=coming)
    announce_hand_over(leaving, coming, moved)
    return moved


def successors(leaving: models.User) -> QuerySet[models.User]:
    """Who can take over somebody's work: accounts in use with the same role."""
    return models.User.objects.filter(role=leaving.role, is_active=True).exclude(pk=leaving.pk).order_by("username")


def unlock(user: models.User, account_id: int) -> models.User:
    """Lift the lock-out of an account."""
    account = _account_to_manage(user, account_id)
    record(account.username, None, models.LoginOutcome.UNLOCKED, user)
    return account


def _account(
    row: Row,
    departments: Mapping[str, list[models.Department]],
    regions: Mapping[str, list[models.Region]],
    taken: set[str],
) -> tuple[list[tuple[str, str]], models.User | None]:
    """The account a row asks for, or what is wrong with the row."""
    problems: list[tuple[str, str]] = []
    username = row.get("username", "")
    role = _ROLES.get(row.get("role", ""))
    if role is None:
        problems.append(("role", f"应为{'、'.join(_ROLES)}之一，不能是“{row.get('role', '')}”"))
    problems += _username_problems(username, taken)
    department = _one(departments, row.get("department", ""), "department", problems)
    region = _one(regions, row.get("region", ""), "region", problems)
    if role == models.Role.CLERK and not row.get("department"):
        problems.append(("department", "经办须填写所属部门（单位）"))
    if role == models.Role.REVIEWER and not row.get("region"):
        problems.append(("region", "审核须填写所属地区"))
    account = models.User(username=username, first_name=row.get("first_name", ""), role=role or "", is_staff=True)
    if len(account.first_name) > 150:
        problems.append(("first_name", "超过 150 个字"))
    account.department = department if role == models.Role.CLERK else None
    account.region = region if role == models.Role.REVIEWER else None
    try:
        validate_password(row.get("password", ""), account)
    except ValidationError as error:
        problems.append(("password", _said(error)))
    if problems:
        return problems, None
    account.set_password(row["password"])
    account.must_change_password = True
    return [], account


def _username_problems(username: str, taken: set[str]) -> list[tuple[str, str]]:
    if not username:
        return [("username", "不能为空")]
    if username.lower() in taken:
        return [("username", f"账号“{username}”已经存在，或者在表中出现两次")]
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError:
        return [("username", f"账号“{username[:20]}”只能含文字、数字和 @ . + - _")]
    return [("username", "超过 150 个字")] if len(username) > 150 else []


def _one(known: Mapping[str, list[M]], name: str, key: str, problems: list[tuple[str, str]]) -> M | None:
    """The record of a name; what is wrong with the name goes into the problems."""
    if not name:
        return None
    found = known.get(name, [])
    if len(found) == 1:
        return found[0]
    hint = f"有不止一个“{name}”，请在前面写上地区，如“某市/{name}”" if found else f"没有“{name}”"
    problems.append((key, hint))
    return None


def _departments() -> dict[str, list[models.Department]]:
    """Departments by name, and by 地区/name where the name alone does not decide."""
    known: dict[str, list[models.Department]] = defaultdict(list)
    for department in models.Department.objects.select_related("region"):
        known[department.name].append(department)
        if department.region is not None:
            known[f"{department.region.name}/{department.name}"].append(department)
    return known


def _regions() -> dict[str, list[models.Region]]:
    known: dict[str, list[models.Region]] = defaultdict(list)
    for region in models.Region.objects.select_related("parent"):
        known[region.name].append(region)
        if region.parent is not None:
            known[f"{region.parent.name}/{region.name}"].append(region)
    return known


def _account_to_manage(user: models.User, account_id: int) -> models.User:
    """An account that an administrator may change. Raises NotAllowedError, NotVisibleError."""
    _check_administrator(user)
    account = models.User.objects.filter(pk=account_id).first()
    if account is None:
        raise NotVisibleError("没有这个账号")
    if account.is_superuser and not user.is_superuser:
        raise NotAllowedError("超级用户的账号只能由超级用户修改")
    return account


def _check_administrator(user: models.User) -> None:
    if not user.is_active or not (user.is_superuser or user.role == models.Role.ADMINISTRATOR):
        raise NotAllowedError("只有管理员可以管理账号")


def _said(error: ValidationError) -> str:
    """All that is wrong as one sentence, without a full stop."""
    return "；".join(text.rstrip("。") for text in error.messages)
