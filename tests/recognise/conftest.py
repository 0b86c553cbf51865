"""A form reader that only shows what it was given, so that these tests need no other app."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from disclosures.plain.data import ProjectTarget
from disclosures.reading.blocks import Layout, Line
from disclosures.recognise import registry


class FormsSeen:
    """The calls that the recogniser made to its form reader."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.layout: Layout | None = None
        self.department: str | None = None

    def read(self, lines: Sequence[Line], layout: Layout, department: str) -> Sequence[registry.FormReading]:
        self.lines, self.layout, self.department = list(lines), layout, department
        return [(ProjectTarget("会议费", source=lines[0].source), ())]


@pytest.fixture(autouse=True)
def forms_seen() -> Iterator[FormsSeen]:
    before = registry._form_reader
    seen = FormsSeen()
    registry.register_form_reader(seen.read)
    yield seen
    registry._form_reader = before
