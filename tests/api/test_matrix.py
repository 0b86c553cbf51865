"""The role matrix of the workplace over HTTP: the same table, the same people, no gap."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from rest_framework.test import APIClient

from audit.models import Finding
from disclosures import models
from disclosures.services.matrix import MATRIX, Act
from disclosures.services.remarks import add_remark
from tests.api.conftest import ROOT
from tests.workflow.conftest import PLACE, file_of, spoilt
from tests.workflow.test_matrix import EXPECTED, OUTSIDERS, ROLES, _explained, _finding

REFUSED = {"not_allowed", "wrong_state"}
SIGNED = {
    "secrecy_reviewer": "甲",
    "secrecy_reviewed_on": "2026-01-05",
    "leader": "乙",
    "signed_on": "2026-01-06",
}
ROW = {"table": "T03", "before": 0, "labels": {"code": "2080101", "name": "行政运行"}, "kind": "reading"}
Call = Callable[[APIClient, models.Disclosure, bytes], Any]


def _tag(record: models.Disclosure) -> str:
    record.refresh_from_db()
    return f'"{record.pk}-{record.revision}-{record.state}"'


def _act(name: str, body: dict[str, Any] | None = None) -> Call:
    def call(client: APIClient, record: models.Disclosure, data: bytes) -> Any:
        address = f"{ROOT}/disclosures/{record.pk}/{name}"
        return client.post(address, body or {}, format="json", headers={"If-Match": _tag(record)})

    return call


def _on_finding(name: str, body: dict[str, Any], choose: Callable[[Any], int] = _finding) -> Call:
    def call(client: APIClient, record: models.Disclosure, data: bytes) -> Any:
        pk = choose(record)
        found = Finding.objects.get(pk=pk)
        tag = f'"{pk}-{found.values_digest}-{found.status}"'
        return client.post(f"{ROOT}/findings/{pk}/{name}", body, format="json", headers={"If-Match": tag})

    return call


def _waive_many(client: APIClient, record: models.Disclosure, data: bytes) -> Any:
    pk = _finding(record)
    found = Finding.objects.get(pk=pk)
    item = {"id": pk, "etag": f'"{pk}-{found.values_digest}-{found.status}"'}
    return client.post(f"{ROOT}/findings/waive", {"findings": [item], "reason": "理由"}, format="json")


def _final_file(client: APIClient, record: models.Disclosure, data: bytes) -> Any:
    body = {"file": SimpleUploadedFile("a.json", data)}
    address = f"{ROOT}/disclosures/{record.pk}/final-file"
    return client.post(address, body, format="multipart", headers={"If-Match": _tag(record)})


def _assign(client: APIClient, record: models.Disclosure, data: bytes) -> Any:
    return client.post(f"{ROOT}/disclosures/assign", {"disclosures": [record.pk], "assignee": None}, format="json")


def _read(name: str) -> Call:
    return lambda client, record, data: client.get(f"{ROOT}/disclosures/{record.pk}{name}")


CALLS: dict[Act, Call] = {
    Act.VIEW: _read(""),
    Act.EXPORT: _read("/content"),
    Act.CHECK: _act("checks"),
    Act.CORRECT: _act("correct", {"changes": [{"place": PLACE, "value": "5.00"}], "kind": "reading"}),
    Act.EXPLAIN: _on_finding("explain", {"text": "原因"}),
    Act.REMARK: _act("remarks", {"text": "请看"}),
    Act.SUBMIT: _act("submit"),
    Act.RECALL: _act("recall"),
    Act.RETURN: _act("return", {"remark": "请改"}),
    Act.DECIDE: _on_finding("accept", {}, _explained),
    Act.APPROVE: _act("approve"),
    Act.SIGN_OFF: _act("sign-off", SIGNED),
    Act.FINAL_FILE: _final_file,
    Act.PUBLISH: _act("publish"),
    Act.WITHDRAW: _act("withdraw", {"reason": "有误"}),
    Act.REVISE: _act("revise"),
    Act.ASSIGN: _assign,
}
OTHERS: dict[str, tuple[Act, Call]] = {
    "add row": (Act.CORRECT, _act("add-row", ROW)),
    "remove row": (Act.CORRECT, _act("remove-row", {"place": "T03/合计", "kind": "reading"})),
    "revert": (Act.CORRECT, _act("revert", {"place": PLACE})),
    "waive": (Act.DECIDE, _on_finding("waive", {"reason": "理由"})),
    "waive many": (Act.DECIDE, _waive_many),
    "refuse": (Act.DECIDE, _on_finding("refuse", {"text": "理由"}, _explained)),
    "revoke": (Act.DECIDE, _on_finding("revoke", {"reason": "理由"})),
    "withdraw explanation": (Act.EXPLAIN, _on_finding("withdraw-explanation", {}, _explained)),
    "original": (Act.EXPORT, _read("/original")),
    "findings": (Act.VIEW, _read("/findings?format=budget-findings")),
    "paged findings": (Act.VIEW, _read("/findings")),
    "versions": (Act.VIEW, _read("/versions")),
    "table": (Act.VIEW, _read("/tables/T03")),
    "correction list": (Act.VIEW, _read("/correction-list")),
    "report": (Act.EXPORT, _act("reports", {"form": "docx"})),
}
ALL = {**{act.value: (act, call) for act, call in CALLS.items()}, **OTHERS}


def test_every_action_of_the_matrix_has_a_request():
    assert set(CALLS) | {Act.REPLACE} == set(Act) == set(EXPECTED)


def test_every_action_of_the_api_is_in_this_table():
    """A new action of a disclosure or finding must be added here."""
    from audit.api.views.disclosures import DisclosureViewSet
    from audit.api.views.findings import FindingViewSet

    views: tuple[Any, ...] = (DisclosureViewSet, FindingViewSet)
    names = {f"{view.__name__} {item.url_path}" for view in views for item in view.get_extra_actions()}
    # "view" is no extra action, findings are asked for in two ways, waive alone and many share a path.
    assert len(names) == len(ALL) - 3


@pytest.mark.django_db
@pytest.mark.parametrize("name", ALL)
def test_the_api_allows_what_the_matrix_allows(name, api, record, in_state, sound):
    act, call = ALL[name]
    data = file_of(spoilt(sound))
    for role, state in itertools.product(ROLES, models.State):
        in_state(record, state)
        answer = _undone(partial(call, api(role), record, data))
        allowed = state in MATRIX[ROLES[role]][act]
        code = answer.json().get("code") if answer.headers["Content-Type"] == "application/problem+json" else None
        assert answer.status_code < 500, (role, state, answer.content)
        assert (code not in REFUSED) is allowed, (role, state, code)
        if not allowed:
            elsewhere = bool(MATRIX[ROLES[role]][act])
            assert (answer.status_code, code) == ((409, "wrong_state") if elsewhere else (403, "not_allowed"))


@pytest.mark.django_db
@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_what_is_out_of_reach_looks_like_what_does_not_exist(outsider, api, record, people, sound):
    data = file_of(spoilt(sound))
    client = api(outsider)
    for name, (_, call) in ALL.items():
        answer = _undone(partial(call, client, record, data))
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), name


@pytest.mark.django_db
def test_ids_of_others_in_every_address_and_list(api, record, people):
    remark = add_remark(people["clerk"], record.pk, "看")
    client = api("other clerk")
    addresses = {
        "departments": record.department_id,
        "disclosures": record.pk,
        "tables": record.budget_tables.first().pk,
        "lines": models.BudgetLine.objects.earliest("pk").pk,
        "narrative": record.narrativesections.first().pk,
        "targets": record.targets.first().pk,
        "indicators": record.targets.first().indicators.first().pk,
        "findings": record.findings.first().pk,
        "runs": record.audit_runs.first().pk,
        "remarks": remark.pk,
    }
    for name, pk in addresses.items():
        assert api("clerk").get(f"{ROOT}/{name}/{pk}").status_code == 200, name
        assert client.get(f"{ROOT}/{name}/{pk}").status_code == 404, name
        listed = client.get(f"{ROOT}/{name}").json()["results"]
        assert pk not in [item["id"] for item in listed], name
    assert client.post(f"{ROOT}/remarks/{remark.pk}/resolve", {}).status_code == 404
    for name in ("events", "corrections", "explanations", "waivers"):
        assert client.get(f"{ROOT}/{name}", {"disclosure": record.pk}).json()["results"] == []
    assert record.department.name not in b"".join(client.get(f"{ROOT}/lines.csv").streaming_content).decode()


@pytest.mark.django_db
def test_uploads_and_mutes_by_role(api, record, sound, people):
    data = file_of(sound)
    rule = Finding.objects.get(disclosure=record).rule
    mute = {"rule": rule, "region": None, "reason": "误报"}
    for role in ROLES:
        file = {"file": SimpleUploadedFile("b.json", data)}
        sent = _undone(partial(api(role).post, f"{ROOT}/disclosures", file, format="multipart"))
        assert sent.status_code == (403 if role == "auditor" else 202), (role, sent.content)
        muted = _undone(partial(api(role).post, f"{ROOT}/mutes", mute))
        assert muted.status_code == (201 if role == "administrator" else 403), role


@pytest.mark.django_db
def test_strangers_get_nothing(record):
    client = APIClient()
    for name in ("disclosures", f"disclosures/{record.pk}", "lines.csv", "me", "rules", "regions", "tasks"):
        answer = client.get(f"{ROOT}/{name}")
        assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated"), name
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert client.post(f"{ROOT}/check", {}).status_code == 401


def _undone(call: Callable[[], Any]) -> Any:
    """The answer; whatever it did is undone."""
    with transaction.atomic():
        try:
            return call()
        finally:
            transaction.set_rollback(True)
