"""Paragraphs, sections, target forms and indicators added, removed and moved: each a save, taken back by `undoing`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from disclosures import editing
from disclosures.editing import Item, Items, ListKind
from disclosures.errors import InvalidValueError
from disclosures.plain.data import Horizon, Indicator, OverallTarget, Paragraph, ProjectTarget, Section

from .drafts import Draft
from .saving import CorrectionResult, Edit, Session, open_session, save


def add_item(edit: Edit, items: Items, at: int, fields: Mapping[str, str]) -> CorrectionResult:
    """Put a new paragraph, section, target form or indicator before position `at` of its list.

    `fields`: text of a paragraph; numeral, heading of a section; project of a form; unit of the overall
    form; horizon, level1, level2, level3, value of an indicator. Raises InvalidValueError, EditConflictError.
    """
    session = open_session(edit)
    held = session.draft.items(items)
    if not 0 <= at <= len(held):
        raise InvalidValueError([(items.of, f"没有第 {at + 1} 个位置")])
    try:
        item = _NEW[items.kind](session.draft, fields)
    except KeyError as error:
        raise InvalidValueError([(items.of, "这里不能增加这一项")]) from error
    except ValueError as error:
        raise InvalidValueError([(items.of, str(error))]) from error
    if isinstance(item, Indicator):
        at = _place_of_horizon(held, item, at)
    session.draft.rearrange(items, (*held[:at], item, *held[at:]))
    return save(session)


def remove_item(edit: Edit, items: Items, place: str) -> CorrectionResult:
    """Take one item out of its list; it stays in the history whole. Raises InvalidValueError, EditConflictError."""
    session = open_session(edit)
    at, held = _position(session, items, place)
    session.draft.rearrange(items, (*held[:at], *held[at + 1 :]))
    return save(session)


def move_item(edit: Edit, items: Items, place: str, to: int) -> CorrectionResult:
    """Put an item at another position of its list. Raises InvalidValueError, EditConflictError."""
    session = open_session(edit)
    at, held = _position(session, items, place)
    if not 0 <= to < len(held):
        raise InvalidValueError([(place, f"没有第 {to + 1} 个位置")])
    rest = [*held[:at], *held[at + 1 :]]
    if to != at:
        session.draft.rearrange(items, (*rest[:to], held[at], *rest[to:]), mover=held[at])
    return save(session)


def _position(session: Session, items: Items, place: str) -> tuple[int, tuple[Item, ...]]:
    held = session.draft.items(items)
    at = items.position(session.draft.new, place)
    if at is None:
        raise InvalidValueError([(place, f"没有“{place}”这个位置")])
    return at, held


def _text(path: editing.Path, fields: Mapping[str, str], name: str, *, needed: str = "") -> str:
    value = str(editing.checked(path, fields.get(name, "")) or "")
    if needed and not value:
        raise editing.ValueProblemError(needed)
    return value


def _paragraph(_draft: Draft, fields: Mapping[str, str]) -> Paragraph:
    return Paragraph(_text(("sections", 0, "paragraphs", 0, "note"), fields, "text", needed="请写这一段的文字"))


def _section(draft: Draft, fields: Mapping[str, str]) -> Section:
    numeral = fields["numeral"]
    if draft.new.section(numeral) is not None:
        raise editing.ValueProblemError(f"已经有“{numeral}”这一节")
    return Section(numeral, _text(("sections", 0, "note"), fields, "heading", needed="请写这一节的标题"))


def _form(_draft: Draft, fields: Mapping[str, str]) -> ProjectTarget:
    return ProjectTarget(_text(("project_targets", 0, "project"), fields, "project", needed="请写项目名称"))


def _overall(draft: Draft, fields: Mapping[str, str]) -> OverallTarget:
    unit = _text(("overall_targets", 0, "unit"), fields, "unit")
    return OverallTarget(unit or draft.new.department)


def _indicator(_draft: Draft, fields: Mapping[str, str]) -> Indicator:
    path: editing.Path = ("project_targets", 0, "indicators", 0)
    return Indicator(
        Horizon(fields.get("horizon", Horizon.ANNUAL.value)),
        _text((*path, "level1"), fields, "level1"),
        _text((*path, "level2"), fields, "level2", needed="请选择二级指标"),
        _text((*path, "level3"), fields, "level3", needed="请写三级指标的名称"),
        _text((*path, "value"), fields, "value") or None,
    )


def _place_of_horizon(held: Sequence[Item], item: Indicator, at: int) -> int:
    """Whole-period indicators stand before annual ones."""
    whole = sum(isinstance(one, Indicator) and one.horizon is Horizon.WHOLE for one in held)
    return min(at, whole) if item.horizon is Horizon.WHOLE else max(at, whole)


_NEW: dict[ListKind, Callable[[Draft, Mapping[str, str]], Item]] = {
    ListKind.PARAGRAPHS: _paragraph,
    ListKind.SECTIONS: _section,
    ListKind.FORMS: _form,
    ListKind.OVERALL: _overall,
    ListKind.INDICATORS: _indicator,
}
