"""What the findings of many disclosures say together: which rules, where, and how that changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from audit.catalogue import rules
from audit.findings import Severity
from audit.models import AuditRun, Finding, Status
from audit.rules_page import KINDS
from disclosures.models import Disclosure
from disclosures.services.completion import NO_REGION, Regions

SHOWN = 10  # rules of the chart
_FEW = 3  # rules of its title
HOLDING = (Status.OPEN, Status.EXPLAINED)
_SERIOUS = (Severity.ERROR.value, Severity.WARNING.value)
TREND_DAYS = 30
_SHORTEST = 14  # days that are drawn at least
SHADES = 5
_PARTS = (
    (Fraction(1, 10), "十分之一"),
    (Fraction(1, 5), "五分之一"),
    (Fraction(1, 4), "四分之一"),
    (Fraction(1, 3), "三分之一"),
    (Fraction(1, 2), "一半"),
    (Fraction(2, 3), "三分之二"),
    (Fraction(3, 4), "四分之三"),
    (Fraction(9, 10), "九成"),
)


def part_words(number: int, of: int) -> str:
    """A share as people say it: "三分之二", "约三分之一", else "37%"."""
    share = Fraction(number, of)
    nearest, words = min(_PARTS, key=lambda part: abs(part[0] - share))
    if share == 1:
        return "全部"
    if share == nearest:
        return words
    return f"约{words}" if abs(nearest - share) <= Fraction(2, 100) else f"{round(share * 100)}%"


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often one rule is broken."""

    rule: str
    title: str
    severity: Severity
    findings: int
    disclosures: int


@dataclass(frozen=True, slots=True)
class Square:
    """One field of the heat map: findings of a kind of rule in a region."""

    findings: int
    average: str  # of one disclosure; "" where there is none
    shade: int  # 0 (none) to SHADES


@dataclass(frozen=True, slots=True)
class HeatRow:
    region: int | None
    name: str
    disclosures: int
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """The heat map: regions down, kinds of rules across, and its answer."""

    kinds: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Day:
    """What the checks of a day found new and found gone."""

    day: date
    opened: int
    closed: int


def rule_counts(records: QuerySet[Disclosure]) -> list[RuleCount]:
    """Every rule that these disclosures break, the most frequent first; one query."""
    found = (
        Finding.objects.filter(disclosure__in=records.order_by().values("pk"), status__in=HOLDING)
        .values_list("rule", "severity")
        .annotate(number=Count("pk"), disclosures=Count("disclosure", distinct=True))
        .order_by("-number", "rule", "severity")
    )
    titles = {key: rule.title for key, rule in rules().items()}
    return [RuleCount(rule, titles.get(rule, rule), Severity(grade), *numbers) for rule, grade, *numbers in found]


def errors_first(counts: list[RuleCount]) -> tuple[list[RuleCount], str]:
    """The rules of the chart and its title: where most of the errors are."""
    errors = [item for item in counts if item.severity is Severity.ERROR]
    shown, word = (errors, "错误") if errors else (counts, "问题")
    total = sum(item.findings for item in shown)
    if not total:
        return [], ""
    leads = len(shown) == 1 or shown[0].findings > shown[1].findings
    most = f"，最多的是“{shown[0].title}”" if leads else ""
    if len(shown) <= _FEW:
        return shown[:SHOWN], f"{total} 个{word}都出在 {len(shown)} 条规则上{most}"
    share = part_words(sum(item.findings for item in shown[:_FEW]), total)
    return shown[:SHOWN], f"{share}的{word}出在 {_FEW} 条规则上{most}"


def heat(records: QuerySet[Disclosure], tree: Regions, top: int | None) -> Heat:
    """Errors and warnings by region right below `top` and by kind of rule; two queries."""
    sizes: Counter[int | None] = Counter()
    counted = records.order_by().values_list("department__region").annotate(number=Count("pk"))
    for region, number in counted:
        sizes[tree.below(top, region)] += number
    held: dict[int | None, Counter[str]] = defaultdict(Counter)
    found = Finding.objects.filter(
        disclosure__in=records.order_by().values("pk"), status__in=HOLDING, severity__in=_SERIOUS
    )
    for rule, region, number in (
        found.order_by().values_list("rule", "disclosure__department__region").annotate(number=Count("pk"))
    ):
        held[tree.below(top, region)][rule[:1]] += number
    kinds = [letter for letter in KINDS if any(counts[letter] for counts in held.values())]
    averages = {(line, letter): Fraction(held[line][letter], sizes[line]) for line in sizes for letter in kinds}
    most = max(averages.values(), default=Fraction(0))
    rows = [
        HeatRow(
            line,
            NO_REGION if line is None else tree.names[line] + ("本级" if line == top else ""),
            size,
            tuple(_square(held[line][letter], averages[line, letter], most) for letter in kinds),
        )
        for line, size in sizes.items()
    ]
    rows.sort(key=lambda row: (-sum(square.findings for square in row.squares), row.name))
    return Heat(tuple(KINDS[letter] for letter in kinds), tuple(rows), _hottest(averages, tree, top))


def _square(findings: int, average: Fraction, most: Fraction) -> Square:
    shade = -(-average * SHADES // most) if most else 0
    return Square(findings, f"{float(average):.1f}" if findings else "", int(shade))


def _hottest(averages: dict[tuple[int | None, str], Fraction], tree: Regions, top: int | None) -> str:
    if not averages:
        return ""
    (line, letter), most = max(averages.items(), key=lambda item: item[1])
    name = NO_REGION if line is None else tree.names[line] + ("本级" if line == top else "")
    others = len({region for region, _ in averages}) > 1
    return f"{name}的“{KINDS[letter]}”{'最集中' if others else '最多'}，平均每份公开文本 {float(most):.1f} 个"


def trend(records: QuerySet[Disclosure], today: date | None = None) -> list[Day]:
    """What the checks of the last days found new and gone, every day since the first of them; one query."""
    last = today or timezone.localdate()
    first = last - timedelta(days=TREND_DAYS - 1)
    runs = AuditRun.objects.filter(disclosure__in=records.order_by().values("pk"), at__date__gte=first)
    found = (
        runs.order_by()
        .annotate(day=TruncDate("at"))
        .values_list("day")
        .annotate(opened_then=Sum("opened"), closed_then=Sum("closed"))
    )
    numbers = {day: (opened, closed) for day, opened, closed in found}
    start = min([last - timedelta(days=_SHORTEST - 1), *numbers])
    days = [start + timedelta(days=number) for number in range((last - start).days + 1)]
    return [Day(day, *numbers.get(day, (0, 0))) for day in days]


def trend_title(days: list[Day]) -> str:
    """The answer of the trend: the last seven days."""
    week = days[-7:]
    opened, closed = sum(day.opened for day in week), sum(day.closed for day in week)
    if not any(day.opened or day.closed for day in days):
        return ""
    if not opened and not closed:
        return "最近 7 天没有新出现的问题，也没有解决的"
    turn = (
        "解决的比新出现的多"
        if closed > opened
        else "新出现的比解决的多"
        if opened > closed
        else "新出现的和解决的一样多"
    )
    return f"最近 7 天{turn}：新出现 {opened} 个，解决 {closed} 个"
