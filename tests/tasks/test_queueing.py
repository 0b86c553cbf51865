"""The queue: one open task for each key, the bell on commit, cancelling, retrying, asking, who sees what."""

from __future__ import annotations

import errno

import pytest
from django.db import IntegrityError, transaction

from disclosures import tasks
from disclosures.errors import NotVisibleError, RefusedError
from disclosures.models import Role, Task, TaskState
from disclosures.tasks import bell, files
from disclosures.tasks.running import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def made_up(kind) -> str:
    return kind(lambda context: {"heard": context.params})


@pytest.fixture
def rung(monkeypatch) -> list[int]:
    """The numbers of the tasks that a bell was rung for."""
    heard: list[int] = []
    monkeypatch.setattr(bell, "ring", lambda task, delay=0: heard.append(task.pk))
    return heard


def test_the_bell_rings_when_the_transaction_commits(made_up, rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        task = tasks.enqueue(made_up, params={"year": 2026})
        assert not rung
    assert rung == [task.pk]
    assert (task.state, task.title, task.queue) == (TaskState.QUEUED, "试验", tasks.Queue.INTERACTIVE)


def test_the_same_key_while_open_is_the_same_task(made_up):
    first = tasks.enqueue(made_up, key="k")
    assert tasks.enqueue(made_up, key="k").pk == first.pk
    assert tasks.enqueue(made_up, key="other").pk != first.pk
    assert tasks.enqueue(made_up).pk != tasks.enqueue(made_up).pk
    assert run(first.pk)
    assert tasks.enqueue(made_up, key="k").pk != first.pk


def test_the_database_itself_refuses_a_second_open_task_of_a_key(made_up):
    Task.objects.create(kind=made_up, key="k")
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(kind=made_up, key="k")
    Task.objects.update(state=TaskState.DONE)
    Task.objects.create(kind=made_up, key="k")


def test_an_unknown_kind_is_refused(db):
    with pytest.raises(LookupError, match="nonsense"):
        tasks.enqueue("nonsense")


def test_a_file_waits_beside_its_record(made_up):
    task = tasks.enqueue(made_up, file=("文件.txt", b"bytes"))
    assert (task.file_name, task.path.read_bytes()) == ("文件.txt", b"bytes")


def test_a_full_disk_is_told_in_words_and_nothing_is_queued(made_up, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(files.NoRoomError, match="磁盘空间可能不足"):
        tasks.enqueue(made_up, file=("文件.txt", b"bytes"))
    assert not Task.objects.exists()
    monkeypatch.undo()
    task = tasks.enqueue(made_up, file=("文件.txt", b"bytes"))
    assert list(task.path.parent.iterdir()) == [task.path]


def test_waiting_tasks_are_cancelled_at_once_and_retried(made_up, make_user):
    user = make_user()
    task = tasks.enqueue(made_up, user=user)
    assert tasks.cancel(user, task.pk).state == TaskState.CANCELLED
    assert not run(task.pk)
    with pytest.raises(RefusedError, match="已经结束"):
        tasks.cancel(user, task.pk)
    assert tasks.retry(user, task.pk).state == TaskState.QUEUED
    assert run(task.pk)
    with pytest.raises(RefusedError, match="可以重试"):
        tasks.retry(user, task.pk)


def test_nothing_is_retried_beside_its_like(made_up, make_user):
    user = make_user()
    first = tasks.enqueue(made_up, user=user, key="k")
    tasks.cancel(user, first.pk)
    tasks.enqueue(made_up, user=user, key="k")
    with pytest.raises(RefusedError, match="已经在进行"):
        tasks.retry(user, first.pk)
    assert Task.objects.get(pk=first.pk).state == TaskState.CANCELLED


def test_without_its_file_a_task_cannot_be_retried(made_up, make_user):
    user = make_user()
    task = tasks.enqueue(made_up, user=user, file=("a", b"a"))
    tasks.cancel(user, task.pk)
    task.path.unlink()
    with pytest.raises(RefusedError, match="重新上传"):
        tasks.retry(user, task.pk)


def test_everyone_sees_their_own_and_administrators_all(made_up, make_user):
    clerk, other, chief = make_user(), make_user(), make_user(Role.ADMINISTRATOR)
    mine, system = tasks.enqueue(made_up, user=clerk), tasks.enqueue(made_up)
    assert list(tasks.visible_tasks(clerk)) == [mine]
    assert not tasks.visible_tasks(other)
    assert set(tasks.visible_tasks(chief)) == {mine, system}
    for act in (tasks.cancel, tasks.retry):
        with pytest.raises(NotVisibleError):
            act(other, mine.pk)
    assert tasks.cancel(chief, mine.pk).state == TaskState.CANCELLED


def test_a_broker_that_is_away_leaves_the_record_queued(made_up, monkeypatch):
    class Away:
        def send_task(self, *arguments: object, **options: object) -> None:
            raise ConnectionError("nobody there")

    monkeypatch.setattr(bell, "celery_app", Away)
    task = tasks.enqueue(made_up)
    assert not bell.ring(task)
    task.refresh_from_db()
    assert task.state == TaskState.QUEUED
