"""Which format a file is in: by its first bytes and what is inside, never by its name.

Lives here: the registry. A format that is read names its reader as "module:function" (imported when the
first such file comes, so that nobody pays for libraries not used); one that is not read says what to do
instead. See docs/how-to-add-a-format.md.
"""

from __future__ import annotations

from . import archives, office, ooxml, pages
from .blocks import UnreadableFileError
from .probing import Format, Probe

# Of two formats that begin with the same bytes the more particular stands first.
FORMATS: tuple[Format, ...] = (*ooxml.FORMATS, *office.FORMATS, *pages.FORMATS, *archives.FORMATS)
_MAGICS = tuple(magic for known in FORMATS for magic in known.magics)
_BLANK = b"\xef\xbb\xbf \t\r\n\x00"  # what programs leave in front of a file
_BLANKS = 1024  # bytes of it at most


def is_plain(data: bytes) -> bool:
    """Whether a file begins like none of the formats: then it is text, or nothing that is known."""
    return not data.startswith(_MAGICS, _start(data))


def format_of(data: bytes) -> Format | None:
    """The format of a file; None for plain text."""
    probe, start = Probe(data), _start(data)
    return next((known for known in FORMATS if data.startswith(known.magics, start) and known.fits(probe)), None)


def _start(data: bytes) -> int:
    """Where a file begins: behind blanks, where a format's first bytes follow them, else with its first byte."""
    if data.startswith(_MAGICS):
        return 0
    blank = len(data[:_BLANKS]) - len(data[:_BLANKS].lstrip(_BLANK))
    return blank if data.startswith(b"%PDF", blank) else 0


def refusal(known: Format, name: str) -> UnreadableFileError:
    """The error that says that such files are not read, and what to do."""
    return UnreadableFileError(f"文件“{name}”是{known.words}，{known.advice}")


def suffixes() -> tuple[str, ...]:
    """The endings under which people keep files that can be read, text included."""
    return (".txt", ".md", *(suffix for known in FORMATS if known.reader for suffix in known.suffixes))
