"""The catalogue's records: filled from the shipped data, corrected by people, exported as an override."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import SmallIntegerField, Value

from disclosures import models
from disclosures.catalogue import Catalogue, ClassEntry, ClassKind, load_catalogue
from disclosures.catalogue.loader import PAIRS, override_from_text

CLASS_MODELS: dict[ClassKind, type[models.CatalogueEntry]] = {
    ClassKind.FUNCTIONAL: models.FunctionalClass,
    ClassKind.DEPARTMENT_ECONOMIC: models.DepartmentEconomicClass,
    ClassKind.GOVERNMENT_ECONOMIC: models.GovernmentEconomicClass,
}


@transaction.atomic
def sync_catalogue(catalogue: Catalogue | None = None) -> dict[str, int]:
    """Bring the shipped entries up to date; what a person entered or corrected stays. Returns counts by kind.

    A code that a person touched is theirs altogether: its shipped entries are not written.
    """
    catalogue = catalogue or load_catalogue()
    counts = {}
    for kind, model in CLASS_MODELS.items():
        counts[kind.value] = _sync_classes(model, catalogue.classes[kind])
    theirs = set(models.EconomicPairing.objects.filter(shipped=False).values_list("department_code", flat=True))
    models.EconomicPairing.objects.filter(shipped=True).delete()
    pairs = [pair for pair in catalogue.pairs if pair.department_code not in theirs]
    models.EconomicPairing.objects.bulk_create(
        models.EconomicPairing(
            department_code=pair.department_code,
            government_code=pair.government_code,
            applies=pair.applies,
            source=pair.source,
            verified=pair.verified,
            shipped=True,
        )
        for pair in pairs
    )
    return counts | {PAIRS: len(pairs)}


def _sync_classes(model: type[models.CatalogueEntry], entries: tuple[ClassEntry, ...]) -> int:
    records = model._default_manager
    theirs = set(records.filter(shipped=False).values_list("code", flat=True))
    records.filter(shipped=True).delete()
    ours = [entry for entry in entries if entry.code not in theirs]
    records.bulk_create(
        model(
            code=entry.code,
            name=entry.name,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
            source=entry.source,
            verified=entry.verified,
            shipped=True,
        )
        for entry in ours
    )
    return len(ours)


_CLASS_FIELDS = ("code", "name", "valid_from", "valid_to", "source", "verified")
_PAIR_FIELDS = ("department_code", "government_code", "applies", "source", "verified")


def overrides() -> dict[str, list[dict[str, Any]]]:
    """What people entered or corrected, as the JSON that `check_disclosure --catalogue` reads; one query."""
    found: dict[str, list[dict[str, Any]]] = {kind.value: [] for kind in CLASS_MODELS}
    found[PAIRS] = []
    for kind, code, name, valid_from, valid_to, source, verified, applies in _touched():
        if kind == PAIRS:
            found[kind].append(dict(zip(_PAIR_FIELDS, (code, name, applies, source, verified), strict=True)))
        else:
            values = (code, name, valid_from, valid_to, source, verified)
            found[kind].append(dict(zip(_CLASS_FIELDS, values, strict=True)))
    return found


def _touched() -> Iterable[tuple[Any, ...]]:
    """The entries and pairings that people touched, side by side, for every check asks for them."""
    year = SmallIntegerField()
    pairs = models.EconomicPairing.objects.filter(shipped=False).order_by()
    pairs = pairs.annotate(kind=Value(PAIRS), start=Value(None, year), end=Value(None, year))
    columns = ("kind", "department_code", "government_code", "start", "end", "source", "verified", "applies")
    parts = [
        model._default_manager.filter(shipped=False)
        .order_by()
        .annotate(kind=Value(kind.value), applies=Value(""))
        .values_list("kind", *_CLASS_FIELDS, "applies")
        for kind, model in CLASS_MODELS.items()
    ]
    everything = parts[0].union(*parts[1:], pairs.values_list(*columns), all=True)
    return everything.order_by("kind", "code", "valid_from", "name")


def current_catalogue() -> Catalogue:
    """The shipped catalogue with what people entered or corrected in the database."""
    return stamped_catalogue()[0]


def stamped_catalogue() -> tuple[Catalogue, str]:
    """The same with a text that tells whether people changed anything since: "" where they never did."""
    found = overrides()
    text = json.dumps(found, sort_keys=True) if any(found.values()) else ""
    return (_merged(text), text) if text else (load_catalogue(), "")


@lru_cache(maxsize=2)
def _merged(text: str) -> Catalogue:
    return load_catalogue().overridden(override_from_text(text, "数据库"))
