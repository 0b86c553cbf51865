"""Word documents (.docx): paragraphs and tables in reading order as a person sees them printed.

Lives here: `document` walks the body, `runs` reads the text of a paragraph, `tables` lays rows out in columns,
`numbering` renders the numbers that Word generates, `styles` knows what paragraphs inherit.
"""

from .document import read_docx

__all__ = ["read_docx"]
