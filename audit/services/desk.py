"""The desk that keeps the findings of stored disclosures (see `disclosures.services.findings`)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Count, IntegerField, Max, Value, When

from audit import models
from disclosures.models import Disclosure, State, User
from disclosures.plain import data as plain
from disclosures.services.catalogues import current_catalogue
from disclosures.services.findings import CheckOutcome, Counts, FindingView
from disclosures.services.loaded import content

from .reconcile import reconcile
from .records import views

if TYPE_CHECKING:
    from audit.findings import CheckResult

_SEVERITY_FIELDS = {"error": "errors", "warning": "warnings", "info": "infos"}
_STATUS_FIELDS = {
    models.Status.EXPLAINED: "explained",
    models.Status.WAIVED: "waived",
    models.Status.MUTED: "muted",
}
_RANKS = Case(
    *(When(severity=severity, then=Value(rank)) for rank, (severity, _) in enumerate(models.SEVERITIES)),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of the engine, with how long it took."""

    result: CheckResult
    milliseconds: int


class StoredFindings:
    """Findings in the database; a check stands outside the transaction that writes what it found."""

    def check(self, disclosure_id: int, trigger: str, user: User | None) -> CheckOutcome:
        from .checking import run

        return run(disclosure_id, trigger, user)

    def prepare(self, record: Disclosure, disclosure: plain.Disclosure) -> Checked:
        from audit.engine import check  # the rules cost start-up time

        started = time.perf_counter()
        result = check(disclosure, _previous(record), current_catalogue())
        return Checked(result, round((time.perf_counter() - started) * 1000))

    def write(self, record: Disclosure, prepared: object, trigger: str, user: User | None) -> CheckOutcome:
        if not isinstance(prepared, Checked):
            raise TypeError("a check is written as `prepare` returned it")
        return reconcile(record, prepared.result, trigger, user, prepared.milliseconds)

    def unsettled(self, disclosure_id: int, statuses: Sequence[str]) -> tuple[FindingView, ...]:
        found = models.Finding.objects.filter(disclosure=disclosure_id, status__in=statuses)
        return views(found.order_by(_RANKS, "position", "pk"))

    def counts(self, disclosure_ids: Iterable[int]) -> dict[int, Counts]:
        ids = list(disclosure_ids)
        numbers: dict[int, dict[str, int]] = {}
        held = models.Finding.objects.filter(disclosure__in=ids).exclude(status=models.Status.GONE)
        for pk, status, severity, number in (
            held.order_by().values_list("disclosure", "status", "severity").annotate(number=Count("pk"))
        ):
            field = _SEVERITY_FIELDS[severity] if status == models.Status.OPEN else _STATUS_FIELDS[status]
            row = numbers.setdefault(pk, {})
            row[field] = row.get(field, 0) + number
        latest = models.AuditRun.objects.filter(disclosure__in=ids).order_by().values("disclosure")
        runs = models.AuditRun.objects.filter(pk__in=latest.annotate(latest=Max("pk")).values("latest"))
        for pk, unchecked in runs.values_list("disclosure", "unchecked"):
            numbers.setdefault(pk, {})["not_checked"] = unchecked
        return {pk: Counts(**row) for pk, row in numbers.items()}


def _previous(record: Disclosure) -> plain.Disclosure | None:
    """Last year's disclosure of the same department and kind: the published one, else the latest on file."""
    on_file = Disclosure.objects.filter(
        department=record.department_id, kind=record.kind, fiscal_year=record.fiscal_year - 1
    ).exclude(state=State.SUPERSEDED)
    published = Case(When(state=State.PUBLISHED, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = on_file.order_by(published, "-version").first()
    return content(found) if found else None
