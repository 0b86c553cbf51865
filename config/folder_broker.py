"""A broker that needs no server: one small file for each message, in a folder.

kombu's own filesystem transport writes a message under its final name, so that a reader may find half of it; moves
what it takes through the machine's temporary folder; and remembers in the process what it wrote into a second folder.
Here a message appears whole (by renaming), belongs to whoever manages to delete it, and goes to the queue that it
names; nothing else is kept. Names of files keep the order of sending, also after a restart of the machine; what is
more urgent comes first (0, as in kombu's Redis).
"""

from __future__ import annotations

import json
import os
import time
import uuid
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem

SCHEME = "folder"


class Channel(filesystem.Channel):
    """Direct messages only: nothing here needs to reach several queues."""

    supports_fanout = False

    def _put(self, *arguments: Any, **_: Any) -> None:
        queue, message = arguments
        folder = self._folder()
        folder.mkdir(parents=True, exist_ok=True)
        urgency = self._get_message_priority(arguments[1])
        name = f"{urgency}_{time.time_ns():020}_{uuid.uuid4().hex}"
        draft = folder / f"{name}.draft"
        draft.write_text(json.dumps(message), encoding="utf-8")
        os.replace(draft, folder / f"{name}.{queue}.msg")

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for path in self._messages(queue):
            try:
                text = path.read_text(encoding="utf-8")
                path.unlink()
            except FileNotFoundError:
                continue  # another worker was faster
            return json.loads(text)
        raise Empty

    def _size(self, queue: str) -> int:
        return len(self._messages(queue))

    def _purge(self, queue: str) -> int:
        paths = self._messages(queue)
        for path in paths:
            path.unlink(missing_ok=True)
        return len(paths)

    def _lookup(self, exchange: str, routing_key: str, default: str | None = None) -> list[str]:
        return [routing_key]

    def _queue_bind(self, *arguments: Any) -> None:
        """Nothing to remember."""

    def _delete(self, queue: str, *arguments: Any, **_: Any) -> None:
        self._purge(queue)

    def get_table(self, exchange: str) -> list[Any]:
        return []

    def _folder(self) -> Path:
        return Path(self.data_folder_in)

    def _messages(self, queue: str) -> list[Path]:
        """What waits in a queue, the most urgent and oldest first."""
        ending = f".{queue}.msg"
        folder = self._folder()
        if not folder.is_dir():
            return []
        return [folder / name for name in sorted(os.listdir(folder)) if name.endswith(ending)]


class Transport(filesystem.Transport):
    """Polls from Celery's event loop, as Redis does: its pool survives the death of one of its processes, which the
    pool of the blocking loop does not (it leaves a lock behind)."""

    Channel = Channel
    implements = filesystem.Transport.implements.extend(asynchronous=True)

    @property
    def default_connection_params(self) -> dict[str, Any]:
        """None: a folder has no host, and kombu would warn each time that it takes localhost for one."""
        return {}

    def register_with_event_loop(self, connection: Any, loop: Any) -> None:
        loop.call_repeatedly(self.polling_interval, self._take_all)

    def _take_all(self) -> None:
        """Hand on every message that a consumer has room for."""
        cycle: Any = self.cycle
        with suppress(Empty):
            while True:
                cycle.get(self._deliver)


def broker_options(folder: Path, pause: float) -> dict[str, Any]:
    """Transport options for messages in `folder`, looked for every `pause` seconds."""
    return {"data_folder_in": str(folder), "data_folder_out": str(folder), "polling_interval": pause}


TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"
