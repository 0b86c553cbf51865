"""What paragraphs and runs inherit from their styles: outline level, numbering, hidden text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from ..package import attribute, child, local

_BUILT_IN = re.compile(r"(?:heading|标题)\s*(\d)$", re.I)
_OFF = frozenset({"0", "false", "off", "none"})
_DEEPEST = 12  # of styles based on styles


@dataclass(frozen=True, slots=True)
class Style:
    """What a style (or a paragraph itself) says; None where it says nothing."""

    heading: int | None = None  # 1 … 9, 0 for body text
    number_id: str | None = None
    level: int | None = None  # of its numbering
    hidden: bool | None = None

    def over(self, base: Style) -> Style:
        """This style where it says something, the other where it does not."""
        return Style(
            base.heading if self.heading is None else self.heading,
            base.number_id if self.number_id is None else self.number_id,
            base.level if self.level is None else self.level,
            base.hidden if self.hidden is None else self.hidden,
        )


PLAIN = Style()


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements = {
            attribute(element, "styleId") or "": element
            for element in (root if root is not None else ())
            if local(element) == "style"
        }
        self._known: dict[str, Style] = {}
        self._default = next(
            (
                key
                for key, element in self._elements.items()
                if attribute(element, "type") == "paragraph" and is_on(attribute(element, "default"))
            ),
            "",
        )

    def of(self, style_id: str | None, depth: int = 0) -> Style:
        """What a style says, with what it is based on."""
        key = style_id or ""
        if key in self._known or key not in self._elements or depth > _DEEPEST:
            return self._known.get(key, PLAIN)
        element = self._elements[key]
        own = properties(child(element, "pPr"), child(element, "rPr"))
        built_in = _BUILT_IN.match(attribute(child(element, "name"), "val") or "")
        if own.heading is None and built_in:
            own = replace(own, heading=int(built_in[1]))
        base = attribute(child(element, "basedOn"), "val")
        found = own.over(self.of(base, depth + 1)) if base else own
        self._known[key] = found
        return found

    def of_paragraph(self, properties_of: etree._Element | None) -> Style:
        """What a paragraph says, with what its style says."""
        style = self.of(attribute(child(properties_of, "pStyle"), "val") or self._default)
        return properties(properties_of, None).over(style)


def properties(paragraph: etree._Element | None, run: etree._Element | None) -> Style:
    """What a `pPr` and an `rPr` say by themselves."""
    outline = attribute(child(paragraph, "outlineLvl"), "val")
    numbering = child(paragraph, "numPr")
    level = attribute(child(numbering, "ilvl"), "val")
    return Style(
        (int(outline) + 1) % 10 if outline and outline.isdigit() else None,
        attribute(child(numbering, "numId"), "val"),
        int(level) if level and level.isdigit() else None,
        hides(run),
    )


def hides(run: etree._Element | None) -> bool | None:
    """Whether an `rPr` hides its text; None where it does not say."""
    vanish = child(run, "vanish")
    return None if vanish is None else is_on(attribute(vanish, "val"), absent=True)


def is_on(value: str | None, absent: bool = False) -> bool:
    """A switch of Word: an element without a value is on."""
    return absent if value is None else value.lower() not in _OFF
