"""The pages of import and export in the admin, for every kind of sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from import_export.admin import ImportExportMixin

from disclosures.models import Role, User
from disclosures.services.matrix import MATRIX, Act

from . import incoming
from .files import SheetDataset, SheetFileError, explanation, read_file, write_csv, write_xlsx
from .forms import ConfirmForm, ExportSheetForm, ImportSheetForm
from .resource import SheetResource
from .results import SheetResult

MOST_SHOWN = 2000  # errors, or cells of the diff, on one page
MOST_SAID = 8
TEMPLATE_ROWS = 200
_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}


class SheetAdminMixin(ImportExportMixin):
    """Import with a check of everything, export, template: django-import-export with pages of our own."""

    resource_classes: Sequence[type[SheetResource]] = ()
    can_import: ClassVar[bool] = True
    import_template_name = "admin/exchange/import.html"
    export_template_name = "admin/exchange/export.html"

    def get_urls(self) -> list[URLPattern]:
        template = path(
            "template/",
            self.admin_site.admin_view(self.template_action),
            name="{}_{}_template".format(*self.get_model_info()),
        )
        return [template, *super().get_urls()]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.can_import and super().has_import_permission(request)

    # -- out --------------------------------------------------------------------------------------

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """Ask for the format, then send what the list shows with its filters."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        form = ExportSheetForm(self.resource_classes, request.POST or None)
        queryset = self.get_export_queryset(request)
        if request.method == "POST" and form.is_valid():
            resource = self._resource(request, form.cleaned_data["resource"])
            try:
                return _download(resource.export(queryset), form.cleaned_data["format"], resource.title)
            except SheetFileError as error:
                form.add_error(None, str(error))
        context = self._context(request, "导出", form)
        return TemplateResponse(request, self.export_template_name, {**context, "count": queryset.count()})

    def template_action(self, request: HttpRequest) -> HttpResponse:
        """A sheet to fill in, with formats, lists to choose from and explanations."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        number = request.GET.get("resource", "0")
        resource = self._resource(request, int(number) if number.isdigit() else 0)
        return _download(resource.template(), "xlsx", f"{resource.title}模板", TEMPLATE_ROWS)

    def export_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """The chosen records as Excel."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        resource = self._resource(request, 0)
        try:
            return _download(resource.export(queryset), "xlsx", resource.title)
        except SheetFileError as error:
            messages.error(request, str(error))
            return None

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        if self.has_export_permission(request):
            actions["export_selected"] = (type(self).export_selected, "export_selected", "导出所选为 Excel")
        return actions

    # -- in ---------------------------------------------------------------------------------------

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Check a file and show all errors, or the diff with a button that confirms it."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ImportSheetForm(self.resource_classes, request.POST or None, request.FILES or None)
        context: dict[str, Any] = {}
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["import_file"]
            data = file.read()
            try:
                result = self._checked(request, data, form.cleaned_data)
            except SheetFileError as error:
                form.add_error("import_file", str(error))
            else:
                context = self._shown(request, result, data, file.name, form.cleaned_data)
        return self._import_page(request, form, context)

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do what was confirmed, if it is still the same."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        confirm = ConfirmForm(self.resource_classes, request.POST or None)
        blank = ImportSheetForm(self.resource_classes)
        pk = int(request.user.pk or 0)
        data = incoming.kept(pk, confirm.cleaned_data["token"]) if confirm.is_valid() else None
        if data is None:
            messages.error(request, "文件已经导入过，或者放置超过一小时，请重新选择文件")
            return HttpResponseRedirect(self._address("import"))
        choices = confirm.cleaned_data
        result = self._checked(request, data, choices)
        if result.errors or result.digest != choices["digest"]:
            messages.warning(request, "检查之后数据有了变化，尚未写入。请重新核对后再确认。")
            return self._import_page(request, blank, self._shown(request, result, data, choices["name"], choices))
        resource = self._resource(request, choices["resource"])
        done = resource.import_data(
            read_file(data),
            user=request.user,
            kind=choices.get("kind", ""),
            reason=choices.get("reason", ""),
        )
        incoming.forget(pk, choices["token"])
        if done.errors:
            return self._import_page(request, blank, {"result": done, "errors": done.errors[:MOST_SHOWN]})
        self._say_done(request, resource, done)
        return HttpResponseRedirect(self._address("changelist"))

    def _checked(self, request: HttpRequest, data: bytes, choices: dict[str, Any]) -> SheetResult:
        resource = self._resource(request, choices["resource"])
        return resource.import_data(read_file(data), dry_run=True, user=request.user)

    def _shown(
        self, request: HttpRequest, result: SheetResult, data: bytes, name: str, choices: dict[str, Any]
    ) -> dict[str, Any]:
        """What the page tells of a check; with a way to confirm it where there is something to do."""
        context: dict[str, Any] = {"result": result, "file_name": name, "errors": result.errors[:MOST_SHOWN]}
        if result.errors or not result.diffs:
            return context
        token = incoming.keep(int(request.user.pk or 0), data)
        initial = {key: choices.get(key, "") for key in ("resource", "kind", "reason")}
        initial |= {"token": token, "digest": result.digest, "name": name}
        context["confirm_form"] = ConfirmForm(self.resource_classes, initial=initial)
        context["diffs"] = result.diffs[:MOST_SHOWN]
        return context

    def _import_page(self, request: HttpRequest, form: ImportSheetForm, context: dict[str, Any]) -> HttpResponse:
        base = self._context(request, "导入", form)
        return TemplateResponse(request, self.import_template_name, {**base, "most": MOST_SHOWN, **context})

    def _say_done(self, request: HttpRequest, resource: SheetResource, result: SheetResult) -> None:
        counts = result.counts
        messages.success(
            request,
            f"{resource.title}导入完成：新增 {counts['new']} 行，修改 {counts['update']} 行（{result.cell_count} 格），"
            f"删除 {counts['delete']} 行，{result.unchanged} 行没有变化。",
        )
        for message in result.gone[:MOST_SAID]:
            messages.success(request, f"已解决：{message}")
        for message in result.new[:MOST_SAID]:
            messages.warning(request, f"新出现：{message}")
        if max(len(result.gone), len(result.new)) > MOST_SAID:
            messages.info(
                request, f"共解决 {len(result.gone)} 个问题，新出现 {len(result.new)} 个，请到公开文本页查看。"
            )

    # -- both -------------------------------------------------------------------------------------

    def _resource(self, request: HttpRequest, number: int) -> SheetResource:
        chosen = self.resource_classes[number if 0 <= number < len(self.resource_classes) else 0]
        return chosen(user=request.user)

    def _context(self, request: HttpRequest, word: str, form: Any) -> dict[str, Any]:
        resources = [resource(user=request.user) for resource in self.resource_classes]
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{word}{self.opts.verbose_name_plural}",
            "form": form,
            "may_import": self.has_import_permission(request),
            "sheets": [
                {"title": resource.title, "columns": [(c, explanation(c)) for c in resource.columns()]}
                for resource in resources
            ],
        }

    def _address(self, name: str) -> str:
        return reverse(f"admin:{'_'.join(self.get_model_info())}_{name}")


