"""The contract's two formats, served and accepted as they are; hostile JSON is refused in words."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from audit.findings import to_contract
from disclosures import models
from disclosures.models import Task
from disclosures.plain.codec import from_json, to_json
from disclosures.services.reading import read_disclosures
from disclosures.storage import load
from tests.api.conftest import ROOT
from tests.workflow.conftest import file_of, spoilt

CONTRACT = Path(settings.BASE_DIR).parent / "shared" / "contract"


def _schema(name: str) -> Draft202012Validator:
    path = CONTRACT / name
    if not path.exists():
        pytest.skip("../shared is not here")
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.django_db
def test_content_is_the_contracts(api, record):
    content = api("clerk").get(f"{ROOT}/disclosures/{record.pk}/content")
    assert from_json(content.json()) == load(record.pk)
    assert content.headers["ETag"] == f'"{record.pk}-0-to_correct"'
    _schema("disclosure.schema.json").validate(content.json())


@pytest.mark.django_db
def test_stored_findings_and_checked_ones_are_the_contracts_and_the_same(api, record, sound):
    from audit.engine import check
    from disclosures.services.catalogues import current_catalogue

    client = api("clerk")
    stored = client.get(f"{ROOT}/disclosures/{record.pk}/findings", {"format": "budget-findings"}).json()
    checked = client.post(f"{ROOT}/check", json.loads(file_of(spoilt(sound)))).json()
    assert checked == json.loads(json.dumps(to_contract(check(spoilt(sound), None, current_catalogue()))))
    keys = ("rule", "severity", "where", "message", "actual", "expected", "fingerprint")
    assert [{key: item[key] for key in keys} for item in stored["findings"]] == [
        {key: item[key] for key in keys} for item in checked["findings"]
    ]
    assert stored["summary"] == checked["summary"]
    validator = _schema("findings.schema.json")
    validator.validate(stored)
    validator.validate(checked)


@pytest.mark.django_db
def test_a_check_stores_nothing(api, sound, settings):
    client = api("auditor")
    file = SimpleUploadedFile("a.json", file_of(sound))
    assert client.post(f"{ROOT}/check", {"file": file}, format="multipart").status_code == 200
    assert not models.Disclosure.objects.exists()
    assert not Task.objects.exists()
    assert not any(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))


@pytest.mark.django_db
def test_what_is_no_disclosure_is_refused_at_once(api):
    client = api("clerk")
    for name in ("check", "disclosures"):
        bodies: tuple[Any, ...] = ({}, {"schema": "budget-disclosure/1"}, [], "text", 7, None, [[[]]])
        for body in bodies:
            answer = client.post(f"{ROOT}/{name}", body, format="json")
            assert answer.status_code in (400, 422), (name, body, answer.content)
        empty = SimpleUploadedFile("a.txt", b"\x00\x01")
        answer = client.post(f"{ROOT}/check", {"file": empty}, format="multipart")
        assert answer.status_code in (400, 422)
    assert client.post(f"{ROOT}/check", {}, format="multipart").json()["errors"][0]["field"] == "file"
    assert not Task.objects.exists()


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=5),
    *(st.just(value) for value in ([], {}, [1], {"a": 1})),
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [path] if path else []
    for key, inner in list(items)[:40]:
        found += _places(inner, (*path, key))
    return found


@hypothesis_settings(
    max_examples=int(os.environ.get("API_EXAMPLES", "2")) * 10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_damaged_json_is_refused_or_read_and_checked(data, sound):
    """Whatever stands in a place where it does not belong: a sentence, or findings, never a fault of ours."""
    from audit.engine import check
    from disclosures.catalogue import load_catalogue
    from disclosures.reading import UnreadableFileError

    shape = copy.deepcopy(_shape_of(sound))
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(_PLACES))
        holder = shape
        try:
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = data.draw(VALUES)
        except (KeyError, IndexError, TypeError):
            continue  # the first damage took the place away
    try:
        (found,) = read_disclosures(json.dumps(shape).encode(), "a.json")
    except UnreadableFileError:
        return
    to_contract(check(found, None, load_catalogue()))
    json.dumps(to_json(found))


_SHAPES: dict[int, Any] = {}
_PLACES: list[tuple[Any, ...]] = []


def _shape_of(disclosure: Any) -> Any:
    """The JSON of the sound disclosure, made once."""
    if id(disclosure) not in _SHAPES:
        _SHAPES[id(disclosure)] = to_json(disclosure)
        _PLACES[:] = _places(json.loads(json.dumps(_SHAPES[id(disclosure)])))
    return json.loads(json.dumps(_SHAPES[id(disclosure)]))
