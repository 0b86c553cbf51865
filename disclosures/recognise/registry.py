"""Where other apps hand in readers of parts that `disclosures` finds but does not read itself.

`performance` registers its form readers here when the applications start; a script without Django
registers `performance.recognise.read_forms` itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from disclosures.plain.data import Note, OverallTarget, ProjectTarget
from disclosures.reading.blocks import Layout, Line

FormReading = tuple[ProjectTarget | OverallTarget, tuple[Note, ...]]
# One call for the whole run of lines that holds forms: the reader itself tells one form from the next.
FormReader = Callable[[Sequence[Line], Layout, str], Sequence[FormReading]]

_form_reader: FormReader | None = None


def register_form_reader(reader: FormReader) -> None:
    """Hand in the reader of target forms: (lines, layout, department) -> forms with their notes."""
    global _form_reader
    _form_reader = reader


def form_reader() -> FormReader:
    """The registered reader of target forms. Raises RuntimeError when none was handed in."""
    if _form_reader is None:
        raise RuntimeError("no form reader registered: performance is not installed")
    return _form_reader
