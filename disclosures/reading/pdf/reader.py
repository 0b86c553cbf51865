"""A PDF file with text into lines and table rows, page by page."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from disclosures.plain.sources import page_source

from .. import progress
from ..blocks import Layout, Line, SourceDocument, UnreadableFileError
from .assemble import Assembler, Margins
from .blocks import Block, ProseLine, TextColumns
from .drawings import without_charts
from .extract import read_page
from .furniture import Furniture, clean, learn, without_copies, without_edges
from .glyph_lines import pieces_of
from .grids import Ruling, ruling_of
from .kinds import PageKind, page_kind
from .limits import MOST_GLYPHS, SAMPLED_PAGES
from .opening import OpenPdf, opened
from .page import Glyphs, PageContent
from .prose_columns import columns_apart
from .regions import Carried, loose_tables, prose_lines
from .ruled import cells_of, laid_upright, ruled_tables
from .spreads import Sizes, halves, printed_two_up

_UNREAD = {
    PageKind.SCANNED: "这一页是扫描图片，没有文字，需要按扫描件识别",
    PageKind.GARBLED: "这一页的字体没有文字编码，读出来是乱码，需要按扫描件识别",
}
_SET_APART = 1.12  # of the distance of lines, by the distance of paragraphs
_LEAST_PROSE = 12  # characters of a line that tells the margins

PageScanner = Callable[[OpenPdf, int], PageContent]  # the open file and the page's number, from 1


@dataclass(slots=True)
class _Report:
    """What is to be told of the document as a whole."""

    marks: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    unread: list[tuple[int, PageKind]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    glyphs: int = 0

    def count(self, page: PageContent, name: str) -> None:
        """Take a page into account. Raises UnreadableFileError when the document holds too much text."""
        self.glyphs += len(page.glyphs)
        if self.glyphs > MOST_GLYPHS:
            raise UnreadableFileError(f"文件“{name}”的文字太多，读到第 {page.number} 页时超过上限。请拆分后上传。")


def read_pdf(data: bytes, name: str, scan: PageScanner | None = None) -> SourceDocument:
    """Read a PDF file into lines, table rows with the place of every cell.

    `scan` recognises a page that has no text of its own; without it such pages are left out and named in the
    remarks, save that an unseen text layer over a picture is taken for what it is worth. Raises
    UnreadableFileError, in plain Chinese, when the file is damaged, locked, too long, or when no page has text.
    """
    report = _Report()
    with opened(data, name) as document:
        lines = tuple(_lines(document, name, scan, report))
    if not lines:
        raise UnreadableFileError(_nothing_read(name, report))
    marks = tuple((text, page_source(pages[0]), len(pages)) for text, pages in report.marks.items())
    remarks = (*report.remarks, *((_UNREAD[kind], page_source(page)) for page, kind in report.unread))
    return SourceDocument(
        name, hashlib.sha256(data).hexdigest(), Layout.GRID, lines, None, watermarks=marks, remarks=remarks
    )


def page_kinds(data: bytes, name: str) -> tuple[PageKind, ...]:
    """The kind of every page. Raises UnreadableFileError as `read_pdf` does."""
    with opened(data, name) as document:
        return tuple(page_kind(_page(document, number)) for number in range(1, document.count + 1))


def _nothing_read(name: str, report: _Report) -> str:
    if any(kind is PageKind.GARBLED for _, kind in report.unread):
        return f"文件“{name}”里的文字没有编码，读出来是乱码，需要按扫描件识别。"
    if report.unread:
        return f"文件“{name}”全是扫描图片，没有文字，需要按扫描件识别。"
    return f"文件“{name}”里没有文字。请检查导出是否完整，再重新上传。"


def lines_of(pages: Sequence[PageContent]) -> tuple[Line, ...]:
    """The lines of pages that were recognised in pictures, laid out as those of a PDF."""
    return tuple(_assembled(pages, _Report()))


def _assembled(sheets: Sequence[PageContent], report: _Report) -> Iterator[Line]:
    pages = list(halves(sheets, _two_up(sheets)))
    furniture, margins = _learned(pages)
    assembler = Assembler(margins)
    for page in pages:
        blocks = _blocks(page, furniture, margins, report, assembler.carried(page.number))
        yield from assembler.add(page.number, page.frame, blocks)
    yield from assembler.finish()


def _lines(document: OpenPdf, name: str, scan: PageScanner | None, report: _Report) -> Iterator[Line]:
    sample = {number: _page(document, number) for number in _sampled(document.count)}
    if scan is not None and sum(page_kind(page) in _UNREAD for page in sample.values()) * 2 > len(sample):
        # Mostly pictures: what its pages have in common shows only when they are recognised.
        pages = []
        for number in range(1, document.count + 1):
            pages.append(_recognised(document, number, scan, sample.pop(number, None)))
            report.count(pages[-1], name)
        yield from _assembled(pages, report)
        return
    legible = [page for page in sample.values() if page_kind(page) not in _UNREAD]
    two_up = _two_up(legible)
    furniture, margins = _learned(list(halves(legible, two_up)))
    del legible  # one page at a time from here on
    assembler = Assembler(margins)
    for page in halves(_legible(document, name, scan, report, sample), two_up):
        blocks = _blocks(page, furniture, margins, report, assembler.carried(page.number))
        yield from assembler.add(page.number, page.frame, blocks)
    yield from assembler.finish()


def _legible(
    document: OpenPdf,
    name: str,
    scan: PageScanner | None,
    report: _Report,
    sample: dict[int, PageContent],
) -> Iterator[PageContent]:
    """The pages that can be read; the others are reported. What is in `sample` is taken from there."""
    for number in range(1, document.count + 1):
        progress.tell(progress.READING, number - 1, document.count)
        page = sample.pop(number, None) or _page(document, number)
        if page.damaged:
            report.remarks.append(("这一页已经损坏，没有读出来，请核对原件", page_source(number)))
            continue
        kind = page_kind(page)
        if kind in _UNREAD:
            if scan is not None:
                progress.tell(progress.RECOGNISING, number - 1, document.count)
                page = scan(document, number)
            else:
                report.unread.append((number, kind))
                if kind is PageKind.GARBLED or not len(page.glyphs):
                    continue
        report.count(page, name)
        if page.cut_short:
            report.remarks.append(("这一页的内容太多，只读了一部分，请核对", page_source(number)))
        yield page


def _page(document: OpenPdf, number: int) -> PageContent:
    page = read_page(document, number)
    page.glyphs = without_copies(page.glyphs)
    return without_charts(page)


def _recognised(document: OpenPdf, number: int, scan: PageScanner, sampled: PageContent | None) -> PageContent:
    """A page of a document of mostly pictures; `sampled` is what is already known of it."""
    progress.tell(progress.RECOGNISING, number - 1, document.count)
    page = sampled or _page(document, number)
    return scan(document, number) if page_kind(page) in _UNREAD else page


def _sampled(count: int) -> list[int]:
    """Pages spread evenly over the document; all of a short one."""
    if count <= SAMPLED_PAGES:
        return list(range(1, count + 1))
    return sorted({1 + round(n * (count - 1) / (SAMPLED_PAGES - 1)) for n in range(SAMPLED_PAGES)})


# ---------------------------------------------------------------- one page


def _blocks(
    page: PageContent,
    furniture: Furniture,
    margins: dict[int, Margins],
    report: _Report,
    carried: Carried | None,
) -> list[Block]:
    """Tables and lines of a page, top to bottom."""
    cleaned = clean(page, furniture)
    for mark in cleaned.marks:
        report.marks[mark].append(page.frame.shown_as or page.number)
    glyphs = cleaned.glyphs
    if not len(glyphs):
        return []
    ruling = ruling_of(page.rules)
    cells = cells_of(ruling.grids, glyphs)
    pieces = pieces_of(laid_upright(glyphs, cells), cells)
    tables = ruled_tables(ruling.grids, [piece for piece in pieces if piece.group >= 0], page.number)
    width, height = page.frame.reading_size
    lines = prose_lines([piece for piece in pieces if piece.group < 0])
    usual = margins[round(width)].size if round(width) in margins else float(np.median(glyphs.size))
    lines = without_edges(lines, furniture, height, usual)
    blocks: list[Block] = [*tables]
    # Lines above, between and below ruled tables are looked at apart: a table ends where another begins.
    blocks += _around(lines, [table.box[1] for table in tables], ruling, carried)
    return sorted(blocks, key=lambda block: (block.box[1], block.box[0]))


def _around(
    lines: Sequence[ProseLine], tops: Sequence[float], ruling: Ruling, carried: Carried | None
) -> Iterator[Block]:
    stretches: dict[int, list[ProseLine]] = defaultdict(list)
    for line in lines:
        stretches[sum(top < line.middle for top in tops)].append(line)
    for above, stretch in stretches.items():
        before = carried if above == 0 else None
        for part in columns_apart(stretch, before):
            if isinstance(part, TextColumns):
                yield part
            else:
                yield from loose_tables(part, ruling.level, before)
            before = None


# ---------------------------------------------------------------- what the document has in common


def _two_up(pages: Sequence[PageContent]) -> Sizes:
    """The sizes of sheets that show two pages."""
    return printed_two_up(pages, lambda page: [line.pieces for line in _outside(page)])


def _learned(pages: Sequence[PageContent]) -> tuple[Furniture, dict[int, Margins]]:
    """Headers, watermarks and margins, from the lines outside of ruled tables."""
    seen = [(page, _outside(page)) for page in pages]
    furniture = learn(seen)
    by_width: dict[int, list[ProseLine]] = defaultdict(list)
    for page, lines in seen:
        width, height = page.frame.reading_size
        by_width[round(width)] += [
            line for line in without_edges(lines, furniture, height, 1000.0) if len(line.pieces) == 1
        ]
    return furniture, {width: margins for width, lines in by_width.items() if (margins := _margins(lines))}


def _outside(page: PageContent) -> list[ProseLine]:
    glyphs = page.glyphs
    straight: Glyphs = glyphs.only(glyphs.turn >= 0)
    groups = cells_of(ruling_of(page.rules).grids, straight)
    outside = straight.only(groups < 0)
    return prose_lines(pieces_of(outside, np.full(len(outside), -1, dtype=np.int64)))


def _margins(lines: Sequence[ProseLine]) -> Margins | None:
    """The usual left and right end of long lines, and the size of most characters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    if not sizes:
        return None
    size = sizes.most_common(1)[0][0]
    long = [line for line in lines if len(line.text) >= _LEAST_PROSE and abs(line.size - size) < 0.1 * size]
    if not long:
        return None
    left = float(np.percentile([line.box[0] for line in long], 5))
    right = float(np.percentile([line.box[2] for line in long], 90))
    return Margins(left, right, size, _farthest(long, right))


def _farthest(long: Sequence[ProseLine], right: float) -> float:
    """The distance from which two lines are two paragraphs, where those are set apart; 0 where they are not."""
    within: list[float] = []
    between: list[float] = []
    for above, below in pairwise(long):
        distance = below.middle - above.middle
        if 0 < distance <= 3 * above.size:
            (within if above.box[2] > right - 2 * above.size else between).append(distance)
    if not within or not between:
        return 0.0
    pitch, apart = float(np.median(within)), float(np.median(between))
    return (pitch + apart) / 2 if apart > _SET_APART * pitch else 0.0
