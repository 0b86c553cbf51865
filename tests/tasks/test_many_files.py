"""A person who uploads a season's files does not keep others waiting."""

from __future__ import annotations

import uuid

import pytest

from disclosures.models import Role, Task, TaskQueue, TaskState, User
from disclosures.services.tasks import FEW, queue_import

pytestmark = pytest.mark.django_db


def test_after_a_few_files_of_one_person_the_others_are_bulk_work():
    busy = User.objects.create_user("busy", role=Role.ADMINISTRATOR)
    other = User.objects.create_user("other", role=Role.ADMINISTRATOR)
    queues = [queue_import(busy, f"{n}.txt", str(n).encode(), uuid.uuid4()).queue for n in range(FEW + 3)]
    assert queues == [TaskQueue.INTERACTIVE] * FEW + [TaskQueue.BULK] * 3
    assert queue_import(other, "1.txt", b"1", uuid.uuid4()).queue == TaskQueue.INTERACTIVE
    Task.objects.filter(user=busy).update(state=TaskState.DONE)
    assert queue_import(busy, "new.txt", b"new", uuid.uuid4()).queue == TaskQueue.INTERACTIVE
