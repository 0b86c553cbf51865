"""The target forms of one disclosure, indexed once for all rules: figures, indicators with their places, partners.

May enter: what several performance rules need of the forms. Must not enter: judgements.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from disclosures.plain.data import HORIZON_WORDS, Horizon, Indicator, Level, ProjectTarget
from disclosures.plain.form_fields import PROSE_TEXTS
from disclosures.plain.text import fold

from .context import CheckContext
from .figures import Figure
from .form_partners import Partners, find_partners
from .nesting import nesting
from .tables import IndexedRow
from .text.names import loose
from .text.quantities import Quantity, quantity

FUND_WORDS = {
    "total": "资金总额",
    "central": "中央财政资金",
    "provincial": "省级财政资金",
    "local": "市县（区）财政资金",
    "self_raised": "单位自筹",
    "other": "其他资金",
}
COST_CLASSES = frozenset({"成本指标", "经济成本指标"})


class Item:
    """One indicator of a form with its place; name and value folded."""

    __slots__ = ("horizon", "indicator", "level2", "name", "place", "quantity", "value")

    def __init__(self, indicator: Indicator, place: str) -> None:
        self.indicator = indicator
        self.place = place
        self.horizon = indicator.horizon
        self.level2 = indicator.level2
        self.name = fold(indicator.level3)
        self.value = fold(indicator.value)
        self.quantity: Quantity | None = quantity(indicator.value, money=indicator.level2 in COST_CLASSES)

    @property
    def shown(self) -> str:
        """The indicator as a message quotes it."""
        return f"“{self.indicator.level3}：{self.indicator.value or '（空）'}”"


def numbered_items(indicators: Sequence[Indicator], place: str) -> tuple[Item, ...]:
    """The indicators of a form; those of one class and horizon are numbered in printed order when there are several."""
    totals = Counter((indicator.horizon, indicator.level2) for indicator in indicators)
    seen: Counter[tuple[Horizon, str]] = Counter()
    found = []
    for indicator in indicators:
        group = indicator.horizon, indicator.level2
        seen[group] += 1
        number = f"/{seen[group]}" if totals[group] > 1 else ""
        found.append(Item(indicator, f"{place}/indicators/{indicator.horizon.value}/{indicator.level2}{number}"))
    return tuple(found)


class Form:
    """One project target form."""

    def __init__(self, key: str, target: ProjectTarget, position: int) -> None:
        self.key = key
        self.target = target
        self.position = position
        self.place = f"P/{key}"
        self.words = f"“{target.project}”" if target.project else f"第{position + 1}张（缺项目名称）"
        self.sources = dict(target.part_sources)
        self._figures: dict[tuple[Horizon, str], Figure] = {}

    @property
    def name(self) -> str:
        return self.target.project or ""

    def part(self, part: str) -> str:
        return f"{self.place}/{part}"

    def source(self, part: str = "") -> str | None:
        """Where a part of the form stands in the source file."""
        return self.sources.get(part) or self.target.source

    def is_doubtful(self, part: str) -> bool:
        """Whether the reader was unsure of a field (funds.annual.total) or of what holds it (funds)."""
        return any(part.startswith(field) or field.startswith(part) for field in self.target.doubtful)

    def funds(self, horizon: Horizon, key: str) -> Figure:
        """An amount of the funds block; always the same object for the same amount."""
        if (horizon, key) not in self._figures:
            funds = self.target.whole if horizon is Horizon.WHOLE else self.target.annual
            text = getattr(funds, key)
            self._figures[horizon, key] = Figure.written(
                text or "0",
                place=self.part(f"funds.{horizon.value}.{key}"),
                words=f"{self.words}目标表{HORIZON_WORDS[horizon]}{FUND_WORDS[key]}",
                source=self.source("funds"),
                unit="元",
                exact=not text,
            )
        return self._figures[horizon, key]

    def printed_funds(self, horizon: Horizon, key: str) -> str | None:
        funds = self.target.whole if horizon is Horizon.WHOLE else self.target.annual
        value: str | None = getattr(funds, key)
        return value

    @cached_property
    def is_one_year(self) -> bool:
        """一次性项目（1年结束）, or a term of one year."""
        term, attribute = fold(self.target.term), fold(self.target.attribute)
        if term:
            return term in ("1年", "一年", "1")
        return "1年" in attribute or "一年" in attribute

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All indicators, whole period and year."""
        return numbered_items(self.target.indicators, self.place)

    def class_place(self, horizon: Horizon, level2: str) -> str:
        return self.part(f"indicators/{horizon.value}/{level2}")

    @cached_property
    def by_class(self) -> dict[str, list[Item]]:
        """Indicators by level-2 class, both horizons."""
        found: dict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            found[item.level2].append(item)
        return dict(found)

    @cached_property
    def horizons(self) -> frozenset[Horizon]:
        """The horizons that hold any indicator."""
        return frozenset(item.horizon for item in self.items)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text fields that are filled in, by field."""
        return {field: text for field in PROSE_TEXTS if (text := getattr(self.target, field))}


class Forms:
    """All target forms of a disclosure and the projects of T12 and T13 they belong to.

    What rests on other parts than the forms is a reading of its own (`CheckContext.once`).
    """

    def __init__(self, context: CheckContext) -> None:
        self.context = context

    @property
    def forms(self) -> tuple[Form, ...]:
        """Every project form, in printed order."""
        return self.context.once("form list", lambda: _forms(self.context))

    @property
    def own_names(self) -> frozenset[str]:
        """The department and its units, as comparable names."""
        return self.context.once("own names", lambda: _own_names(self.context))

    def projects(self, table_id: str) -> list[IndexedRow]:
        """The project lines of T12 or T13: the leaves of the table; where nobody can tell how it nests, what is
        not named like a unit or a total."""
        return self.context.once(f"projects {table_id}", lambda: self._projects(table_id))

    def _projects(self, table_id: str) -> list[IndexedRow]:
        tree = nesting(self.context, self.context.table(table_id))
        rows = self.context.table(table_id).rows if tree is None else tree.leaves
        return [row for row in rows if self._is_project(row) and not row.is_blank]

    def _is_project(self, row: IndexedRow) -> bool:
        if row.row is None:
            return False
        if row.row.level is None:
            return loose(row.name) not in self.own_names and not loose(row.name).endswith("合计")
        return row.row.level is Level.PROJECT

    @property
    def partners(self) -> Partners:
        """Which form belongs to which project line."""
        return self.context.once("form partners", self._partners)

    def _partners(self) -> Partners:
        return find_partners(
            [(form.name, _amount_of(form)) for form in self.forms],
            self.projects("T12"),
            self.projects("T13"),
        )


def _forms(context: CheckContext) -> tuple[Form, ...]:
    targets = zip(context.target_keys, context.disclosure.project_targets, strict=True)
    return tuple(Form(key, target, position) for position, (key, target) in enumerate(targets))


def _own_names(context: CheckContext) -> frozenset[str]:
    units = {context.disclosure.department, *(row.name for row in context.table("T11").rows)}
    for table_id in ("T12", "T13"):
        for row in context.table(table_id).rows:
            if row.row is not None:
                units.add(row.row.unit_name or "")
                if row.row.level in (Level.DEPARTMENT, Level.UNIT):
                    units.add(row.name)
    return frozenset(loose(unit) for unit in units if unit)


def _amount_of(form: Form) -> Figure:
    """The year's funds; where they were lost with the head of the form, its greatest cost."""
    costs = [item for item in form.items if item.level2 in COST_CLASSES and item.quantity is not None]
    amounts = [cost.quantity.yuan for cost in costs if cost.quantity and not cost.quantity.is_unit_price]
    known = [amount for amount in amounts if amount is not None]
    if form.name or form.printed_funds(Horizon.ANNUAL, "total") or not known:
        return form.funds(Horizon.ANNUAL, "total")
    return Figure.written(f"{max(known):f}", place=form.place, words=form.words, unit="元")


def forms_of(context: CheckContext) -> Forms:
    """The forms of a context, indexed at the first call."""
    return context.once("forms", lambda: Forms(context))
