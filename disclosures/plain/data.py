"""The frozen dataclasses of one disclosure (contract: budget-disclosure/1).

Amounts are decimal strings exactly as printed, without thousands separators; `None` is a blank
cell. Tables are in 万元, the funds of target forms in 元. Every cell knows its place in the source
file ("line 361", "page 12", "sheet!C7") and how sure the reader was of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

TABLE_IDS = tuple(f"T{n:02d}" for n in range(1, 14))


class Kind(StrEnum):
    """部门预算 (a department with its units) or 单位预算 (one unit)."""

    DEPARTMENT = "department_budget"
    UNIT = "unit_budget"


class Side(StrEnum):
    """The half of a two-sided table a row stands in; ONE for tables with a single side."""

    ONE = ""
    INCOME = "income"
    EXPENDITURE = "expenditure"


class Level(StrEnum):
    """What kind of row it is, where a table nests or totals."""

    DEPARTMENT = "department"
    UNIT = "unit"
    PROJECT = "project"
    GROUP = "group"
    ITEM = "item"
    TOTAL = "total"


class Surety(StrEnum):
    """How a value came to stand in its cell."""

    SURE = "sure"
    INFERRED = "inferred"  # the column was chosen by what is known of the table; the number is as printed
    DOUBTFUL = "doubtful"  # a person should look


class Horizon(StrEnum):
    """实施期 (whole period) or 年度 (annual) half of a target form."""

    WHOLE = "whole"
    ANNUAL = "annual"


SIDE_WORDS = {Side.INCOME: "收入", Side.EXPENDITURE: "支出", Side.ONE: ""}
HORIZON_WORDS = {Horizon.WHOLE: "实施期", Horizon.ANNUAL: "年度"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One amount cell. `value` is a decimal string as printed without separators, None if blank.

    `source` is None where the cell stands in its row's place (see `Row.place_of`).
    """

    value: str | None = None
    source: str | None = None
    surety: Surety = Surety.SURE


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row of a budget table (one side of it for T01, T04, T09).

    `code` and `name` and `second_name` hold the label fields that the table's declaration names:
    T01/T04/T10 item -> name; T02/T03/T05/T07/T08/T09 code, name; T06 dept_econ -> name,
    gov_econ -> second_name; T11 unit -> name; T12/T13 project -> name.
    """

    name: str
    cells: tuple[tuple[str, Cell], ...]  # (column key, cell) for every column of the declaration, in order
    side: Side = Side.ONE
    code: str = ""
    second_name: str = ""
    level: Level | None = None
    unit_name: str | None = None  # T12/T13: the unit under which a project stands
    source: str | None = None
    label_surety: Surety = Surety.SURE

    def cell(self, column: str) -> Cell:
        """The cell of a column; BLANK when this row has no such column."""
        for key, cell in self.cells:
            if key == column:
                return cell
        return BLANK

    def value(self, column: str) -> str | None:
        return self.cell(column).value

    def place_of(self, column: str) -> str | None:
        """Where a cell stands in the source file."""
        return self.cell(column).source or self.source

    @property
    def is_blank(self) -> bool:
        return all(cell.value is None for _, cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """One of the thirteen budget tables as printed; rows in printed order, income side first."""

    id: str
    title: str  # without the year
    no_data: bool = False  # the table itself says 本表无数据
    rows: tuple[Row, ...] = ()
    printed_year: int | None = None
    printed_unit: str | None = None  # the amount unit printed on the table, "万元"
    printed_department: str | None = None
    caption: str | None = None  # 预算公开表5 and the like
    source: str | None = None

    def side(self, side: Side) -> Iterator[Row]:
        return (row for row in self.rows if row.side == side)


@dataclass(frozen=True, slots=True)
class OtherTable:
    """A table that matches no declaration; kept so that a person can see and assign it."""

    title: str | None
    rows: tuple[tuple[str, ...], ...]
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of prose; lines that the file wrapped are joined."""

    text: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A section of part three by numeral ("一" … "十二"), or "概况" / "名词解释" for parts one and four."""

    numeral: str
    heading: str  # as printed: "一、部门预算收支数据变动情况及原因"
    paragraphs: tuple[Paragraph, ...] = ()
    source: str | None = None

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Funds:
    """Funds of a target form by source, in 元, decimal strings; None is blank."""

    total: str | None = None
    central: str | None = None
    provincial: str | None = None
    local: str | None = None
    self_raised: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. level2 in its standard form (数量指标 … 社会效益 … 服务对象满意度), name as printed."""

    horizon: Horizon
    level1: str
    level2: str
    level3: str
    value: str | None
    doubtful: bool = False
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ProjectTarget:
    """项目支出绩效目标表: one project's target form, its pages joined."""

    project: str | None  # None where the form lost its head
    supervisor: str | None = None
    implementing_unit: str | None = None
    attribute: str | None = None
    term: str | None = None
    whole: Funds = Funds()
    annual: Funds = Funds()
    overview: str | None = None
    basis: str | None = None
    necessity: str | None = None
    safeguards: str | None = None
    plan: str | None = None
    objective_whole: str | None = None
    objective_annual: str | None = None
    indicators: tuple[Indicator, ...] = ()  # whole-period first, then annual, each in printed order
    reported_at: str | None = None  # digits as printed
    form_title: str | None = None
    source: str | None = None
    # Where the parts that can be cited stand, e.g. {"funds": "line 490", "overview": "line 498"}
    part_sources: tuple[tuple[str, str], ...] = ()
    doubtful: tuple[str, ...] = ()  # names of fields the reader is not sure of


@dataclass(frozen=True, slots=True)
class OverallTarget:
    """部门/单位整体支出绩效目标表: a department-wide (or unit-wide) target form."""

    unit: str
    form_title: str | None = None
    staff: tuple[tuple[str, str], ...] = ()  # printed label -> printed count
    duties: str | None = None
    strategy: str | None = None
    objective: str | None = None  # 年度绩效目标
    funds_unit: str = "万元"
    funds: tuple[tuple[str, str | None], ...] = ()  # key ("total_by_source", "general_public", "basic" …) -> amount
    tasks: tuple[tuple[str, str], ...] = ()  # 年度重点任务: (core function, task)
    indicators: tuple[Indicator, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """Notices and catalogues behind section 十二; recognised, not read into records."""

    title: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What the reader could not read or had to guess; `where` in the contract's grammar if it has one."""

    message: str  # plain Chinese
    where: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One department's published budget disclosure."""

    department: str
    fiscal_year: int
    kind: Kind
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()  # 概况, 一 … 十二, 名词解释 as present, in printed order
    overall_targets: tuple[OverallTarget, ...] = ()
    project_targets: tuple[ProjectTarget, ...] = ()
    other_tables: tuple[OtherTable, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[Note, ...] = ()
    profile: str = "shanxi-2024"
    title_lines: tuple[Paragraph, ...] = field(default=())  # cover: department name and title as printed

    def table(self, table_id: str) -> Table | None:
        return next((table for table in self.tables if table.id == table_id), None)

    def section(self, numeral: str) -> Section | None:
        return next((section for section in self.sections if section.numeral == numeral), None)
