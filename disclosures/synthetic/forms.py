"""The printed shape of target forms that both layouts share."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from disclosures.plain.data import Funds, Horizon, Indicator

WHOLE_WIDTH, ANNUAL_WIDTH = 12, 8  # of the name columns, in full-width characters
CLASSES = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标")),
    ("效益指标", ("经济效益", "社会效益", "生态效益", "可持续影响")),
    ("满意度指标", ("服务对象满意度",)),
)
FUND_LABELS = (
    ("central", "其中：中央财政资金"),
    ("provincial", "省级财政资金"),
    ("local", "市县（区）财政资金"),
    ("self_raised", "单位自筹"),
    ("other", "其他资金"),
)
TEXT_FIELDS = (
    ("overview", "项目概况"),
    ("basis", "立项依据"),
    ("necessity", "项目设立必要性"),
    ("safeguards", "保证项目实施的制度、措施"),
    ("plan", "项目实施计划"),
)
_HALF = str.maketrans("（）：，", "():,")


def half_width(text: str) -> str:
    """Brackets, colons and commas as many exports print them in forms."""
    return text.translate(_HALF)


def width(text: str) -> float:
    """Width in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.5 for char in text)


def clip(text: str, columns: int) -> str:
    """The part of a text that fits a column."""
    kept = text
    while width(kept) > columns:
        kept = kept[:-1]
    return kept


def yuan(value: str | None) -> str:
    """Funds as forms print them, with thousands separators."""
    return f"{int(value):,}" if value and value.lstrip("-").isdigit() else value or ""


def fund_rows(whole: Funds, annual: Funds) -> Iterator[tuple[str, str, str]]:
    """(label, whole-period amount, annual amount) below the totals."""
    for key, label in FUND_LABELS:
        yield label, yuan(getattr(whole, key)), yuan(getattr(annual, key))


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One printed indicator row; the labels are given where the row opens a class."""

    level1: str
    level2: str
    first: bool  # first row of its level-2 class
    opens: bool  # first row of its level-1 class
    whole: tuple[str, str]
    annual: tuple[str, str]


def indicator_lines(indicators: tuple[Indicator, ...], *, clipped: bool) -> Iterator[IndicatorLine]:
    """Every class of the form in order, empty ones too, both horizons side by side."""
    for level1, classes in CLASSES:
        for place, level2 in enumerate(classes):
            whole = _named(indicators, Horizon.WHOLE, level2, WHOLE_WIDTH if clipped else 0)
            annual = _named(indicators, Horizon.ANNUAL, level2, ANNUAL_WIDTH if clipped else 0)
            pairs = list(zip_longest(whole, annual, fillvalue=("", ""))) or [(("", ""), ("", ""))]
            for position, (left, right) in enumerate(pairs):
                yield IndicatorLine(level1, level2, position == 0, place == 0 and position == 0, left, right)


def _named(indicators: tuple[Indicator, ...], horizon: Horizon, level2: str, columns: int) -> list[tuple[str, str]]:
    return [
        (clip(item.level3, columns) if columns else item.level3, item.value or "")
        for item in indicators
        if item.horizon is horizon and item.level2 == level2
    ]
