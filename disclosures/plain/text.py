"""Text as printed and text as compared.

Printed text keeps its punctuation; only line wraps and column padding are taken out. Compared text
is folded so that 半角/全角 brackets, spaces and quotation marks make no difference.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[\s\u3000\u200b\ufeff]+")
_BETWEEN_CJK = re.compile(r"(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])")
_PUNCTUATION = str.maketrans("“”‘’，：；〔〕【】", "\"\"'',:;[][]")
_MARKUP = re.compile(
    r"</?(?:b|strong|i|em|u|sup|sub|p|span|font|center|div|body|html)(?:\s[^>]*)?>|\*\*|(?<!_)__(?!_)", re.I
)
_BREAK = re.compile(r"<br\s*/?>", re.I)


def squeeze(text: str) -> str:
    """Remove every white-space character: labels whose wrapped lines are joined and padding removed."""
    return _SPACES.sub("", text)


def unwrap(text: str) -> str:
    """Join prose wrapped by the file: spaces between two non-ASCII characters go, others become one."""
    return _SPACES.sub(" ", _BETWEEN_CJK.sub("", text)).strip()


def fold(text: str | None) -> str:
    """Text for comparison: NFKC, no white space, one form of quotation marks and brackets."""
    if not text:
        return ""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).translate(_PUNCTUATION)


def strip_markup(text: str) -> str:
    """Remove Markdown emphasis and inline HTML tags that OCR exports carry; `<br>` becomes a space."""
    if "<" not in text and "*" not in text and "_" not in text:
        return text
    return _MARKUP.sub("", _BREAK.sub(" ", text))
