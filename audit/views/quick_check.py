"""Quick check: a file in, its findings out; nothing is stored, not even for a moment longer than the request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from audit.engine import check
from audit.findings import Severity
from disclosures.catalogue import load_catalogue
from disclosures.models import DisclosureKind
from disclosures.plain.data import Disclosure
from disclosures.reading import UnreadableFileError
from disclosures.services.intake import LARGEST_FILE, describe_reading
from disclosures.services.reading import read_disclosures
from disclosures.views.access import api, page, refuse

from .shapes import not_checked_items, plain_finding


@page
def quick_check_page(request: HttpRequest) -> HttpResponse:
    """Where a file is dropped to be checked and forgotten."""
    context = {"title": "快速核对", "nav": "quick_check", "largest": LARGEST_FILE // 1024 // 1024}
    return render(request, "workplace/quick_check.html", context)


@api
@require_POST
def quick_check(request: HttpRequest) -> HttpResponseBase:
    """The findings of one file, of every disclosure in it."""
    file = request.FILES.get("file")
    if file is None:
        return refuse("没有收到文件", status=400)
    if (file.size or 0) > LARGEST_FILE:
        return refuse(f"文件超过 {LARGEST_FILE // 1024 // 1024} MB，不像公开文本", status=400)
    try:
        found = read_disclosures(file.read(), file.name or "")
    except UnreadableFileError as error:
        return refuse(str(error), status=400)
    return JsonResponse({"disclosures": [_answer(item) for item in found]})


def _answer(disclosure: Disclosure) -> dict[str, Any]:
    result = check(disclosure, None, load_catalogue())
    kind = DisclosureKind(disclosure.kind.value).label
    return {
        "title": f"{disclosure.department or '（未读到部门名称）'} {disclosure.fiscal_year} 年{kind}",
        "reading": describe_reading(disclosure),
        "counts": {f"{severity.value}s": result.count(severity) for severity in Severity},
        "findings": [plain_finding(finding) for finding in result.findings],
        "notChecked": not_checked_items((item.rule, item.reason) for item in result.not_checked),
    }
