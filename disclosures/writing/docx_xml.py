"""Pieces of WordprocessingML as text: paragraphs and tables, built at once instead of element by element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from .cells import Grid, Merged, Role, line_counts, merged, printable, with_thousands
from .docx_styles import CELL

NAMES = nsdecls("w")
_TWIPS_PER_MM = 56.6929
_POINTS_PER_MM = 2.8346
_SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
_USUAL_SIZE = 9.0
_ALIGN = {Role.HEAD: "center", Role.NUMBER: "center", Role.CODE: "left", Role.AMOUNT: "right", Role.WORD: "center"}
_INDENT_TWIPS = 200
_LEADING = 1.25  # exact, so that pages fall alike whatever font stands in
_HEAD_FILL = "EFF3F7"


def run(text: str, properties: str = "") -> str:
    """A run; line ends become breaks and tabs become tabs."""
    pieces = []
    for number, line in enumerate(printable(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        pieces.append("<w:br/>" if number else "")
        parts = line.split("\t")
        pieces.append(
            "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in parts)
        )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{''.join(pieces)}</w:r>"


def paragraph(text: str, style_id: str, *, settings: str = "", before: str = "", after: str = "") -> str:
    """A paragraph; `before` and `after` are XML around its run (bookmarks, fields)."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{settings}</w:pPr>{before}{run(text)}{after}</w:p>'


def fitting_size(grid: Grid, width_mm: float, height_mm: float) -> float:
    """The largest size of letters with which a grid fits on a page; the usual one where it takes several anyway."""
    points = height_mm * _POINTS_PER_MM
    for size in _SIZES:
        lines = line_counts(grid, width_mm * _POINTS_PER_MM / size)
        if sum(max(count * size * _LEADING, _row_points(size)) + 1 for count in lines) <= points:
            return size
    return _USUAL_SIZE


def _row_points(size: float) -> float:
    """The least height of a row."""
    return size * 1.42


def table(grid: Grid, width_mm: float, styles: Mapping[str, str], *, size: float = 9.0, padding: int = 0) -> str:
    """A ruled table as wide as the type area, its head rows repeated on every page.

    `padding` are twips above and below the text of each cell.
    """
    total = sum(grid.widths)
    widths = [round(width / total * width_mm * _TWIPS_PER_MM) for width in grid.widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_rows(grid, widths, styles[CELL], size))
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="{8 if edge in _OUTER else 4}" w:space="0" w:color="000000"/>'
        for edge in _EDGES
    )
    above, below = (f'<w:{side} w:w="{padding}" w:type="dxa"/>' if padding else "" for side in ("top", "bottom"))
    return (
        f'<w:tbl {NAMES}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{above}'
        f'<w:left w:w="60" w:type="dxa"/>{below}<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_OUTER = frozenset(_EDGES[:4])


def _rows(grid: Grid, widths: list[int], style_id: str, size: float) -> Iterator[str]:
    starts = {(item.row, item.column): item for item in merged(grid)}
    reaching: dict[int, Merged] = {}  # cells of earlier rows by the column in which they begin
    for row in range(len(grid.rows)):
        cells = []
        column = 0
        while column < len(widths):
            item = starts.get((row, column))
            if item is not None:
                reaching[column] = item
            over = reaching[column]
            cells.append(_cell(over, widths, style_id, size, goes_on=item is None))
            column += over.columns
        height = round(_row_points(size) * 20)
        head = "<w:tblHeader/>" if row < grid.head_rows else ""
        settings = f'<w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{head}'
        yield f"<w:tr><w:trPr>{settings}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(item: Merged, widths: list[int], style_id: str, size: float, *, goes_on: bool) -> str:
    cell = item.cell
    width = sum(widths[item.column : item.column + item.columns])
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{item.columns}"/>' if item.columns > 1 else ""
    if item.rows > 1:
        properties += "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>'
    properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{_HEAD_FILL}"/>' if cell.role is Role.HEAD else ""
    properties += '<w:vAlign w:val="center"/>'
    text = "" if goes_on else with_thousands(cell.text) if cell.role is Role.AMOUNT else cell.text
    indent = f'<w:ind w:left="{_INDENT_TWIPS * cell.indent}" w:firstLine="0"/>' if cell.indent else ""
    spacing = f'<w:spacing w:line="{round(size * _LEADING * 20)}" w:lineRule="exact"/>'
    layout = f'{spacing}{indent}<w:jc w:val="{_ALIGN.get(cell.role, "left")}"/>'
    weight = "<w:b/>" if cell.strong else ""
    letters = f'{weight}<w:sz w:val="{round(size * 2)}"/>' if weight or size != 9.0 else ""
    content = run(text, letters) if text else ""
    return (
        f"<w:tc><w:tcPr>{properties}</w:tcPr>"
        f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{layout}</w:pPr>{content}</w:p></w:tc>'
    )
