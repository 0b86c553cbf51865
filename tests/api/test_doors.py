"""Tokens, sessions, throttling, and what a refusal gives away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient
from rest_framework.throttling import SimpleRateThrottle

from disclosures.errors import InvalidValueError, NotVisibleError, RefusedError
from disclosures.models import ApiToken, User
from disclosures.services.tokens import MOST, create_token, revoke_token, token_of
from tests.api.conftest import ROOT


def _with(text: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")
    return client


@pytest.mark.django_db
def test_a_token_is_kept_as_a_hash_and_ends(people):
    token, text = create_token(people["clerk"], "脚本", 30)
    assert text not in str(ApiToken.objects.values().get())
    assert _with(text).get(f"{ROOT}/me").json()["username"] == "经办"
    token.refresh_from_db()
    assert token.last_used_at is not None
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    refused = _with(text).get(f"{ROOT}/me")
    assert (refused.status_code, refused.json()["code"]) == (401, "bad_token")
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    revoke_token(people["clerk"], token.pk)
    assert _with(text).get(f"{ROOT}/me").status_code == 401
    assert revoke_token(people["clerk"], token.pk).revoked_at is not None


@pytest.mark.django_db
def test_tokens_are_ones_own_or_an_administrators_business(people):
    token, text = create_token(people["clerk"], "脚本")
    with pytest.raises(NotVisibleError):
        revoke_token(people["reviewer"], token.pk)
    assert token_of(text) is not None
    revoke_token(people["administrator"], token.pk)
    assert token_of(text) is None
    for name, days in (("", 30), (" ", 30), ("长" * 101, 30), ("脚本", 0), ("脚本", 366)):
        with pytest.raises(InvalidValueError):
            create_token(people["clerk"], name, days)
    for _ in range(MOST):
        create_token(people["clerk"], "脚本")
    with pytest.raises(RefusedError):
        create_token(people["clerk"], "再一个")


@pytest.mark.django_db
def test_a_person_who_left_or_must_change_the_password_gets_nothing(people):
    text = create_token(people["clerk"], "脚本")[1]
    User.objects.filter(pk=people["clerk"].pk).update(must_change_password=True)
    refused = _with(text).get(f"{ROOT}/disclosures")
    assert (refused.status_code, refused.json()["code"]) == (403, "password_change_required")
    browser = Client()
    browser.force_login(people["clerk"])
    assert browser.get(f"{ROOT}/disclosures").json()["code"] == "password_change_required"
    User.objects.filter(pk=people["clerk"].pk).update(must_change_password=False, is_active=False)
    assert _with(text).get(f"{ROOT}/disclosures").status_code == 401


@pytest.mark.django_db
def test_a_session_reads_and_writes_only_with_its_csrf_token(people, record):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people["clerk"])
    assert browser.get(f"{ROOT}/disclosures/{record.pk}").status_code == 200
    address = f"{ROOT}/disclosures/{record.pk}/remarks"
    refused = browser.post(address, {"text": "看"}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    browser.get("/tokens/")
    csrf = browser.cookies["csrftoken"].value
    made = browser.post(address, {"text": "看"}, content_type="application/json", headers={"X-CSRFToken": csrf})
    assert made.status_code == 201, made.content


@pytest.mark.django_db
def test_too_many_requests_are_put_off(api, monkeypatch):
    rates = {"anon": "1/m", "user": "3/m", "heavy": "1/m"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
    client = api("clerk")
    statuses = [client.get(f"{ROOT}/me").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = client.get(f"{ROOT}/me")
    assert refused.json()["code"] == "throttled"
    assert 0 < int(refused.headers["Retry-After"]) <= 61
    assert api("reviewer").get(f"{ROOT}/me").status_code == 200, "others are not held up"
    assert [api("reviewer").get(f"{ROOT}/lines.csv").status_code for _ in range(2)] == [200, 429]


@pytest.mark.django_db
def test_the_page_of_tokens_shows_a_token_once(people):
    browser = Client()
    browser.force_login(people["clerk"])
    made = browser.post("/tokens/", {"name": "汇总脚本", "days": 30}).content.decode()
    token = ApiToken.objects.get()
    text = made.split("Bearer ")[1].split("<")[0].strip()
    assert token_of(text) == token
    again = browser.get("/tokens/").content.decode()
    assert text not in again
    assert "汇总脚本" in again
    browser.post(f"/tokens/{token.pk}/revoke/")
    assert token_of(text) is None
    other, _ = create_token(people["reviewer"], "别人的")
    browser.post(f"/tokens/{other.pk}/revoke/")
    assert ApiToken.objects.get(pk=other.pk).revoked_at is None
    assert Client().get("/tokens/").status_code == 302


@pytest.mark.django_db
def test_refusals_are_problem_details_and_give_nothing_away(api, record, settings):
    client = api("clerk")
    json = "application/json"
    cases = {
        404: client.get(f"{ROOT}/nowhere"),
        405: client.delete(f"{ROOT}/disclosures/{record.pk}"),
        406: client.get(f"{ROOT}/me", headers={"Accept": "application/xml"}),
        400: client.post(f"{ROOT}/disclosures/{record.pk}/remarks", b'{"text": ', content_type=json),
        415: client.post(f"{ROOT}/disclosures/{record.pk}/remarks", b"<x/>", content_type="text/xml"),
    }
    for status, answer in cases.items():
        assert answer.status_code == status
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert {"type", "title", "status", "code", "detail"} <= answer.json().keys()
        assert str(settings.BASE_DIR) not in answer.content.decode()
        assert answer.headers["Cache-Control"] == "no-store"
    unknown = client.post(f"{ROOT}/disclosures/{record.pk}/remarks", {"text": "看", "txet": "看"})
    assert [item["field"] for item in unknown.json()["errors"]] == ["txet"]
    for text in (b'{"text": "\\ud800"}', b'{"text": "\\u0000"}', b'{"text": NaN}', b"[" * 100_000, b"\xff"):
        answer = client.post(f"{ROOT}/disclosures/{record.pk}/remarks", text, content_type=json)
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed"), text[:20]


@pytest.mark.django_db
def test_an_error_of_ours_is_told_without_its_trace(api, monkeypatch, settings):
    from audit.api.views import organisation

    def fail(*_: object) -> None:
        raise RuntimeError(f"secret {settings.SECRET_KEY}")

    monkeypatch.setattr(organisation.MeView, "get", fail)
    answer = api("clerk").get(f"{ROOT}/me")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "secret" not in answer.content.decode()


@pytest.mark.django_db
def test_nothing_tells_of_passwords_or_paths(api, record, settings):
    client = api("administrator")
    for name in ("me", "disclosures", f"disclosures/{record.pk}", "events", "tasks", "corrections"):
        text = client.get(f"{ROOT}/{name}").content.decode()
        assert "password" not in text, name
        assert "pbkdf2" not in text, name
        assert str(settings.MEDIA_ROOT) not in text, name
