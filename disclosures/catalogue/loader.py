"""Read the shipped catalogue and the overrides that a site exports from its database."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from disclosures.plain.text import fold

T = TypeVar("T")
_FOLDER = Path(__file__).parent


class ClassKind(StrEnum):
    """Which of the three classifications an entry belongs to; the value names its file and its JSON key."""

    FUNCTIONAL = "functional"
    DEPARTMENT_ECONOMIC = "department_economic"
    GOVERNMENT_ECONOMIC = "government_economic"


PAIRS = "economic_pairs"


class CatalogueError(ValueError):
    """The file is no catalogue; the message is plain Chinese and names the place."""


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """One class. Years are inclusive; None is open. `verified`: a document or a person confirmed it."""

    code: str
    name: str
    valid_from: int | None = None
    valid_to: int | None = None
    source: str = ""
    verified: bool = False

    def holds_in(self, year: int) -> bool:
        return (self.valid_from or 0) <= year <= (self.valid_to or 9999)


@dataclass(frozen=True, slots=True)
class EconomicPair:
    """A government class that a department class may stand beside, in which kind of unit."""

    department_code: str
    government_code: str
    applies: str = "any"  # administrative, institution, any
    source: str = ""
    verified: bool = False


@dataclass(frozen=True)
class Catalogue:
    """All classes and pairs, with the lookups that rules and screens need."""

    classes: Mapping[ClassKind, tuple[ClassEntry, ...]]
    pairs: tuple[EconomicPair, ...] = field(default=())

    def functional(self, code: str, year: int) -> ClassEntry | None:
        """The functional class of a code in a year."""
        return self.find(ClassKind.FUNCTIONAL, code, year)

    def find(self, kind: ClassKind, code: str, year: int) -> ClassEntry | None:
        """The class of a code in a year; None when the catalogue does not hold it."""
        return next((entry for entry in self._by_code[kind].get(code, ()) if entry.holds_in(year)), None)

    def by_name(self, kind: ClassKind, name: str, year: int) -> tuple[ClassEntry, ...]:
        """The classes of a name in a year; brackets, spaces and quotation marks make no difference."""
        return tuple(entry for entry in self._by_name[kind].get(fold(name), ()) if entry.holds_in(year))

    def government_classes(self, department_class: str, year: int) -> frozenset[str]:
        """Names of the government classes a department class may stand beside; empty when unknown."""
        codes = {entry.code for entry in self.by_name(ClassKind.DEPARTMENT_ECONOMIC, department_class, year)}
        found = (
            self.find(ClassKind.GOVERNMENT_ECONOMIC, pair.government_code, year)
            for pair in self.pairs
            if pair.department_code in codes
        )
        return frozenset(entry.name for entry in found if entry)

    def overridden(self, override: Catalogue) -> Catalogue:
        """This catalogue with every code that the override holds replaced by the override's entries."""
        classes = {
            kind: _merge(entries, override.classes.get(kind, ()), lambda entry: entry.code)
            for kind, entries in self.classes.items()
        }
        return Catalogue(classes, _merge(self.pairs, override.pairs, lambda pair: pair.department_code))

    @cached_property
    def _by_code(self) -> dict[ClassKind, dict[str, list[ClassEntry]]]:
        return {kind: _grouped(entries, lambda entry: entry.code) for kind, entries in self.classes.items()}

    @cached_property
    def _by_name(self) -> dict[ClassKind, dict[str, list[ClassEntry]]]:
        return {kind: _grouped(entries, lambda entry: fold(entry.name)) for kind, entries in self.classes.items()}


def load_catalogue(override: Path | None = None) -> Catalogue:
    """The shipped catalogue, with the entries of an override file in place of its own.

    Raises CatalogueError when the override cannot be read.
    """
    return _shipped() if override is None else _shipped().overridden(read_override(override))


@cache
def _shipped() -> Catalogue:
    return Catalogue(
        {kind: tuple(map(_entry, _rows(kind.value))) for kind in ClassKind}, tuple(map(_pair, _rows(PAIRS)))
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_override(path: Path) -> Catalogue:
    """A catalogue exported from a site: JSON (classes by kind, pairs) or CSV (with a column `kind`).

    Raises CatalogueError, naming the place.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"读不到科目表“{path}”：{error}") from error
    if text.lstrip().startswith("{"):
        return _from_json(text, path)
    rows = list(csv.DictReader(io.StringIO(text)))
    for number, row in enumerate(rows, start=2):
        if row.get("kind") not in set(ClassKind):
            raise CatalogueError(f"科目表“{path}”第 {number} 行：kind 应为 {'、'.join(ClassKind)} 之一")
    return Catalogue({kind: _entries([row for row in rows if row["kind"] == kind], path) for kind in ClassKind})


def override_from_text(text: str, name: str) -> Catalogue:
    """A catalogue from the JSON of an export; `name` says in messages where it comes from.

    Raises CatalogueError.
    """
    return _from_json(text, Path(name))


def _from_json(text: str, path: Path) -> Catalogue:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise CatalogueError(f"科目表“{path}”不是完整的 JSON：{error}") from error
    try:
        pairs = tuple(map(_pair, data.get(PAIRS, ())))
    except (AttributeError, KeyError, TypeError) as error:
        raise CatalogueError(f"科目表“{path}”的 {PAIRS}：缺少 {error}") from error
    return Catalogue({kind: _entries(data.get(kind.value, ()), path) for kind in ClassKind}, pairs)


def _entries(rows: Iterable[Mapping[str, Any]], path: Path) -> tuple[ClassEntry, ...]:
    entries = []
    for number, row in enumerate(rows, start=1):
        try:
            entries.append(_entry(row))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise CatalogueError(f"科目表“{path}”第 {number} 个科目有误：{error}") from error
    return tuple(entries)


def _entry(row: Mapping[str, Any]) -> ClassEntry:
    return ClassEntry(
        code=str(row["code"]).strip(),
        name=str(row["name"]).strip(),
        valid_from=_year(row.get("valid_from")),
        valid_to=_year(row.get("valid_to")),
        source=str(row.get("source") or ""),
        verified=_truth(row.get("verified")),
    )


def _pair(row: Mapping[str, Any]) -> EconomicPair:
    return EconomicPair(
        department_code=str(row["department_code"]).strip(),
        government_code=str(row["government_code"]).strip(),
        applies=str(row.get("applies") or "any"),
        source=str(row.get("source") or ""),
        verified=_truth(row.get("verified")),
    )


def _year(value: object) -> int | None:
    return int(str(value)) if value not in (None, "") else None


def _truth(value: object) -> bool:
    """Excel, CSV and JSON each write truth in their own way."""
    return str(value).strip().lower() in ("1", "true", "是")


def _grouped(entries: Iterable[ClassEntry], key: Callable[[ClassEntry], str]) -> dict[str, list[ClassEntry]]:
    groups: dict[str, list[ClassEntry]] = defaultdict(list)
    for entry in entries:
        groups[key(entry)].append(entry)
    return groups


def _merge(shipped: tuple[T, ...], override: tuple[T, ...], key: Callable[[T], str]) -> tuple[T, ...]:
    replaced = {key(item) for item in override}
    return (*(item for item in shipped if key(item) not in replaced), *override)
