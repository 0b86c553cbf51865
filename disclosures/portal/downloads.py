"""Files of a publication: the final file as it was handed in, and what writers make of the snapshot.

Written files are kept beside the originals under the hash of the snapshot: it never changes. Whether they may be
handed out is asked of the record every time.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from disclosures.models import OpenDataYear, Publication, SourceFile
from disclosures.services.exporting import KINDS, Format, file_stem, written

from . import open_data, selectors
from .http import GONE, public, public_file, tag, unchanged
from .selectors import Address

FINAL = "final"
FORMS = (
    ("docx", "Word", "按公开格式排版"),
    ("xlsx", "Excel", "十三张表，一表一页"),
    ("csv", "CSV", "压缩包，一表一个文件"),
    ("json", "JSON", "给程序用；它的 SHA-256 就是内容校验码"),
)
_WRITTEN = "1"  # raised when the writers write differently
_ALONE = "default-src 'none'; sandbox"
_BINARY = "application/octet-stream"


@public_file
def download(
    request: HttpRequest, department: int, year: int, kind: str, form: str, version: int | None = None
) -> HttpResponseBase:
    """A file of the publication at an address; nothing of one that is closed."""
    known = selectors.history(Address(department, year, kind, version))
    if known is None or (form != FINAL and form not in set(Format)):
        raise Http404
    if not known.is_open or known.asked is None:
        text = "这份公开文本已经撤回，不再提供下载。\n"
        return HttpResponse(text, status=GONE, content_type="text/plain; charset=utf-8")
    publication = known.asked
    if form == FINAL:
        return _final(request, publication)
    etag = f'"{publication.snapshot.sha256[:32]}-{form}{_WRITTEN}"'
    same = unchanged(request, etag)
    return same or _sent(
        _path(publication, Format(form)), etag, _name(publication, form), KINDS[Format(form)].content_type
    )


def _final(request: HttpRequest, publication: Publication) -> HttpResponseBase:
    """The file that was published, named by the snapshot; never the one that was uploaded first."""
    snapshot = publication.snapshot
    etag = f'"{snapshot.file_sha256[:32]}"'
    if same := unchanged(request, etag):
        return same
    source = SourceFile.objects.filter(sha256=snapshot.file_sha256).first()
    if source is None or not source.path.exists():
        raise Http404
    return _sent(source.path, etag, snapshot.file_name, _BINARY)


def _sent(path: Path, etag: str, name: str, content_type: str) -> FileResponse:
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=content_type)
    response.headers["ETag"] = etag
    response.headers["Content-Security-Policy"] = _ALONE
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _name(publication: Publication, form: str) -> str:
    return f"{file_stem(publication.disclosure)}.{KINDS[Format(form)].ending}"


def _path(publication: Publication, form: Format) -> Path:
    """Where the written file lies; written first where it is not there yet. Readers never see half a file."""
    sha = publication.snapshot.sha256
    path = Path(settings.MEDIA_ROOT) / "public" / sha[:2] / f"{sha}-{_WRITTEN}.{form.value}"
    if not path.exists():
        if form is Format.JSON:
            data = selectors.canonical(publication).encode()
        else:
            data = written(selectors.content(publication), form)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as temporary:
            temporary.write(data)
        os.replace(temporary.name, path)
    return path


@public
def data(request: HttpRequest) -> HttpResponseBase:
    """Open data: the archives of the years, the dictionary, the interface for programs."""
    context = {
        "title": "开放数据",
        "archives": [item for item in OpenDataYear.objects.all() if item.may_be_handed_out],
        "waiting": [item for item in OpenDataYear.objects.all() if not item.may_be_handed_out and item.generation],
        "files": open_data.FILES.values(),
    }
    return render(request, "portal/data.html", context)


@public
def dictionary(request: HttpRequest) -> HttpResponseBase:
    """The data dictionary of the archives."""
    response = HttpResponse(open_data.dictionary(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="dictionary.csv"'
    response.headers["ETag"] = tag(response.content)
    return response


@public_file
def archive(request: HttpRequest, year: int) -> HttpResponseBase:
    """The archive of a year, unless something in it was withdrawn since it was made."""
    record = OpenDataYear.objects.filter(fiscal_year=year).first()
    if record is None or not record.may_be_handed_out:
        raise Http404
    path = open_data.path_of(record.sha256)
    if not path.exists():
        raise Http404
    etag = f'"{record.sha256[:32]}"'
    return unchanged(request, etag) or _sent(path, etag, f"部门预算公开{year}.zip", "application/zip")
