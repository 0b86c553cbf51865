"""The one thing the rules ask of a catalogue of classification codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class KnownClass:
    """What a catalogue knows of a code or class: its standard name, and whether somebody verified it."""

    name: str
    verified: bool


class ClassCatalogue(Protocol):
    """Names of functional codes and pairs of economic classes, by year."""

    def functional(self, code: str, year: int) -> KnownClass | None:
        """The class of a functional code in a year, or None when the catalogue does not hold it."""

    def government_classes(self, department_class: str, year: int) -> frozenset[str]:
        """Names of the government economic classes a department class may stand beside; empty when unknown."""
