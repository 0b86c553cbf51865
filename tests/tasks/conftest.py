"""Kinds of tasks made for tests, and people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from disclosures import tasks
from disclosures.models import Role, Task, User
from disclosures.tasks import kinds as registry
from disclosures.tasks.running import run


@pytest.fixture
def kind() -> Iterator[Callable[..., str]]:
    """Registers a kind whose work is the given function, for one test."""
    before = dict(registry._kinds)

    def make(work: Callable[[tasks.TaskContext], dict[str, Any] | None], **options: Any) -> str:
        tasks.register(tasks.TaskType("made-up", "试验", work, **options))
        return "made-up"

    yield make
    registry._kinds.clear()
    registry._kinds.update(before)


@pytest.fixture
def make_user(db) -> Callable[..., User]:
    def make(role: Role = Role.CLERK) -> User:
        return User.objects.create(username=f"{role}-{User.objects.count()}", role=role)

    return make


@pytest.fixture
def ran(db) -> Callable[..., Task]:
    """Queues a task, runs it once, gives back its record."""

    def go(kind: str, **options: Any) -> Task:
        task = tasks.enqueue(kind, **options)
        assert run(task.pk)
        task.refresh_from_db()
        return task

    return go
