"""Disclosures: the list, the page of one, its original file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from disclosures.models import Disclosure, Note, User
from disclosures.services.permissions import visible_disclosures
from disclosures.services.sources import source_lines
from disclosures.storage import read_bytes

from .bulk import BulkActions
from .page import count_of, part_context, tabs
from .upload import ImportForm


@admin.register(Disclosure)
class DisclosureAdmin(BulkActions):
    """Read-only: a disclosure comes in by an import and changes through services."""

    list_display = ("department", "fiscal_year", "kind", "version", "state", "assigned_to", "note_count", "imported")
    empty_value_display = ""
    list_filter = ("state", "fiscal_year", "kind", "department__region")
    list_select_related = ("department", "created_by", "assigned_to")
    search_fields = ("department__name", "printed_department")
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Disclosure]:
        """The disclosures that this person may see."""
        if not isinstance(request.user, User):
            return Disclosure.objects.none()
        return visible_disclosures(request.user).annotate(note_count=count_of(Note))

    @admin.display(description="读取提示", ordering="note_count")
    def note_count(self, record: Disclosure) -> int | str:
        return getattr(record, "note_count", 0) or ""

    @admin.display(description="导入", ordering="created_at")
    def imported(self, record: Disclosure) -> str:
        who = record.created_by or "系统"
        return f"{timezone.localtime(record.created_at):%Y-%m-%d %H:%M}　{who}"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_import = request.user.has_perm("disclosures.add_disclosure")
        context = {**(extra_context or {}), "title": "公开文本", "may_import": may_import}
        return super().changelist_view(request, context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Disclosure | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Disclosure | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("import/", wrap(self.import_page), name="disclosures_disclosure_import"),
            path("<int:pk>/", wrap(self.first_part), name="disclosures_disclosure_change"),
            path("<int:pk>/original/", wrap(self.original), name="disclosures_disclosure_original"),
            path("<int:pk>/download/", wrap(self.download), name="disclosures_disclosure_download"),
            path("<int:pk>/<slug:part>/", wrap(self.part), name="disclosures_disclosure_part"),
            path("<int:pk>/<slug:part>/<int:item>/", wrap(self.part), name="disclosures_disclosure_item"),
            *(url for url in super().get_urls() if url.name == "disclosures_disclosure_changelist"),
        ]

    def import_page(self, request: HttpRequest) -> HttpResponse:
        """Take in a file, then open what was read of it."""
        user = request.user
        if not isinstance(user, User) or not user.has_perm("disclosures.add_disclosure"):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None, user=user)
        if request.method == "POST" and form.is_valid() and (result := form.run()):
            word = "已导入，请逐表核对" if result.created else "这个文件以前导入过，未作改动"
            messages.success(request, f"{result.record}：{word}。")
            return redirect("admin:disclosures_disclosure_part", result.record.pk, "overview")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "导入文件", "form": form}
        return TemplateResponse(request, "admin/disclosures/disclosure/import.html", context)

    def first_part(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect("admin:disclosures_disclosure_part", pk, "overview")

    def part(self, request: HttpRequest, pk: int, part: str, item: int | None = None) -> HttpResponse:
        """One part of a disclosure: a table, the narrative, the target forms …"""
        record = self._visible(request, pk)
        context = part_context(record, part, item)
        if context is None:
            raise Http404
        return self._page(request, record, part, context)

    def original(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The lines of the original file, each with a number that places refer to."""
        record = self._visible(request, pk)
        return self._page(request, record, "original", {"template": "original", "lines": source_lines(record)})

    def download(self, request: HttpRequest, pk: int) -> FileResponse:
        """The original file, unchanged."""
        record = self._visible(request, pk)
        if record.source_file is None:
            raise Http404
        original = BytesIO(read_bytes(record.source_file))
        return FileResponse(
            original, as_attachment=True, filename=record.source_file.name, content_type="application/octet-stream"
        )

    def _visible(self, request: HttpRequest, pk: int) -> Disclosure:
        if not self.has_view_permission(request):
            raise PermissionDenied
        related = self.get_queryset(request).select_related("department__region", "source_file", "created_by")
        return get_object_or_404(related, pk=pk)

    def _page(self, request: HttpRequest, record: Disclosure, part: str, content: dict[str, Any]) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(record),
            "record": record,
            "part": part,
            "tabs": tabs(record),
            "content_template": f"admin/disclosures/disclosure/{content['template']}.html",
            **content,
        }
        return TemplateResponse(request, "admin/disclosures/disclosure/page.html", context)
