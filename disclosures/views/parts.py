"""The parts of a disclosure as the workbench's program takes them: values, places, what was corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404
from django.utils import timezone

from disclosures import models
from disclosures.editing import LEVELS, NESTS
from disclosures.editing.places import label_attributes, section_keys
from disclosures.plain import data as plain
from disclosures.plain.places import paragraph_places, row_keys
from disclosures.profiles import LABEL_HEADS, PROFILES, SideDecl, TableDecl
from disclosures.services.corrections import active_corrections, history
from disclosures.services.memory import REMOVING
from disclosures.storage.parents import depths
from disclosures.storage.tables import load_tables

from . import addends, forms

Shape = dict[str, Any]
Corrections = Mapping[str, models.Correction]
_SHOWN_ROWS = 200
_MOST_CORRECTIONS = 1000
OUTSIDE_HEADINGS = {"概况": "部门概况", "名词解释": "名词解释"}
_OUTSIDE = tuple(OUTSIDE_HEADINGS)
# As the official form of part three numbers and names them.
STANDARD_HEADINGS = {
    "一": "一、部门预算收支数据变动情况及原因",
    "二": "二、收入预算情况说明",
    "三": "三、支出预算情况说明",
    "四": "四、财政拨款收支预算总体情况说明",
    "五": "五、一般公共预算支出情况说明",
    "六": "六、一般公共预算基本支出情况说明",
    "七": "七、“三公”经费增减变动原因说明",
    "八": "八、机关运行经费增减变动原因说明",
    "九": "九、政府采购情况",
    "十": "十、绩效管理情况",
    "十一": "十一、国有资产占有使用情况",
    "十二": "十二、其他说明",
}


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
    shape["nests"] = decl.hierarchy in NESTS
    shape["levels"] = [LEVELS[level] for level in (plain.Level.DEPARTMENT, plain.Level.UNIT, plain.Level.PROJECT)]
    if not loaded:
        return shape
    table, corrections = loaded[0], active_corrections(record.pk)
    places = [f"{decl.id}/{key}" for key in row_keys(table)]
    levels = depths(decl, table.rows)
    adding, grand = addends.adding_rows(decl, table), addends.grand_rows(decl, table)
    shape |= {
        "noData": table.no_data,
        "count": len(table.rows),
        "unit": table.printed_unit or "万元",
        "source": table.source,
    }
    shape["sides"] = [
        {
            "side": side.side.value,
            "title": plain.SIDE_WORDS[side.side],
            "labels": [{"field": name, "head": LABEL_HEADS[name]} for name in side.labels],
            "columns": [{"field": column.key, "head": column.label} for column in side.columns],
            "rows": [
                _row(side, row, places[at], levels[at], decl, corrections)
                | {"at": at, "adds": at in adding, "grand": at in grand}
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
        "level": LEVELS[row.level] if row.level else "",
        "unitName": row.unit_name or "",
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
    return [
        {"place": f"N/{key}", "at": at} | _section(item, f"N/{key}", corrections)
        for at, (item, key) in enumerate(zip(sections, section_keys(sections), strict=True))
        if (item.numeral in _OUTSIDE) is outside
    ]


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
    sections = _sections(record, outside=False)
    return {"sections": sections, "lacking": _lacking(record, STANDARD_HEADINGS)}


def _lacking(record: models.Disclosure, headings: Mapping[str, str]) -> list[Shape]:
    """Sections that a disclosure has and this one lacks, with their standard heading and where they belong."""
    present = list(record.narrativesections.order_by("position").values_list("numeral", flat=True))
    order = ["概况", *STANDARD_HEADINGS, "名词解释"]
    return [
        {
            "numeral": numeral,
            "heading": heading,
            "at": sum(order.index(known) < order.index(numeral) for known in present if known in order),
        }
        for numeral, heading in headings.items()
        if numeral not in present
    ]


def _overview(record: models.Disclosure) -> Shape:
    return {
        "cover": [{"text": text, "source": source} for text, source in record.title_lines],
        "sections": _sections(record, outside=True),
        "lacking": _lacking(record, OUTSIDE_HEADINGS),
        "attachments": [{"title": item.title, "source": item.source} for item in record.attachments.all()],
        "notes": [{"message": item.message, "where": item.where, "source": item.source} for item in record.notes.all()],
    }


def _others(record: models.Disclosure) -> Shape:
    """Tables that match no declaration, each to be assigned or dropped."""
    present = set(record.budget_tables.values_list("code", flat=True))
    return {
        "others": [
            {
                "place": f"other/{at + 1}",
                "title": item.title or f"没有标题的表格（第 {at + 1} 张）",
                "rows": item.rows[:_SHOWN_ROWS],
                "more": max(0, len(item.rows) - _SHOWN_ROWS),
                "source": item.source,
            }
            for at, item in enumerate(record.othertables.order_by("position"))
        ],
        "tables": [
            {"key": decl.id, "label": f"表{decl.ordinal} {decl.short_title}", "present": decl.id in present}
            for decl in PROFILES[record.profile].tables
        ],
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
            for item in history(record.pk)[:_MOST_CORRECTIONS]
        ],
        "versions": [
            {"pk": item.pk, "version": item.version, "state": item.get_state_display(), "this": item.pk == record.pk}
            for item in versions
        ],
    }


def correction_shape(item: models.Correction) -> Shape:
    """One correction in the history."""
    return {
        "pk": item.pk,
        "revision": item.revision,
        "place": item.place,
        "words": item.words or item.place,
        "action": item.get_action_display(),
        "kind": item.get_kind_display(),
        "old": item.old_value,
        "new": item.new_value,
        "reason": item.reason,
        "holds": item.active and item.ended_by_id is None,
        "isRemoval": item.action in REMOVING,
    }


def _details(event: models.Event) -> str:
    """The parts of an event's details that people read."""
    if first := event.details.get("first"):
        number = event.details.get("number", 1)
        return f"{first} 等 {number} 处" if number > 1 else str(first)
    told = (event.details.get(key) for key in ("remark", "reason", "text", "file", "words"))
    return "；".join(str(each) for each in told if each)


_PARTS: dict[str, Callable[[models.Disclosure], Shape]] = {
    "narrative": _narrative,
    "overview": _overview,
    "others": _others,
    "history": _history,
    "targets": forms.targets,
}
