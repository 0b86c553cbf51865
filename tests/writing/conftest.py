"""Documents that the writers write, and what is read of them again."""

from __future__ import annotations

import pytest

from disclosures.plain.data import Disclosure
from disclosures.recognise.document import parse_bytes
from disclosures.synthetic import generate
from disclosures.synthetic.sizes import SMALL, TINY


def read_again(data: bytes, name: str) -> Disclosure:
    """What the reader of that format reads."""
    return parse_bytes(data, name).disclosure


@pytest.fixture(scope="session", params=range(6))
def sample(request: pytest.FixtureRequest) -> Disclosure:
    return generate(request.param, TINY if request.param % 2 else SMALL)
