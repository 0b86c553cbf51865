"""Records named in a cell: by full path, by a name that only one has, or by code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from disclosures.models import Department, Region
from disclosures.plain.text import fold

BETWEEN = " / "


class References:
    """The records of one model that a column can name."""

    def __init__(self, records: Iterable[Any], path: Callable[[Any], str], model: type[models.Model]) -> None:
        self._path, self._model = path, model
        self._names: dict[int, str] = {}
        self._found: dict[str, list[Any]] = defaultdict(list)
        named = list(records)
        counts = Counter(record.name for record in named)
        for record in named:
            self._names[record.pk] = record.name if counts[record.name] == 1 else path(record)
            self._enter(record)

    def name_of(self, pk: int | None) -> str:
        """How a record is named in a sheet: by its name, by its path where others have the same name."""
        return "" if pk is None else self._names.get(pk, "")

    def find(self, text: str) -> Any:
        """The record of that name, or (a text) why there is none."""
        found = self._found.get(fold(text), [])
        exact = [record for record in found if fold(self._path(record)) == fold(text)] or found
        if len(exact) == 1:
            return exact[0]
        if exact:
            listed = "；".join(self._path(record) for record in exact[:5])
            return f"有 {len(exact)} 个{self._model._meta.verbose_name}叫‘{text[:40]}’，请写全：{listed}"
        return f"没有叫‘{text[:40]}’的{self._model._meta.verbose_name}"

    def add(self, record: models.Model) -> None:
        """A new record of the same file can be named by the rows below it."""
        if record.pk is None and isinstance(record, self._model):
            self._enter(record)

    def _enter(self, record: Any) -> None:
        names = {fold(record.name), fold(self._path(record)), fold(record.code)}
        for name in names - {""}:
            self._found[name].append(record)


def region_path(region: Region | None) -> str:
    """省 / 市 / 县."""
    names: list[str] = []
    while region is not None and len(names) < 10:
        names.append(region.name)
        region = region.parent
    return BETWEEN.join(reversed(names))


def department_path(department: Department) -> str:
    """The region's path and the name, where the department lies in a region."""
    return BETWEEN.join(part for part in (region_path(department.region), department.name) if part)


def regions() -> References:
    """All regions; one query."""
    found = list(Region.objects.order_by("pk"))
    by_pk = {region.pk: region for region in found}
    for region in found:
        region.parent = by_pk.get(region.parent_id) if region.parent_id else None
    return References(found, region_path, Region)


def departments(chosen: Iterable[Department]) -> References:
    """Some departments; one query more for the regions."""
    found = list(chosen)
    by_pk = {region.pk: region for region in Region.objects.all()}
    for region in by_pk.values():
        region.parent = by_pk.get(region.parent_id) if region.parent_id else None
    for department in found:
        department.region = by_pk.get(department.region_id) if department.region_id else None
    return References(found, department_path, Department)
