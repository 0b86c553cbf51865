"""What a reader made of a text, held against what the text was written from.

Cells are counted as equal, as wrong but marked by the reader (inferred or doubtful), or as wrong;
texts are compared folded, so that brackets and spaces make no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import StrEnum

from disclosures.plain.data import (
    Cell,
    Disclosure,
    Horizon,
    Indicator,
    OverallTarget,
    ProjectTarget,
    Row,
    Surety,
    Table,
)
from disclosures.plain.places import row_keys, target_keys
from disclosures.plain.text import fold

from .forms import ANNUAL_WIDTH, WHOLE_WIDTH, clip
from .styles import FlowStyle, GridStyle

_TARGET_FIELDS = ("supervisor", "implementing_unit", "attribute", "term", "reported_at")
_TARGET_TEXTS = ("overview", "basis", "necessity", "safeguards", "plan", "objective_whole", "objective_annual")
_FUNDS = ("total", "central", "provincial", "local", "self_raised", "other")
_OVERALL_TEXTS = ("unit", "duties", "strategy", "objective")


class Verdict(StrEnum):
    """How one value came back."""

    EQUAL = "equal"
    EQUAL_MARKED = "equal, but marked"
    MARKED = "wrong, and marked"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that did not come back as it was."""

    where: str
    expected: str | None
    got: str | None
    marked: bool = False


@dataclass
class Comparison:
    """Counts by part of the document, and every difference."""

    counts: dict[str, Counter[Verdict]] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    def add(self, part: str, where: str, expected: str | None, got: str | None, surety: Surety = Surety.SURE) -> None:
        """Count one value."""
        marked = surety is not Surety.SURE
        if expected == got:
            verdict = Verdict.EQUAL_MARKED if marked else Verdict.EQUAL
        else:
            verdict = Verdict.MARKED if marked else Verdict.WRONG
            self.differences.append(Difference(where, expected, got, marked))
        self.counts.setdefault(part, Counter())[verdict] += 1

    def merge(self, other: Comparison) -> None:
        """Add the counts and differences of another document."""
        for part, counter in other.counts.items():
            self.counts.setdefault(part, Counter()).update(counter)
        self.differences += other.differences

    def total(self, verdict: Verdict, parts: Iterable[str] | None = None) -> int:
        """How many values of some parts (all of them by default) came back so."""
        return sum(self.counts[part][verdict] for part in (parts or self.counts) if part in self.counts)


def printed_as(disclosure: Disclosure, style: GridStyle | FlowStyle) -> Disclosure:
    """What a perfect reader finds in a text of this style: clipped names stay clipped, a lost title's year lost."""
    if isinstance(style, GridStyle) and style.bare and style.captions:
        tables = tuple(
            replace(table, printed_year=None) if table.caption and table.id in style.bare else table
            for table in disclosure.tables
        )
        disclosure = replace(disclosure, tables=tables)
    if style.clip:
        targets = (
            replace(target, indicators=tuple(map(_clipped, target.indicators))) for target in disclosure.project_targets
        )
        disclosure = replace(disclosure, project_targets=tuple(targets))
    return disclosure


def _clipped(item: Indicator) -> Indicator:
    columns = WHOLE_WIDTH if item.horizon is Horizon.WHOLE else ANNUAL_WIDTH
    return replace(item, level3=clip(item.level3, columns))


def compare(expected: Disclosure, got: Disclosure) -> Comparison:
    """Every difference between a disclosure and what was read from its text."""
    result = Comparison()
    for name in ("department", "fiscal_year", "kind"):
        result.add("head", f"doc {name}", str(getattr(expected, name)), str(getattr(got, name)))
    for table in expected.tables:
        _tables(result, table, got.table(table.id))
    for table in got.tables:
        if expected.table(table.id) is None:
            result.add(table.id, table.id, None, table.title)
    result.add("attachments", "doc attachments", _titles(expected), _titles(got))
    _sections(result, expected, got)
    _targets(result, expected, got)
    _overall(result, expected, got)
    return result


def _titles(disclosure: Disclosure) -> str:
    return fold("；".join(item.title for item in disclosure.attachments))


# ---------------------------------------------------------------- tables


def _label(row: Row) -> tuple[str, str, str, str]:
    return (row.side, row.code, fold(row.name), fold(row.second_name))


def _tables(result: Comparison, expected: Table, got: Table | None) -> None:
    part = expected.id
    if got is None:
        result.add(part, part, expected.title, None)
        return
    for name in ("no_data", "printed_year", "printed_unit"):
        result.add("titles", f"{part} {name}", str(getattr(expected, name)), str(getattr(got, name)))
    matcher = SequenceMatcher(None, [_label(r) for r in expected.rows], [_label(r) for r in got.rows], autojunk=False)
    keys = row_keys(expected)
    for tag, left, left_end, right, right_end in matcher.get_opcodes():
        if tag == "equal":
            for offset in range(left_end - left):
                _row(result, f"{part}/{keys[left + offset]}", expected.rows[left + offset], got.rows[right + offset])
            continue
        for position in range(left, left_end):
            for column, cell in expected.rows[position].cells:
                result.add(part, f"{part}/{keys[position]}/{column} (row not found)", cell.value or "blank", None)
        for position in range(right, right_end):
            row = got.rows[position]
            result.add(part, f"{part} row that is not there", None, f"{row.code} {row.name} {row.second_name}")


