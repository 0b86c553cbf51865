"""`import_disclosure --submit-as`: in a person's name, and on to the reviewer where nothing stands in the way."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from disclosures import models
from disclosures.models import Role, State
from disclosures.plain.data import Kind
from disclosures.services.catalogues import sync_catalogue
from disclosures.synthetic import SMALL, generate, write_grid_text
from disclosures.synthetic.samples import spoilt
from disclosures.synthetic.styles import GRID_CONTENTS

SOUND = generate(42, SMALL, kind=Kind.DEPARTMENT, year=2026)


@pytest.fixture
def clerk(db) -> models.User:
    sync_catalogue()
    department = models.Department.objects.create(
        name=SOUND.department, region=models.Region.objects.create(name="青山市")
    )
    return models.User.objects.create(username="wang", role=Role.CLERK, department=department)


@pytest.fixture
def run(tmp_path, capsys):
    """Import a document in the clerk's name; exit status and what was said."""

    def run(document) -> tuple[int, str]:
        path = tmp_path / "公开.txt"
        path.write_text(write_grid_text(document, GRID_CONTENTS), encoding="utf-8")
        try:
            call_command("import_disclosure", str(path), "--submit-as", "wang")
        except SystemExit as end:
            return int(end.code or 0), capsys.readouterr().out
        return 0, capsys.readouterr().out

    return run


def test_open_errors_keep_it_from_being_submitted(clerk, run):
    status, said = run(spoilt(SOUND, 5, ("code_name", "table_digit"))[0])
    record = models.Disclosure.objects.get()
    assert (status, record.state, record.created_by) == (1, State.TO_CORRECT, clerk)
    assert "没有提交：还有" in said


def test_what_is_sound_is_submitted_once(clerk, run):
    status, said = run(SOUND)
    record = models.Disclosure.objects.get()
    assert (status, record.state, record.submitted_by) == (0, State.IN_REVIEW, clerk), said
    assert "已提交审核" in said
    status, said = run(SOUND)
    assert (status, models.Disclosure.objects.count()) == (0, 1)
    assert "已经提交过" in said


def test_who_may_not_submit_does_not(clerk, run):
    models.User.objects.filter(pk=clerk.pk).update(role=Role.ADMINISTRATOR)
    status, said = run(SOUND)
    assert (status, models.Disclosure.objects.get().state) == (1, State.TO_CORRECT)
    assert "管理员不能" in said
