"""The running server keeps to its own OpenAPI document, whoever asks."""

from __future__ import annotations

import json
import os

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from audit.models import Finding
from disclosures import models
from disclosures.services.remarks import add_remark
from disclosures.services.tokens import create_token
from tests.api.fuzzing import DOCUMENT, fuzz
from tests.workflow.test_matrix import ROLES

EXAMPLES = int(os.environ.get("API_EXAMPLES", "2"))


@pytest.fixture
def generous(monkeypatch):
    """Made-up requests are many."""
    from rest_framework.throttling import SimpleRateThrottle

    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": None, "user": None, "heavy": None})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", ROLES)
def test_no_server_error_and_no_answer_outside_the_document(role, live_server, generous, record, people):
    remark = add_remark(people["clerk"], record.pk, "看")
    ids = {
        "disclosures": [record.pk],
        "departments": [record.department_id],
        "findings": list(Finding.objects.values_list("pk", flat=True)),
        "lines": list(models.BudgetLine.objects.values_list("pk", flat=True)[:5]),
        "tables": list(models.BudgetTable.objects.values_list("pk", flat=True)[:3]),
        "narrative": list(models.NarrativeSection.objects.values_list("pk", flat=True)[:3]),
        "targets": list(record.targets.values_list("pk", flat=True)[:3]),
        "runs": list(record.audit_runs.values_list("pk", flat=True)),
        "remarks": [remark.pk],
    }
    token = create_token(people[role], "随机请求")[1]
    found = fuzz(live_server.url, {"Authorization": f"Bearer {token}"}, ids, _version, EXAMPLES)
    assert found.failures == [], "\n\n".join(found.failures)
    assert found.requests >= 80, "every operation is asked"
    assert found.statuses.get(200, 0) > 20, found.statuses


def _version(resource: str, pk: int) -> str | None:
    if resource == "disclosures":
        record = models.Disclosure.objects.get(pk=pk)
        return f'"{pk}-{record.revision}-{record.state}"'
    if resource == "findings":
        finding = Finding.objects.get(pk=pk)
        return f'"{pk}-{finding.values_digest}-{finding.status}"'
    return None


def test_the_document_is_openapi_3_1_in_chinese(client):
    document = json.loads(client.get(DOCUMENT).content)
    assert document["openapi"] == "3.1.0"
    for name, shape in document["components"]["schemas"].items():
        Draft202012Validator.check_schema(shape)
        assert name
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert any("\u4e00" <= letter <= "\u9fff" for letter in operation.get("summary", "")), (method, path)
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "query":
                    words = parameter.get("description", "")
                    assert any("\u4e00" <= letter <= "\u9fff" for letter in words), (path, parameter["name"])
