"""What is derived from a snapshot at publication, and that it goes away with it."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from disclosures import models
from disclosures.models import Publication, PublicationStatus
from disclosures.portal.figures import amount, figures_of
from disclosures.services.publishing import withdraw
from disclosures.services.revising import revise

ROWS = (models.PublishedFigure, models.PublishedProject, models.PublishedIndicator)


def _rows() -> list[list[dict[str, object]]]:
    return [
        [
            {k: v for k, v in row.items() if k not in ("id", "publication_id")}
            for row in model.objects.order_by("pk").values()
        ]
        for model in ROWS
    ]


def test_figures_are_those_of_the_tables(sound):
    found = {(figure.measure, figure.key): figure.amount for figure in figures_of(sound)}
    spent = sound.table("T03").rows[0]
    assert found["total", "basic"] == Decimal(spent.value("basic"))
    assert found["total", "project"] == Decimal(spent.value("project"))
    assert found["total", "income"] == found["total", "expenditure"]
    sources = sum(value for (measure, _), value in found.items() if measure == "source")
    assert abs(sources - found["total", "income"]) < 1
    by_function = [value for (measure, _), value in found.items() if measure == "function"]
    assert by_function == sorted(by_function, reverse=True)


@pytest.mark.parametrize("text", [None, "", "abc", "NaN", "Infinity", "1e400", "99999999999999"])
def test_what_is_no_amount_is_none(text):
    assert amount(text) is None


def test_a_publication_has_its_rows(shown, sound):
    (publication,) = Publication.objects.all()
    assert (publication.status, publication.disclosure, publication.version) == (PublicationStatus.CURRENT, shown, 1)
    assert publication.figures.count() == len(figures_of(sound))
    assert publication.publishedindicators.count() == sum(
        len(target.indicators) for target in (*sound.overall_targets, *sound.project_targets)
    )
    assert publication.publishedprojects.filter(carried_over=False).count() == sum(
        row.level == "project" for row in sound.table("T12").rows
    )


def test_a_withdrawal_takes_the_rows_away_and_keeps_the_history(shown, reviewer):
    withdraw(reviewer, shown.pk, "附件有误")
    publication = Publication.objects.get()
    assert (publication.status, publication.withdrawn_reason) == (PublicationStatus.WITHDRAWN, "附件有误")
    assert publication.withdrawn_at is not None
    assert [model.objects.count() for model in ROWS] == [0, 0, 0]
    year = models.OpenDataYear.objects.get(fiscal_year=2026)
    assert (year.generation, year.floor, year.may_be_handed_out) == (2, 2, False)


def test_a_new_version_takes_the_place_of_the_old(shown, published, reviewer):
    clerk = models.User.objects.get(department=shown.department)
    second = published(revise(clerk, shown.pk))
    statuses = dict(Publication.objects.values_list("version", "status"))
    assert statuses == {1: PublicationStatus.SUPERSEDED, 2: PublicationStatus.CURRENT}
    assert set(models.PublishedFigure.objects.values_list("publication__disclosure", flat=True)) == {second.pk}
    withdraw(reviewer, second.pk, "重复")
    assert dict(Publication.objects.values_list("version", "status"))[1] == PublicationStatus.SUPERSEDED
    assert not models.PublishedFigure.objects.exists()


def test_the_command_gives_back_the_same(shown):
    before = _rows()
    call_command("refresh_portal", "--all", stdout=StringIO())
    assert _rows() == before
    call_command("refresh_portal", stdout=StringIO())
    assert _rows() == before
