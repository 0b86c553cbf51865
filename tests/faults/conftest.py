"""One installation for all fault tests of a process; each test begins with empty records and no workers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.faults.installation import Installation, installation


@pytest.fixture(scope="session")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    if os.environ.get("DATABASE_URL") and not shutil.which("redis-server"):
        message = "没有安装 redis-server，服务模式的故障测试没有运行"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with installation(tmp_path_factory.mktemp("faults")) as made:
        yield made


@pytest.fixture
def site(_site: Installation) -> Iterator[Installation]:
    _site.call("clear")
    yield _site
    _site.stop()
