"""The disk is full, for the file or for the database on it: told in words, nothing half-done."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from django.db import OperationalError, connection, transaction

from disclosures import tasks
from disclosures.models import Task, TaskState
from disclosures.tasks.files import NoRoomError, is_no_room

pytestmark = pytest.mark.django_db


def fill() -> None:
    """Raises what the engine in use raises where it finds no room."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$")
    with closing(sqlite3.connect(":memory:")) as small, connection.wrap_database_errors:
        small.execute("PRAGMA max_page_count = 2")
        small.execute("CREATE TABLE wide (text)")
        small.execute("INSERT INTO wide VALUES (zeroblob(100000))")


def test_a_full_database_is_known_from_one_that_is_away():
    with pytest.raises(OperationalError) as full:
        fill()
    assert is_no_room(full.value)
    assert not is_no_room(OperationalError("could not connect to server"))


def test_an_upload_whose_record_finds_no_room_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(Task, "save", lambda task, **options: fill())
    with pytest.raises(NoRoomError, match=r"“预算\.docx”没有保存成功，服务器磁盘空间可能不足"):
        tasks.enqueue("import", file=("预算.docx", b"bytes"))
    assert not list(Task().path.parent.iterdir())


def test_a_task_that_finds_no_room_fails_in_words_and_is_not_tried_again(kind, ran):
    task = ran(kind(lambda context: fill(), transient=(OperationalError,)))
    assert task.state == TaskState.FAILED
    assert "磁盘空间不足" in task.error
