"""A worker tells who started it that it still listens to the broker, and ends when nobody is there to be told."""

from __future__ import annotations

import os
import signal
from typing import Any

from celery import bootsteps

PIPE = "WORKER_PIPE"  # the environment variable that names the file descriptor
EVERY = 2.0  # seconds


class Alive(bootsteps.StartStopStep):
    """Part of the consumer: it starts with each connection to the broker and stops when that is lost."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer: Any, **options: Any) -> None:
        self.entry: Any = None
        super().__init__(consumer, **options)

    def start(self, consumer: Any) -> None:
        pipe = os.environ.get(PIPE)
        if pipe:
            _tell(int(pipe))
            self.entry = consumer.timer.call_repeatedly(EVERY, _tell, (int(pipe),))

    def stop(self, consumer: Any) -> None:
        if self.entry is not None:
            self.entry.cancel()
            self.entry = None


def _tell(pipe: int) -> None:
    try:
        os.write(pipe, b".")
    except BlockingIOError:
        return  # nobody has read for long; they will
    except OSError:
        os.kill(os.getpid(), signal.SIGTERM)  # who started this worker is gone: finish the task in hand and end
