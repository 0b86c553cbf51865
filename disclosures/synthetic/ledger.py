"""The exact amounts behind a disclosure, at the finest grain, and sums over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

GENERAL, FUND, CAPITAL, ACCOUNT, OWN = "general_public", "gov_fund", "state_capital", "fiscal_account", "unit_funds"
FISCAL = (GENERAL, FUND, CAPITAL)
SOURCES = (*FISCAL, ACCOUNT, OWN)


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount in 分: a unit's money of one source for one functional code and one use."""

    unit: str
    code: str
    source: str
    cents: int
    project: bool = False
    carried: bool = False
    group: str = ""  # 工资福利支出 …, of basic general-public money
    dept_econ: str = ""
    gov_econ: str = ""
    official: bool = False  # the unit counts towards 机关运行经费
    public_use: bool = False


class Ledger:
    """All entries of one disclosure."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entry for entry in entries if entry.cents)

    def total(self, keep: Callable[[Entry], bool]) -> int:
        """The sum in 分 of the entries that `keep` accepts."""
        return sum(entry.cents for entry in self.entries if keep(entry))

    def source(self, source: str, *, carried: bool = False) -> int:
        return self.total(lambda e: e.source == source and e.carried is carried)

    @property
    def current(self) -> int:
        return self.total(lambda e: not e.carried)

    @property
    def carried(self) -> int:
        return self.total(lambda e: e.carried)

    @property
    def everything(self) -> int:
        return self.current + self.carried

    @property
    def fiscal(self) -> int:
        """财政拨款, carry-over included."""
        return self.total(lambda e: e.source in FISCAL)
