"""A row put together from its lines, its amounts not yet in their columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from disclosures.plain.data import Side

from .pieces import Run


@dataclass(slots=True)
class RawRow:
    """Parts of a label and the amounts that belong to it; filled line by line while rows are put together."""

    source: str  # line on which its label begins
    code: str = ""
    names: list[str] = field(default_factory=list)
    second: str = ""
    side: Side = Side.ONE
    indent: int = 0
    run: Run | None = None
    doubt: str | None = None  # what a person should look at, in plain Chinese

    @property
    def place(self) -> str:
        """The line of its amounts, or of its label when it has none."""
        return self.run.source if self.run else self.source
