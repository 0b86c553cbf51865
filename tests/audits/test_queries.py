"""How many statements a check takes: the same for a small and a large disclosure."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.services import audits, check_stored
from audit.services.prepared import Checked
from audit.services.selection import Selection
from disclosures import models
from disclosures.services.findings import desk
from disclosures.services.matrix import Act
from disclosures.services.permissions import require
from disclosures.storage import load_record
from disclosures.synthetic import LARGE, MEDIUM, TINY, Size
from disclosures.synthetic.samples import spoilt as planted
from tests.audits.conftest import run_chunk

READS = 12
SIZES = pytest.mark.parametrize("size", [TINY, MEDIUM, LARGE], ids=["tiny", "medium", "large"])


def verbs(captured: CaptureQueriesContext) -> Counter[str]:
    """Statements by their verb; PostgreSQL reads through cursors (DECLARE), and a union begins with a bracket."""
    found = (query["sql"].lstrip("(").split()[0] for query in captured.captured_queries)
    return Counter("SELECT" if verb == "DECLARE" else verb for verb in found)


@SIZES
def test_a_stored_disclosure_is_loaded_and_checked_in_twelve_reads(put, size: Size) -> None:
    put(1, size=size, year=2025)
    record = put(1, size=size)
    with CaptureQueriesContext(connection) as captured:
        found = require(None, Act.CHECK, record.pk)
        prepared = desk().prepare(found, load_record(found))
    assert verbs(captured) == {"SELECT": READS}
    assert isinstance(prepared, Checked)
    assert prepared.previous  # last year's was among them


@SIZES
def test_corrections_of_the_catalogue_cost_no_read_more(put, size: Size) -> None:
    models.FunctionalClass.objects.create(code="2080177", name="创业补贴")
    models.EconomicPairing.objects.create(department_code="30101", government_code="50101")
    put(1, size=size, year=2025)
    record = put(1, size=size)
    with CaptureQueriesContext(connection) as captured:
        desk().prepare(record, load_record(record))
    assert verbs(captured)["SELECT"] == READS - 1  # the record is at hand


def test_what_a_check_reads_and_writes_does_not_grow_with_the_disclosure(put) -> None:
    """Findings are written in batches: 55 a statement on SQLite, whose parameters are limited."""
    counted = []
    for number, size in enumerate((TINY, MEDIUM, LARGE)):
        record = put(
            number, lambda content: planted(content, 5, ("table_digit", "phone", "doubled_word"))[0], size=size
        )
        with CaptureQueriesContext(connection) as captured:
            run = check_stored(record.pk, "import")
        assert run.errors + run.warnings + run.infos >= 3
        counted.append(verbs(captured))
    assert counted[0] == counted[1] == counted[2]


@pytest.mark.parametrize("number", [1, 20])
def test_an_audit_takes_so_many_statements_for_each_disclosure(put, auditor, number: int) -> None:
    for position in range(number):
        put(position, year=2025)
        put(position)
    audit = audits.start_audit(auditor, Selection(2026), enqueue=False)
    (ids,) = audits.begin_audit(audit.pk)
    with CaptureQueriesContext(connection) as captured:
        assert run_chunk(audit.pk, ids) == {"checked": number}
    # For the chunk: audit, disclosures, catalogue, last year's, last checks, mutes of the region.
    # For each: content 8, last year's tables 2, lock, item, findings, first check or not.
    assert verbs(captured)["SELECT"] == 6 + 14 * number


def test_what_did_not_change_takes_one_statement(put, auditor) -> None:
    for position in range(5):
        put(position)
    audits.run_audit(audits.start_audit(auditor, Selection(2026), enqueue=False).pk)
    audit = audits.start_audit(auditor, Selection(2026), enqueue=False)
    (ids,) = audits.begin_audit(audit.pk)
    with CaptureQueriesContext(connection) as captured:
        assert run_chunk(audit.pk, ids) == {"unchanged": 5}
    assert verbs(captured) == {"SELECT": 6, "UPDATE": 5}


@pytest.mark.parametrize("number", [3, 12])
def test_the_end_of_an_audit_takes_as_many_statements_however_many_there_were(put, auditor, number: int) -> None:
    for position in range(number):
        put(position)
    audit = audits.start_audit(auditor, Selection(2026), enqueue=False)
    run_chunk(audit.pk, audits.begin_audit(audit.pk)[0])
    with CaptureQueriesContext(connection) as captured:
        assert audits.finish_audit(audit.pk)
    assert len(captured) <= 32
