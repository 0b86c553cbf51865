"""Fixtures and marks for the whole suite."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from hypothesis import settings as hypothesis_settings

# Deadlines measure the machine; in CI the examples are the same every time.
hypothesis_settings.register_profile("local", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")

_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_serialized_rollback", "live_server", "admin_client"}


def pytest_configure(config: pytest.Config) -> None:
    # A real hash costs a quarter of a second by design, and hundreds of tests make accounts.
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    config.addinivalue_line("markers", "database: touches the database; run once more on PostgreSQL (added by itself)")
    config.addinivalue_line("markers", "thorough: takes minutes; left out by the gate, run by `make test-everything`")
    config.addinivalue_line("markers", "faults: real processes that are killed; run once more on PostgreSQL and Redis")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything that touches the database, so that `-m database` runs exactly that."""
    for item in items:
        if item.get_closest_marker("django_db") or _DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.fixture(autouse=True, scope="session")
def _own_broker() -> None:
    """No test rings the bells of a real installation; the fault tests start workers with brokers of their own.

    Where REDIS_URL names a broker for tests (`tests/run.sh`), it is used.
    """
    from config.celery import app

    if not os.environ.get("REDIS_URL"):
        app.conf.update(broker_url="memory://", broker_transport_options={})


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path) -> None:
    """No test writes uploaded files outside its own folder."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """No test meets what another left in the cache, above all how often an address has asked."""
    yield
    cache.clear()
