"""The database server crashes and comes back: a server of our own, stopped without a word."""

from __future__ import annotations

import os

import pytest

from tests.faults.cluster import cluster, tool
from tests.faults.installation import installation
from tests.faults.test_workers import IMPORTS, assert_imported_once

pytestmark = [
    pytest.mark.faults,
    pytest.mark.thorough,
    pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="runs once, with the services"),
]


def test_a_database_server_that_crashes_while_files_are_imported(tmp_path):
    if tool("initdb") is None:
        assert os.environ.get("CI") != "true", "initdb is not installed"
        pytest.skip("没有安装 PostgreSQL 服务器程序（initdb）")
    with cluster() as server, installation(tmp_path, server.url, migrations=False) as site:
        site.call("queue_imports", IMPORTS)
        site.start_worker()
        for done in (3, 10):
            site.call("wait_for", "done", done)
            server.crash_and_restart()
        assert site.call("settle") == {"done": IMPORTS}
        assert_imported_once(site)
