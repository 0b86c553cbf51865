"""The text of a paragraph as printed: changes accepted, hidden text left out, fields as last computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ..package import attribute, child, local
from .styles import Styles, hides

# Deleted or moved away, properties, field codes, pronunciation above characters.
_SKIPPED = frozenset(
    {"del", "moveFrom", "pPr", "rPr", "sdtPr", "tcPr", "trPr", "tblPr", "instrText", "delText", "delInstrText", "rt"}
)
_GRAPHICS = frozenset({"drawing", "pict", "object"})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = frozenset({"footnoteReference", "endnoteReference"})
# Boxes and ticks of the Wingdings fonts, which forms use for choices.
_SYMBOLS = {"F0FE": "☑", "F052": "☑", "F0FC": "√", "F050": "√", "F0A8": "□", "F06F": "□", "F0A3": "□", "F06E": "■"}


@dataclass(slots=True)
class Content:
    """What a paragraph holds: text with its tabs and line breaks, text boxes, references to notes."""

    text: str = ""
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # (footnote or endnote, id)


def inner_blocks(container: etree._Element) -> Iterator[etree._Element]:
    """What stands in a container, taken out of controls and of changes that are accepted."""
    for inner in container:
        name = local(inner)
        if name == "AlternateContent":
            yield from inner_blocks(_chosen(inner))
        elif name == "sdt":
            content = child(inner, "sdtContent")
            if content is not None and not _is_prompt(inner):
                yield from inner_blocks(content)
        elif name in ("customXml", "smartTag", "ins", "moveTo"):
            yield from inner_blocks(inner)
        elif name not in _SKIPPED:
            yield inner


def _chosen(alternatives: etree._Element) -> etree._Element:
    """One of several forms of the same content: Word prints the first it knows."""
    choice = child(alternatives, "Choice")
    fallback = child(alternatives, "Fallback")
    return choice if choice is not None else fallback if fallback is not None else alternatives


def _is_prompt(control: etree._Element) -> bool:
    """Whether a content control shows nothing but the request to fill it in."""
    return child(control, "sdtPr", "showingPlcHdr") is not None


def read_content(paragraph: etree._Element, styles: Styles) -> Content:
    """The content of a paragraph."""
    content = Content()
    parts: list[str] = []
    codes: list[bool] = []  # for each open field whether its code, not its result, is being read
    _walk(paragraph, styles, content, parts, codes)
    content.text = "".join(parts)
    return content


def _walk(element: etree._Element, styles: Styles, content: Content, parts: list[str], codes: list[bool]) -> None:
    for inner in inner_blocks(element):
        name = local(inner)
        if name == "t":
            if not any(codes):
                parts.append(inner.text or "")
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name == "sym":
            parts.append(_SYMBOLS.get((attribute(inner, "char") or "").upper(), ""))
        elif name == "fldChar":
            _field(attribute(inner, "fldCharType"), codes)
        elif name in _NOTES:
            content.notes.append((name.removesuffix("Reference"), attribute(inner, "id") or ""))
        elif name in _GRAPHICS:
            content.boxes += _boxes(inner)
        elif not (name == "r" and _is_hidden(inner, styles)):
            _walk(inner, styles, content, parts, codes)


def _field(kind: str | None, codes: list[bool]) -> None:
    if kind == "begin":
        codes.append(True)
    elif codes and kind == "separate":
        codes[-1] = False
    elif codes and kind == "end":
        codes.pop()


def _is_hidden(run: etree._Element, styles: Styles) -> bool:
    properties = child(run, "rPr")
    said = hides(properties)
    if said is None:
        said = styles.of(attribute(child(properties, "rStyle"), "val")).hidden
    return bool(said)


def _boxes(graphic: etree._Element) -> Iterator[etree._Element]:
    """The contents of text boxes in a drawing, each once whatever forms it is stored in."""
    for inner in graphic:
        name = local(inner)
        if name == "txbxContent":
            yield inner
        elif name == "AlternateContent":
            yield from _boxes(_chosen(inner))
        else:
            yield from _boxes(inner)


def is_mark_deleted(paragraph: etree._Element) -> bool:
    """Whether the end of a paragraph is deleted, so that it runs into the next."""
    mark = child(paragraph, "pPr", "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None
