"""Page furniture of a text dump: page numbers, running headers and footers, watermarks between the lines.

Furniture is known by its shape (page numbers), by its place at page breaks together with repetition (running
headers), and by repetition in a fixed order wherever it falls (a watermark broken into syllables). Words play
no part. What repeats but belongs to the text stays: the title of a form has the same lines behind it each
time, while a running header cuts into whatever is there; the upright label of a form (one character a line)
does not follow itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from disclosures.reading.blocks import Line

_DASHES = "-—–－─~～·•"
_DASHED = rf"[{_DASHES}]+\s*\d{{1,4}}\s*[{_DASHES}]+"
_NUMBERED = r"第\s*\d{1,4}\s*页(?:\s*[,，/（(]?\s*共\s*\d{1,4}\s*页\s*[)）]?)?"
_PAGE_LINE = re.compile(
    rf"^\s*(?:{_DASHED}|{_NUMBERED}|[{_DASHES}]{{2,}}\s*\d{{1,4}}"
    r"|Page\s*\d{1,4}(?:\s*of\s*\d+)?|共\s*\d{1,4}\s*页\s*[,，]?\s*第\s*\d{1,4}\s*页)\s*$",
    re.I,
)
_PAGE_OF = re.compile(r"^(\d{1,4})\s*/\s*(\d{1,4})$")
_PAGE_AT_END = re.compile(rf"^(?P<text>.*\S)\s*(?:{_DASHED}|{_NUMBERED})\s*$")
_BARE_NUMBER = re.compile(r"^\s*(\d{1,4})\s*$")
_FRAGMENT = re.compile(r"^[\u3400-\u9fffA-Za-z]{1,4}$")
_WORDS = re.compile(r"^[\u3400-\u9fffA-Za-z]+$")
_ROW_END = re.compile(r"\d\.\d\d\s*$")
_DECIMALS = re.compile(r"\d\.\d")

_LONGEST_NUMBER = 24  # characters of a line that holds a page number only
_LEAST_REPEATS = 3  # a header or a watermark shows this often at least
_AT_BREAKS = 0.8  # share of its occurrences that stand at a page break
_ON_PAGES = 0.6  # share of pages on which a footer stands
_CUTS_IN = 0.5  # share of different lines behind it that shows it does not belong to the text
_LEAST_HEADER = 5  # characters
_LONGEST_HEADER = 60
_REACH = 4  # fragments of one watermark stand no further apart, in lines
_TOGETHER = 0.8  # share of a fragment's occurrences that are followed by the next one
_LEAST_MARK = 4  # characters of a watermark in one piece
_LONGEST_MARK = 12
_LEAST_STREWN = 8  # a short line shows this often at least before its places tell anything
_DIFFERENT = 0.6  # share of different lines beside it
_AS_DENSE = 0.5  # among the rows of tables it stands at least half as densely as elsewhere
_PROSE = 24  # a line longer than this is prose
_FOLLOWS = 0.1  # share of a watermark's prints that stand right behind another one, where it stands in stacks
_PAGE_LINES = 12  # a page holds at least so many lines


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The lines without furniture, and the watermarks found: (text, source of the first one, how many)."""

    lines: tuple[Line, ...]
    watermarks: tuple[tuple[str, str, int], ...]


def remove_furniture(lines: Sequence[Line]) -> Cleaned:
    """Take page numbers, running headers and watermarks out of the lines of a document."""
    texts = [_bare(line) for line in lines]
    starts = {n for n, line in enumerate(lines) if _starts_page(line.text)}
    gone = _page_numbers(texts)
    marks: dict[str, set[int]] = {}
    running: dict[str, set[int]] = {}
    for _ in range(2):  # what the first round takes away shows the second one more page breaks
        running |= _running_lines(texts, gone, starts)
        gone = gone.union(*running.values())
        marks |= _broken_watermarks(texts, gone)
        gone = gone.union(*marks.values())
        _add_places(marks, _strewn_watermarks(texts, gone))
        gone = gone.union(*marks.values())
    gone |= _bare_page_numbers(texts, gone, starts)
    scattered = _scattered_watermarks(texts, gone)
    gone = gone.union(*scattered.values())
    kept = "\n".join(text for n, text in enumerate(texts) if n not in gone)
    marks |= scattered | {text: where for text, where in running.items() if _reads_as_mark(text, kept)}
    found = sorted((min(where), text, _times(text, where, texts)) for text, where in marks.items())
    return Cleaned(
        tuple(line for n, line in enumerate(lines) if n not in gone),
        tuple((text, lines[first].source, count) for first, text, count in found),
    )


