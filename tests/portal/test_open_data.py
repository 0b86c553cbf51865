"""The open data of a year: what stands in the archive, when it is written again, when it is not handed out."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile

import pytest
from django.core.management import call_command
from django.test import Client

from disclosures import models, tasks
from disclosures.models import OpenDataYear
from disclosures.plain.data import Kind
from disclosures.portal import open_data
from disclosures.profiles import PROFILES
from disclosures.services.publishing import withdraw
from disclosures.synthetic import SIZES, generate


def _told(done: int, total: int, stage: str) -> None:
    assert 0 <= done <= total
    assert stage


def _archive() -> zipfile.ZipFile:
    answer = Client().get("/open/data/2026.zip")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.getvalue()))


def _rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.TextIOWrapper(archive.open(name), "utf-8-sig", newline="")))


def test_publishing_asks_for_the_archive_once(shown, published):
    published(generate(9, SIZES["tiny"], kind=Kind.DEPARTMENT, year=2026))
    (task,) = models.Task.objects.filter(kind=open_data.KIND)
    assert (task.params, task.user, task.trigger) == ({"year": 2026}, None, "system")


def test_the_archive_holds_everything_that_is_current(shown, sound):
    assert Client().get("/open/data/2026.zip").status_code == 404  # not written yet
    assert "正在重新生成" in Client().get("/open/data/").content.decode()
    assert open_data.build(2026, _told)
    archive = _archive()
    (publication,) = _rows(archive, "publications.csv")
    assert (publication["department_name"], publication["sha256"]) == (shown.department.name, shown.snapshot.sha256)
    (line,) = archive.read("disclosures.jsonl").splitlines()
    assert hashlib.sha256(line).hexdigest() == publication["sha256"]
    assert json.loads(line)["department"] == sound.department
    lines = _rows(archive, "lines.csv")
    assert len(lines) == sum(len(table.rows) for table in sound.tables)
    first = sound.table("T03").rows[0]
    (total,) = [row for row in lines if (row["table"], row["position"]) == ("T03", "1")]
    assert (total["total"], total["basic"]) == (first.value("total"), first.value("basic"))
    assert len(_rows(archive, "projects.csv")) == models.PublishedProject.objects.count()
    assert len(_rows(archive, "indicators.csv")) == models.PublishedIndicator.objects.count()


def test_every_column_of_every_file_is_in_the_dictionary(shown):
    open_data.build(2026, _told)
    archive = _archive()
    told = {(row["file"], row["column"]) for row in _rows(archive, "dictionary.csv")}
    for name in archive.namelist():
        if name.endswith(".csv") and name != "dictionary.csv":
            header = next(csv.reader(io.TextIOWrapper(archive.open(name), "utf-8-sig", newline="")))
            assert {(name, column) for column in header} <= told
    for profile in PROFILES.values():
        for table in profile.tables:
            for side in table.sides:
                assert {("lines.csv", f"{table.id}.{key}") for key in side.column_keys} <= told


def test_nothing_is_written_twice(shown, published, monkeypatch):
    open_data.build(2026, _told)
    assert not open_data.build(2026, _told)  # nothing changed
    assert open_data.behind() == []
    published(generate(9, SIZES["tiny"], kind=Kind.DEPARTMENT, year=2026))
    assert open_data.behind() == [2026]
    parsed = []
    real = open_data.lines_of

    def counted(*given):
        parsed.append(given[1])
        return real(*given)

    monkeypatch.setattr(open_data, "lines_of", counted)
    call_command("build_open_data", stdout=io.StringIO())
    assert len(parsed) == 1  # only what is new
    assert len(_rows(_archive(), "publications.csv")) == 2


def test_what_was_withdrawn_is_not_handed_out_even_before_the_next_archive(shown, reviewer, published):
    published(generate(9, SIZES["tiny"], kind=Kind.DEPARTMENT, year=2026))
    open_data.build(2026, _told)
    assert Client().get("/open/data/2026.zip").status_code == 200
    withdraw(reviewer, shown.pk, "有误")
    assert Client().get("/open/data/2026.zip").status_code == 404
    open_data.build(2026, _told)
    archive = _archive()
    assert shown.snapshot.sha256 not in archive.read("publications.csv").decode()
    assert len(archive.read("disclosures.jsonl").splitlines()) == 1


def test_an_archive_that_was_overtaken_is_written_again(shown, reviewer):
    withdrawn: list[object] = []

    def overtake(done: int, total: int, stage: str) -> None:
        if not withdrawn:
            withdrawn.append(withdraw(reviewer, shown.pk, "写的时候撤回"))

    assert open_data.build(2026, overtake)
    year = OpenDataYear.objects.get()
    assert (year.publications, year.built, year.may_be_handed_out) == (0, year.generation, True)
    assert _rows(_archive(), "publications.csv") == []


def test_a_year_that_never_rests_is_given_up(shown, monkeypatch):
    monkeypatch.setattr(open_data, "_keep", lambda *given: False)
    with pytest.raises(tasks.TaskFailedError, match="一直在变动"):
        open_data.build(2026, _told)
