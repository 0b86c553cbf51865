"""The broker without a server: every message reaches one taker, whole and in order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from queue import Empty
from typing import Any

import pytest
from kombu.connection import Connection

from config.folder_broker import SCHEME, broker_options


@pytest.fixture
def connect(tmp_path):
    options = broker_options(tmp_path, 0.05)
    return lambda: Connection(f"{SCHEME}://", transport_options=options)


def test_a_folder_needs_no_host_and_nobody_is_warned_of_that(connect, caplog):
    with connect() as sending:
        sending.SimpleQueue("a").put("heard")
        sending.clone().info()
    assert [record.getMessage() for record in caplog.records if record.name.startswith("kombu")] == []


def test_messages_come_in_order_and_each_queue_has_its_own(connect):
    with connect() as sending, connect() as receiving:
        first, other = sending.SimpleQueue("a"), sending.SimpleQueue("b")
        for number in range(20):
            first.put(number)
        other.put("other")
        taking = receiving.SimpleQueue("a")
        assert len(taking) == 20
        assert [taking.get(block=False).payload for _ in range(20)] == list(range(20))
        with pytest.raises(taking.Empty):
            taking.get(block=False)
        assert receiving.SimpleQueue("b").get(block=False).payload == "other"


def test_what_is_urgent_comes_before_what_is_patient(connect):
    with connect() as sending, connect() as receiving:
        queue = sending.SimpleQueue("a")
        for name, priority in (("file", 6), ("check", 0), ("another file", 6), ("another check", None)):
            queue.put(name, priority=priority)
        taking = receiving.SimpleQueue("a")
        taken = [taking.get(block=False).payload for _ in range(4)]
    assert taken == ["check", "another check", "file", "another file"]


def test_of_several_takers_one_gets_each_message(connect):
    with connect() as sending:
        queue = sending.SimpleQueue("a")
        for number in range(60):
            queue.put(number)

    def take(_: int) -> list[Any]:
        found: list[Any] = []
        with connect() as receiving:
            channel = receiving.channel()
            while True:
                try:
                    found.append(channel._get("a"))
                except Empty:
                    return found

    with ThreadPoolExecutor(4) as pool:
        taken = [message for part in pool.map(take, range(4)) for message in part]
    assert len(taken) == 60
    assert len({message["properties"]["delivery_tag"] for message in taken}) == 60