def _add_places(marks: dict[str, set[int]], more: dict[str, set[int]]) -> None:
    """Count lone pieces of a mark that is known already with it."""
    for text, where in more.items():
        mark = next((known for known in marks if text in known), text)
        marks[mark] = marks.get(mark, set()) | where


def _times(mark: str, where: Collection[int], texts: Sequence[str]) -> int:
    """How often a mark is printed: the lines it takes, over the lines it takes each time."""
    pieces = len({texts[n] for n in where if texts[n] in mark}) or 1
    return max(1, round(len(where) / pieces))


def _reads_as_mark(text: str, kept: str) -> bool:
    """A running line is a watermark, not a header, when its words stand nowhere in the text itself."""
    return len(text) <= _LONGEST_MARK and not any(char.isdigit() for char in text) and text not in kept


def _bare(line: Line) -> str:
    """A line's text without spaces at its ends; rows of a grid are never furniture."""
    return "" if line.cells is not None and len(line.cells) > 1 else line.text.strip()


def _starts_page(text: str) -> bool:
    """In such dumps the first line of a page begins with one space."""
    return text[:1] == " " and text[1:2] not in ("", " ")


# ---------------------------------------------------------------- page numbers


def _page_numbers(texts: Sequence[str]) -> set[int]:
    found = {n for n, text in enumerate(texts) if text and len(text) < _LONGEST_NUMBER and _PAGE_LINE.match(text)}
    return found | _pages_of(texts)


def _pages_of(texts: Sequence[str]) -> set[int]:
    """3/24 and the like, where several pages say so of the same number of pages."""
    by_total: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for n, text in enumerate(texts):
        match = _PAGE_OF.match(text) if "/" in text and len(text) < _LONGEST_NUMBER else None
        if match and int(match.group(1)) <= int(match.group(2)):
            by_total[match.group(2)][match.group(1)] = n
    return {n for pages in by_total.values() if len(pages) >= _LEAST_REPEATS for n in pages.values()}


def _bare_page_numbers(texts: Sequence[str], gone: set[int], starts: set[int]) -> set[int]:
    """Numbers alone on a line, at page breaks, each one more than the one before."""
    chain: list[tuple[int, int]] = []
    best: list[tuple[int, int]] = []
    for n, text in enumerate(texts):
        match = _BARE_NUMBER.match(text) if len(text) <= 4 else None
        if match is None or not _at_break(n, texts, gone, starts):
            continue
        value = int(match.group(1))
        follows = bool(chain) and value == chain[-1][1] + 1 and n - chain[-1][0] >= _PAGE_LINES
        chain = [*chain, (n, value)] if follows else [(n, value)]
        best = max(best, chain, key=len)
    return {n for n, _ in best} if len(best) >= _LEAST_REPEATS else set()


def _at_break(n: int, texts: Sequence[str], gone: set[int], starts: set[int]) -> bool:
    return n in starts or n + 1 in starts or n - 1 in gone or n + 1 in gone or n in (0, len(texts) - 1)


# ---------------------------------------------------------------- running headers and footers


