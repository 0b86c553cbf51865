"""Import of an uploaded file: recognised by its hash, read outside the transaction, stored whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from disclosures import models
from disclosures.errors import RefusedError
from disclosures.plain import data as plain
from disclosures.reading.progress import Told
from disclosures.storage import keep_bytes, store

from .findings import desk
from .permissions import may_import, may_register_departments, visible_departments
from .reading import choose, describe, read_disclosures
from .revising import predecessor, record_take_over, take_over
from .sources import read_once


class ImportRefusedError(Exception):
    """The file is readable and cannot be imported; the message is plain Chinese and says what to do."""


class SeveralDisclosuresError(ImportRefusedError):
    """The file holds several disclosures and nobody said which."""

    def __init__(self, candidates: tuple[str, ...]) -> None:
        self.candidates = candidates
        listed = "；".join(f"{number}. {text}" for number, text in enumerate(candidates, start=1))
        super().__init__(f"文件里有 {len(candidates)} 份公开文本，请选择其中一份：{listed}")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The stored disclosure, and whether this import made it (False: the same file was here before)."""

    record: models.Disclosure
    created: bool


def import_file(
    data: bytes,
    name: str,
    user: models.User | None = None,
    *,
    choice: int | None = None,
    department: models.Department | None = None,
    told: Callable[[Told], None] | None = None,
) -> ImportResult:
    """Import one disclosure of a file; `choice` says which (1 is the first) where it holds several.

    `told` hears how far the reading is, and may raise to end it.

    The same bytes a second time change nothing. Another file for the same department, year and kind
    becomes its next version and takes over the corrections that still apply. `department` overrules the
    printed name. What was imported is checked before this returns.
    Raises UnreadableFileError, ImportRefusedError, or StorageError.
    """
    digest = hashlib.sha256(data).hexdigest()
    if known := _known(digest, choice, user):
        return ImportResult(known, created=False)
    candidates = read_disclosures(data, name, partial(read_once, told=told))
    if choice is None and len(candidates) > 1:
        raise SeveralDisclosuresError(tuple(describe(candidate) for candidate in candidates))
    disclosure = choose(candidates, choice)
    with transaction.atomic():
        target = department or _department_of(disclosure, user)
        _check_may_import(user, target)
        # Who waits here for another import of the same file finds it done afterwards.
        models.Department.objects.select_for_update().get(pk=target.pk)
        if known := _known(digest, choice, user):
            return ImportResult(known, created=False)
        source, _ = models.SourceFile.objects.get_or_create(
            sha256=digest,
            defaults={
                "name": name[-255:],
                "size": len(data),
                "uploaded_by": user,
                "candidates": len(candidates),
            },
        )
        keep_bytes(source, data)
        record = _store_next(disclosure, target, source, (choice or 1) - 1, user)
        models.Event.objects.create(
            disclosure=record,
            action=models.Action.IMPORTED,
            user=user,
            details={"file": source.name, "sha256": digest, "version": record.version},
        )
    desk().check(record.pk, "import", user)
    return ImportResult(record, created=True)


def _store_next(
    disclosure: plain.Disclosure,
    department: models.Department,
    source: models.SourceFile,
    index: int,
    user: models.User | None,
) -> models.Disclosure:
    """Store the next version, with what still applies of the one before."""
    try:
        before = predecessor(disclosure, department, user)
    except RefusedError as error:
        raise ImportRefusedError(str(error)) from error
    if before is None:
        return store(disclosure, department, source_file=source, source_index=index, user=user)
    taken = take_over(before, disclosure)
    record = store(taken.disclosure, department, source_file=source, source_index=index, user=user, based_on=before)
    record_take_over(record, before, taken, user)
    return record


def _known(digest: str, choice: int | None, user: models.User | None) -> models.Disclosure | None:
    """The disclosure that an earlier import of these bytes made, if the caller could mean only that one."""
    found = models.Disclosure.objects.filter(
        source_file__sha256=digest, source_index=(choice or 1) - 1, is_copy=False
    ).select_related("department", "source_file")
    record = found.first() if choice is not None else found.filter(source_file__candidates=1).first()
    if record is not None:
        _check_may_import(user, record.department)
    return record


def _check_may_import(user: models.User | None, department: models.Department) -> None:
    if not may_import(user, department):
        raise ImportRefusedError(f"账号“{user}”无权导入“{department}”的公开文本，请由该部门经办人员或管理员导入")


def _department_of(disclosure: plain.Disclosure, user: models.User | None) -> models.Department:
    """The registered department of the printed name; registers it where the user may."""
    name = disclosure.department
    if not name:
        if user is not None and user.department is not None:
            return user.department
        raise ImportRefusedError("没有从文本中读到部门（单位）名称，请指定部门后再导入")
    found = list(models.Department.objects.filter(name=name).select_related("region")[:2])
    if len(found) == 2 and user is not None:
        found = list(visible_departments(user).filter(name=name)[:2])
    if len(found) == 2:
        raise ImportRefusedError(f"有不止一个名为“{name}”的部门（单位），请指定是哪一个")
    if found:
        return found[0]
    if not may_register_departments(user):
        raise ImportRefusedError(f"部门名单中没有“{name}”，请先由管理员登记，或检查文本所称的部门名称")
    kind = models.DepartmentKind.UNIT if disclosure.kind is plain.Kind.UNIT else models.DepartmentKind.DEPARTMENT
    if len(name) > 200:
        raise ImportRefusedError(f"读到的部门名称过长（{name[:20]}…），请指定部门后再导入")
    region = user.region if user else None
    # Two imports at once may both find the department missing.
    department, _ = models.Department.objects.get_or_create(name=name, region=region, defaults={"kind": kind})
    return department
