"""Behind a proxy: people are told apart by their own addresses, and health checks of this machine are answered."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from config.proxies import Client as FromProxy
from disclosures.models import Role, User
from tests.faults.installation import ROOT


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "expected"),
    [
        (["127.0.0.1"], "127.0.0.1", "10.1.2.3", "10.1.2.3"),
        (["127.0.0.1"], "127.0.0.1", "6.6.6.6, 10.1.2.3", "10.1.2.3"),  # what the client claims stands before
        (["*"], "172.18.0.1", "2001:db8::7", "2001:db8::7"),
        (["127.0.0.1"], "10.9.9.9", "10.1.2.3", "10.9.9.9"),  # no proxy of ours
        (["127.0.0.1"], "127.0.0.1", "", "127.0.0.1"),
        (["127.0.0.1"], "127.0.0.1", "nonsense", "127.0.0.1"),
    ],
)
def test_only_a_trusted_proxy_says_who_asks(settings, trusted, peer, forwarded, expected):
    settings.PROXY_IPS = trusted
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    FromProxy(lambda request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == expected


@pytest.mark.django_db
def test_who_guesses_from_elsewhere_does_not_lock_somebody_out(settings):
    User.objects.create_user("经办", password="Right-2026-words", role=Role.CLERK)
    client = Client()

    def sign_in(password: str, address: str) -> int:
        answer = client.post("/login/", {"username": "经办", "password": password}, HTTP_X_FORWARDED_FOR=address)
        return answer.status_code

    for _ in range(settings.LOGIN_FAILURES + 1):
        sign_in("wrong", "10.6.6.6")
    assert sign_in("Right-2026-words", "10.6.6.6") == 200  # locked
    assert sign_in("Right-2026-words", "10.1.2.3") == 302


def test_the_machine_itself_is_always_a_host_that_is_answered():
    code = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "shell", "--verbosity", "0", "-c", code],
        env=os.environ | {"ALLOWED_HOSTS": "gongkai.example.gov.cn"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "['gongkai.example.gov.cn', 'localhost', '127.0.0.1', '[::1]']"
