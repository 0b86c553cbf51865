"""The contents of the Word document: a real field with its entries already in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from . import docx_styles as looks
from .cells import printable
from .docx_xml import paragraph, run
from .tables import Sheet

# Headings of levels 1 and 2, and the entries that table titles carry hidden (they name 表一 … 表十三).
_INSTRUCTION = r' TOC \o "1-2" \f C \h \z '
_TAB = 8845  # twips: the width of the type area


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents."""

    level: int
    text: str


@dataclass(slots=True)
class Contents:
    """The entries, and which of them has been reached in the body."""

    entries: tuple[Entry, ...]
    pages: Sequence[int] | None
    styles: Mapping[str, str]
    reached: int = 0

    @property
    def known(self) -> Sequence[int]:
        """The pages of all entries; none where they are not those of these entries."""
        return self.pages if self.pages is not None and len(self.pages) == len(self.entries) else ()

    def bookmark(self) -> tuple[str, str]:
        """The marks around the heading of the next entry."""
        number = self.reached
        self.reached += 1
        return f'<w:bookmarkStart w:id="{number}" w:name="{_name(number)}"/>', f'<w:bookmarkEnd w:id="{number}"/>'

    def table_entry(self, sheet: Sheet) -> str:
        """The hidden field that enters a table into the contents under its full name."""
        text = escape(printable(f"{sheet.name}  {sheet.title}").replace('"', "”"))
        return (
            _hidden('<w:fldChar w:fldCharType="begin"/>')
            + _hidden(f'<w:instrText xml:space="preserve"> TC "{text}" \\f C \\l "2" </w:instrText>')
            + _hidden('<w:fldChar w:fldCharType="end"/>')
        )

    def paragraphs(self) -> Iterator[str]:
        """The heading 目录 and the field."""
        yield paragraph("目  录", self.styles[looks.CONTENTS_HEAD], settings="<w:pageBreakBefore/>")
        dirty = ' w:dirty="true"' if not self.known else ""
        opening = (
            f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
            f'<w:r><w:instrText xml:space="preserve">{_INSTRUCTION}</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        closing = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        for number, entry in enumerate(self.entries):
            first, last = number == 0, number == len(self.entries) - 1
            yield self._line(number, entry, opening if first else "", closing if last else "")

    def _line(self, number: int, entry: Entry, before: str, after: str) -> str:
        indent = '<w:ind w:left="320" w:firstLine="0"/>' if entry.level > 1 else ""
        tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{_TAB}"/></w:tabs>'
        page = str(self.known[number]) if self.known else ""
        shown = run(entry.text + "\t") + _page(number, page)
        link = f'<w:hyperlink w:anchor="{_name(number)}" w:history="1">{shown}</w:hyperlink>'
        style = self.styles[f"TOC {entry.level}"]
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{tabs}{indent}</w:pPr>{before}{link}{after}</w:p>'


def _name(number: int) -> str:
    return f"_Toc{100_000 + number}"


def _page(number: int, page: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> PAGEREF {_name(number)} \\h </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(page)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _hidden(content: str) -> str:
    return f"<w:r><w:rPr><w:vanish/></w:rPr>{content}</w:r>"
