"""The catalogue's records follow the shipped data and keep what people corrected."""

from __future__ import annotations

import json

import pytest

from disclosures import models
from disclosures.catalogue import ClassKind, load_catalogue
from disclosures.services.catalogues import overrides, sync_catalogue

pytestmark = pytest.mark.django_db


def test_a_second_sync_changes_nothing():
    counts = sync_catalogue()
    assert (
        counts["functional"]
        == models.FunctionalClass.objects.count()
        == len(load_catalogue().classes[ClassKind.FUNCTIONAL])
    )
    assert sync_catalogue() == counts


def test_a_corrected_class_stays_and_is_exported_as_an_override(tmp_path):
    sync_catalogue()
    models.FunctionalClass.objects.filter(code="2080101").update(name="改过的名称", shipped=False)
    sync_catalogue()
    assert models.FunctionalClass.objects.get(code="2080101").name == "改过的名称"
    path = tmp_path / "override.json"
    path.write_text(json.dumps(overrides(), ensure_ascii=False), encoding="utf-8")
    entry = load_catalogue(path).functional("2080101", 2026)
    assert entry
    assert entry.name == "改过的名称"
    assert len(overrides()["functional"]) == 1
