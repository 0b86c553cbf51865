"""What a person reads when nothing else could be shown."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.views.defaults import bad_request, server_error

from disclosures.models import Role, User

pytestmark = pytest.mark.django_db


def test_a_form_from_before_a_new_login_says_what_to_do():
    user = User.objects.create(username="经办", role=Role.CLERK)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    answer = browser.post(reverse("notifications_read"))
    assert answer.status_code == 403
    assert "刷新以后再提交一次" in answer.content.decode()


def test_an_error_of_the_system_says_that_nothing_is_half_saved(monkeypatch):
    monkeypatch.setattr("disclosures.views.entrance.Entrance.get", lambda *_: 1 / 0)
    answer = Client(raise_request_exception=False).get(reverse("login"))
    assert answer.status_code == 500
    assert "没有保存一半的内容" in answer.content.decode()


@override_settings(STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}})
def test_the_pages_need_nothing_but_themselves(rf):
    assert server_error(rf.get("/")).status_code == 500
    assert bad_request(rf.get("/"), ValueError()).status_code == 400
