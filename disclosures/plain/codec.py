"""Plain data to and from the contract's JSON (budget-disclosure/1), without loss in either direction.

Keys beyond the schema carry what the schema leaves open: `cell_sources` and `inferred` on rows,
`narrative_sections` (headings, paragraphs with their lines), `part_sources` on targets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from disclosures.profiles import DEFAULT_PROFILE, PROFILES, SideDecl, TableDecl, TemplateProfile

from .data import (
    Attachment,
    Cell,
    Disclosure,
    Funds,
    Horizon,
    Indicator,
    Kind,
    Level,
    Note,
    OtherTable,
    OverallTarget,
    Paragraph,
    ProjectTarget,
    Row,
    Section,
    Side,
    Surety,
    Table,
)
from .form_fields import FUND_KEYS, PROJECT_TEXTS

SCHEMA = "budget-disclosure/1"
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_TARGET_TEXTS = (*PROJECT_TEXTS, "form_title", "source")

Json = dict[str, Any]


class NotADisclosureError(ValueError):
    """The JSON is not a budget-disclosure/1 object; the message names the place."""


def label_fields(side: SideDecl, row: Row) -> Json:
    """The label fields of a row under the names its declaration gives them."""
    if len(side.labels) == 1:
        return {side.labels[0]: row.name}
    if side.labels[0] == "code":
        return {"code": row.code, "name": row.name}
    return {side.labels[0]: row.name, side.labels[1]: row.second_name}


def _drop_none(mapping: Json) -> Json:
    return {key: value for key, value in mapping.items() if value not in (None, (), [], {})}


# ---------------------------------------------------------------- to JSON


def _row_to_json(decl: TableDecl, row: Row) -> Json:
    side = decl.side(row.side)
    out: Json = {} if row.side is Side.ONE else {"side": row.side.value}
    out |= label_fields(side, row)
    out |= {key: cell.value for key, cell in row.cells}
    doubtful = [key for key, cell in row.cells if cell.surety is not Surety.SURE]
    if row.label_surety is not Surety.SURE:
        doubtful.append(side.labels[-1])
    return out | _drop_none(
        {
            "level": row.level.value if row.level else None,
            "unit_name": row.unit_name,
            "source": row.source,
            "doubtful": doubtful,
            "inferred": [key for key, cell in row.cells if cell.surety is Surety.INFERRED],
            "label_surety": row.label_surety.value if row.label_surety is not Surety.SURE else None,
            "cell_sources": {key: cell.source for key, cell in row.cells if cell.source},
        }
    )


def _table_to_json(decl: TableDecl, table: Table) -> Json:
    return {
        "title": table.title,
        "no_data": table.no_data,
        "printed_year": table.printed_year,
        "printed_unit": table.printed_unit,
        "printed_department": table.printed_department,
        "caption": table.caption,
        **_drop_none({"source": table.source}),
        "rows": [_row_to_json(decl, row) for row in table.rows],
    }


def _indicator_to_json(indicator: Indicator) -> Json:
    return {
        "horizon": indicator.horizon.value,
        "level1": indicator.level1,
        "level2": indicator.level2,
        "level3": indicator.level3,
        "value": indicator.value,
        **({"doubtful": True} if indicator.doubtful else {}),
        **_drop_none({"source": indicator.source}),
    }


def _funds_to_json(funds: Funds) -> Json:
    return {key: getattr(funds, key) for key in FUND_KEYS}


def _target_to_json(target: ProjectTarget) -> Json:
    out: Json = {key: getattr(target, key) for key in _TARGET_TEXTS if key != "source"}
    out["funds"] = {"whole": _funds_to_json(target.whole), "annual": _funds_to_json(target.annual)}
    out["indicators"] = [_indicator_to_json(indicator) for indicator in target.indicators]
    return out | _drop_none(
        {
            "source": target.source,
            "part_sources": dict(target.part_sources),
            "doubtful": list(target.doubtful),
        }
    )


def _overall_to_json(target: OverallTarget) -> Json:
    return {
        "unit": target.unit,
        "form_title": target.form_title,
        "staff": dict(target.staff),
        "duties": target.duties,
        "strategy": target.strategy,
        "objective": target.objective,
        "funds": {"amount_unit": target.funds_unit, **dict(target.funds)},
        "tasks": [list(pair) for pair in target.tasks],
        "indicators": [_indicator_to_json(indicator) for indicator in target.indicators],
        **_drop_none({"source": target.source}),
    }


def _section_to_json(section: Section) -> Json:
    return {
        "numeral": section.numeral,
        "heading": section.heading,
        "paragraphs": [{"text": p.text, **_drop_none({"source": p.source})} for p in section.paragraphs],
        **_drop_none({"source": section.source}),
    }


def to_json(disclosure: Disclosure) -> Json:
    """The disclosure as a contract object, ready for `json.dumps`."""
    profile = PROFILES.get(disclosure.profile, DEFAULT_PROFILE)
    return {
        "schema": SCHEMA,
        "department": disclosure.department,
        "fiscal_year": disclosure.fiscal_year,
        "kind": disclosure.kind.value,
        "amount_unit": "万元",
        "profile": disclosure.profile,
        "tables": {table.id: _table_to_json(profile.table(table.id), table) for table in disclosure.tables},
        "other_tables": [
            {"title": other.title, "rows": [list(row) for row in other.rows], **_drop_none({"source": other.source})}
            for other in disclosure.other_tables
        ],
        "overall_targets": [_overall_to_json(target) for target in disclosure.overall_targets],
        "project_targets": [_target_to_json(target) for target in disclosure.project_targets],
        "sections": [section.heading for section in disclosure.sections if section.numeral in NUMERALS],
        "narrative": {section.numeral: section.text for section in disclosure.sections},
        "narrative_sections": [_section_to_json(section) for section in disclosure.sections],
        "attachments": [
            {"title": item.title, **_drop_none({"source": item.source})} for item in disclosure.attachments
        ],
        "notes": [
            {"message": note.message, **_drop_none({"where": note.where, "source": note.source})}
            for note in disclosure.notes
        ],
        "title_lines": [{"text": p.text, **_drop_none({"source": p.source})} for p in disclosure.title_lines],
    }


# ---------------------------------------------------------------- from JSON


def _row_from_json(decl: TableDecl, data: Mapping[str, Any], place: str) -> Row:
    try:
        side = decl.side(Side(data.get("side", "")))
    except (ValueError, StopIteration) as error:
        raise NotADisclosureError(f"{place}：side 的值“{data.get('side')}”不在表中") from error
    doubtful, inferred = set(data.get("doubtful", ())), set(data.get("inferred", ()))
    sources: Mapping[str, str] = data.get("cell_sources", {})

    def surety(key: str) -> Surety:
        if key in inferred:
            return Surety.INFERRED
        return Surety.DOUBTFUL if key in doubtful else Surety.SURE

    for key in side.column_keys:
        if key not in data:
            raise NotADisclosureError(f"{place}：缺少 {key}")
    texts = [str(data.get(label) or "") for label in side.labels]
    coded = side.labels[0] == "code"
    return Row(
        side=side.side,
        code=texts[0] if coded else "",
        name=texts[-1] if coded else texts[0],
        second_name=texts[1] if len(texts) == 2 and not coded else "",
        cells=tuple((k, Cell(data[k], sources.get(k), surety(k))) for k in side.column_keys),
        level=Level(data["level"]) if data.get("level") else None,
        unit_name=data.get("unit_name"),
        source=data.get("source"),
        label_surety=Surety(data["label_surety"]) if data.get("label_surety") else surety(side.labels[-1]),
    )


def _table_from_json(decl: TableDecl, data: Mapping[str, Any]) -> Table:
    return Table(
        id=decl.id,
        title=data.get("title", decl.title),
        no_data=bool(data.get("no_data")),
        rows=tuple(_row_from_json(decl, row, f"{decl.id} 第 {n} 行") for n, row in enumerate(data["rows"], 1)),
        printed_year=data.get("printed_year"),
        printed_unit=data.get("printed_unit"),
        printed_department=data.get("printed_department"),
        caption=data.get("caption"),
        source=data.get("source"),
    )


def _indicator_from_json(data: Mapping[str, Any]) -> Indicator:
    return Indicator(
        horizon=Horizon(data["horizon"]),
        level1=data["level1"],
        level2=data["level2"],
        level3=data["level3"],
        value=data["value"],
        doubtful=bool(data.get("doubtful")),
        source=data.get("source"),
    )


def _funds_from_json(data: Mapping[str, Any] | None) -> Funds:
    return Funds(**{key: (data or {}).get(key) for key in FUND_KEYS})


def _target_from_json(data: Mapping[str, Any]) -> ProjectTarget:
    funds = data.get("funds") or {}
    return ProjectTarget(
        **{key: data.get(key) for key in _TARGET_TEXTS},
        whole=_funds_from_json(funds.get("whole")),
        annual=_funds_from_json(funds.get("annual")),
        indicators=tuple(_indicator_from_json(item) for item in data.get("indicators") or ()),
        part_sources=tuple((data.get("part_sources") or {}).items()),
        doubtful=tuple(data.get("doubtful") or ()),
    )


def _overall_from_json(data: Mapping[str, Any]) -> OverallTarget:
    funds = dict(data.get("funds") or {})
    return OverallTarget(
        unit=data["unit"],
        form_title=data.get("form_title"),
        staff=tuple((data.get("staff") or {}).items()),
        duties=data.get("duties"),
        strategy=data.get("strategy"),
        objective=data.get("objective"),
        funds_unit=funds.pop("amount_unit", None) or "万元",
        funds=tuple(funds.items()),
        tasks=tuple((first, second) for first, second in data.get("tasks") or ()),
        indicators=tuple(_indicator_from_json(item) for item in data.get("indicators") or ()),
        source=data.get("source"),
    )


def _paragraphs(items: Iterable[Mapping[str, Any]]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(item["text"], item.get("source")) for item in items)


def _sections_from_json(data: Mapping[str, Any]) -> tuple[Section, ...]:
    if "narrative_sections" in data:
        return tuple(
            Section(item["numeral"], item["heading"], _paragraphs(item["paragraphs"]), item.get("source"))
            for item in data["narrative_sections"]
        )
    headings = {heading.split("、", 1)[0]: heading for heading in data.get("sections", ())}
    narrative: Mapping[str, str] = data.get("narrative") or {}
    return tuple(
        Section(
            numeral,
            headings.get(numeral, numeral),
            tuple(Paragraph(line) for line in narrative.get(numeral, "").splitlines() if line),
        )
        for numeral in dict.fromkeys([*narrative, *headings])
    )


def from_json(data: Mapping[str, Any]) -> Disclosure:
    """The disclosure a contract object describes.

    Raises NotADisclosureError, naming the place, when it is not one.
    """
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        raise NotADisclosureError(f"不是 {SCHEMA} 格式的文件")
    profile: TemplateProfile = PROFILES.get(data.get("profile", ""), DEFAULT_PROFILE)
    try:
        return Disclosure(
            department=data["department"],
            fiscal_year=int(data["fiscal_year"]),
            kind=Kind(data["kind"]),
            tables=tuple(
                _table_from_json(decl, data["tables"][decl.id]) for decl in profile.tables if decl.id in data["tables"]
            ),
            sections=_sections_from_json(data),
            overall_targets=tuple(_overall_from_json(item) for item in data["overall_targets"]),
            project_targets=tuple(_target_from_json(item) for item in data["project_targets"]),
            other_tables=tuple(
                OtherTable(item.get("title"), tuple(tuple(row) for row in item["rows"]), item.get("source"))
                for item in data.get("other_tables", ())
            ),
            attachments=tuple(Attachment(item["title"], item.get("source")) for item in data.get("attachments", ())),
            notes=tuple(Note(item["message"], item.get("where"), item.get("source")) for item in data.get("notes", ())),
            profile=data.get("profile", profile.id),
            title_lines=_paragraphs(data.get("title_lines", ())),
        )
    except NotADisclosureError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise NotADisclosureError(f"字段缺失或类型不对：{error}") from error
