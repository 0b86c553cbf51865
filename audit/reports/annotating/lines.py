"""An original that carries no comments (text, a picture, an old format) as a Word document made of its lines."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import docx
from docx.oxml import parse_xml

from disclosures.plain.sources import row_source
from disclosures.writing import docx_styles as looks
from disclosures.writing.docx_xml import NAMES, paragraph

from .notes import Annotated, Note
from .word import annotate_docx

_INDENT = '<w:ind w:left="0" w:firstLine="0"/>'


@dataclass(frozen=True, slots=True)
class SourceText:
    """A line of the original with the places that lead to it."""

    text: str
    sources: tuple[str, ...]


def annotate_lines(lines: Sequence[SourceText], name: str, notes: Sequence[Note]) -> Annotated:
    """The lines as Word, with comments."""
    document = docx.Document()
    looks.style_document(document)
    looks.only_section(document, landscape=True)
    styles = {style.name or "": style.style_id for style in document.styles}
    body = document.element.body
    places: dict[str, str] = {}
    printed = 0
    for line in lines:
        piece = paragraph(line.text, styles[looks.CELL], settings=_INDENT)
        body.insert(len(body) - 1, parse_xml(piece.replace("<w:p>", f"<w:p {NAMES}>", 1)))
        printed += bool(line.text.strip())
        for source in line.sources if line.text.strip() else ():
            places.setdefault(source, f"paragraph {printed}")
    out = io.BytesIO()
    document.save(out)
    moved = [replace(note, source=_place(places, note.source)) for note in notes]
    return annotate_docx(out.getvalue(), name, moved)


def _place(places: dict[str, str], source: str) -> str:
    """The paragraph of a place, or of the row or page that it lies in."""
    return places.get(source) or places.get(row_source(source), "")
