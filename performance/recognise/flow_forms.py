"""A project target form in the FLOW layout: its pages are read one by one and joined.

Every page repeats the head, the funds and the texts; the indicator tables continue each other and only
the last page carries the foot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from disclosures.plain.data import Horizon, Note, ProjectTarget
from disclosures.plain.text import fold, unwrap
from disclosures.reading.blocks import Line
from disclosures.recognise.registry import FormReading

from . import vocabulary
from .flow_fields import HEAD_FIELDS, TEXT_FIELDS, Found, as_funds, label_at, read_funds, read_head, read_texts
from .flow_indicators import has_two_horizons, is_block_label, is_table_head, read_table, starts_with_class
from .flow_objectives import split_columns
from .flow_shapes import width

_AMOUNT = re.compile(r"[-−－]?\d[\d,，]*(?:\.\d+)?$")
_FUND_TAIL = re.compile(r"[：:]?[-−－\d,，.]*$")
_FOOT = re.compile(r"负责人\s*[：:]|填报日期|填报时间|填表日期")
_ABOVE_HEAD = re.compile(r"单位\s*[：:]\s*(?:人民币)?万?元|^\s*20\d\d\s*年度?\s*$")  # on every page, says nothing new
_OBJECTIVES = ("objective_whole", "objective_annual")
_REPORTED = re.compile(r"填[报表](?:日期|时间|日)\s*[：:]?\s*(?P<date>\d[\d年月日./:\- ]*)")


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of one page by region."""

    title: str | None
    head: list[Line] = field(default_factory=list)
    funds: list[Line] = field(default_factory=list)
    texts: list[Line] = field(default_factory=list)
    objectives: list[Line] = field(default_factory=list)
    table: list[Line] = field(default_factory=list)
    foot: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Form:
    """What was read of a form so far; the first page that prints a part decides."""

    head: dict[str, Found] = field(default_factory=dict)
    texts: dict[str, Found] = field(default_factory=dict)
    objectives: dict[str, Found] = field(default_factory=dict)
    funds: dict[Horizon, dict[str, str]] = field(default_factory=dict)
    funds_source: str | None = None
    doubtful: tuple[str, ...] = ()
    notes: list[Note] = field(default_factory=list)

    def add(self, page: _Page) -> None:
        """Take over what a page says and earlier pages did not."""
        head, above = read_head(page.head)
        self.head = head | self.head
        self.notes.extend(_unread(line for line in above if not _ABOVE_HEAD.search(line.text)))
        if page.funds and self.funds_source is None:
            self.funds, self.funds_source = read_funds(page.funds), page.funds[0].source
            self.notes.extend(_unit_note(page.funds))
        if not self.texts:
            self.texts, stray = read_texts(page.texts)
            self.notes.extend(_unread(stray))
        if page.objectives and not self.objectives:
            lone = None if has_two_horizons(line.text for line in page.table) else self.lone_horizon
            self.objectives, unsure = _objectives(page.objectives, lone)
            self.doubtful = tuple(self.objectives) if unsure else ()
        self.notes.extend(_unread(line for line in page.foot if not _FOOT.search(line.text)))

    @property
    def lone_horizon(self) -> Horizon:
        """The horizon of a form that prints one group of columns: the year where only that is spoken of."""
        annual = self.funds.get(Horizon.ANNUAL) or "objective_annual" in self.objectives
        whole = self.funds.get(Horizon.WHOLE) or "objective_whole" in self.objectives
        return Horizon.ANNUAL if annual and not whole else Horizon.WHOLE

    def part_sources(self) -> tuple[tuple[str, str], ...]:
        found = [(name, part.source) for name, part in (self.head | self.texts | self.objectives).items()]
        return (*found, ("funds", self.funds_source)) if self.funds_source is not None else tuple(found)


def read_flow_form(lines: Sequence[Line], department: str) -> FormReading:
    """One project's form. `department` stands in running heads and says nothing more about the form."""
    pages = [_regions(page) for page in _pages(lines)]
    form = _Form()
    for page in pages:
        form.add(page)
    table = [(number, line) for number, page in enumerate(pages) for line in page.table]
    indicators, table_notes = read_table(table, form.lone_horizon)
    parts = form.head | form.texts | form.objectives
    target = ProjectTarget(
        **{name: parts[name].value if name in parts else None for name in (*HEAD_FIELDS, *TEXT_FIELDS, *_OBJECTIVES)},
        whole=as_funds(form.funds.get(Horizon.WHOLE, {})),
        annual=as_funds(form.funds.get(Horizon.ANNUAL, {})),
        indicators=indicators,
        reported_at=_reported_at(pages),
        form_title=next((page.title for page in pages if page.title), None),
        source=lines[0].source if lines else None,
        part_sources=form.part_sources(),
        doubtful=form.doubtful,
    )
    return target, (*_lost_notes(target, lines), *form.notes, *table_notes)


# ---------------------------------------------------------------- pages and regions


