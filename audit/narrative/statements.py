"""Statements that a paragraph makes, each with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a statement stands: section numeral, place in the contract's grammar, place in the file."""

    numeral: str
    where: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Amount:
    """「label value unit」. `concept` names what it speaks of; None when the reader does not know."""

    spot: Spot
    quote: str
    label: str
    value: str  # decimal string as printed, separators removed
    unit: str  # 元, 万元, 亿元
    concept: str | None = None
    part: bool = False  # stands behind 其中 of an earlier amount
    order: int = 0  # position among the figures of its section


@dataclass(frozen=True, slots=True)
class Share:
    """「占 whole 的 value %」 said of `part`."""

    spot: Spot
    quote: str
    part: Amount | None
    value: str
    whole_words: str  # what stands between 占 and the number: 项目支出总额的, or ""


@dataclass(frozen=True, slots=True)
class Change:
    """「比上年增加 amount，增长 rate」 said of `subject`. `same` when the text says that nothing changed."""

    spot: Spot
    quote: str
    subject: Amount | None
    year: int | None  # the year named in the comparison; None for 上年
    amount: str | None = None
    amount_unit: str = "万元"
    amount_sign: int = 0
    rate: str | None = None
    rate_unit: str = "%"
    rate_sign: int = 0
    same: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """「主要原因是 …」 with figures, and the change it explains."""

    spot: Spot
    text: str
    change: Change | None
    parts: tuple[tuple[str, str, int], ...] = ()  # number, unit, sign: 减少公车运行费2万元
    is_vague: bool = False  # it holds amounts of which nobody can tell whether they were more or less


@dataclass(frozen=True, slots=True)
class Count:
    """「label n unit」: 24 个项目, 3 家单位, 9 辆车."""

    spot: Spot
    quote: str
    label: str
    value: str
    unit: str
    after: str = ""  # words behind the number up to the next mark: "行政", "参公单位"
    order: int = 0


@dataclass(frozen=True, slots=True)
class ItemList:
    """「主要包括：甲、乙、丙等」 said of `subject`."""

    spot: Spot
    quote: str
    subject: Amount | None
    items: tuple[str, ...]
    open_ended: bool  # ends in 等


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year in the running text, with a few words around it."""

    spot: Spot
    quote: str
    year: int
    role: str  # "statement" (2026年度…), "date" (截至…), "other"
    month: int | None = None  # of a date


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence with figures that the reader did not understand; a reviewer should look."""

    spot: Spot
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class SectionReading:
    """Everything that one section states."""

    topic: str
    numeral: str
    amounts: tuple[Amount, ...] = ()
    shares: tuple[Share, ...] = ()
    changes: tuple[Change, ...] = ()
    counts: tuple[Count, ...] = ()
    lists: tuple[ItemList, ...] = ()
    years: tuple[YearMention, ...] = ()
    unread: tuple[Unread, ...] = ()
    reasons: tuple[Reason, ...] = ()  # reason clauses that hold figures
