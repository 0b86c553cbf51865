"""The whole disclosure as a Word document: cover, contents, four parts, charts, target forms."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from disclosures.plain.data import Disclosure

from . import docx_styles as looks
from .cells import Grid, printable
from .charts import Chart, add_chart
from .docx_contents import Contents, Entry
from .docx_xml import NAMES, fitting_size, paragraph, table
from .outline import Attached, Block, Cover, Form, Other, PartHeading, Prose, SectionHeading, blocks_of
from .tables import Sheet

_NEW_PAGE = "<w:pageBreakBefore/>"
_EPOCH = datetime(2000, 1, 1)  # the same data gives the same bytes
_TABLE_HEIGHT_MM, _FORM_HEIGHT_MM = 142, 205  # what title and notes leave of a page
_PART_HEADING_MM, _LINE_MM = 24, 7


def write_docx(disclosure: Disclosure, *, charts: bool = True, pages: Sequence[int] | None = None) -> bytes:
    """The document as .docx.

    `pages` are the printed page numbers of the entries of the contents, in order, where they are known
    (`pdf.pages_of_contents`); otherwise Word fills them in when the document is opened.
    """
    blocks = list(blocks_of(disclosure, charts=charts))
    writer = _Writer(blocks, pages)
    writer.write()
    return writer.saved(disclosure)


class _Writer:
    """Appends block after block; remembers which way the page is turned."""

    def __init__(self, blocks: Sequence[Block], pages: Sequence[int] | None) -> None:
        self.blocks = blocks
        self.document: Document = docx.Document()
        looks.style_document(self.document)
        self.styles: Mapping[str, str] = {style.name or "": style.style_id for style in self.document.styles}
        self.contents = Contents(tuple(_entries(blocks)), pages, self.styles)
        self.landscape = False
        self.fresh = False  # nothing stands on this page yet
        self.under_part = False  # the heading of a part shares the page with its first table
        self.after_form = False

    def write(self) -> None:
        looks.first_section(self.document)
        cover = next((block for block in self.blocks if isinstance(block, Cover)), None)
        if cover is not None:
            self._cover(cover)
        self._append(*self.contents.paragraphs())
        self._turn(landscape=False, first_page=True)
        for block in self.blocks:
            self._block(block)
        if self.document.element.body[-2].tag == qn("w:tbl"):  # Word asks for a paragraph behind the last table
            self._paragraph("", looks.NOTE)

    def _append(self, *pieces: str) -> None:
        body = self.document.element.body
        for piece in pieces:
            marked = piece if piece.startswith("<w:tbl ") else piece.replace("<w:p>", f"<w:p {NAMES}>", 1)
            body.insert(len(body) - 1, parse_xml(marked))
        self.fresh = False

    def _paragraph(self, text: str, style: str, *, settings: str = "", entry: bool = False, hidden: str = "") -> None:
        before, after = self.contents.bookmark() if entry else ("", "")
        self._append(paragraph(text, self.styles[style], settings=settings, before=before, after=hidden + after))

    def _turn(self, *, landscape: bool, first_page: bool = False) -> None:
        if landscape != self.landscape or first_page:
            looks.next_section(self.document, landscape=landscape, first_page=first_page)
            self.landscape, self.fresh = landscape, True

    def _page_break(self) -> str:
        return "" if self.fresh else _NEW_PAGE

    # ------------------------------------------------------------ blocks

    def _block(self, block: Block) -> None:
        match block:
            case Cover():
                pass
            case PartHeading():
                self._turn(landscape=self._tables_follow(block))
                self._paragraph(block.text, looks.PART, settings=self._page_break(), entry=True)
                self.after_form, self.under_part, self.fresh = False, True, True
            case SectionHeading():
                self._turn(landscape=False)
                settings = _NEW_PAGE if self.after_form else ""
                self._paragraph(block.text, looks.SECTION, settings=settings, entry=True)
                self.after_form = False
            case Prose():
                self._paragraph(block.text, looks.SUBHEADING if block.heading else looks.PROSE)
            case Sheet():
                self._sheet(block)
            case Chart():
                add_chart(self.document, block, style=looks.CHART)
            case Form():
                self._form(block)
            case Attached():
                self._turn(landscape=False)
                self._paragraph(block.title, looks.ATTACHED, settings=self._page_break())
            case Other():
                self._paragraph(block.title, looks.TABLE_TITLE, settings=self._page_break())
                self._table(block.grid, _TABLE_HEIGHT_MM)

    def _tables_follow(self, part: PartHeading) -> bool:
        after = self.blocks[self.blocks.index(part) + 1 :]
        return bool(after) and isinstance(after[0], Sheet | Other)

    def _width(self) -> int:
        return looks.LANDSCAPE_WIDTH_MM if self.landscape else looks.PORTRAIT_WIDTH_MM

    def _cover(self, cover: Cover) -> None:
        for number, line in enumerate(cover.lines):
            self._paragraph(line, looks.COVER_TITLE if number else looks.COVER_NAME)

    def _table(self, grid: Grid, height_mm: float) -> None:
        size = fitting_size(grid, self._width(), height_mm)
        self._append(table(grid, self._width(), self.styles, size=size))

    def _sheet(self, sheet: Sheet) -> None:
        self._turn(landscape=True)
        shares_page, self.under_part = self.under_part, False
        settings = self._page_break()
        if sheet.caption:
            self._paragraph(sheet.caption, looks.CAPTION, settings=settings)
            settings = ""
        self._paragraph(
            sheet.title, looks.TABLE_TITLE, settings=settings, entry=True, hidden=self.contents.table_entry(sheet)
        )
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{int(Mm(self._width()).twips)}"/></w:tabs>'
        self._paragraph(f"{sheet.department}\t{sheet.unit}", looks.UNIT_LINE, settings=tabs)
        height = _TABLE_HEIGHT_MM - (_PART_HEADING_MM if shares_page else 0) - (_LINE_MM if sheet.caption else 0)
        height -= _LINE_MM * len(sheet.notes)
        self._table(sheet.grid, height)
        for note in sheet.notes:
            self._paragraph(note, looks.NOTE)

    def _form(self, form: Form) -> None:
        self._turn(landscape=False)
        settings = _NEW_PAGE
        if form.title:
            self._paragraph(form.title, looks.FORM_TITLE, settings=settings)
            settings = ""
        self._paragraph(form.year, looks.FORM_YEAR, settings=settings)
        self._table(form.grid, _FORM_HEIGHT_MM)
        self.after_form = True

    def saved(self, disclosure: Disclosure) -> bytes:
        facts = self.document.core_properties
        facts.title = printable(f"{disclosure.department}{disclosure.fiscal_year}年预算公开")[:255]
        facts.author = printable(disclosure.department)[:255]
        facts.comments, facts.last_modified_by = "", ""
        facts.created = facts.modified = _EPOCH
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def _entries(blocks: Sequence[Block]) -> list[Entry]:
    """What the contents list: parts, tables, sections."""
    entries = []
    for block in blocks:
        match block:
            case PartHeading():
                entries.append(Entry(1, block.text))
            case SectionHeading():
                entries.append(Entry(2, block.text))
            case Sheet():
                entries.append(Entry(2, f"{block.name}  {block.title}"))
    return entries
