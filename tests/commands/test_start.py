"""A deployment does not start with the default secret or with demonstration accounts."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from config.guard import refuse_unsafe_start
from disclosures import models
from disclosures.services.demonstration import NotADemonstrationError, demonstration_accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def deployment(settings):
    settings.DEBUG = settings.DEMO = False
    settings.SECRET_KEY = "a secret of its own"
    settings.ALLOWED_HOSTS = ["budget.example.org"]
    return settings


def test_a_deployment_with_its_own_secret_starts(deployment):
    refuse_unsafe_start()


def test_the_default_secret_is_refused(deployment):
    deployment.SECRET_KEY = deployment.DEFAULT_SECRET_KEY
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        refuse_unsafe_start()


def test_demonstration_accounts_are_made_in_the_demonstration_only_and_refused_elsewhere(deployment):
    with pytest.raises(NotADemonstrationError):
        demonstration_accounts()
    assert not models.User.objects.exists()
    deployment.DEMO, deployment.ALLOWED_HOSTS = True, ["127.0.0.1"]
    roles = {user.role for user in demonstration_accounts()}
    assert roles == set(models.Role)
    refuse_unsafe_start()
    deployment.DEMO = False
    with pytest.raises(ImproperlyConfigured, match="演示账号"):
        refuse_unsafe_start()


def test_the_checks_say_the_same_before_the_start(deployment):
    call_command("check", "--deploy", databases=["default"])
    deployment.DEMO = True
    demonstration_accounts()
    deployment.DEMO = False
    deployment.SECRET_KEY = deployment.DEFAULT_SECRET_KEY
    with pytest.raises(SystemCheckError) as refusal:
        call_command("check", "--deploy", databases=["default"])
    assert "config.E002" in str(refusal.value)
    assert "config.E003" in str(refusal.value)


def test_a_second_demonstration_keeps_the_accounts(deployment):
    deployment.DEMO = True
    first = demonstration_accounts()
    assert [user.pk for user in demonstration_accounts()] == [user.pk for user in first]


def test_the_demonstration_serves_this_machine_only(deployment):
    deployment.DEMO = True
    with pytest.raises(ImproperlyConfigured, match="本机"):
        refuse_unsafe_start()
