"""A disk without room: told in words, nothing half-done, and the next try succeeds."""

from __future__ import annotations

import pytest

from tests.faults.test_workers import assert_imported_once

pytestmark = pytest.mark.faults


def test_an_upload_to_a_full_disk(working):
    told = working.call("upload_to_a_full_disk")
    assert "没有保存成功，服务器磁盘空间可能不足" in told["refusal"]
    assert (told["tasks"], told["files"]) == (0, 0)
    assert working.call("settle") == {"done": 1}
    assert_imported_once(working, 1)