def _pages(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of each printed page; a page starts with its title, or with 项目名称 where that was lost."""
    pages: list[list[Line]] = []
    named = False
    for line in lines:
        text = line.text.strip()
        titled = vocabulary.form_title_kind(text) is not None
        names = vocabulary.names_project(text.split()[0])
        if not pages or titled or (names and named):
            pages.append([])
            named = False
        named = named or names
        pages[-1].append(line)
    return pages


def _regions(lines: Sequence[Line]) -> _Page:
    """Cut a page into title, head, funds, texts, objectives, table and foot."""
    title = next((line.text.strip() for line in lines[:1] if vocabulary.form_title_kind(line.text.strip())), None)
    body = [line for line in lines[1 if title else 0 :] if not vocabulary.is_year_line(line.text)]
    table, foot = _table_and_foot(body)
    above = _without_caption(body[:table])
    objectives = next((n for n, line in enumerate(above) if _starts_objectives(above, n)), len(above))
    texts = next((n for n in range(objectives) if label_at(above, n, TEXT_FIELDS)), objectives)
    fund_lines = [n for n in range(texts) if _is_fund_line(above[n].text)]
    funds, after = (fund_lines[0], fund_lines[-1] + 1) if fund_lines else (texts, texts)
    if fund_lines and after < texts and len(above[after].text.strip()) <= 4:
        after += 1  # the last piece of a wrapped label
    if not fund_lines and not any(label_at(above, n, HEAD_FIELDS) for n in range(texts)):
        funds = after = 0  # the page lost its head: what comes first is text
    return _Page(
        title=title,
        head=list(above[:funds]),
        funds=list(above[funds:after]),
        texts=list(above[after:objectives]),
        objectives=list(above[objectives:]),
        table=list(body[table:foot]),
        foot=list(body[foot:]),
    )


def _table_and_foot(lines: Sequence[Line]) -> tuple[int, int]:
    """Where the indicator table and the foot begin; 负责人 in the midst of a text is no foot."""
    table = next((n for n, line in enumerate(lines) if is_table_head(line.text)), None)
    if table is None:
        table = next((n for n, line in enumerate(lines) if starts_with_class(line.text)), None)
    behind = range(table or 0, len(lines))
    found = (n for n in behind if (match := _FOOT.search(lines[n].text)) and (table is not None or not match.start()))
    foot = next(found, len(lines))
    return foot if table is None else table, foot


def _without_caption(lines: list[Line]) -> list[Line]:
    """Drop the vertical caption 绩/效/指/标 that stands above the heading row."""
    end = len(lines)
    while end and is_block_label(lines[end - 1].text.strip()) and len(lines) - end < 6:
        end -= 1
    return lines[:end]


def _starts_objectives(lines: Sequence[Line], index: int) -> bool:
    words = lines[index].text.split()
    if len(words) <= 3 and any(vocabulary.horizon_of(word) for word in words):
        return all(vocabulary.horizon_of(word) or vocabulary.field_of(word) == "objective" for word in words)
    return label_at(lines, index, ("objective",)) is not None


def _is_fund_line(text: str) -> bool:
    words = text.split()
    if any(vocabulary.is_funds_head(word) or vocabulary.fund_of(_FUND_TAIL.sub("", word)) for word in words):
        return True
    return bool(vocabulary.fund_of("".join(words))) or all(_AMOUNT.match(word) for word in words)


# ---------------------------------------------------------------- the rest


def _objectives(lines: Sequence[Line], lone: Horizon | None) -> tuple[dict[str, Found], bool]:
    """The objectives of both horizons from their two columns, or the one of a form with one column."""
    body: list[tuple[str, str]] = []
    named: set[Horizon] = set()
    for index, line in enumerate(lines):
        horizons = [vocabulary.horizon_of(word) for word in line.text.split()]
        named.update(filter(None, horizons))
        if all(horizons):
            continue
        hit = label_at(lines, index, ("objective",))
        text = line.text.rstrip()
        if hit and hit.last == index and hit.rest:
            # Spaces in the label's place keep the columns where they are.
            text = " " * round(2 * width(text.removesuffix(hit.rest))) + hit.rest
        elif hit:
            continue
        if text.strip():
            body.append((text, line.source))
    texts = [text for text, _ in body]
    if len(named) == 1 or lone is not None:
        horizon = named.pop() if len(named) == 1 else lone
        name = _OBJECTIVES[0] if horizon is Horizon.WHOLE else _OBJECTIVES[1]
        joined = unwrap("".join(text.strip() for text in texts))
        return ({name: Found(joined, body[0][1])} if body else {}), False
    left, right, unsure = split_columns(texts)
    found = {}
    for name, column, start in ((_OBJECTIVES[0], left, 0), (_OBJECTIVES[1], right, len(left))):
        if column:
            found[name] = Found(unwrap("".join(column)), body[min(start, len(body) - 1)][1])
    return found, unsure


def _reported_at(pages: Sequence[_Page]) -> str | None:
    text = "\n".join(line.text for page in pages for line in page.foot)
    match = _REPORTED.search(text)
    return match["date"].strip() if match else None


def _unit_note(funds: Sequence[Line]) -> list[Note]:
    """A form that counts in 万元 is kept as printed and said so, for every other counts in 元."""
    if not any("(万元)" in fold(line.text) or "单位:万元" in fold(line.text) for line in funds):
        return []
    return [Note("项目资金以万元印出，数字按原样保留，没有换算成元，请核对", None, funds[0].source)]


def _lost_notes(target: ProjectTarget, lines: Sequence[Line]) -> list[Note]:
    """Notes on parts that every form has and this one does not print."""
    notes = []
    if target.project is None:
        notes.append(Note("绩效目标表缺少表头（项目名称、资金等），可能丢失了前半部分", None, target.source))
    if target.reported_at is None:
        notes.append(Note("绩效目标表没有填报日期，可能缺少最后一页", None, lines[-1].source if lines else None))
    if not target.indicators:
        notes.append(Note("绩效目标表没有读出任何指标", None, target.source))
    return notes


def _unread(lines: Iterable[Line]) -> list[Note]:
    return [Note(f"绩效目标表中有一行没有读懂：{line.text.strip()[:60]}", None, line.source) for line in lines]
