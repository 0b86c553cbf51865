"""Charts as tables with bars: every chart is its own table, readable on a phone and aloud, without a script.

A bar is an inline SVG whose width is a share of the longest one; templates/portal/_bars.html draws it. Equal things
have equal colours everywhere: the classes `c-…` of static/portal/portal.css, told apart by the colour-blind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .figures import FUNCTION, SOURCE, TOTAL, VISIT, Figure, Project
from .statements import Change, percent

_MOST_FUNCTIONS, _MOST_PROJECTS = 12, 10
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: `width` of 100; `start` where it stands behind another in a stacked bar."""

    label: str
    amount: Decimal | None
    share: str
    width: str
    colour: str
    start: str = "0"


@dataclass(frozen=True, slots=True)
class Chart:
    """`answer` is its title: what the chart says."""

    id: str
    answer: str
    head: str
    bars: tuple[Bar, ...]
    stacked: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A total of two years side by side."""

    change: Change
    before: str
    now: str


def charts_of(figures: Sequence[Figure], projects: Sequence[Project]) -> list[Chart]:
    """Where from, what for, basic against project, 三公, biggest projects: those with figures."""
    found = (_sources(figures), _functions(figures), _kinds(figures), _visits(figures), _projects(projects))
    return [chart for chart in found if chart is not None]


def pairs(changed: Sequence[Change]) -> list[Pair]:
    """Bars of last year and this for each total, on the scale of that total."""
    found = []
    for change in changed:
        most = max(change.now, change.before, Decimal(0))
        found.append(Pair(change, width(change.before, most), width(change.now, most)))
    return found


def width(value: Decimal | None, most: Decimal) -> str:
    """How long a bar is; what is not nil can be seen."""
    if value is None or value <= 0 or most <= 0:
        return "0"
    return f"{max(value / most * _WIDTH, Decimal('0.6')):.1f}"


def _of(figures: Iterable[Figure], measure: str) -> list[Figure]:
    return [figure for figure in figures if figure.measure == measure]


def _bars(figures: Sequence[Figure], whole: Decimal, colour: str = "") -> tuple[Bar, ...]:
    most = max((figure.amount for figure in figures), default=Decimal(0))
    return tuple(
        Bar(
            figure.label,
            figure.amount,
            percent(figure.amount, whole),
            width(figure.amount, most),
            colour or f"c-{figure.key}",
        )
        for figure in figures
    )


def _sources(figures: Sequence[Figure]) -> Chart | None:
    found = _of(figures, SOURCE)
    whole = sum((figure.amount for figure in found), Decimal(0))
    if not found or whole <= 0:
        return None
    first = max(found, key=lambda figure: figure.amount)
    answer = f"钱从哪里来：{first.label}占 {percent(first.amount, whole)}"
    return Chart("sources", answer, "来源", _bars(found, whole))


def _functions(figures: Sequence[Figure]) -> Chart | None:
    found = _of(figures, FUNCTION)
    whole = sum((figure.amount for figure in found), Decimal(0))
    if not found or whole <= 0:
        return None
    shown, rest = found[:_MOST_FUNCTIONS], found[_MOST_FUNCTIONS:]
    if rest:
        others = sum((figure.amount for figure in rest), Decimal(0))
        shown = [*shown, Figure(FUNCTION, "rest", f"其余 {len(rest)} 类", others)]
    answer = f"用在哪里：{found[0].label}最多，占 {percent(found[0].amount, whole)}"
    return Chart("functions", answer, "支出功能分类", _bars(shown, whole, "c-function"))


def _kinds(figures: Sequence[Figure]) -> Chart | None:
    """Basic and project as one bar in two parts."""
    found = [figure for figure in _of(figures, TOTAL) if figure.key in ("basic", "project")]
    whole = sum((figure.amount for figure in found), Decimal(0))
    if len(found) != 2 or whole <= 0 or min(figure.amount for figure in found) < 0:
        return None
    bars, start = [], Decimal(0)
    for figure in found:
        long = figure.amount / whole * _WIDTH
        share = percent(figure.amount, whole)
        bars.append(Bar(figure.label, figure.amount, share, f"{long:.1f}", f"c-{figure.key}", f"{start:.1f}"))
        start += long
    answer = f"日常运转（基本支出）占 {bars[0].share}，专门项目占 {bars[1].share}"
    note = "基本支出是人员工资和日常办公的开支；项目支出是为完成特定任务安排的开支。"
    return Chart("kinds", answer, "支出类别", tuple(bars), stacked=True, note=note)


def _visits(figures: Sequence[Figure]) -> Chart | None:
    found = _of(figures, VISIT)
    whole = sum((figure.amount for figure in found), Decimal(0))
    if not found:
        return None
    if whole <= 0:
        return Chart("visits", "今年没有安排“三公”经费", "项目", _bars(found, whole))
    answer = f"“三公”经费共 {whole:,.2f} 万元"
    return Chart("visits", answer, "项目", _bars(found, whole))


def _projects(projects: Sequence[Project]) -> Chart | None:
    found = sorted((item for item in projects if item.amount and item.amount > 0), key=lambda item: -(item.amount or 0))
    if not found:
        return None
    whole = sum((item.amount for item in found if item.amount), Decimal(0))
    shown = found[:_MOST_PROJECTS]
    most = shown[0].amount or Decimal(0)
    bars = tuple(
        Bar(
            f"{item.name}（上年结转）" if item.carried_over else item.name,
            item.amount,
            percent(item.amount or Decimal(0), whole),
            width(item.amount, most),
            "c-project",
        )
        for item in shown
    )
    share = percent(sum((item.amount for item in shown if item.amount), Decimal(0)), whole)
    if len(found) <= len(shown):
        answer = f"共 {len(found)} 个项目，最大的是{shown[0].name}"
    else:
        answer = f"最大的 {len(shown)} 个项目占全部 {len(found)} 个项目的 {share}"
    return Chart("projects", answer, "项目", bars)
