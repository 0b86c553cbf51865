"""What whoever watches the site is told: health, figures, logs with the ids of requests and tasks."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config import health
from config.logging import Whose, logging_settings
from disclosures import tasks
from disclosures.models import Task, TaskQueue, Worker
from disclosures.tasks.running import run


def test_a_process_that_answers_lives():
    assert Client().get("/health/live").json() == {"status": "ok"}


class TestReady:
    pytestmark = pytest.mark.django_db

    @pytest.fixture
    def workers(self, db):
        for queue in TaskQueue.values:
            Worker.objects.create(name=queue, queue=queue)

    def test_with_everything_there(self, workers):
        answer = Client().get("/health/ready")
        assert (answer.status_code, answer.json()["status"]) == (200, "ok")
        assert set(answer.json()["checks"]) == {"database", "migrations", "broker", "workers"}

    def test_without_a_worker_the_site_serves_and_says_so(self, workers):
        Worker.objects.filter(queue="bulk").update(seen_at=timezone.now() - timedelta(minutes=5))
        answer = Client().get("/health/ready")
        assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
        assert answer.json()["checks"]["workers"] == "failed"

    def test_without_a_broker_likewise(self, workers, monkeypatch):
        def away():
            raise ConnectionError("secret address")

        monkeypatch.setattr(health, "_broker", away)
        answer = Client().get("/health/ready")
        assert (answer.status_code, answer.json()["checks"]["broker"]) == (200, "failed")
        assert b"secret" not in answer.content

    @pytest.mark.parametrize("part", ["_database", "_migrations"])
    def test_without_its_tables_it_does_not(self, workers, monkeypatch, part):
        def away():
            raise health._NotReadyError("secret detail")

        monkeypatch.setattr(health, part, away)
        answer = Client().get("/health/ready")
        assert (answer.status_code, answer.json()["status"]) == (503, "failed")
        assert b"secret" not in answer.content


class TestMetrics:
    pytestmark = pytest.mark.django_db

    def test_figures_are_those_of_the_records(self, kind):
        name = kind(lambda context: None)
        first = tasks.enqueue(name)
        tasks.enqueue(name)
        assert run(first.pk)
        Task.objects.filter(state="queued").update(queued_at=timezone.now() - timedelta(minutes=2))
        text = Client().get("/metrics").content.decode()
        assert 'disclosures_queue_depth{queue="interactive"} 1.0' in text
        assert 'disclosures_queue_oldest_seconds{queue="interactive"} 12' in text
        assert 'disclosures_tasks{kind="made-up",state="done"} 1.0' in text
        assert 'disclosures_task_seconds_count{kind="made-up"} 1.0' in text
        assert 'disclosures_workers{queue="bulk"} 0.0' in text
        assert "disclosures_checks_total 0.0" in text

    def test_they_are_for_this_machine_or_for_a_token(self, settings):
        client = Client()
        assert client.get("/metrics").status_code == 200
        assert client.get("/metrics", REMOTE_ADDR="10.0.0.1").status_code == 403
        assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 403
        settings.METRICS_TOKEN = "geheim"
        assert client.get("/metrics").status_code == 403
        assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
        assert (
            client.get("/metrics", headers={"Authorization": "Bearer geheim"}, REMOTE_ADDR="10.0.0.1").status_code
            == 200
        )


def line_of(record: logging.LogRecord) -> str:
    from logging.config import DictConfigurator

    settings = logging_settings("json", "INFO")
    assert Whose().filter(record)
    return DictConfigurator(settings).configure_formatter(settings["formatters"]["json"]).format(record)


@pytest.mark.django_db
def test_a_request_keeps_the_id_that_a_proxy_gave_it_unless_it_is_odd():
    client = Client()
    assert client.get("/health/live", headers={"X-Request-ID": "abc-1"})["X-Request-ID"] == "abc-1"
    assert client.get("/health/live", headers={"X-Request-ID": 'x"}\n'})["X-Request-ID"] != 'x"}\n'


def test_lines_of_the_log_are_json_and_name_the_request(caplog):
    with caplog.at_level(logging.INFO, "site.requests"):
        caplog.handler.addFilter(Whose())
        Client().get(reverse("health_live"), headers={"X-Request-ID": "abc-2"})
    record = next(record for record in caplog.records if record.name == "site.requests")
    assert (record.__dict__["request_id"], record.__dict__["path"]) == ("abc-2", "/health/live")
    line = json.loads(line_of(record))
    assert {"time", "level", "logger", "request_id", "task_id", "message", "path", "status"} <= set(line)


@pytest.mark.django_db
def test_lines_of_the_log_name_the_task(kind, caplog):
    def work(context):
        logging.getLogger("disclosures").warning("几乎做完")

    caplog.handler.addFilter(Whose())
    task = tasks.enqueue(kind(work))
    assert run(task.pk)
    (record,) = [record for record in caplog.records if record.message == "几乎做完"]
    assert record.__dict__["task_id"] == str(task.pk)


def test_a_round_of_the_reaper_that_fails_ends_no_worker(caplog):
    from disclosures.tasks.processes import _with_database

    def step() -> None:
        raise FileNotFoundError("gone meanwhile")

    _with_database(step)
    assert "a step of the reaper failed" in caplog.text
