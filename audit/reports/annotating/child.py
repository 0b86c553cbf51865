"""Annotates one original in a process of its own: `python -m audit.reports.annotating.child`.

The protocol is that of `disclosures.reading.child`; the answer is a line of JSON ([ending, number of notes placed])
with the copy behind it. `disclosures.services.sandbox` keeps the clock.
"""

from __future__ import annotations

import json
from typing import Any

from audit.findings import Severity
from disclosures.reading import child

from .notes import Annotated, Note

NAME = "audit.reports.annotating.child"


def asked(kind: str, notes: list[Note], front: bytes) -> dict[str, Any]:
    """The header of a task; `front` stands before the original."""
    listed = [[note.source, note.severity.value, note.place, list(note.texts), note.value] for note in notes]
    return {"task": kind, "notes": listed, "front": len(front)}


def answered(answer: bytes) -> Annotated:
    """What the child made."""
    header, _, data = answer.partition(b"\n")
    ending, placed = json.loads(header)
    return Annotated(data, ending, placed)


def _notes(asked: dict[str, Any]) -> list[Note]:
    return [
        Note(source, Severity(severity), place, tuple(texts), value)
        for source, severity, place, texts, value in asked["notes"]
    ]


def _word(data: bytes, name: str, asked: dict[str, Any]) -> bytes:
    from .word import annotate_docx

    return _answer(annotate_docx(data, name, _notes(asked)))


def _excel(data: bytes, name: str, asked: dict[str, Any]) -> bytes:
    from .excel import annotate_xlsx

    return _answer(annotate_xlsx(data, name, _notes(asked)))


def _pdf(data: bytes, name: str, asked: dict[str, Any]) -> bytes:
    from .pdf import annotate_pdf

    front = int(asked["front"])
    return _answer(annotate_pdf(data[front:], name, _notes(asked), data[:front]))


def _answer(made: Annotated) -> bytes:
    return json.dumps([made.ending, made.placed]).encode() + b"\n" + made.data


TASKS = {"docx": _word, "xlsx": _excel, "pdf": _pdf}

if __name__ == "__main__":
    child.serve(TASKS)
