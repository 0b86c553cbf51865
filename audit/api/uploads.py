"""Files and disclosure JSON that come in by the API."""

from __future__ import annotations

import json
import uuid
from typing import Any

from rest_framework.request import Request

from audit.api.problems import ApiError
from audit.api.serializers.requests import UploadSerializer
from disclosures.models import Department, Task, User
from disclosures.services.intake import largest_upload
from disclosures.services.permissions import visible_departments
from disclosures.services.reading import read_disclosures
from disclosures.services.tasks import queue_import

_NAME = "接口提交.json"


def received(request: Request) -> tuple[str, bytes, dict[str, Any]]:
    """(name, bytes, options) of what was sent: a file with `choice` and `department`, or a disclosure as JSON.

    Raises ValidationError, ApiError.
    """
    if request.content_type.partition(";")[0].strip().lower() == "application/json":
        return _NAME, json.dumps(request.data, ensure_ascii=False).encode(), {}
    checked = UploadSerializer(data=request.data)
    checked.is_valid(raise_exception=True)
    options = dict(checked.validated_data)
    file = options.pop("file")
    name = file.name or "未命名"
    largest = largest_upload(name)
    if file.size > largest:
        raise ApiError("too_large", f"“{name}”超过 {largest // 1024 // 1024} MB，不像公开文本")
    return name, file.read(), options


def queued(request: Request, user: User) -> Task:
    """Queue the import of what was sent, as one task also where it is an archive.

    Raises UnreadableFileError, NoRoomError, ApiError.
    """
    if not user.has_perm("disclosures.add_disclosure"):
        raise ApiError("not_allowed", f"{user.get_role_display()}不能导入公开文本")
    name, data, options = received(request)
    if name == _NAME:
        read_disclosures(data, name)  # a program hears at once that its JSON is no disclosure
    department = _department(user, options.get("department"))
    return queue_import(user, name, data, uuid.uuid4(), choice=options.get("choice"), department=department)


def _department(user: User, pk: int | None) -> Department | None:
    if pk is None:
        return None
    found = visible_departments(user).filter(pk=pk).first()
    if found is None:
        words = "没有这个部门，或者您不能为它导入"
        raise ApiError("invalid", words, errors=[{"field": "department", "message": words}])
    return found
