"""The catalogue of classes: corrected here, taken in and out as Excel or CSV."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from disclosures.exchange.admin import SheetAdminMixin
from disclosures.exchange.catalogue import (
    CatalogueResource,
    DepartmentEconomicClassResource,
    EconomicPairingResource,
    FunctionalClassResource,
    GovernmentEconomicClassResource,
)
from disclosures.models import EconomicPairing


class _CorrectableAdmin(SheetAdminMixin, admin.ModelAdmin):
    """An entry saved here is no longer the shipped one."""

    list_filter: ClassVar[tuple[str, ...]] = ("verified", "shipped")
    list_per_page = 100

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        obj.shipped = False
        super().save_model(request, obj, form, change)


class _ClassAdmin(_CorrectableAdmin):
    list_display = ("code", "name", "valid_from", "valid_to", "verified", "source", "shipped")
    search_fields = ("code", "name")


_CLASSES: tuple[type[CatalogueResource], ...] = (
    FunctionalClassResource,
    DepartmentEconomicClassResource,
    GovernmentEconomicClassResource,
)
for _resource in _CLASSES:
    _name = f"{_resource.model.__name__}Admin"
    admin.site.register(_resource.model, type(_name, (_ClassAdmin,), {"resource_classes": (_resource,)}))


@admin.register(EconomicPairing)
class EconomicPairingAdmin(_CorrectableAdmin):
    list_display = ("department_code", "government_code", "applies", "verified", "source", "shipped")
    list_filter = ("applies", "verified", "shipped")
    search_fields = ("department_code", "government_code")
    resource_classes = (EconomicPairingResource,)
