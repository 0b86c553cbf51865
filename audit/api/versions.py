"""Versions of what is read and written: ETag on reads, If-Match on writes.

A disclosure's tag is its revision and state, a finding's the values it rests on and its status. Who writes says
which version was read; where somebody was faster nothing is written (412).
"""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from audit.models import Finding
from disclosures.models import Disclosure, User
from disclosures.services.permissions import visible_disclosures

from .problems import ApiError

_TAGS = re.compile(r'"([^"]*)"')
IF_MATCH = "读取时回答的 ETag（或正文中的 etag，带引号）。别人先保存了修改时回答 412，什么也不写。"


def tag_of(record: Disclosure) -> str:
    """The version of a disclosure, quoted as in the header."""
    return f'"{record.pk}-{record.revision}-{record.state}"'


def finding_tag(finding: Finding) -> str:
    """The version of a finding: its values and what was decided about it."""
    return f'"{finding.pk}-{finding.values_digest}-{finding.status}"'


def with_tag(response: HttpResponseBase, record: Disclosure) -> HttpResponseBase:
    response.headers["ETag"] = tag_of(record)
    return response


def required_tags(request: Request) -> frozenset[str]:
    """The tags of If-Match. Raises ApiError (428) where there are none."""
    text = request.headers.get("If-Match", "").strip()
    found = frozenset(f'"{tag}"' for tag in _TAGS.findall(text))
    if not found:  # "*" would match whatever others wrote
        raise ApiError("precondition_required", "请先读取，再把读到的 ETag 放进 If-Match")
    return found


def matched(request: Request, user: User, pk: int, *, lock: bool = False) -> Disclosure:
    """The visible disclosure, unchanged since the caller read it; `lock` keeps it so until the commit.

    Raises ApiError: not_found before anything else, precondition_required, edit_conflict.
    """
    records = visible_disclosures(user)
    if lock:
        records = records.select_for_update(of=("self",))
    record = records.filter(pk=pk).first()
    if record is None:
        raise ApiError("not_found", "没有这份公开文本，或者您无权查看")
    check_disclosure(request, record)
    return record


def check_disclosure(request: Request, record: Disclosure) -> None:
    """Raises ApiError (412) where the disclosure is no longer what the caller read, or (428) where that is not said."""
    if tag_of(record) not in required_tags(request):
        raise ApiError(
            "edit_conflict",
            f"您读取之后有了变化（现在是第 {record.revision} 次修订，{record.get_state_display()}），请重新读取",
            conflict={"revision": record.revision, "state": record.state, "etag": tag_of(record)},
        )


def check_finding(finding: Finding, tags: frozenset[str]) -> None:
    """Raises ApiError (412) where the finding is no longer what the caller read."""
    if finding_tag(finding) not in tags:
        raise ApiError(
            "edit_conflict",
            "您读取之后这个问题的数值或处理情况有了变化，请重新读取",
            conflict={"finding": finding.pk, "status": finding.status, "etag": finding_tag(finding)},
        )


def not_modified(request: Request, record: Disclosure) -> HttpResponse | None:
    """304 where the caller has this version of the content already."""
    tags = {f'"{tag}"' for tag in _TAGS.findall(request.headers.get("If-None-Match", ""))}
    if tag_of(record) not in tags:
        return None
    response = HttpResponse(status=304)
    response.headers["ETag"] = tag_of(record)
    return response