class SheetsOfUser(SheetAdminMixin):
    """Sheets whose records the user's reach limits: the same in the list as in the export."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        user = request.user
        found: QuerySet[Model] = super().get_queryset(request)
        if not isinstance(user, User):
            return found.none()
        reach = Q()
        for resource in self.resource_classes:
            reach |= Q(pk__in=resource(user=user).records().order_by().values("pk"))
        return found.filter(reach)


class PartAdmin(SheetsOfUser, admin.ModelAdmin):
    """Lists of what is inside disclosures: read-only, with a way out and a way in as corrections.

    Changed by sheets only, each change a correction that its service allows or refuses."""

    view_permission: ClassVar[str]
    import_act: ClassVar[Act] = Act.CORRECT
    list_display_links = None
    list_per_page = 50
    empty_value_display = ""  # a blank cell stays blank
    show_full_result_count = False

    class Media:
        css: ClassVar = {"all": ("disclosures/exchange.css",)}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = {"title": self.opts.verbose_name_plural}
        response: HttpResponse = super().changelist_view(request, {**title, **(extra_context or {})})
        return response

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.view_permission)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Whether there is any state in which this person corrects; of which disclosure is asked for each."""
        user = request.user
        if not isinstance(user, User) or not self.has_view_permission(request):
            return False
        return user.role in Role.values and bool(MATRIX[Role(user.role)][self.import_act])

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _download(dataset: SheetDataset, file_format: str, title: str, blank_rows: int = 0) -> HttpResponse:
    data = write_xlsx(dataset, blank_rows) if file_format == "xlsx" else write_csv(dataset)
    response = HttpResponse(data, content_type=_TYPES[file_format])
    name = f"{title.replace(' ', '')}-{timezone.localdate():%Y%m%d}.{file_format}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
