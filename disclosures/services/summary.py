"""What was read of a disclosure and what was doubtful, as a short table for the terminal. No Django."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table as Grid

from disclosures.plain import data as plain
from disclosures.plain.sources import line_number, source_words
from disclosures.profiles import PROFILES, TemplateProfile

from .reading import describe

_MOST_PLACES = 6  # places named in one cell; the rest are counted


def summary(disclosure: plain.Disclosure, name: str) -> RenderableType:
    """Tables, sections, target forms and notes of one disclosure, each with its lines."""
    profile = PROFILES[disclosure.profile]
    parts: list[RenderableType] = [
        f"[bold]{escape(name)}[/bold]  {escape(describe(disclosure))}",
        _tables(disclosure, profile),
        _sections(disclosure),
        _targets(disclosure),
    ]
    parts += [_notes(disclosure.notes)] if disclosure.notes else ["没有读取提示"]
    return Group(*parts, "")


def _grid(title: str, *columns: str, right: Sequence[str] = ()) -> Grid:
    grid = Grid(title=title, title_justify="left", title_style="bold", header_style="", box=SIMPLE_HEAD, padding=(0, 1))
    for column in columns:
        grid.add_column(column, justify="right" if column in right else "left", overflow="fold")
    return grid


def places(sources: Iterable[str | None]) -> str:
    """Places in words, without repeats: "第 361 行", "361、365 行" where all are lines of a text."""
    known = list(dict.fromkeys(source for source in sources if source))
    numbers = [line_number(source) for source in known]
    more = f" 等 {len(known)} 处" if len(known) > _MOST_PLACES else ""
    if len(known) > 1 and all(numbers):
        return "、".join(map(str, numbers[:_MOST_PLACES])) + " 行" + more
    return "、".join(dict.fromkeys(map(source_words, known[:_MOST_PLACES]))) + more


def _tables(disclosure: plain.Disclosure, profile: TemplateProfile) -> Grid:
    numbers = ("行", "金额", "推定列位", "存疑")
    grid = _grid("预算报表", "表", "名称", "起于", *numbers, "存疑之处", right=numbers)
    for decl in profile.tables:
        table = disclosure.table(decl.id)
        label = f"{decl.id} 表{decl.ordinal}"
        if table is None:
            grid.add_row(label, decl.short_title, "[red]没有读到[/red]")
            continue
        cells = [(row, key, cell) for row in table.rows for key, cell in row.cells]
        inferred = [row.place_of(key) for row, key, cell in cells if cell.surety is plain.Surety.INFERRED]
        doubtful = [row.place_of(key) for row, key, cell in cells if cell.surety is plain.Surety.DOUBTFUL]
        doubtful += [row.source for row in table.rows if row.label_surety is not plain.Surety.SURE]
        grid.add_row(
            label,
            decl.short_title + ("（本表无数据）" if table.no_data else ""),
            places([table.source]),
            str(len(table.rows)),
            str(sum(1 for _, _, cell in cells if cell.value is not None)),
            str(len(inferred) or ""),
            str(len(doubtful) or ""),
            places(doubtful),
        )
    for other in disclosure.other_tables:
        grid.add_row("其他", escape(other.title or ""), places([other.source]), str(len(other.rows)))
    return grid


def _sections(disclosure: plain.Disclosure) -> Grid:
    grid = _grid("概况、情况说明与附件", "部分", "标题", "起于", "段落", "字数", right=("段落", "字数"))
    for section in disclosure.sections:
        grid.add_row(
            escape(section.numeral),
            escape(section.heading),
            places([section.source]),
            str(len(section.paragraphs)),
            str(len(section.text)),
        )
    for item in disclosure.attachments:
        grid.add_row("附件", escape(item.title), places([item.source]))
    return grid


def _targets(disclosure: plain.Disclosure) -> Grid:
    grid = _grid(
        "绩效目标", "范围", "项目（单位）", "起于", "年度资金（元）", "指标", "存疑", right=("年度资金（元）", "指标")
    )
    for overall in disclosure.overall_targets:
        grid.add_row(
            "整体",
            escape(overall.unit),
            places([overall.source]),
            "",
            str(len(overall.indicators)),
            _doubts((), overall.indicators),
        )
    for target in disclosure.project_targets:
        grid.add_row(
            "项目",
            escape(target.project) if target.project else "[red]缺表头[/red]",
            places([target.source]),
            target.annual.total or "",
            str(len(target.indicators)),
            _doubts(target.doubtful, target.indicators),
        )
    return grid


def _doubts(fields: Sequence[str], indicators: Sequence[plain.Indicator]) -> str:
    doubtful = [indicator.source for indicator in indicators if indicator.doubtful]
    parts = [*fields, *([f"指标 {len(doubtful)} 条 {places(doubtful)}"] if doubtful else [])]
    return escape("；".join(parts))


def _notes(notes: Sequence[plain.Note]) -> Grid:
    grid = _grid("读取提示", "位置", "所在处", "说明")
    for note in notes:
        grid.add_row(places([note.source]), escape(note.where or ""), escape(note.message))
    return grid
