"""Disclosures taken away as files: one in any format, the lines of many as CSV that streams."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from disclosures.errors import NotAllowedError, NotVisibleError, RefusedError
from disclosures.services.exporting import Format, export_disclosure, stream_lines
from disclosures.services.permissions import visible_disclosures
from disclosures.storage import read_bytes

from .access import page, page_of, person, visible_or_404
from .listing import filter_of


@page
@require_GET
def export(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """One disclosure as a file; a format that cannot hold it sends back to the workbench with the reason."""
    try:
        file = export_disclosure(person(request), pk, Format(form))
    except (NotVisibleError, ValueError) as error:
        raise Http404 from error
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("workbench", pk)
    response = HttpResponse(file.data, content_type=file.content_type)
    return _as_file(response, file.name)


@page
@require_GET
def final_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The final file as it was accepted, to look at before it is published."""
    record = visible_or_404(request, pk, visible_disclosures(person(request)).select_related("final_file"))
    if record.final_file is None:
        raise Http404("还没有定稿")
    response = HttpResponse(read_bytes(record.final_file), content_type="application/octet-stream")
    return _as_file(response, record.final_file.name)


@page_of("export_lines")
@require_GET
def export_lines(request: HttpRequest) -> HttpResponseBase:
    """The lines of every disclosure that the filters of the list let through."""
    chosen = filter_of(person(request), request.GET).chosen()
    response = StreamingHttpResponse(stream_lines(chosen), content_type="text/csv; charset=utf-8")
    return _as_file(response, f"预算报表明细_{timezone.localdate():%Y%m%d}.csv")


def _as_file(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """A file that the browser stores and never shows, and nobody keeps a copy of."""
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
