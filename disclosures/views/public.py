"""The published page: anybody may read it; it shows the snapshot and nothing that is not public."""

from __future__ import annotations

import json
from io import BytesIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from disclosures.admin.grids import grid_sides
from disclosures.models import Snapshot, State
from disclosures.plain.codec import from_json
from disclosures.profiles import PROFILES
from disclosures.storage import read_bytes
from disclosures.storage.parents import depths


def published(request: HttpRequest, pk: int) -> HttpResponse:
    """The tables and the narrative as published."""
    snapshot = _public(pk)
    disclosure = from_json(json.loads(snapshot.content))
    profile = PROFILES[disclosure.profile]
    tables = [
        {"decl": decl, "table": table, "sides": grid_sides(decl, table, depths(decl, table.rows))}
        for table in disclosure.tables
        for decl in (profile.table(table.id),)
    ]
    context = {
        "title": f"{disclosure.department} {disclosure.fiscal_year} 年{snapshot.disclosure.get_kind_display()}",
        "snapshot": snapshot,
        "disclosure": disclosure,
        "tables": tables,
    }
    return render(request, "workplace/published.html", context)


def final_file(request: HttpRequest, pk: int) -> FileResponse:
    """The final file, the only file that is ever public."""
    final = _public(pk).disclosure.final_file
    if final is None:
        raise Http404
    return FileResponse(
        BytesIO(read_bytes(final)), as_attachment=True, filename=final.name, content_type="application/octet-stream"
    )


def _public(pk: int) -> Snapshot:
    """The snapshot of a disclosure that is public now; withdrawn ones are gone for the public."""
    public = Snapshot.objects.select_related("disclosure__department", "disclosure__final_file")
    snapshot: Snapshot = get_object_or_404(public, disclosure=pk, disclosure__state=State.PUBLISHED)
    return snapshot
