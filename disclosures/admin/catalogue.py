"""The catalogue of classes: corrected here, taken in and out as Excel or CSV."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from import_export.admin import ImportExportModelAdmin
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import BooleanWidget, IntegerWidget, Widget

from disclosures.models import (
    DepartmentEconomicClass,
    EconomicPairing,
    FunctionalClass,
    GovernmentEconomicClass,
)


class CorrectedByPeople(ModelResource):
    """What comes from a person's file is theirs: an update of the shipped catalogue leaves it alone."""

    def before_save_instance(self, instance: Model, row: Any, **kwargs: Any) -> None:
        instance.shipped = False  # type: ignore[attr-defined]


class _TruthWidget(BooleanWidget):
    """是 and 否, as people write them in Excel, beside the usual forms."""

    TRUE_VALUES = (*BooleanWidget.TRUE_VALUES, "是")
    FALSE_VALUES = (*BooleanWidget.FALSE_VALUES, "否")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "是" if value else "否"


def _resource(model: type[Model], names: tuple[str, ...], ids: tuple[str, ...]) -> type[ModelResource]:
    """A resource whose columns carry the Chinese names of the fields."""
    widgets: dict[str, Widget] = {
        "valid_from": IntegerWidget(),
        "valid_to": IntegerWidget(),
        "verified": _TruthWidget(),
    }
    fields = {
        name: Field(
            attribute=name,
            column_name=str(model._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            widget=widgets.get(name, Widget()),
        )
        for name in names
    }
    meta = type("Meta", (), {"model": model, "fields": names, "import_id_fields": ids, "skip_unchanged": True})
    return type(f"{model.__name__}Resource", (CorrectedByPeople,), {**fields, "Meta": meta})


class _CorrectableAdmin(ImportExportModelAdmin):
    """An entry saved here is no longer the shipped one."""

    list_filter: tuple[str, ...] = ("verified", "shipped")
    list_per_page = 100

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        obj.shipped = False
        super().save_model(request, obj, form, change)


class _ClassAdmin(_CorrectableAdmin):
    list_display = ("code", "name", "valid_from", "valid_to", "verified", "source", "shipped")
    search_fields = ("code", "name")


_CLASS_FIELDS = ("code", "name", "valid_from", "valid_to", "source", "verified")
for _model in (FunctionalClass, DepartmentEconomicClass, GovernmentEconomicClass):
    _admin = type(
        f"{_model.__name__}Admin",
        (_ClassAdmin,),
        {"resource_classes": [_resource(_model, _CLASS_FIELDS, ("code", "valid_from"))]},
    )
    admin.site.register(_model, _admin)


@admin.register(EconomicPairing)
class EconomicPairingAdmin(_CorrectableAdmin):
    list_display = ("department_code", "government_code", "applies", "verified", "source", "shipped")
    list_filter = ("applies", "verified", "shipped")
    search_fields = ("department_code", "government_code")
    resource_classes = (
        _resource(
            EconomicPairing,
            ("department_code", "government_code", "applies", "source", "verified"),
            ("department_code", "government_code"),
        ),
    )
