"""Fixtures and marks for the whole suite."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

# Deadlines measure the machine; in CI the examples are the same every time.
hypothesis_settings.register_profile("local", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")

_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_serialized_rollback", "live_server", "admin_client"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "database: touches the database; run once more on PostgreSQL (added by itself)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything that touches the database, so that `-m database` runs exactly that."""
    for item in items:
        if item.get_closest_marker("django_db") or _DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path) -> None:
    """No test writes uploaded files outside its own folder."""
    settings.MEDIA_ROOT = tmp_path / "files"
