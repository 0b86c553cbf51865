"""The form that takes in a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from disclosures.models import Department, User
from disclosures.services.importing import ImportRefusedError, ImportResult, import_file
from disclosures.services.permissions import visible_departments
from disclosures.services.reading import UnreadableFileError
from disclosures.storage import StorageError

LARGEST = 50 * 1024 * 1024  # the largest disclosure seen has half a megabyte of text


class ImportForm(forms.Form):
    """A file, and the two things that a person may have to decide."""

    file = forms.FileField(label="文件", help_text="公开文本（.txt、.md，UTF-8 或 GB18030 编码）")
    department = forms.ModelChoiceField(
        label="归入部门（单位）", queryset=Department.objects.none(), required=False, empty_label="按文本所称名称"
    )
    choice = forms.IntegerField(label="第几份", min_value=1, required=False, help_text="文件含几份公开文本时填写")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = visible_departments(user)

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(f"文件超过 {LARGEST // 1024 // 1024} MB，不像一份公开文本。")
        return file

    def run(self) -> ImportResult | None:
        """Import the file; where that is refused, say why on the form and return None."""
        data = self.cleaned_data
        try:
            return import_file(
                data["file"].read(),
                data["file"].name,
                self.user,
                choice=data["choice"],
                department=data["department"],
            )
        except (UnreadableFileError, ImportRefusedError, StorageError) as error:
            self.add_error(None, str(error))
            return None
