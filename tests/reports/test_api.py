"""Reports through the API: asked for, followed, fetched."""

from __future__ import annotations

from typing import Any

import pytest

from audit.services.making import OF_ONE
from disclosures.models import Role, User
from disclosures.tasks.running import run_queued
from tests.api.conftest import ROOT, _no_requests_counted, client_of  # noqa: F401 - fixture


def test_a_program_asks_for_a_report_follows_it_and_fetches_it(record, clerk):
    client = client_of(clerk)
    answer = client.post(f"{ROOT}/disclosures/{record.pk}/reports", {"form": "findings_xlsx"}, format="json")
    assert answer.status_code == 202
    run_queued()
    address = answer.headers["Location"].partition("testserver")[2]
    task = client.get(address).json()
    assert (task["state"], task["kind"], task["has_output"]) == ("done", "report", True)
    assert task["disclosure"] == record.pk
    output: Any = client.get(f"{address}/output")
    assert b"".join(output.streaming_content).startswith(b"PK")


@pytest.mark.parametrize("body", [{}, {"form": "region_docx"}, {"form": "audit_docx", "more": 1}, {"form": ["x"]}])
def test_what_is_asked_wrongly_is_refused(record, clerk, body):
    answer = client_of(clerk).post(f"{ROOT}/disclosures/{record.pk}/reports", body, format="json")
    assert answer.status_code in (400, 422)
    assert answer.json()["code"] == "invalid"


def test_who_does_not_see_it_does_not_find_it(record):
    stranger = client_of(User.objects.create(username="远方", role=Role.CLERK))
    for form in OF_ONE:
        answer = stranger.post(f"{ROOT}/disclosures/{record.pk}/reports", {"form": form}, format="json")
        assert answer.status_code == 404
