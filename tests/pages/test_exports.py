"""Disclosures taken away as files: whole, safe, only by those who see them, and written into the history."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from urllib.parse import unquote

import pytest
from django.urls import reverse

from disclosures import models
from disclosures.editing import differences
from disclosures.plain.codec import from_json
from disclosures.recognise.document import parse_bytes
from disclosures.services.exporting import lines_of, stream_lines
from disclosures.storage import load

FORMATS = ("docx", "xlsx", "csv", "json")


def test_a_clerk_takes_the_disclosure_away_in_every_format(record, log_in):
    client, stored = log_in(models.Role.CLERK), load(record.pk)
    for form in FORMATS:
        response = client.get(reverse("export", args=[record.pk, form]))
        assert response.status_code == 200
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert unquote(response.headers["Content-Disposition"]).endswith(".zip" if form == "csv" else f".{form}")
        _holds(stored, response.content, form)
    events = models.Event.objects.filter(disclosure=record, action=models.Action.EXPORTED).order_by("pk")
    assert [event.details["format"] for event in events] == list(FORMATS)
    assert all(event.user is not None for event in events)


def _holds(stored, content, form):
    if form == "csv":
        assert len(zipfile.ZipFile(io.BytesIO(content)).namelist()) >= 17
    elif form == "json":
        assert from_json(json.loads(content)) == stored
    else:
        assert differences(stored, parse_bytes(content, f"x.{form}").disclosure) == ()


def test_history_shows_what_was_taken_away(record, log_in):
    client = log_in(models.Role.CLERK)
    client.get(reverse("export", args=[record.pk, "json"]))
    events = client.get(reverse("part", args=[record.pk, "history"])).json()["events"]
    assert events[0]["what"] == "导出"
    assert events[0]["details"].endswith(".json")


@pytest.mark.parametrize("role", [models.Role.CLERK, models.Role.REVIEWER])
def test_people_from_elsewhere_get_nothing(record, log_in, role):
    client = log_in(role, elsewhere=True)
    for form in FORMATS:
        assert client.get(reverse("export", args=[record.pk, form])).status_code == 404
    assert client.get(reverse("final_file_download", args=[record.pk])).status_code == 404
    assert client.post(reverse("generate_final", args=[record.pk])).status_code == 404
    assert not models.Event.objects.filter(action=models.Action.EXPORTED).exists()


def test_strangers_go_to_the_login_and_unknown_formats_are_not_found(record, log_in, client):
    assert reverse("login") in client.get(reverse("export", args=[record.pk, "docx"])).headers["Location"]
    assert log_in(models.Role.AUDITOR).get(reverse("export", args=[record.pk, "exe"])).status_code == 404
    assert log_in(models.Role.AUDITOR).post(reverse("export", args=[record.pk, "json"])).status_code == 405


def test_the_query_count_does_not_depend_on_the_format(record, log_in, django_assert_max_num_queries):
    client = log_in(models.Role.AUDITOR)
    for form in FORMATS:
        with django_assert_max_num_queries(15):
            client.get(reverse("export", args=[record.pk, form]))


def _rows(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_lines_of_all_that_one_sees_stream_as_csv(record, log_in):
    rows = _rows(log_in(models.Role.REVIEWER).get(reverse("export_lines")))
    stored = load(record.pk)
    assert len(rows) == 1 + sum(len(table.rows) for table in stored.tables)
    heads = rows[0]
    first = dict(zip(heads, rows[1], strict=True))
    assert first["部门（单位）"] == stored.department
    table = stored.tables[0]
    assert (first["名称"], first["收支"]) == (table.rows[0].name, "收入")
    assert first["金额"] == (table.rows[0].value("amount") or "")
    assert len(_rows(log_in(models.Role.REVIEWER, elsewhere=True).get(reverse("export_lines")))) == 1


def test_lines_follow_the_filters_of_the_list(record, log_in):
    client = log_in(models.Role.AUDITOR)
    assert len(_rows(client.get(reverse("export_lines"), {"year": record.fiscal_year}))) > 1
    assert len(_rows(client.get(reverse("export_lines"), {"q": "没有这个部门"}))) == 1


def test_a_name_that_looks_like_a_formula_is_disarmed(record):
    models.BudgetLine.objects.filter(table__disclosure=record, position=0).update(name="=HYPERLINK(1)")
    text = b"".join(stream_lines(models.Disclosure.objects.all())).decode()
    assert "'=HYPERLINK(1)" in text


def test_lines_come_in_pieces_with_one_query(record, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert sum(1 for _ in lines_of(models.Disclosure.objects.all()).iterator(chunk_size=100)) > 100
