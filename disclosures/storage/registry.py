"""Where `performance` hands in how target forms are stored and loaded (in `AppConfig.ready`)."""

from __future__ import annotations

from typing import Protocol

from disclosures import models
from disclosures.plain.data import Disclosure, OverallTarget, ProjectTarget


class TargetStorage(Protocol):
    """Stores and loads all target forms of one disclosure, in a constant number of queries."""

    def store(
        self,
        record: models.Disclosure,
        project_targets: tuple[ProjectTarget, ...],
        overall_targets: tuple[OverallTarget, ...],
    ) -> None: ...

    def load(self, record: models.Disclosure) -> tuple[tuple[ProjectTarget, ...], tuple[OverallTarget, ...]]: ...

    def write_changes(self, record: models.Disclosure, old: Disclosure, new: Disclosure) -> None:
        """Write the target forms that differ between two states, added and removed ones as well."""

    def count(self, record: models.Disclosure) -> int: ...

    def classes(self) -> list[tuple[str, str]]:
        """The standard classes of indicators in the order of the form: (level 1, level 2)."""


_target_storage: TargetStorage | None = None


def register_target_storage(storage: TargetStorage) -> None:
    global _target_storage
    _target_storage = storage


def target_storage() -> TargetStorage:
    """The registered storage. Raises RuntimeError when none was handed in."""
    if _target_storage is None:
        raise RuntimeError("no target storage registered: performance is not installed")
    return _target_storage