def _running_lines(texts: Sequence[str], gone: set[int], starts: set[int]) -> dict[str, set[int]]:
    """Lines that repeat at page breaks and have something else behind them each time."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for n, text in enumerate(texts):
        if n not in gone and _LEAST_HEADER <= len(text) <= _LONGEST_HEADER:
            places[_header_key(text)].append(n)
    pages = sum(1 for n in gone if n + 1 not in gone)  # what was taken away so far ends in so many places
    found: dict[str, set[int]] = {}
    for key, where in places.items():
        if len(where) < 2 or not _may_run(key):
            continue
        at_top = sum(1 for n in where if n in starts or n - 1 in gone or _carries_page(texts[n]))
        at_foot = sum(1 for n in where if n + 1 in gone)
        if len(where) < _LEAST_REPEATS:
            runs = at_top == at_foot == len(where)
        elif at_top >= _AT_BREAKS * len(where):
            runs = _cuts_in(where, texts, gone)
        else:  # tables and sections end at the foot of a page too, so a footer has to stand on most pages
            runs = at_foot >= _AT_BREAKS * len(where) and len(where) >= _ON_PAGES * pages
        if runs:
            found[key] = set(where)
    return found


def _header_key(text: str) -> str:
    """A header without the page number printed beside it."""
    match = _PAGE_AT_END.match(text) if text[-1] in _DASHES or text[-1] in "页)）" else None
    return match.group("text") if match else text


def _carries_page(text: str) -> bool:
    return _header_key(text) != text


def _may_run(key: str) -> bool:
    """A header is a line of words; the row of a table has amounts, a table's header many cells."""
    return len(key.split()) <= 2 and not _DECIMALS.search(key) and any("\u3400" <= char <= "\u9fff" for char in key)


def _cuts_in(where: Sequence[int], texts: Sequence[str], gone: set[int]) -> bool:
    behind = {_next_text(n, texts, gone) for n in where}
    return len(behind) >= max(2.0, _CUTS_IN * len(where))


def _next_text(n: int, texts: Sequence[str], gone: set[int]) -> str:
    for following in range(n + 1, len(texts)):
        if following not in gone:
            return texts[following]
    return ""


# ---------------------------------------------------------------- watermarks


def _broken_watermarks(texts: Sequence[str], gone: set[int]) -> dict[str, set[int]]:
    """Watermarks broken into short lines that always follow one another in the same order, with their lines."""
    shorts = [(n, text) for n, text in enumerate(texts) if len(text) <= 4 and _FRAGMENT.match(text)]
    counts = Counter(text for _, text in shorts)
    pairs: Counter[tuple[str, str]] = Counter()
    for (n, text), (after, following) in pairwise(shorts):
        if after - n <= _REACH:
            pairs[text, following] += 1
    found = {}
    for chain in _chains(counts, pairs):
        places = _chain_places(chain, shorts)
        if places and _is_watermark(chain, pairs, places, texts, gone):
            found["".join(chain)] = places
    return found


