"""The original beside the workbench: its lines, its pages as pictures, and what stands at a place of it."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_GET

from disclosures.errors import RefusedError
from disclosures.models import Disclosure
from disclosures.reading import UnreadableFileError
from disclosures.services.original_pages import has_pages, page_picture, pages_of, resolution
from disclosures.services.sources import SourceLine, place_at, source_lines

from .access import api, refuse, visible_or_404

DPI = 110
_NO_PAGES = "原件不是分页的文件"


@api
@require_GET
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The lines of the original, and whether it is shown page by page."""
    record = visible_or_404(request, pk)
    lines = [_source_line(line) for line in source_lines(record)]
    return JsonResponse({"lines": lines, "paged": has_pages(record.source_file)})


def _source_line(line: SourceLine) -> dict[str, Any]:
    shape: dict[str, Any] = {"source": line.source, "text": line.text}
    if line.cells is not None:
        shape |= {"cells": line.cells, "cellSources": line.cell_sources}
    return shape


@api
@require_GET
def place(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was read at a place of the original (`?source=`, further ones are tried in turn), "" for nothing."""
    record = visible_or_404(request, pk)
    return JsonResponse({"where": place_at(record, request.GET.getlist("source")[:2]) or ""})


@api
@require_GET
def pages(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Width and height of every page in points, and the numbers of those that were scanned."""
    record = visible_or_404(request, pk)
    if record.source_file is None or not has_pages(record.source_file):
        return refuse(_NO_PAGES, status=404)
    try:
        found = pages_of(record.source_file)
    except UnreadableFileError as error:
        return refuse(str(error), status=422)
    except RefusedError as error:
        return refuse(str(error), status=503)
    return JsonResponse({"sizes": found.sizes, "scanned": found.scanned})


@require_GET
def page_image(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A page as PNG (`?dpi=`); kept by the browser of whoever may see it, and asked for anew each time."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    record = visible_or_404(request, pk)
    asked = request.GET.get("dpi", str(DPI))
    dpi = resolution(int(asked) if asked.isdecimal() and len(asked) < 5 else DPI)
    tag = _tag(record, number, dpi)
    if request.headers.get("If-None-Match") == tag:
        return _safe(HttpResponse(status=304), tag)
    source = record.source_file
    if source is None or not has_pages(source):
        return refuse(_NO_PAGES, status=404)
    try:
        picture = page_picture(source, number, dpi)
    except UnreadableFileError as error:
        return refuse(str(error), status=404)
    except RefusedError as error:
        return refuse(str(error), status=503)
    return _safe(HttpResponse(picture, content_type="image/png"), tag)


def _tag(record: Disclosure, number: int, dpi: int) -> str:
    """Pages follow from their file, so the file's hash names them without drawing them."""
    sha256 = record.source_file.sha256 if record.source_file else ""
    return f'"{hashlib.sha256(f"{sha256}/{number}/{dpi}".encode()).hexdigest()[:32]}"'


def _safe(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
