"""What may be seen: the only door from the portal to what is stored.

`visible` asks the record's own state every time, so that a publication is gone with its record whatever the derived
rows say. Content is parsed once for each hash: a snapshot never changes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.db.models import Q, QuerySet

from disclosures import models
from disclosures.models import DisclosureKind, Publication, PublicationStatus, State
from disclosures.plain.codec import from_json
from disclosures.plain.data import Disclosure

from .figures import Figure

KINDS: Mapping[str, DisclosureKind] = {"department": DisclosureKind.DEPARTMENT, "unit": DisclosureKind.UNIT}
SLUGS = {kind.value: slug for slug, kind in KINDS.items()}
_CURRENT = Q(status=PublicationStatus.CURRENT, disclosure__state=State.PUBLISHED)
_SUPERSEDED = Q(status=PublicationStatus.SUPERSEDED, disclosure__state=State.SUPERSEDED)
_WITHDRAWN = Q(status=PublicationStatus.WITHDRAWN)
_REMEMBERED = 16


@dataclass(frozen=True, slots=True)
class Address:
    """Where a publication stands for good; `version` None is the current one."""

    department: int
    year: int
    kind: str  # department or unit
    version: int | None = None


@dataclass(frozen=True, slots=True)
class History:
    """All publications of an address, newest first, and the one asked for (None: nothing is current now)."""

    publications: tuple[Publication, ...]
    asked: Publication | None

    @property
    def current(self) -> Publication | None:
        return next((item for item in self.publications if item.status == PublicationStatus.CURRENT), None)

    @property
    def is_open(self) -> bool:
        """Whether the content of the one asked for is public: a replaced version is while its successor is."""
        if self.asked is None or self.asked.status == PublicationStatus.WITHDRAWN:
            return False
        return self.current is not None


def visible() -> QuerySet[Publication]:
    """What the public may know of: current ones, replaced ones, the fact of withdrawn ones. Content not loaded."""
    known = Publication.objects.filter(_CURRENT | _SUPERSEDED | _WITHDRAWN)
    return known.select_related("department__region", "disclosure", "snapshot").defer(
        "snapshot__content", "disclosure__title_lines"
    )


def current() -> QuerySet[Publication]:
    """Those whose content everybody may read, one for each department, year and kind."""
    return visible().filter(_CURRENT)


def history(address: Address) -> History | None:
    """None where nothing was ever published there."""
    kind = KINDS.get(address.kind)
    if kind is None:
        return None
    of_address = visible().filter(department=address.department, fiscal_year=address.year, kind=kind)
    found = tuple(of_address.order_by("-version"))
    if address.version is None:
        asked = next((item for item in found if item.status == PublicationStatus.CURRENT), None)
        return History(found, asked) if found else None
    asked = next((item for item in found if item.version == address.version), None)
    return History(found, asked) if asked else None


def address_of(publication: Publication, *, fixed: bool = False) -> Address:
    """The address of a publication: that of the current version, or `fixed` to its own."""
    version = publication.version if fixed else None
    return Address(publication.department_id, publication.fiscal_year, SLUGS[publication.kind], version)


def content(publication: Publication) -> Disclosure:
    """What was published, parsed. Ask `History.is_open` first."""
    return _parsed(publication.snapshot.sha256, publication.snapshot_id)


def canonical(publication: Publication) -> str:
    """What was published, as the text that was hashed."""
    return models.Snapshot.objects.values_list("content", flat=True).get(pk=publication.snapshot_id)


@lru_cache(maxsize=_REMEMBERED)
def _parsed(sha256: str, snapshot: int) -> Disclosure:
    return from_json(json.loads(models.Snapshot.objects.values_list("content", flat=True).get(pk=snapshot)))


def last_year(publication: Publication) -> Publication | None:
    """The current publication of the same department and kind for the year before."""
    of_department = current().filter(department=publication.department_id, kind=publication.kind)
    return of_department.filter(fiscal_year=publication.fiscal_year - 1).first()


def figures(publications: Collection[Publication]) -> dict[int, list[Figure]]:
    """The figures of some current publications by id, in one query."""
    found: dict[int, list[Figure]] = {item.pk: [] for item in publications}
    rows = models.PublishedFigure.objects.filter(publication__in=found).order_by("publication", "position")
    for row in rows:
        found[row.publication_id].append(Figure(row.measure, row.key, row.label, Decimal(row.amount)))
    return found


def region_and_below(region: int) -> list[int]:
    """A region with all regions under it."""
    below: dict[int | None, list[int]] = {}
    for pk, parent in models.Region.objects.values_list("pk", "parent"):
        below.setdefault(parent, []).append(pk)
    found, open_ones = [region], [region]
    while open_ones:
        children = [pk for pk in below.get(open_ones.pop(), []) if pk not in found]
        found += children
        open_ones += children
    return found


def years() -> list[int]:
    """Years of which something is public, newest first."""
    return sorted(Publication.objects.filter(_CURRENT).values_list("fiscal_year", flat=True).distinct(), reverse=True)


def regions() -> list[models.Region]:
    """Regions of whose departments something is public, and the regions above them."""
    every = {region.pk: region for region in models.Region.objects.all()}
    used = set(Publication.objects.filter(_CURRENT).values_list("department__region", flat=True).distinct())
    wanted: set[int] = set()
    for start in used:
        pk: int | None = start
        while pk is not None and pk not in wanted:
            wanted.add(pk)
            pk = every[pk].parent_id
    return [region for region in every.values() if region.pk in wanted]