def _row(result: Comparison, where: str, expected: Row, got: Row) -> None:
    part = where[:3]
    for column, cell in expected.cells:
        read: Cell = got.cell(column)
        result.add(part, f"{where}/{column}", cell.value, read.value, read.surety)
    if part in ("T12", "T13"):
        result.add("levels", f"{where} level", expected.level, got.level)
        result.add("levels", f"{where} unit", fold(expected.unit_name), fold(got.unit_name))


# ---------------------------------------------------------------- prose and forms


def _sections(result: Comparison, expected: Disclosure, got: Disclosure) -> None:
    for section in expected.sections:
        read = got.section(section.numeral)
        text = fold(section.text)
        found = fold(read.text) if read else ""
        if text == found:
            result.add("narrative", f"N/{section.numeral}", "", "")
            continue
        at = next((i for i, pair in enumerate(zip(text, found, strict=False)) if pair[0] != pair[1]), 0)
        at = at or min(len(text), len(found))
        result.add(
            "narrative", f"N/{section.numeral}", text[max(0, at - 20) : at + 40], found[max(0, at - 20) : at + 40]
        )


def _targets(result: Comparison, expected: Disclosure, got: Disclosure) -> None:
    # The same name may stand for projects of several units; the forms keep their printed order.
    read = dict(zip(map(fold, target_keys(got.project_targets)), got.project_targets, strict=True))
    for key, target in zip(target_keys(expected.project_targets), expected.project_targets, strict=True):
        found = read.pop(fold(key), None)
        if found is None:
            result.add("forms", f"P/{key}", target.project, None)
        else:
            _target(result, f"P/{key}", target, found)
    for key, target in read.items():
        result.add("forms", f"P/{key}", None, target.project)


def _target(result: Comparison, where: str, expected: ProjectTarget, got: ProjectTarget) -> None:
    for name in _TARGET_FIELDS:
        result.add("form fields", f"{where}/{name}", fold(getattr(expected, name)), fold(getattr(got, name)))
    for name in _TARGET_TEXTS:
        result.add("form texts", f"{where}/{name}", fold(getattr(expected, name)), fold(getattr(got, name)))
    for horizon in ("whole", "annual"):
        for key in _FUNDS:
            want, have = getattr(getattr(expected, horizon), key), getattr(getattr(got, horizon), key)
            result.add("form funds", f"{where}/funds.{horizon}.{key}", want, have)
    _indicators(result, where, expected.indicators, got.indicators)


def _indicators(result: Comparison, where: str, expected: tuple[Indicator, ...], got: tuple[Indicator, ...]) -> None:
    want, have = Counter(_spelt(expected)), Counter(_spelt(got))
    for item, count in (want & have).items():
        for _ in range(count):
            result.add("indicators", where, item, item)
    doubtful = set(_spelt(item for item in got if item.doubtful))
    for item in (want - have).elements():
        result.add("indicators", f"{where}/indicators", item, None)
    for item in (have - want).elements():
        surety = Surety.DOUBTFUL if item in doubtful else Surety.SURE
        result.add("indicators", f"{where}/indicators", None, item, surety)


def _spelt(items: Iterable[Indicator]) -> Iterator[str]:
    return (f"{item.horizon.value} {item.level2} {fold(item.level3)} {fold(item.value)}" for item in items)


def _overall(result: Comparison, expected: Disclosure, got: Disclosure) -> None:
    for position, target in enumerate(expected.overall_targets):
        found = got.overall_targets[position] if position < len(got.overall_targets) else None
        if found is None:
            result.add("overall", "O", target.unit, None)
        else:
            _overall_fields(result, target, found)
    for extra in got.overall_targets[len(expected.overall_targets) :]:
        result.add("overall", "O", None, extra.unit)


def _overall_fields(result: Comparison, expected: OverallTarget, got: OverallTarget) -> None:
    for name in _OVERALL_TEXTS:
        result.add("overall", f"O/{name}", fold(getattr(expected, name)), fold(getattr(got, name)))
    found_staff = {fold(label): fold(count) for label, count in got.staff}
    for label, count in expected.staff:
        result.add("overall", f"O/staff/{label}", fold(count), found_staff.get(fold(label)))
    found = dict(got.funds)
    for key, value in expected.funds:
        result.add("overall", f"O/funds/{key}", value, found.get(key))
    _indicators(result, "O", expected.indicators, got.indicators)
