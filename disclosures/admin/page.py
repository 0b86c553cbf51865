"""The page of one disclosure: which parts it has, and the content of the part that is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from disclosures import models
from disclosures.profiles import PROFILES, TableDecl, TemplateProfile
from disclosures.storage.parents import depths
from disclosures.storage.registry import target_storage
from disclosures.storage.tables import load_tables

from .grids import grid_sides

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the disclosure: its key in the address, its name, and how many things stand in it."""

    key: str
    label: str
    count: int | None = None
    doubts: int = 0
    hint: str = ""
    missing: bool = False


def tabs(record: models.Disclosure) -> tuple[Tab, ...]:
    """All parts in the order of the document; three queries in all."""
    counted = (models.NarrativeSection, models.OtherTable, models.Attachment, models.Note)
    sections, others, attachments, notes = (
        models.Disclosure.objects.filter(pk=record.pk).values_list(*(count_of(model) for model in counted)).get()
    )
    return (
        Tab("overview", "总览"),
        *_table_tabs(record),
        Tab("narrative", "情况说明", sections, hint="概况、第三部分各节、名词解释"),
        Tab("targets", "绩效目标", target_storage().count(record), hint="项目支出和整体支出绩效目标表"),
        Tab("others", "附件", others + attachments, hint="附件，以及十三张表以外的表格"),
        Tab("notes", "读取提示", notes, hint="没有把握或没有读懂之处"),
        Tab("history", "历史"),
    )


def count_of(model: type[models.Part]) -> Coalesce:
    """How many parts of one kind a disclosure has, as an expression of its query."""
    parts = model._default_manager.filter(disclosure=OuterRef("pk")).order_by().values("disclosure")
    return Coalesce(Subquery(parts.annotate(number=Count("pk")).values("number")), 0)


def _table_tabs(record: models.Disclosure) -> tuple[Tab, ...]:
    doubtful = ~Q(lines__sureties={}) | ~Q(lines__label_surety="sure")
    stored = {
        table.code: table
        for table in record.budget_tables.annotate(
            line_count=Count("lines"), doubt_count=Count("lines", filter=doubtful & Q(lines__isnull=False))
        )
    }
    found = []
    for decl in PROFILES[record.profile].tables:
        table = stored.get(decl.id)
        if table is None:
            found.append(Tab(decl.id, f"表{decl.ordinal}", hint=f"{decl.title}：没有读到", missing=True))
        else:
            hint = decl.title + ("：本表无数据" if table.no_data else "")
            found.append(Tab(decl.id, f"表{decl.ordinal}", table.line_count, table.doubt_count, hint))
    return tuple(found)


def part_context(record: models.Disclosure, part: str, item: int | None) -> Context | None:
    """What the template of a part needs; None when there is no such part."""
    profile = PROFILES[record.profile]
    decl = next((decl for decl in profile.tables if decl.id == part), None)
    if decl is not None:
        return _table(record, profile, decl)
    builder = _PARTS.get(part)
    return builder(record, item) if builder else None


def _table(record: models.Disclosure, profile: TemplateProfile, decl: TableDecl) -> Context:
    loaded = load_tables(record, profile, decl.id)
    context: Context = {"template": "table", "decl": decl, "table": None, "notes": _notes_on(record, decl)}
    if loaded:
        table = loaded[0]
        context |= {"table": table, "sides": grid_sides(decl, table, depths(decl, table.rows))}
    return context


def _notes_on(record: models.Disclosure, decl: TableDecl) -> list[models.Note]:
    return list(record.notes.filter(Q(where=decl.id) | Q(where__startswith=f"{decl.id}/")).order_by("position"))


def _overview(record: models.Disclosure, _item: int | None) -> Context:
    titles = [text for text, _source in record.title_lines]
    return {"template": "overview", "titles": titles, "profile": PROFILES[record.profile]}


def _narrative(record: models.Disclosure, _item: int | None) -> Context:
    return {"template": "narrative", "sections": record.narrativesections.order_by("position")}


def _targets(record: models.Disclosure, item: int | None) -> Context:
    """The list of target forms, or one of them: `item` counts projects first, then department-wide forms."""
    projects, overall = target_storage().load(record)
    context: Context = {"template": "targets", "projects": projects, "overall": overall, "first_overall": len(projects)}
    if item is not None and 0 <= item < len(projects) + len(overall):
        is_project = item < len(projects)
        target = projects[item] if is_project else overall[item - len(projects)]
        context |= {"template": "target", "target": target, "is_project": is_project, "item": item}
    return context


def _others(record: models.Disclosure, _item: int | None) -> Context:
    return {
        "template": "others",
        "others": record.othertables.order_by("position"),
        "attachments": record.attachments.order_by("position"),
    }


def _notes(record: models.Disclosure, _item: int | None) -> Context:
    return {"template": "notes", "notes": record.notes.order_by("position")}


def _history(record: models.Disclosure, _item: int | None) -> Context:
    versions = models.Disclosure.objects.filter(
        department=record.department_id, fiscal_year=record.fiscal_year, kind=record.kind
    ).order_by("-version")
    return {"template": "history", "events": record.events.select_related("user"), "versions": versions}


_PARTS: dict[str, Callable[[models.Disclosure, int | None], Context]] = {
    "overview": _overview,
    "narrative": _narrative,
    "targets": _targets,
    "others": _others,
    "notes": _notes,
    "history": _history,
}
