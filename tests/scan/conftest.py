"""Pages drawn for the tests of reading scans."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


@pytest.fixture(autouse=True, scope="session")
def _engine() -> None:
    """Recognition and a Chinese font; in CI their absence is a failure."""
    from disclosures.reading.scan import engine

    missing = [] if engine.is_installed() else ["requirements-ocr.txt 中的包未安装"]
    missing += [] if FONT.exists() else ["没有中文字体 fonts-noto-cjk"]
    if missing and os.environ.get("CI") == "true":
        pytest.fail("；".join(missing))
    if missing:
        pytest.skip("；".join(missing))
