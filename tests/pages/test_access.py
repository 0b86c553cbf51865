"""Who gets which page: strangers the login, people elsewhere nothing, nobody a page with many queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Finding
from disclosures.models import Role, State

MOST_QUERIES = 15
PAGES = ("front", "list", "import", "quick_check")
OF_ONE = ("workbench", "original", "findings", "place_history")
PARTS = ("T01", "T03", "T06", "T12", "narrative", "targets", "overview", "history")
STEPS = ("submit", "recall", "return", "approve", "sign_off", "publish", "withdraw", "revise")


def addresses(pk: int) -> list[str]:
    """Everything that shows one disclosure."""
    return [
        *(reverse(name, args=[pk]) for name in OF_ONE),
        *(reverse("part", args=[pk, key]) for key in PARTS),
        reverse("download", args=[pk]),
    ]


def changes(pk: int) -> list[str]:
    """Everything that changes one disclosure."""
    finding = Finding.objects.filter(disclosure=pk).values_list("pk", flat=True).first()
    return [
        *(reverse(name, args=[pk]) for name in ("correct", "revert", "remark", "final_file", "recheck")),
        *(reverse("step", args=[pk, act]) for act in STEPS),
        *(reverse("settle", args=[pk, finding, act]) for act in ("explain", "accept", "refuse", "waive", "revoke")),
    ]


BODY = {"revision": 0, "kind": "reading", "changes": [{"place": "T02/合计/total", "value": "1.00"}], "text": "说明"}


@pytest.mark.parametrize("name", [*PAGES, "overview"])
def test_strangers_are_sent_to_the_login(db, name):
    answer = Client().get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("login"))


def test_a_program_without_a_session_is_told_so_in_words(record):
    answer = Client().get(reverse("findings", args=[record.pk]))
    assert answer.status_code == 401
    assert "登录已过期" in answer.json()["message"]


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER])
def test_people_elsewhere_find_nothing_at_any_address(record, log_in, role):
    client = log_in(role, elsewhere=True)
    assert record.department.name not in client.get(reverse("list")).content.decode()
    assert record.department.name not in client.get(reverse("front")).content.decode()
    for address in addresses(record.pk):
        assert client.get(address).status_code == 404, address
    for address in changes(record.pk):
        answer = client.post(address, BODY, content_type="application/json")
        assert answer.status_code == 404, address
        assert record.department.name not in answer.content.decode()
    record.refresh_from_db()
    assert (record.revision, record.state) == (0, State.TO_CORRECT)


@pytest.mark.parametrize("address", ["correct", "revert", "recheck"])
def test_an_auditor_reads_and_changes_nothing(record, log_in, address):
    client = log_in(Role.AUDITOR)
    assert client.get(reverse("workbench", args=[record.pk])).status_code == 200
    answer = client.post(reverse(address, args=[record.pk]), {**BODY, "place": "T02"}, content_type="application/json")
    assert answer.status_code == 403


def test_a_finding_is_settled_under_its_own_disclosure_only(record, log_in):
    finding = Finding.objects.filter(disclosure=record).values_list("pk", flat=True)[0]
    address = reverse("settle", args=[record.pk + 1, finding, "explain"])
    assert log_in(Role.CLERK).post(address, BODY, content_type="application/json").status_code == 404


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_no_page_needs_many_queries(record, log_in, role):
    client = log_in(role)
    names = ["overview" if role in (Role.AUDITOR, Role.ADMINISTRATOR) else "front", "list", "quick_check"]
    names += [] if role == Role.AUDITOR else ["import"]
    for address in (*(reverse(name) for name in names), *addresses(record.pk)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200, address
        # The savepoints are the test's own transaction.
        number = sum("SAVEPOINT" not in query["sql"] for query in queries)
        assert number <= MOST_QUERIES, (address, number)


def test_queries_do_not_grow_with_the_list(record, log_in):
    client = log_in(Role.REVIEWER)

    def number() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("list") + "?versions=all")
        return len(queries)

    alone = number()
    for version in range(2, 12):
        record.pk, record.version, record.source_file = None, version, None
        record._state.adding = True
        record.save()
    assert number() == alone


def test_every_page_forbids_foreign_scripts(record, log_in):
    for address in (reverse("front"), reverse("workbench", args=[record.pk])):
        answer = log_in(Role.CLERK).get(address)
        assert "script-src" not in answer["Content-Security-Policy"]
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert "<script>" not in answer.content.decode()
        assert " style=" not in answer.content.decode()
