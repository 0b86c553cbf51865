"""All prose of a disclosure as one list: paragraphs of sections, text fields of target forms, with their places."""

from __future__ import annotations

from dataclasses import dataclass

from disclosures.plain.form_fields import PROSE_TEXTS
from disclosures.plain.places import paragraph_places

from .context import CheckContext
from .forms import forms_of


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph or text field."""

    where: str
    words: str  # its place in words
    text: str
    source: str | None
    section: str = ""  # the numeral where it is a paragraph of a section
    is_doubtful: bool = False


def prose_of(context: CheckContext) -> tuple[Piece, ...]:
    """Paragraphs in printed order, then the texts of the target forms, each text of a form once."""
    return context.once("prose", lambda: _pieces(context))


def _pieces(context: CheckContext) -> tuple[Piece, ...]:
    pieces = []
    for section in context.disclosure.sections:
        words = f"情况说明第{section.numeral}部分" if len(section.numeral) < 3 and section.numeral != "概况" else ""
        words = words or {"概况": "第一部分（概况）", "名词解释": "第四部分（名词解释）"}.get(
            section.numeral, section.numeral
        )
        for where, paragraph in zip(paragraph_places(section), section.paragraphs, strict=True):
            pieces.append(Piece(where, words, paragraph.text, paragraph.source or section.source, section.numeral))
    for form in forms_of(context).forms:
        seen: set[str] = set()
        for field, text in form.texts.items():
            if text in seen:
                continue
            seen.add(text)
            words = f"项目{form.words}的{PROSE_TEXTS[field]}"
            pieces.append(Piece(form.part(field), words, text, form.source(field), is_doubtful=form.is_doubtful(field)))
    for position, target in enumerate(context.disclosure.overall_targets):
        place = "O" if position == 0 else f"O#{position + 1}"
        for name, label in (("duties", "职能"), ("strategy", "规划"), ("objective", "年度绩效目标")):
            filled: str | None = getattr(target, name)
            if filled:
                pieces.append(Piece(f"{place}/{name}", f"整体支出绩效目标表的{label}", filled, target.source))
    return tuple(pieces)
