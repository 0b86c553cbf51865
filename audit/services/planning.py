"""What a chunk of an audit needs besides the disclosures, read once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from audit import models
from disclosures.catalogue import Catalogue
from disclosures.models import Disclosure
from disclosures.services.catalogues import stamped_catalogue

from .basis import basis
from .comparing import muted_rules
from .previous import Previous, previous_at, previous_keys, stamp


@dataclass(frozen=True)
class Plan:
    """For disclosures of one year: the catalogue, last year's disclosures, silenced rules, what was checked last."""

    catalogue: tuple[Catalogue, str]
    before: dict[int, tuple[int, int]]  # (key, revision) of last year's, by key
    muted: dict[int | None, frozenset[str]]  # by region
    last: dict[int, str]  # what the last check of each rested on

    def muted_for(self, record: Disclosure) -> frozenset[str]:
        return self.muted[record.department.region_id]

    def previous(self, record: Disclosure) -> Previous:
        """Last year's disclosure, loaded now."""
        key = self.before.get(record.pk)
        return previous_at(key[0]) if key else Previous()

    def is_unchanged(self, record: Disclosure) -> bool:
        """Whether the last check rested on what is there now."""
        key = self.before.get(record.pk)
        before = stamp(*key) if key else ""
        return self.last.get(record.pk) == basis(record.revision, before, self.catalogue[1], self.muted_for(record))


def plan_for(records: Sequence[Disclosure]) -> Plan:
    """Queries: one for the catalogue, one for last year, one for the last checks, one for each region."""
    runs = models.AuditRun.objects.filter(disclosure__in=[record.pk for record in records]).order_by()
    latest = runs.values("disclosure").annotate(latest=Max("pk")).values("latest")
    regions = {record.department.region_id: record.department.region for record in records}
    return Plan(
        stamped_catalogue(),
        previous_keys(records),
        {key: muted_rules(region) for key, region in regions.items()},
        dict(models.AuditRun.objects.filter(pk__in=latest).values_list("disclosure", "basis")),
    )
