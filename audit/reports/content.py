"""What reports say, as plain data: everything in words already, amounts as printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from audit.findings import Severity

_LONGEST = 300  # characters of one printed value; a paragraph is quoted, not repeated


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of a finding, and what became of it: 说明, 答复, 批注, 豁免."""

    kind: str
    by: str
    text: str
    at: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One finding. `expected` is what it ought to be, where the rules can tell."""

    severity: Severity
    family: str
    rule: str
    title: str
    statement: str
    basis: str
    place: str  # in words: 表三 / 合计 / 项目支出
    source: str | None  # in the grammar of `disclosures.plain.sources`
    source_words: str
    message: str
    actual: str = ""
    expected: str = ""
    difference: str = ""
    status: str = "open"
    status_words: str = "未处理"
    evidence: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    department: str = ""
    year: int = 0

    @property
    def suggestion(self) -> str:
        """What to do about it, where the rules can tell; else the message says it all."""
        if not self.expected:
            return ""
        return (
            f"由“{clipped(self.actual)}”改为“{clipped(self.expected)}”"
            if self.actual
            else f"应填“{clipped(self.expected)}”"
        )


@dataclass(frozen=True, slots=True)
class Mute:
    """A rule that an administrator silenced where the disclosure lies."""

    title: str
    region: str
    reason: str
    by: str
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head of a report of one disclosure."""

    department: str
    region: str
    year: int
    kind: str  # 部门预算, 单位预算
    version: int
    state: str
    made_on: date
    checked_at: datetime | None = None
    current: bool = True  # the content has not changed since it was checked
    rules_run: int = 0
    checks_run: int = 0
    source_name: str = ""
    source_sha256: str = ""

    @property
    def title(self) -> str:
        return f"{self.department}\n{self.year}年{self.kind}公开核对报告"


@dataclass(frozen=True, slots=True)
class DisclosureReport:
    """Everything that the report of one disclosure says."""

    head: Head
    items: tuple[Item, ...]  # as the document, all that hold
    not_checked: tuple[tuple[str, str], ...] = ()  # title of the rule, reason
    mutes: tuple[Mute, ...] = ()
    remarks: tuple[Said, ...] = ()  # on no finding
    corrections: int = 0

    def standing(self, severity: Severity | None = None) -> tuple[Item, ...]:
        """What is neither waived nor silenced."""
        return tuple(
            item for item in self.items if item.status in ("open", "explained") and severity in (None, item.severity)
        )

    def of_status(self, status: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.status == status)


@dataclass(frozen=True, slots=True)
class Stage:
    """How many departments of a line stand at each stage."""

    name: str
    numbers: tuple[int, ...]
    finished: int

    @property
    def departments(self) -> int:
        return sum(self.numbers)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A department with what is still wrong in its disclosure."""

    name: str
    region: str
    state: str
    errors: int
    warnings: int
    infos: int


@dataclass(frozen=True, slots=True)
class Frequent:
    """A rule with how often it is broken."""

    title: str
    severity: Severity
    findings: int
    disclosures: int


@dataclass(frozen=True, slots=True)
class Late:
    """A department that has not handed in or not published."""

    name: str
    region: str
    words: str


@dataclass(frozen=True, slots=True)
class DayCount:
    """What came and went on a day, and what stood at its end."""

    day: date
    opened: int
    closed: int
    standing: int


@dataclass(frozen=True, slots=True)
class RegionReport:
    """Everything that the report of a region says."""

    region: str  # 全部地区 where there is none
    year: int
    made_on: date
    basis: str  # in words: whether of an audit, and of when
    disclosures: int
    clean: int
    errors: int
    warnings: int
    infos: int
    waived: int
    stages: tuple[str, ...]
    lines: tuple[Stage, ...]
    ranking: tuple[Ranked, ...]
    frequent: tuple[Frequent, ...]
    days: tuple[DayCount, ...]
    late: tuple[Late, ...]
    open_errors: tuple[Item, ...]
    open_errors_number: int = 0
    late_number: int = 0
    compared: str = ""  # new and gone against the audit before, in words
    failed: tuple[Late, ...] = field(default=())  # what could not be checked

    @property
    def title(self) -> str:
        return f"{self.region}{self.year}年\n部门预算公开核对情况报告"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to change in the Word file, as the clerk's list shows it."""

    place: str
    source: str
    old: str
    new: str
    reason: str
    action: str  # 改, 增加, 删除, 调整顺序


@dataclass(frozen=True, slots=True)
class ChangeList:
    """What has to be changed in the file of one disclosure, in its order."""

    head: Head
    changes: tuple[Change, ...]


def clipped(text: str, longest: int = _LONGEST) -> str:
    """A text no longer than that; where it is cut stands "…"."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def by_severity(items: Iterable[Item]) -> dict[Severity, list[Item]]:
    """The findings of each severity, the most serious first, each as the document."""
    found: dict[Severity, list[Item]] = {severity: [] for severity in Severity}
    for item in items:
        found[item.severity].append(item)
    return found


def date_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
