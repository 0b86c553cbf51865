"""Every list: its queries do not grow with it, its pages lose and repeat nothing, its parameters are known."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from audit.models import AuditRun, Finding
from audit.services import explain_finding, mute_rule, revoke_waiver, waive_finding
from disclosures import models
from disclosures.services.catalogues import sync_catalogue
from disclosures.services.correcting import correct_cell
from disclosures.services.importing import import_file
from disclosures.services.remarks import add_remark
from disclosures.services.saving import Edit
from disclosures.services.tasks import queue_import
from tests.api.conftest import ROOT
from tests.workflow.conftest import PLACE, file_of, spoilt

LISTS = (
    "regions",
    "departments",
    "disclosures",
    "tables",
    "lines",
    "narrative",
    "targets",
    "indicators",
    "findings",
    "explanations",
    "waivers",
    "mutes",
    "runs",
    "events",
    "remarks",
    "corrections",
    "functional-classes",
    "department-economic-classes",
    "government-economic-classes",
    "economic-pairings",
    "tasks",
)
ALSO = ("disclosures/{pk}/versions", "disclosures/{pk}/findings")


PAGED = (
    ("lines", ""),
    ("lines", "code"),
    ("lines", "-code"),
    ("lines", "-table_id"),
    ("findings", "severity"),
    ("events", ""),
)


SENSELESS = (
    ("fiscal_yaer=2026", "fiscal_yaer"),
    ("fiscal_year=abc", "fiscal_year"),
    ("fiscal_year=99999999999999999999", "fiscal_year"),
    ("id__in=1,x", "id__in"),
    ("state=nowhere", "state"),
    ("ordering=password", "ordering"),
    ("page_size=0", "page_size"),
    ("page_size=100000", "page_size"),
    ("cursor=WzBd", "cursor"),
    ("cursor=zzz", "cursor"),
    ("state=approved&state=returned", "state"),
    ("search=%00", "search"),
)


@pytest.fixture
def filled(record, sound, clerk, people):
    """A disclosure with two versions and more than one of everything that is listed."""
    sync_catalogue()
    administrator, reviewer = people["administrator"], people["reviewer"]
    for number in range(3):
        found = correct_cell(Edit(clerk, record.pk, number, "document"), PLACE, f"{number + 5}.00")
        add_remark(clerk, record.pk, f"第 {number} 条")
    assert found.revision == 3
    twice = spoilt(spoilt(sound, "T03/合计/basic", "3.00"), "T01/expenditure/支出总计/total", "3.00")
    import_file(file_of(twice), "新.json", clerk)
    latest = models.Disclosure.objects.latest("pk")
    for finding in Finding.objects.filter(disclosure=latest)[:2]:
        explain_finding(clerk, finding.pk, "原因")
        explain_finding(clerk, finding.pk, "更好的原因")
        waive_finding(reviewer, finding.pk, "可以")
        revoke_waiver(reviewer, finding.pk, "不可以")
        waive_finding(reviewer, finding.pk, "还是可以")
    for rule in set(Finding.objects.values_list("rule", flat=True)):
        mute_rule(administrator, rule, people["other reviewer"].region, "误报")
        mute_rule(administrator, rule, None, "误报")
    for number in range(3):
        queue_import(administrator, f"{number}.txt", str(number).encode(), uuid.uuid4())
    return latest


@pytest.mark.django_db
def test_the_queries_of_a_list_do_not_grow_with_it(filled, api):
    client = api("administrator")
    grown = {}
    for name in (*LISTS, *ALSO):
        address = f"{ROOT}/{name.format(pk=filled.pk)}"
        client.get(address)  # what is looked up once for the process
        (few, first), (many, second) = _queries(client, address, 1), _queries(client, address, 200)
        assert few == 1, f"{name}: nothing to compare"
        assert many > 1, f"{name}: nothing to compare"
        if first != second or second > 9:
            grown[name] = f"{first} queries for one record, {second} for {many}"
    assert grown == {}


def _queries(client: APIClient, address: str, size: int) -> tuple[int, int]:
    """Records of a page, and queries for it."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, {"page_size": size})
    assert answer.status_code == 200, answer.content
    return len(answer.json()["results"]), len(captured)


@pytest.mark.django_db
def test_pages_lose_and_repeat_nothing(filled, api):
    for name, ordering in PAGED:
        _walk(api("auditor"), name, ordering)


def _walk(client: APIClient, name: str, ordering: str) -> None:
    query = {"page_size": 40 if name == "lines" else 1, **({"ordering": ordering} if ordering else {})}
    seen: list[int] = []
    last: Any = None
    answer = client.get(f"{ROOT}/{name}", query).json()
    while True:
        seen += [item["id"] for item in answer["results"]]
        if answer["next"] is None:
            break
        last, answer = answer, client.get(answer["next"]).json()
    assert last is not None
    model: Any = {"lines": models.BudgetLine, "findings": Finding, "events": models.Event}[name]
    assert len(seen) == len(set(seen)) == model.objects.count() > 1
    back = client.get(answer["previous"]).json()
    assert [item["id"] for item in back["results"]] == [item["id"] for item in last["results"]]


@pytest.mark.django_db
def test_records_added_meanwhile_do_not_shift_pages(filled, api):
    client = api("auditor")
    first = client.get(f"{ROOT}/runs", {"page_size": 2}).json()
    AuditRun.objects.create(disclosure=filled, trigger="manual", revision=0)
    second = client.get(first["next"]).json()
    listed = [item["id"] for item in first["results"] + second["results"]]
    expected = list(AuditRun.objects.order_by("-pk").values_list("pk", flat=True))[1 : 1 + len(listed)]
    assert listed == expected


@pytest.mark.django_db
def test_a_parameter_that_makes_no_sense_is_refused(record, api):
    for query, field in SENSELESS:
        answer = api("clerk").get(f"{ROOT}/disclosures?{query}")
        assert answer.status_code == 400, query
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "invalid"
        assert [item["field"] for item in answer.json()["errors"]] == [field]


@pytest.mark.django_db
def test_filters_narrow(filled, api, regions):
    client = api("auditor")

    def ids(name: str, **query: object) -> list[int]:
        return [item["id"] for item in client.get(f"{ROOT}/{name}", query).json()["results"]]

    both = list(models.Disclosure.objects.order_by("-pk").values_list("pk", flat=True))
    assert ids("disclosures") == both
    assert ids("disclosures", versions="latest") == [filled.pk]
    assert ids("disclosures", id__in=f"{both[1]},999") == [both[1]]
    assert ids("disclosures", region=regions["province"].pk) == both
    assert ids("disclosures", region=regions["county"].pk) == []
    assert ids("disclosures", state__in="to_correct,superseded", ordering="id") == both[::-1]
    assert ids("disclosures", search=filled.department.name[:3]) == both
    assert ids("disclosures", search="没有这个局") == []
    lines = client.get(f"{ROOT}/lines", {"disclosure": filled.pk, "table": "T03", "code__startswith": "208"}).json()
    assert lines["results"]
    assert all(item["code"].startswith("208") and item["table"] == "T03" for item in lines["results"])
