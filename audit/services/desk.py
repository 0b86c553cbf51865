"""The desk that keeps the findings of stored disclosures (see `disclosures.services.findings`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Case, Count, Exists, IntegerField, Max, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from audit import models
from disclosures.models import Disclosure, User
from disclosures.plain import data as plain
from disclosures.services.catalogues import stamped_catalogue
from disclosures.services.findings import CheckOutcome, Counts, FindingView

from .following import Moves
from .prepared import Checked, checked_again
from .previous import previous_of
from .reconcile import reconcile
from .records import views

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


class StoredFindings:
    """Findings in the database; a check stands outside the transaction that writes what it found."""

    def check(self, disclosure_id: int, trigger: str, user: User | None) -> CheckOutcome:
        from .checking import run

        return run(disclosure_id, trigger, user)

    def prepare(self, record: Disclosure, disclosure: plain.Disclosure) -> Checked:
        return checked_again(record.pk, disclosure, previous_of(record), stamped_catalogue())

    def write(
        self, record: Disclosure, prepared: object, trigger: str, user: User | None, moves: Moves = ()
    ) -> CheckOutcome:
        if not isinstance(prepared, Checked):
            raise TypeError("a check is written as `prepare` returned it")
        return reconcile(record, prepared, trigger, user, moves=moves)

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

    def counted(self, records: QuerySet[Disclosure]) -> QuerySet[Disclosure]:
        return records.annotate(
            open_errors=_number(status=models.Status.OPEN, severity="error"),
            open_warnings=_number(status=models.Status.OPEN, severity="warning"),
            to_decide=_number(status=models.Status.EXPLAINED),
            was_checked=Exists(models.AuditRun.objects.filter(disclosure=OuterRef("pk"))),
        )


def _number(**conditions: str) -> Coalesce:
    """How many findings of a disclosure meet conditions, as an expression of its query."""
    found = models.Finding.objects.filter(disclosure=OuterRef("pk"), **conditions).order_by().values("disclosure")
    return Coalesce(Subquery(found.annotate(number=Count("pk")).values("number")), 0)
