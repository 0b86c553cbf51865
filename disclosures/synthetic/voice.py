"""How one document words its figures: separators, noughts, comparisons, causes."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .wording import percent, wan

Causes = tuple[tuple[str, ...], tuple[str, ...]]  # of a rise, of a fall


@dataclass(frozen=True, slots=True)
class Voice:
    """The habits of one writer, kept throughout the document."""

    rng: Random
    thousands: bool
    bare_zero: bool  # 0万元 rather than 0.00万元
    compared: str  # 比{}, 较{} …
    unchanged: str
    amount_words: tuple[str, str]  # 增加/减少, or the words of a rate for amounts too
    cause: str  # 主要原因是, 原因是 …

    def amount(self, cents: int) -> str:
        if not cents and self.bare_zero:
            return "0万元"
        return f"{wan(cents):,}万元" if self.thousands else f"{wan(cents)}万元"

    def share(self, part: int, whole: int) -> str:
        value = percent(part, whole)
        return f"占{value:.0f}%" if value in (0, 100) and self.bare_zero else f"占{value}%"

    def change(self, now: int, before: int, against: str = "上年", *, rate: bool = True) -> str:
        """Difference, direction and rate against a previous amount, agreeing with one another."""
        if not moved(now, before):
            return self.unchanged.format(against)
        up = now > before
        text = f"{self.compared.format(against)}{self.amount_words[not up]}{self.amount(abs(now - before))}"
        if not rate or not before:
            return text
        return f"{text}，{'增长' if up else '下降'}{percent(abs(now - before), before)}%"

    def reason(self, now: int, before: int, causes: Causes) -> str:
        """A cause that fits the direction, where something changed."""
        if not moved(now, before):
            return ""
        return f"，{self.cause}{self.rng.choice(causes[0] if now > before else causes[1])}"

    def either(self, *wordings: str) -> str:
        """One of several ways to say the same."""
        return self.rng.choice(wordings)


def moved(now: int, before: int) -> bool:
    """Whether the difference shows in print."""
    return wan(abs(now - before)) != 0


def make_voice(rng: Random) -> Voice:
    """Draw a writer's habits."""
    return Voice(
        rng,
        thousands=rng.random() < 0.5,
        bare_zero=rng.random() < 0.8,
        compared=rng.choice(("比{}", "比{}", "较{}", "与{}相比")),
        unchanged=rng.choice(("与{}持平", "和{}相同")),
        amount_words=rng.choice((("增加", "减少"), ("增加", "减少"), ("增长", "下降"))),
        cause=rng.choice(("主要原因是", "主要原因是", "原因是", "主要是")),
    )
