"""Rules over sets of stored disclosures: their findings belong to a disclosure, beside those of its own checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Audit, AuditRun, Finding, Status
from audit.services import audits, check_stored, waive_finding
from audit.services.selection import Selection
from disclosures import models
from disclosures.plain import data as plain
from disclosures.services.correcting import correct_cell
from disclosures.services.findings import desk
from disclosures.services.saving import Edit
from disclosures.storage import store
from disclosures.synthetic import MEDIUM, generate


def run(user: models.User | None = None, **more) -> Audit:
    return audits.run_audit(audits.start_audit(user, Selection(2026, **more), enqueue=False).pk)


def of_unit(head: plain.Disclosure, unit: str) -> plain.Disclosure:
    """A unit's disclosure that agrees with its department's: its lines of T11, T12 and T13, and nothing else."""

    def part(table: plain.Table) -> plain.Table:
        if table.id == "T11":
            rows = tuple(replace(row, name="部门合计") for row in table.rows if row.name == unit)
        else:
            at = [n for n, row in enumerate(table.rows) if row.name == unit and row.level is plain.Level.UNIT]
            below = tuple(row for row in table.rows if row.unit_name == unit)
            rows = tuple(replace(table.rows[n], level=plain.Level.DEPARTMENT) for n in at) + below
        return replace(table, rows=rows, no_data=not rows)

    tables = tuple(part(table) for table in head.tables if table.id in ("T11", "T12", "T13"))
    return plain.Disclosure(unit, head.fiscal_year, plain.Kind.UNIT, tables=tables)


@pytest.fixture
def family(region) -> tuple[models.Disclosure, models.Disclosure]:
    """A department and one of its units, both stored, in agreement."""
    head = generate(3, MEDIUM, kind=plain.Kind.DEPARTMENT, year=2026)
    t12 = head.table("T12")
    assert t12 is not None
    unit = [row.name for row in t12.rows if row.level is plain.Level.UNIT][1]
    department = models.Department.objects.create(name=head.department, region=region)
    below = models.Department.objects.create(
        name=unit, region=region, parent=department, kind=models.DepartmentKind.UNIT
    )
    return store(head, department), store(of_unit(head, unit), below)


def of_sets() -> list[Finding]:
    return list(Finding.objects.filter(rule__startswith="S-").exclude(status=Status.GONE))


def spoil_unit(unit: models.Disclosure, value: str = "9.99") -> None:
    unit.refresh_from_db()
    correct_cell(Edit(None, unit.pk, unit.revision), f"T12/{unit.department.name}/total", value)


def test_a_family_in_agreement_yields_nothing(family, auditor) -> None:
    audit = run(auditor)
    assert audit.checked == 2
    assert of_sets() == []


def test_a_difference_becomes_a_finding_of_the_unit_s_disclosure(family, auditor) -> None:
    _, unit = family
    spoil_unit(unit)
    run(auditor)
    (finding,) = of_sets()
    assert (finding.disclosure, finding.rule, finding.severity) == (unit, "S-UNIT-LINE", "warning")
    assert finding.where == f"T12/{unit.department.name}/total"
    assert "9.99" in finding.message
    assert family[0].department.name in finding.message


def test_a_single_check_leaves_it_and_counts_it(family, auditor) -> None:
    _, unit = family
    spoil_unit(unit)
    run(auditor)
    (before,) = of_sets()
    check_stored(unit.pk, "schedule")
    (after,) = of_sets()
    assert (after.pk, after.status) == (before.pk, Status.OPEN)
    warnings = desk().counts([unit.pk])[unit.pk].warnings
    assert warnings == Finding.objects.filter(disclosure=unit, severity="warning", status=Status.OPEN).count()


def test_a_set_leaves_the_findings_of_single_checks(family, auditor) -> None:
    _, unit = family
    spoil_unit(unit)
    own = set(Finding.objects.exclude(status=Status.GONE).values_list("pk", flat=True))
    assert own
    run(auditor)
    run(auditor)
    assert own <= set(Finding.objects.exclude(status=Status.GONE).values_list("pk", flat=True))


def test_it_goes_when_the_difference_goes_and_comes_back_with_it(family, auditor) -> None:
    _, unit = family
    right = unit.budget_tables.get(code="T12").lines.get(position=0).total
    spoil_unit(unit)
    run(auditor)
    spoil_unit(unit, f"{right:.2f}")
    run(auditor)
    assert of_sets() == []
    spoil_unit(unit)
    run(auditor)
    (finding,) = of_sets()
    assert list(finding.history.order_by("pk").values_list("what", flat=True)) == ["opened", "closed", "reopened"]


def test_a_check_by_hand_lets_it_go_at_once(family, auditor) -> None:
    _, unit = family
    right = unit.budget_tables.get(code="T12").lines.get(position=0).total
    spoil_unit(unit)
    run(auditor)
    spoil_unit(unit, f"{right:.2f}")
    check_stored(unit.pk)
    assert of_sets() == []


def test_it_can_be_waived_and_stays_so_for_its_values(family, auditor, reviewer) -> None:
    _, unit = family
    spoil_unit(unit)
    run(auditor)
    waive_finding(reviewer, of_sets()[0].pk, "已与主管部门核对")
    run(auditor)
    assert of_sets()[0].status == Status.WAIVED
    spoil_unit(unit, "8.88")
    run(auditor)
    assert of_sets()[0].status == Status.OPEN


def test_an_audit_of_the_unit_alone_still_sees_its_department(family, auditor) -> None:
    _, unit = family
    spoil_unit(unit)
    audit = run(auditor, departments=(unit.department_id,))
    assert audit.total == 1
    assert [finding.disclosure_id for finding in of_sets()] == [unit.pk]


def test_departments_without_a_disclosure_are_in_the_summary(put, region, auditor) -> None:
    put(1)
    models.Department.objects.create(name="没有交的局", region=region)
    models.Department.objects.create(name="别处的局", region=models.Region.objects.create(name="南山市"))
    summary = run(auditor, region=region.pk).summary
    assert [row["name"] for row in summary["missing"]] == ["没有交的局"]
    assert summary["missing"][0]["message"] == "没有交的局还没有 2026 年的公开文本。"
    assert summary["missing_number"] == 1


def test_a_passed_deadline_is_a_finding_or_stands_in_the_summary(put, region, auditor) -> None:
    record = put(1)
    empty = models.Department.objects.create(name="没有交的局", region=region)
    approved_on = timezone.localdate() - timedelta(days=30)
    for department in (record.department, empty):
        models.DepartmentYear.objects.create(department=department, fiscal_year=2026, budget_approved_on=approved_on)
    summary = run(auditor).summary
    assert [row["name"] for row in summary["late"]] == ["没有交的局"]
    assert [(item.rule, item.disclosure_id, item.severity) for item in of_sets()] == [("S-LATE", record.pk, "info")]
    models.Disclosure.objects.filter(pk=record.pk).update(state=models.State.PUBLISHED)
    run(auditor)
    assert of_sets() == []


def test_a_disclosure_that_could_not_be_checked_holds_no_findings_of_sets(family, auditor, monkeypatch) -> None:
    _, unit = family
    spoil_unit(unit)
    AuditRun.objects.all().delete()

    def load(_record: models.Disclosure):
        raise ValueError("broken")

    monkeypatch.setattr(audits, "load_record", load)
    audit = run(auditor)
    assert (audit.failed, of_sets()) == (2, [])
