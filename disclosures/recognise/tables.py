"""The budget tables of a disclosure: which segment is which table, and their reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from disclosures.plain.data import Note, OtherTable, Table
from disclosures.profiles import TableDecl, TemplateProfile
from disclosures.reading.blocks import Layout, Line

from . import headings
from .flow_table import read_flow_table
from .grid_table import read_grid_table
from .naming import is_foreign, named
from .outline import TableSegment, first_source, is_row, shown_text
from .sources import settle_sources
from .tidying import tidied
from .units import in_ten_thousands

_REPEATED_SHARE = 0.5
_FIRST_LABELS = 2


@dataclass(frozen=True, slots=True)
class TablesReading:
    """The budget tables in declared order, tables of other kinds, and what there is to say about them."""

    tables: tuple[Table, ...]
    others: tuple[OtherTable, ...]
    notes: tuple[Note, ...]


def read_tables(
    segments: Sequence[TableSegment], profile: TemplateProfile, layout: Layout, department: str | None
) -> TablesReading:
    """Read every table segment of one disclosure."""
    notes: list[Note] = []
    owned = named(segments, profile, notes)
    tables: list[Table] = []
    unowned = [segment for owner, segment in owned if owner is None and segment.lines]
    for decl in profile.tables:
        whole = _whole(decl, [segment for owner, segment in owned if owner is decl], notes)
        if whole is None:
            if owned:
                notes.append(Note(f"没有找到表{decl.ordinal}“{decl.title}”", decl.id))
            continue
        table, told = _read(decl, whole, layout, department)
        if is_foreign(decl, whole, table, profile):
            unowned.append(whole)
            message = (
                f"“{whole.title or decl.title}”的栏目与表{decl.ordinal}“{decl.title}”不同，没有按表{decl.ordinal}读取"
            )
            notes.append(Note(message, decl.id, whole.source))
            continue
        tables.append(table)
        notes += told
    order = [id(segment) for segment in segments]
    others = tuple(_other(segment) for segment in sorted(unowned, key=lambda segment: order.index(id(segment))))
    notes += [
        Note(f"表格“{other.title or '无标题'}”不在十三张表之内，已原样保留", None, other.source) for other in others
    ]
    settled, told_sources = settle_sources(tables, profile)
    converted, told_units = in_ten_thousands(settled)
    return TablesReading(converted, others, (*notes, *told_sources, *told_units))


def _other(segment: TableSegment) -> OtherTable:
    title = " ".join(text for text in (segment.caption, segment.title) if text) or None
    return OtherTable(title, tuple(_cells(line) for line in segment.lines), segment.source)


def _cells(line: Line) -> tuple[str, ...]:
    return line.cells if line.cells is not None else (line.text.strip(),)


# ---------------------------------------------------------------- printed once, twice, on several pages


def _whole(decl: TableDecl, segments: Sequence[TableSegment], notes: list[Note]) -> TableSegment | None:
    """One segment out of all that bear a table's title: mentions dropped, pages joined, a second print noted."""
    filled = [segment for segment in segments if segment.lines] or list(segments)
    if not filled:
        return None
    main = max(filled[:1] + [s for s in filled if _labels(s)], key=lambda s: bool(_labels(s)))
    seen, first = set(_labels(main)), set(list(_labels(main))[:_FIRST_LABELS])
    for segment in filled:
        labels = _labels(segment)
        if segment is main or not labels:
            continue
        # A second print begins as the first one does; the names of a next page may well have stood before.
        if len(labels.keys() & seen) < _REPEATED_SHARE * len(labels) or not labels.keys() & first:
            main.lines.extend(segment.lines)
            seen |= labels.keys()
        else:
            same = [line.text for line in segment.lines] == [line.text for line in main.lines]
            message = (
                f"表{decl.ordinal}“{decl.title}”印了两次，{'内容相同' if same else '内容不完全相同'}，采用先印的一份"
            )
            notes.append(Note(message, decl.id, segment.source))
    return main


def _labels(segment: TableSegment) -> dict[str, None]:
    """The first texts of rows that hold amounts (or 合计): what tells one printing of a table from its next page."""
    found: dict[str, None] = {}
    for line in segment.lines:
        words = line.cells if line.cells is not None else tuple(line.text.split())
        texts = [word for word in words if word]
        if texts and (texts[0] == "合计" or any("." in text and text[-1:].isdigit() for text in texts[1:])):
            found[texts[0]] = None
    return found


# ---------------------------------------------------------------- reading


def _read(
    decl: TableDecl, segment: TableSegment, layout: Layout, department: str | None
) -> tuple[Table, tuple[Note, ...]]:
    cells = sum(1 for line in segment.lines if is_row(line))
    spaced = sum(1 for line in segment.lines if line.cells is None and "." in line.text)
    in_grid = cells > spaced or (cells == spaced and layout is Layout.GRID)
    reader = read_grid_table if in_grid else read_flow_table
    table, notes = reader(decl, tidied(decl, segment.lines), department)
    head = [shown_text(line) or line.text for line in segment.lines[:8]]
    unit = next((unit for text in head if (unit := headings.printed_amount_unit(text))), None)
    name = next((name for text in head if (name := headings.printed_department(text))), None)
    return (
        replace(
            table,
            title=segment.title or decl.title,
            printed_year=segment.year,
            printed_unit=unit,
            printed_department=name,
            caption=segment.caption,
            source=segment.source or first_source(segment.lines),
        ),
        notes,
    )