def _chains(counts: Counter[str], pairs: Counter[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Fragments that follow each other nearly always, in order."""
    after: dict[str, str] = {}
    for (text, following), times in pairs.items():
        if text != following and times >= max(_LEAST_REPEATS, _TOGETHER * max(counts[text], counts[following])):
            after[text] = following
    before = {following: text for text, following in after.items()}
    # A closed ring is opened where it is weakest: in front of the fragment that begins the watermark.
    heads = sorted(after, key=lambda text: pairs[before[text], text] / counts[text] if text in before else 0.0)
    chains: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for head in heads:
        chain: list[str] = []
        fragment: str | None = head
        while fragment is not None and fragment not in seen:
            seen.add(fragment)
            chain.append(fragment)
            fragment = after.get(fragment)
        if len(chain) > 1:
            chains.append(tuple(chain))
    return chains


def _chain_places(chain: tuple[str, ...], shorts: Sequence[tuple[int, str]]) -> set[int]:
    """The lines of a watermark: its fragments wherever they stand near one another."""
    mine = [(n, text) for n, text in shorts if text in chain]
    near: set[int] = set()
    for (n, _), (after, _) in pairwise(mine):
        if after - n <= _REACH:
            near |= {n, after}
    return near


def _is_watermark(
    chain: tuple[str, ...],
    pairs: Counter[tuple[str, str]],
    places: set[int],
    texts: Sequence[str],
    gone: set[int],
) -> bool:
    firsts = [n for n in places if texts[n] == chain[0]]
    lasts = [n for n in places if texts[n] == chain[-1]]
    follows_itself = sum(1 for n in lasts if n + 1 < len(texts) and texts[n + 1] == chain[0])
    if follows_itself >= max(2.0, _FOLLOWS * len(firsts)) or pairs[chain[-1], chain[0]] >= _TOGETHER * len(firsts):
        return True  # over and over, which no text does
    at_breaks = sum(1 for n in firsts if n - 1 in gone) + sum(1 for n in lasts if n + 1 in gone)
    if at_breaks >= _AT_BREAKS * len(firsts):
        return True
    if max(len(fragment) for fragment in chain) == 1:
        return False  # the upright label of a form looks the same
    return _lies_everywhere(firsts, lasts, texts) and _among_rows(_beside(firsts, lasts, texts), texts)


def _lies_everywhere(firsts: Sequence[int], lasts: Sequence[int], texts: Sequence[str]) -> bool:
    """Whether a phrase stands between ever different lines, from the beginning of the document to its end."""
    if not firsts or not lasts:
        return False
    quarter = len(texts) / 4
    ahead = {texts[n - 1] for n in firsts if n}
    behind = {texts[n + 1] for n in lasts if n + 1 < len(texts)}
    spread = min(firsts) < quarter and max(firsts) > 3 * quarter
    return spread and min(len(ahead), len(behind)) >= 0.7 * len(firsts)


def _scattered_watermarks(texts: Sequence[str], gone: set[int]) -> dict[str, set[int]]:
    """Watermarks in one piece that fall anywhere on a page: into tables and into prose alike."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for n, text in enumerate(texts):
        if n not in gone and _LEAST_MARK <= len(text) <= _LONGEST_MARK and _WORDS.match(text):
            places[text].append(n)
    found = {}
    for text, where in places.items():
        if (
            len(where) > _LEAST_REPEATS
            and _lies_everywhere(where, where, texts)
            and _falls_anywhere(_beside(where, where, texts), texts)
        ):
            others = sum(1 for other in texts if text in other)
            if others == len(where):
                found[text] = set(where)
    return found


def _strewn_watermarks(texts: Sequence[str], gone: set[int]) -> dict[str, set[int]]:
    """Watermarks whose pieces lie far apart or out of order, in dumps that sort the lines of a page by height."""
    counts = Counter(text for n, text in enumerate(texts) if n not in gone and len(text) <= 4 and _FRAGMENT.match(text))
    often = {text for text, times in counts.items() if times >= _LEAST_STREWN}
    places: defaultdict[str, list[int]] = defaultdict(list)  # in the lines that are no such piece
    lines: defaultdict[str, set[int]] = defaultdict(set)
    between: list[str] = []
    pieces: list[str] = []
    for n, text in enumerate(texts):
        if n in gone or not text:
            continue
        if text in often:
            if places[text][-1:] != [len(between)]:  # a stack of pieces is one place
                places[text].append(len(between))
            lines[text].add(n)
            pieces.append(text)
        else:
            between.append(text)
    strewn = {
        text for text, where in places.items() if len(where) >= _LEAST_STREWN and _lies_between_all(where, between)
    }
    order = [text for text in pieces if text in strewn]
    chains = _chains(Counter(order), Counter(pairwise(order)))
    alone = [(text,) for text in strewn.difference(*chains)]
    return {"".join(chain): set().union(*(lines[text] for text in chain)) for chain in (*chains, *alone)}


def _lies_between_all(where: Sequence[int], between: Sequence[str]) -> bool:
    """Whether a piece stands before ever different lines all over the document, in tables and prose alike."""
    ahead = [between[at - 1] if at else "" for at in where]
    behind = [between[at] if at < len(between) else "" for at in where]
    if min(len(set(ahead)), len(set(behind))) < _DIFFERENT * len(where):
        return False
    quarter = len(between) / 4
    return where[0] < quarter and where[-1] > 3 * quarter and _falls_anywhere([*ahead, *behind], between)


def _falls_anywhere(beside: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether the lines beside a mark are prose as well as rows of tables, as no label of a form or a table has."""
    return any(len(text) > _PROSE for text in beside) and _among_rows(beside, texts)


def _among_rows(beside: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether the lines beside a mark are rows of tables about as often as all lines are.

    The labels of forms stand everywhere too, but hardly ever beside the rows of a budget table.
    """
    rows = sum(1 for text in texts if _ROW_END.search(text))
    return sum(1 for text in beside if _ROW_END.search(text)) >= max(2.0, _AS_DENSE * rows * len(beside) / len(texts))


def _beside(firsts: Sequence[int], lasts: Sequence[int], texts: Sequence[str]) -> list[str]:
    """The lines before and behind each print of a mark."""
    return [*(texts[n - 1] for n in firsts if n), *(texts[n + 1] for n in lasts if n + 1 < len(texts))]
