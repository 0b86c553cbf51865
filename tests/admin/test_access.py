"""Who sees what: a clerk the own department, a reviewer the own region, nobody more than the role allows."""

from __future__ import annotations

import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from disclosures import models
from disclosures.plain.codec import to_json


def _status(client, record) -> int:
    return client.get(reverse("admin:disclosures_disclosure_part", args=[record.pk, "T01"])).status_code


def _listed(client, record) -> bool:
    return str(record.department) in client.get(reverse("admin:disclosures_disclosure_changelist")).content.decode()


@pytest.fixture
def regions(record) -> dict[str, models.Region]:
    province = models.Region.objects.create(name="北山省")
    city = models.Region.objects.create(name="青山市", parent=province)
    record.department.region = city
    record.department.save()
    return {"province": province, "city": city, "elsewhere": models.Region.objects.create(name="南山省")}


@pytest.mark.parametrize(
    ("role", "place", "sees"),
    [
        (models.Role.CLERK, "own", True),
        (models.Role.CLERK, "none", False),
        (models.Role.REVIEWER, "city", True),
        (models.Role.REVIEWER, "province", True),
        (models.Role.REVIEWER, "elsewhere", False),
        (models.Role.REVIEWER, "none", False),
        (models.Role.AUDITOR, "none", True),
        (models.Role.ADMINISTRATOR, "none", True),
    ],
)
def test_who_sees_a_disclosure_and_its_original(login, record, regions, role, place, sees):
    client = login(role, region=regions.get(place), department=record.department if place == "own" else None)
    assert _status(client, record) == (200 if sees else 404)
    assert _listed(client, record) is sees
    for name in ("original", "download"):
        response = client.get(reverse(f"admin:disclosures_disclosure_{name}", args=[record.pk]))
        assert response.status_code == (200 if sees else 404)


def test_who_is_not_logged_in_is_asked_to(record):
    for name, args in (("part", ["T01"]), ("original", []), ("download", [])):
        response = Client().get(reverse(f"admin:disclosures_disclosure_{name}", args=[record.pk, *args]))
        assert (response.status_code, "login" in response["Location"]) == (302, True)


@pytest.mark.parametrize("role", [models.Role.CLERK, models.Role.REVIEWER, models.Role.AUDITOR])
def test_only_administrators_change_accounts_and_the_catalogue(login, record, role):
    client = login(role, department=record.department)
    assert client.get(reverse("admin:disclosures_user_changelist")).status_code == 403
    for name in ("functionalclass_add", "functionalclass_import", "region_add"):
        assert client.get(reverse(f"admin:disclosures_{name}")).status_code == 403


def test_an_administrator_makes_no_superuser_and_changes_none(login):
    client = login(models.Role.ADMINISTRATOR)
    root = models.User.objects.create_superuser("root", password="x")
    page = reverse("admin:disclosures_user_change", args=[root.pk])
    assert client.post(page, {"username": "root", "role": "clerk", "is_active": ""}).status_code == 403
    own = models.User.objects.get(role=models.Role.ADMINISTRATOR)
    fields = {"username": own.username, "role": own.role, "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    assert client.post(reverse("admin:disclosures_user_change", args=[own.pk]), fields).status_code == 302
    own.refresh_from_db()
    assert not own.is_superuser


@pytest.mark.usefixtures("catalogue")
def test_a_class_saved_by_a_person_is_theirs(login):
    client = login(models.Role.ADMINISTRATOR)
    entry = models.FunctionalClass.objects.get(code="2080101")
    fields = {"code": entry.code, "name": "改过的名称", "source": "", "verified": "on"}
    client.post(reverse("admin:disclosures_functionalclass_change", args=[entry.pk]), fields)
    entry.refresh_from_db()
    assert (entry.name, entry.verified, entry.shipped) == ("改过的名称", True, False)


def _upload(client: Client, full_disclosure, **fields: object):
    data = io.BytesIO(json.dumps(to_json(full_disclosure)).encode())
    data.name = "上传.json"
    return client.post(reverse("admin:disclosures_disclosure_import"), {"file": data, **fields}, follow=True)


def test_a_clerk_takes_in_a_file_and_sees_what_was_read(login, record, full_disclosure):
    client = login(models.Role.CLERK, department=record.department)
    assert "导入文件" in client.get(reverse("admin:disclosures_disclosure_changelist")).content.decode()
    page = _upload(client, full_disclosure)
    assert "请逐表核对" in page.content.decode()
    assert models.Disclosure.objects.get(version=2).created_by == models.User.objects.get()
    assert "未作改动" in _upload(client, full_disclosure).content.decode()
    assert models.Disclosure.objects.count() == 2


def test_what_cannot_be_imported_is_refused_on_the_form(login, record, full_disclosure):
    client = login(models.Role.CLERK, department=models.Department.objects.create(name="别的局"))
    assert "无权导入" in _upload(client, full_disclosure).content.decode()
    assert "没有第 2 份" in _upload(client, full_disclosure, choice=2).content.decode()
    assert models.Disclosure.objects.count() == 1


def test_an_auditor_takes_in_nothing(login, full_disclosure):
    client = login(models.Role.AUDITOR)
    assert _upload(client, full_disclosure).status_code == 403
    assert "导入文件" not in client.get(reverse("admin:disclosures_disclosure_changelist")).content.decode()
