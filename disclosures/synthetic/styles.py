"""How a document is printed: the habits of one export, as options with realistic presets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GridStyle:
    """Tab-separated export (tables recognised as tables, mostly by OCR)."""

    contents: bool = True  # a table of contents
    markdown: bool = False  # headings of part three marked with #
    bold: bool = False  # labels of total rows in bold
    captions: bool = True  # print 预算公开表N where the data has it
    thousands: bool = False  # separators in table amounts
    page_breaks: bool = False  # empty lines inside tables, paragraphs cut in two
    wrapped_labels: bool = False  # long label cells carry a blank where the cell wrapped
    half_width_forms: bool = False  # brackets and colons of target forms in half width
    form_gap: bool = False  # an empty column behind the labels of target forms
    clip: bool = False  # indicator names cut at the width of their column
    drift: bool = False  # level labels one column to the left here and there
    bare: tuple[str, ...] = ()  # tables that print their caption but lost their title
    shifts: bool = False  # a table row loses a blank cell now and then, what follows moves to the left


@dataclass(frozen=True, slots=True)
class FlowStyle:
    """Text layer of a PDF dumped line by line: cells separated by spaces, long labels and prose wrapped."""

    captions: bool = True
    glue: bool = False  # amounts glued to the label of the other side, clipped names to their values
    clip: bool = False
    blanks: str = "exact"  # "exact": one more space for each blank cell; "loose": now and then a few more
    page_lines: int = 0  # page number and running header every so many rows; 0: none
    watermark: bool = False  # 仅供内部审核 in syllables on every page
    stray_heading: bool = False  # the heading of part two comes out in the middle of the first table
    form_pages: bool = False  # long target forms repeat their head on a second page


GRID_CLEAN = GridStyle(contents=False)
GRID_CONTENTS = GridStyle()
GRID_OCR = GridStyle(
    markdown=True, page_breaks=True, wrapped_labels=True, half_width_forms=True, clip=True, form_gap=True
)
GRID_ROUGH = GridStyle(
    bold=True,
    thousands=True,
    page_breaks=True,
    wrapped_labels=True,
    half_width_forms=True,
    clip=True,
    drift=True,
    bare=("T07", "T09"),
)
GRID_SHIFTED = GridStyle(wrapped_labels=True, clip=True, shifts=True)
FLOW_CLEAN = FlowStyle()
FLOW_PDF = FlowStyle(glue=True, clip=True, page_lines=34)
FLOW_ROUGH = FlowStyle(
    glue=True, clip=True, blanks="loose", page_lines=26, watermark=True, stray_heading=True, form_pages=True
)

GRID_STYLES = {
    "clean": GRID_CLEAN,
    "contents": GRID_CONTENTS,
    "ocr": GRID_OCR,
    "rough": GRID_ROUGH,
    "shifted": GRID_SHIFTED,
}
FLOW_STYLES = {"clean": FLOW_CLEAN, "pdf": FLOW_PDF, "rough": FLOW_ROUGH}
