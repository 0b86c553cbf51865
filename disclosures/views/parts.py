"""The parts of a disclosure as the workbench's program takes them: values, places, what was corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404
from django.utils import timezone

from disclosures import models
from disclosures.admin.grids import LABEL_HEADS, SIDE_TITLES
from disclosures.editing.places import label_attributes
from disclosures.plain import data as plain
from disclosures.plain.places import paragraph_places, row_keys
from disclosures.profiles import PROFILES, SideDecl, TableDecl
from disclosures.services.corrections import active_corrections, history
from disclosures.storage.parents import depths
from disclosures.storage.tables import load_tables

from . import addends, forms

Shape = dict[str, Any]
Corrections = Mapping[str, models.Correction]
_OUTSIDE = ("概况", "名词解释")


def part(record: models.Disclosure, key: str) -> Shape:
    """The part of that key. Raises Http404 where there is none."""
    decl = next((decl for decl in PROFILES[record.profile].tables if decl.id == key), None)
    if decl is not None:
        return _table(record, decl)
    builder = _PARTS.get(key)
    if builder is None:
        raise Http404
    return builder(record)


def _table(record: models.Disclosure, decl: TableDecl) -> Shape:
    loaded = load_tables(record, PROFILES[record.profile], decl.id)
    shape: Shape = {"key": decl.id, "title": f"表{decl.ordinal} {decl.title}", "missing": not loaded, "sides": []}
    if not loaded:
        return shape
    table, corrections = loaded[0], active_corrections(record.pk)
    places = [f"{decl.id}/{key}" for key in row_keys(table)]
    levels = depths(decl, table.rows)
    adding, grand = addends.adding_rows(decl, table), addends.grand_rows(decl, table)
    shape |= {"noData": table.no_data, "unit": table.printed_unit or "万元", "source": table.source}
    shape["sides"] = [
        {
            "side": side.side.value,
            "title": SIDE_TITLES[side.side],
            "labels": [{"field": name, "head": LABEL_HEADS[name]} for name in side.labels],
            "columns": [{"field": column.key, "head": column.label} for column in side.columns],
            "rows": [
                _row(side, row, places[at], levels[at], decl, corrections)
                | {"adds": at in adding, "grand": at in grand}
                for at, row in enumerate(table.rows)
                if row.side is side.side
            ],
        }
        for side in decl.sides
    ]
    return shape


def _row(side: SideDecl, row: plain.Row, place: str, depth: int, decl: TableDecl, corrections: Corrections) -> Shape:
    labels = {name: getattr(row, attribute) for name, attribute in label_attributes(side).items()}
    values = labels | {key: cell.value for key, cell in row.cells}
    sources = {key: cell.source for key, cell in row.cells if cell.source}
    sureties = {key: cell.surety.value for key, cell in row.cells if cell.surety is not plain.Surety.SURE}
    if row.label_surety is not plain.Surety.SURE:
        sureties |= dict.fromkeys(labels, row.label_surety.value)
    return {
        "place": place,
        "depth": depth,
        "total": row.name in decl.total_labels or row.name.endswith(("合计", "总计")),
        "source": row.source,
        "values": values,
        "sources": sources,
        "sureties": sureties,
        "corrected": {
            field: _correction(corrections[f"{place}/{field}"]) for field in values if f"{place}/{field}" in corrections
        },
    }


def _correction(correction: models.Correction) -> Shape:
    return {
        "read": correction.read_value,
        "kind": correction.get_kind_display(),
        "by": str(correction.user or "系统"),
        "at": f"{timezone.localtime(correction.at):%m-%d %H:%M}",
        "reason": correction.reason,
    }


def _sections(record: models.Disclosure, *, outside: bool) -> list[Shape]:
    corrections = active_corrections(record.pk)
    stored = record.narrativesections.order_by("position")
    sections = [
        plain.Section(
            item.numeral, item.heading, tuple(plain.Paragraph(*pair) for pair in item.paragraphs), item.source
        )
        for item in stored
    ]
    seen: Counter[str] = Counter()
    shapes = []
    for item in sections:
        seen[item.numeral] += 1
        key = item.numeral if seen[item.numeral] == 1 else f"{item.numeral}#{seen[item.numeral]}"
        if (item.numeral in _OUTSIDE) is outside:
            shapes.append(_section(item, f"N/{key}", corrections))
    return shapes


def _section(section: plain.Section, root: str, corrections: Corrections) -> Shape:
    def text(place: str, value: str, source: str | None) -> Shape:
        found = corrections.get(place)
        return {"place": place, "text": value, "source": source, "corrected": _correction(found) if found else None}

    return {
        "numeral": section.numeral,
        "heading": text(f"{root}/heading", section.heading, section.source),
        "paragraphs": [
            text(f"{root}/{number}", paragraph.text, paragraph.source) | {"where": where}
            for number, (where, paragraph) in enumerate(
                zip(paragraph_places(section), section.paragraphs, strict=True), start=1
            )
        ],
    }


def _narrative(record: models.Disclosure) -> Shape:
    return {"sections": _sections(record, outside=False)}


def _overview(record: models.Disclosure) -> Shape:
    return {
        "cover": [{"text": text, "source": source} for text, source in record.title_lines],
        "sections": _sections(record, outside=True),
        "attachments": [{"title": item.title, "source": item.source} for item in record.attachments.all()],
        "others": [
            {"title": item.title or f"其他表格 {item.position + 1}", "rows": item.rows[:200], "source": item.source}
            for item in record.othertables.all()
        ],
        "notes": [{"message": item.message, "where": item.where, "source": item.source} for item in record.notes.all()],
    }


def _history(record: models.Disclosure) -> Shape:
    versions = models.Disclosure.objects.filter(
        department=record.department_id, fiscal_year=record.fiscal_year, kind=record.kind
    ).order_by("-version")
    return {
        "events": [
            {
                "at": f"{timezone.localtime(event.at):%Y-%m-%d %H:%M}",
                "who": str(event.user or "系统"),
                "what": event.get_action_display(),
                "details": _details(event),
            }
            for event in record.events.select_related("user")[:200]
        ],
        "corrections": [
            {
                "at": f"{timezone.localtime(item.at):%Y-%m-%d %H:%M}",
                "who": str(item.user or "系统"),
                **correction_shape(item),
            }
            for item in history(record.pk).select_related("user")[:300]
        ],
        "versions": [
            {"pk": item.pk, "version": item.version, "state": item.get_state_display(), "this": item.pk == record.pk}
            for item in versions
        ],
    }


def correction_shape(item: models.Correction) -> Shape:
    """One correction in the history."""
    return {
        "place": item.place,
        "words": item.words or item.place,
        "action": item.get_action_display(),
        "kind": item.get_kind_display(),
        "old": item.old_value,
        "new": item.new_value,
        "reason": item.reason,
    }


def _details(event: models.Event) -> str:
    """The parts of an event's details that people read."""
    if first := event.details.get("first"):
        number = event.details.get("number", 1)
        return f"{first} 等 {number} 处" if number > 1 else str(first)
    return "；".join(str(event.details[key]) for key in ("remark", "reason", "text", "file") if event.details.get(key))


_PARTS: dict[str, Callable[[models.Disclosure], Shape]] = {
    "narrative": _narrative,
    "overview": _overview,
    "history": _history,
    "targets": forms.targets,
}
