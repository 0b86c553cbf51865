"""What was exported and comes back as it is changes nothing, whatever it holds and whichever the format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core import serializers

from disclosures import models
from disclosures.exchange import catalogue, narrative, organisation
from disclosures.exchange.files import read_file, write_csv, write_xlsx
from disclosures.exchange.tables import TABLE_RESOURCES
from disclosures.plain.codec import from_json
from disclosures.services.catalogues import sync_catalogue
from disclosures.storage import load, store
from performance.exchange.indicators import IndicatorResource
from performance.exchange.targets import OverallTargetResource, ProjectTargetResource

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
WRITERS = {"xlsx": write_xlsx, "csv": write_csv}
PARTS = [
    *TABLE_RESOURCES.values(),
    narrative.NarrativeResource,
    ProjectTargetResource,
    OverallTargetResource,
    IndicatorResource,
]
RECORDS = [
    organisation.RegionResource,
    organisation.DepartmentResource,
    organisation.DepartmentYearResource,
    catalogue.FunctionalClassResource,
    catalogue.DepartmentEconomicClassResource,
    catalogue.GovernmentEconomicClassResource,
    catalogue.EconomicPairingResource,
]


def _names(resource) -> str:
    return resource.__name__


@pytest.mark.parametrize("file_format", WRITERS)
@pytest.mark.parametrize("resource", PARTS, ids=_names)
def test_parts_of_a_disclosure_come_back_unchanged(record, clerk, resource, file_format):
    before = load(record.pk)
    exported = resource(user=clerk).export()
    result = resource(user=clerk).import_data(read_file(WRITERS[file_format](exported)), user=clerk, kind="document")
    assert (result.errors, result.diffs, result.unchanged) == ([], [], len(exported))
    assert load(record.pk) == before
    assert not models.Correction.objects.exists()


def test_every_row_of_every_table_is_in_a_sheet(record, clerk, disclosure):
    for table in disclosure.tables:
        assert len(TABLE_RESOURCES[table.id](user=clerk).export()) == len(table.rows)


@pytest.fixture
def organisation_with_oddities(department, region):
    """Two regions and two departments of one name, a unit, a code that begins with 0, a name like a formula."""
    sync_catalogue()
    twin = models.Region.objects.create(name="青山市", parent=models.Region.objects.create(name="南山省"))
    models.Department.objects.create(name=department.name, region=twin)
    models.Department.objects.create(name="-单位", code="0101001", kind="unit", region=region, parent=department)
    models.Region.objects.create(name="旧区", code="9")
    models.DepartmentYear.objects.create(department=department, fiscal_year=2026, budget_approved_on="2026-02-03")
    models.DepartmentYear.objects.create(department=department, fiscal_year=2025)


@pytest.mark.usefixtures("organisation_with_oddities")
@pytest.mark.parametrize("file_format", WRITERS)
@pytest.mark.parametrize("resource", RECORDS, ids=_names)
def test_records_come_back_unchanged(administrator, resource, file_format):
    before = serializers.serialize("json", resource.model.objects.order_by("pk"))
    exported = resource(user=administrator).export()
    result = resource(user=administrator).import_data(read_file(WRITERS[file_format](exported)), user=administrator)
    assert (result.errors, result.diffs) == ([], [])
    assert result.unchanged == len(exported) == resource.model.objects.count() > 0
    assert serializers.serialize("json", resource.model.objects.order_by("pk")) == before


def test_a_document_read_by_hand_comes_back_unchanged(department, clerk):
    examples = sorted((SHARED / "examples").glob("*.disclosure.json"))
    if not examples:
        pytest.skip("../shared is not here")
    for example in examples:
        store(from_json(json.loads(example.read_text(encoding="utf-8"))), department)
    for resource in PARTS:
        exported = resource(user=clerk).export()
        for writer in WRITERS.values():
            if len(exported):
                result = resource(user=clerk).import_data(read_file(writer(exported)), user=clerk, kind="document")
                assert (result.errors, result.diffs, result.unchanged) == ([], [], len(exported)), resource
