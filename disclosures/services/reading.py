"""A file's bytes to the disclosures it holds, whether a published document or disclosure JSON. No Django."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from disclosures.plain.codec import SCHEMA, NotADisclosureError, from_json
from disclosures.plain.data import Disclosure, Note
from disclosures.plain.shape import misfit
from disclosures.plain.sources import source_words
from disclosures.reading import SourceDocument, UnreadableFileError

from .sandbox import read_source

__all__ = ["UnreadableFileError", "choose", "describe", "read_disclosures"]


def read_disclosures(
    data: bytes, name: str, read: Callable[[bytes, str], SourceDocument] = read_source
) -> tuple[Disclosure, ...]:
    """All disclosures of a file, mostly one; `read` turns its bytes into lines.

    Raises UnreadableFileError, in plain Chinese, when there is none.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return (_from_json(data, name),)
    # Imported late: disclosure JSON needs no recogniser, and commands start faster.
    from disclosures.recognise.document import recognise

    return tuple(candidate.disclosure for candidate in recognise(read(data, name)).candidates)


def _from_json(data: bytes, name: str) -> Disclosure:
    try:
        found = from_json(json.loads(data.decode("utf-8-sig")))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UnreadableFileError(f"文件“{name}”不是完整的 JSON：{error}") from error
    except NotADisclosureError as error:
        raise UnreadableFileError(f"文件“{name}”不是 {SCHEMA} 格式：{error}") from error
    except (AttributeError, OverflowError, RecursionError) as error:
        raise UnreadableFileError(f"文件“{name}”不是 {SCHEMA} 格式：有的内容类型不对") from error
    if (field := misfit(found)) is not None:
        raise UnreadableFileError(f"文件“{name}”不是 {SCHEMA} 格式：{field} 的内容类型不对")
    return found


def describe(disclosure: Disclosure) -> str:
    """One disclosure in a few words, to choose between several."""
    kind = "部门预算" if disclosure.kind == "department_budget" else "单位预算"
    place = next((line.source for line in disclosure.title_lines if line.source), None)
    return f"{disclosure.department or '（未读到部门名称）'} {disclosure.fiscal_year} 年{kind}" + (
        f"（自{source_words(place)}起）" if place else ""
    )


def choose(disclosures: tuple[Disclosure, ...], choice: int | None) -> Disclosure:
    """The chosen disclosure of a file (1 is the first); the first, with a note, where nobody chose.

    Raises UnreadableFileError when the file holds fewer.
    """
    if choice is not None:
        if not 1 <= choice <= len(disclosures):
            raise UnreadableFileError(f"文件里只有 {len(disclosures)} 份公开文本，没有第 {choice} 份")
        return disclosures[choice - 1]
    first = disclosures[0]
    if len(disclosures) == 1:
        return first
    others = "；".join(describe(other) for other in disclosures[1:])
    note = Note(f"文件里有 {len(disclosures)} 份公开文本，这里是第 1 份，其余为：{others}", "doc")
    return replace(first, notes=(note, *first.notes))
