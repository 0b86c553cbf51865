"""PDF files with a text layer: glyphs and ruling lines of each page become lines and table rows.

Lives here: reading with pdfium (`extract`, `paths`), the geometry of lines, ruled and unruled tables, what to
leave out (`furniture`), putting pages together (`assemble`), page images (`images`). May enter: knowledge of PDF
files and of printed pages. Must not enter: anything about budgets; recognising scanned pictures, which come
in as `PageContent`: through `read_pdf(..., scan=...)` or `lines_of`.
"""

from .kinds import PageKind
from .reader import lines_of, page_kinds, read_pdf

__all__ = ["PageKind", "lines_of", "page_kinds", "read_pdf"]
