"""The forms of the pages: which file, which format, and (for corrections) whose mistake it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from disclosures.models import CorrectionKind

from .files import LARGEST, MOST_ROWS
from .resource import SheetResource

FORMATS = (("xlsx", "Excel（.xlsx）"), ("csv", "CSV（UTF-8）"))
_KINDS = (("", "请选择"), *((str(value), str(label)) for value, label in CorrectionKind.choices))


class SheetForm(forms.Form):
    """Which of several sheets a page is about."""

    resource = forms.ChoiceField(label="表格", required=False)

    def __init__(self, resources: Sequence[type[SheetResource]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["resource"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(number, resource.title) for number, resource in enumerate(resources)]
        if len(resources) == 1:  # nothing to choose
            field.widget = forms.HiddenInput()
            field.initial = 0

    def clean_resource(self) -> int:
        return int(self.cleaned_data["resource"] or 0)


class ExportSheetForm(SheetForm):
    format = forms.ChoiceField(label="格式", choices=FORMATS, initial="xlsx", widget=forms.RadioSelect)


class _CorrectionFields(SheetForm):
    """A correction says whose mistake it mends."""

    kind = forms.ChoiceField(
        label="更正类别", choices=_KINDS, required=False, help_text="系统读错的只改系统；文本写错的还须改文件。"
    )
    reason = forms.CharField(label="原因", required=False, max_length=500, widget=forms.TextInput)

    def __init__(self, resources: Sequence[type[SheetResource]], *args: Any, **kwargs: Any) -> None:
        super().__init__(resources, *args, **kwargs)
        if any(resource.takes_kind for resource in resources):
            self.fields["kind"].required = True
        else:
            del self.fields["kind"], self.fields["reason"]


class ImportSheetForm(_CorrectionFields):
    import_file = forms.FileField(
        label="文件",
        help_text=f"Excel（.xlsx）或 CSV，不超过 {LARGEST // 1024 // 1024} MB、{MOST_ROWS} 行；只读第一张工作表。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    field_order = ("resource", "import_file", "kind", "reason")

    def clean_import_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["import_file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(f"文件超过 {LARGEST // 1024 // 1024} MB，请分成几个文件导入。")
        return file


class ConfirmForm(_CorrectionFields):
    """What the person saw and agrees to, all of it hidden."""

    token = forms.CharField()
    digest = forms.CharField()
    name = forms.CharField(required=False)

    def __init__(self, resources: Sequence[type[SheetResource]], *args: Any, **kwargs: Any) -> None:
        super().__init__(resources, *args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.HiddenInput()
