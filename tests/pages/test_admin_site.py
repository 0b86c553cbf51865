"""The ordinary admin: groups in the order people know, the way back, and no list with many queries."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.urls import reverse

from disclosures.models import LINE_MODELS, Role

MOST_QUERIES = 15
LISTS = sorted(model._meta.label_lower for model in admin.site._registry)


@pytest.fixture
def administrator(record, log_in, user_of):
    client = log_in(Role.ADMINISTRATOR)
    account = user_of(client)
    account.is_staff = account.is_superuser = True  # who sees every list
    account.save()
    return client


def test_tables_stand_in_the_order_of_the_document(administrator):
    groups = administrator.get(reverse("admin:index")).context["app_list"]
    names = {str(group["name"]): [str(entry["name"]) for entry in group["models"]] for group in groups}
    assert names["报表明细"] == [str(model._meta.verbose_name_plural) for model in LINE_MODELS.values()]
    assert names["报表明细"][0].startswith("表一")
    assert names["报表明细"][-1].startswith("表十三")
    assert len({entry for entries in names.values() for entry in entries}) == len(LISTS)


@pytest.mark.parametrize("role", Role)
def test_nobody_is_shown_a_list_they_may_not_open(role, record, log_in, user_of):
    client = log_in(role)
    type(user_of(client)).objects.filter(pk=user_of(client).pk).update(is_staff=True)
    page = client.get(reverse("admin:index"))
    assert "回到首页" in page.content.decode()
    for group in page.context["app_list"]:
        for entry in group["models"]:
            assert client.get(entry["admin_url"]).status_code == 200, entry["name"]


@pytest.mark.parametrize("label", LISTS)
def test_every_list_opens_in_few_queries(label, administrator, queries_of):
    address = reverse("admin:{}_{}_changelist".format(*label.split(".")))
    assert queries_of(administrator, address) <= MOST_QUERIES
    page = administrator.get(f"{address}?q=合计")
    assert page.status_code == 200
    assert "Select " not in page.content.decode()  # every word is Chinese
