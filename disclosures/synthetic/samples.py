"""The sample disclosures that the project ships, each made from its seed byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict

from disclosures.plain.data import Disclosure, Kind

from .errors import Label, mutate
from .flow_text import write_flow_text
from .generate import generate
from .grid_text import write_grid_text
from .sizes import MEDIUM, SMALL, TINY
from .styles import FLOW_PDF, GRID_CONTENTS, GRID_OCR

_PLANTED = (
    "table_digit",
    "code_name",
    "narrative_rate",
    "narrative_percent",
    "comparison_year",
    "performance_total",
    "form_renamed",
    "whole_annual",
    "impossible_date",
    "unmeasurable",
    "phone",
    "doubled_word",
)


def spoilt(disclosure: Disclosure, seed: int, kinds: tuple[str, ...] = _PLANTED) -> tuple[Disclosure, list[Label]]:
    """The disclosure with one error of each kind, planted one after the other."""
    labels = []
    for position, kind in enumerate(kinds):
        disclosure, label = mutate(disclosure, seed + position, (kind,))
        labels.append(label)
    return disclosure, labels


def _erroneous() -> tuple[Disclosure, list[Label]]:
    return spoilt(generate(2026, SMALL, kind=Kind.DEPARTMENT, year=2026), seed=3)


def _labels_text() -> str:
    return json.dumps([asdict(label) for label in _erroneous()[1]], ensure_ascii=False, indent=1) + "\n"


SAMPLES: Mapping[str, Callable[[], str]] = {
    "tiny-unit.txt": lambda: write_grid_text(generate(11, TINY, kind=Kind.UNIT, year=2026), GRID_CONTENTS),
    "department.txt": lambda: write_grid_text(generate(12, MEDIUM, kind=Kind.DEPARTMENT, year=2026), GRID_OCR),
    "department-pdf.txt": lambda: write_flow_text(generate(13, SMALL, kind=Kind.DEPARTMENT, year=2025), FLOW_PDF),
    "with-errors.txt": lambda: write_grid_text(_erroneous()[0], GRID_CONTENTS),
    "with-errors.labels.json": _labels_text,
}
