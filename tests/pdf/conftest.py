"""PDF files made on the spot; they need the Noto CJK fonts (in CI their absence is a failure)."""

from __future__ import annotations

import os

import pytest

from disclosures.synthetic.pdf_sheet import FONT


@pytest.fixture(scope="session", autouse=True)
def _font() -> None:
    if not FONT.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{FONT} is not installed")
        pytest.skip(f"{FONT} is not installed")
