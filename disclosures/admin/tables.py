"""Lines of the thirteen tables and paragraphs across disclosures: found here, taken in and out as Excel or CSV."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from disclosures.exchange.admin import PartAdmin
from disclosures.exchange.narrative import NarrativeResource
from disclosures.exchange.tables import TABLE_RESOURCES, TableResource
from disclosures.models import NarrativeSection
from disclosures.storage.printed import TABLE_PLACES, join

from .grids import display_amount


class _LineAdmin(PartAdmin):
    """Columns from the table's declaration."""

    view_permission = "disclosures.view_budgetline"
    list_filter = ("table__disclosure__fiscal_year", "table__disclosure__department__region")
    list_select_related = ("table__disclosure__department",)
    search_fields = ("code", "name", "table__disclosure__department__name")
    ordering = ("table__disclosure", "position")

    @admin.display(description="公开文本", ordering="table__disclosure")
    def disclosure(self, line: Any) -> str:
        return str(line.table.disclosure)

    @admin.display(description="行号", ordering="position")
    def row(self, line: Any) -> int:
        return int(line.position) + 1


def _amount(key: str, label: str) -> Any:
    @admin.display(description=label, ordering=key)
    def shown(self: Any, line: Any) -> str:
        return display_amount(join(getattr(line, key), key, line.printed, TABLE_PLACES))

    return shown


def _register(resource: type[TableResource]) -> None:
    decl = resource.decl
    columns = {column.key: column.label for side in decl.sides for column in side.columns}
    attributes: dict[str, Any] = {f"show_{key}": _amount(key, label) for key, label in columns.items()}
    sides = ("side",) if decl.two_sided else ()
    labels = {label for side in decl.sides for label in side.labels}
    names = (*(("code",) if "code" in labels else ()), "name", *(("second_name",) if "gov_econ" in labels else ()))
    attributes |= {
        "resource_classes": (resource,),
        "list_display": ("disclosure", "row", *sides, *names, *(f"show_{key}" for key in columns)),
    }
    admin.site.register(resource.model, type(f"Line{decl.id}Admin", (_LineAdmin,), attributes))


for _resource in TABLE_RESOURCES.values():
    _register(_resource)


@admin.register(NarrativeSection)
class NarrativeAdmin(PartAdmin):
    view_permission = "disclosures.view_narrativesection"
    resource_classes = (NarrativeResource,)
    list_display = ("disclosure", "numeral", "heading", "paragraph_count")
    list_filter = ("numeral", "disclosure__fiscal_year", "disclosure__department__region")
    list_select_related = ("disclosure__department",)
    search_fields = ("heading", "disclosure__department__name")
    ordering = ("disclosure", "position")

    @admin.display(description="段落数")
    def paragraph_count(self, section: NarrativeSection) -> int:
        return len(section.paragraphs)
