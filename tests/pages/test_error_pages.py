"""What a person reads when nothing else could be shown."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import reverse
from django.views.csrf import csrf_failure
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
@pytest.mark.parametrize(
    ("page", "status", "title"),
    [
        (lambda request: bad_request(request, ValueError()), 400, "请求不完整"),
        (csrf_failure, 403, "页面已过期"),
        (server_error, 500, "系统出错"),
    ],
)
def test_the_pages_need_nothing_but_themselves(rf, page, status, title, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = page(rf.get("/"))
    text = answer.content.decode()
    assert (answer.status_code, text.count("<html"), text.count("</html>")) == (status, 1, 1)
    assert f"<title>{title} · 部门预算公开核对</title>" in text
    assert "disclosures/workplace.css" in text
    assert 'href="/">回到首页' in text


def test_the_sign_of_maintenance_says_why():
    text = render_to_string("503.html", {"reason": "正在升级"})
    assert "<p>正在升级。</p>" in text
    assert "<title>系统维护中 · 部门预算公开核对</title>" in text
    assert "回到首页" not in text  # it is closed as well
