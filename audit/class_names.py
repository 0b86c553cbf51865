"""What the rules ask of a catalogue of classification codes (`disclosures.catalogue.Catalogue` answers it)."""

from __future__ import annotations

from typing import Protocol


class KnownClass(Protocol):
    """A class that the catalogue holds: its standard name, and whether a document or a person confirmed it."""

    @property
    def name(self) -> str:
        """The standard name."""

    @property
    def verified(self) -> bool:
        """Whether the entry was confirmed."""


class ClassCatalogue(Protocol):
    """Names of functional codes and pairs of economic classes, by year."""

    def functional(self, code: str, year: int) -> KnownClass | None:
        """The class of a functional code in a year, or None when the catalogue does not hold it."""

    def government_classes(self, department_class: str, year: int) -> frozenset[str]:
        """Names of the government economic classes a department class may stand beside; empty when unknown."""
