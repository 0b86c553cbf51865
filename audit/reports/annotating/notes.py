"""What is written beside a place of an original."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.findings import Severity
from audit.reports.content import Item

AUTHOR, INITIALS = "核对系统", "核"
FRONT = "以下问题在原件中没有确定的位置"


@dataclass(frozen=True, slots=True)
class Note:
    """A comment: where (in the grammar of `disclosures.plain.sources`), how serious, what it says, paragraph by
    paragraph. `value` is what is printed there: of a row it tells which cell is meant."""

    source: str
    severity: Severity
    place: str
    texts: tuple[str, ...]
    value: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


@dataclass(frozen=True, slots=True)
class Annotated:
    """The copy, the ending of its name, and how many notes stand at their place."""

    data: bytes
    ending: str
    placed: int


def note_of(item: Item) -> Note:
    """A finding as a comment: what is wrong, what to do, what was said of it."""
    texts = [f"【{item.severity.label}】{item.message}"]
    texts += [f"建议：{item.suggestion}。"] if item.suggestion else []
    texts += [f"{said.kind}（{said.by}）：{said.text}" for said in item.said]
    return Note(item.source or "", item.severity, item.place, tuple(texts), item.actual)


def by_source(notes: Iterable[Note]) -> dict[str, list[Note]]:
    """Notes by their place, as they come."""
    found: dict[str, list[Note]] = {}
    for note in notes:
        found.setdefault(note.source, []).append(note)
    return found


def listed(notes: Sequence[Note]) -> list[str]:
    """Notes without a place, as the lines of a list."""
    return [f"{number}．{note.place}：{''.join(note.texts)}" for number, note in enumerate(notes, start=1)]
