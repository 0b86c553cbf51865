"""One installation for all fault tests of a process; each test begins with empty records."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.faults.installation import Installation, installation


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    if os.environ.get("DATABASE_URL") and not shutil.which("redis-server"):
        message = "没有安装 redis-server，服务模式的故障测试没有运行"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with installation(tmp_path_factory.mktemp("faults"), migrations=False) as made:
        yield made


@pytest.fixture
def site(_made: Installation) -> Iterator[Installation]:
    """Without workers, before and after."""
    _made.stop()
    _made.call("clear")
    yield _made
    _made.stop()


@pytest.fixture
def working(_made: Installation) -> Installation:
    """With a worker of one process for each queue, which tests share as long as nobody stops it."""
    if not any(worker.poll() is None for worker in _made.workers):
        _made.start_worker("--concurrency", "1")
    _made.call("clear")
    return _made
