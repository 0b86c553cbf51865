"""A stored disclosure in the formats that outside programs and people take away."""

from __future__ import annotations

import json

from disclosures.plain.codec import to_json
from disclosures.plain.data import Disclosure


def as_json(disclosure: Disclosure) -> str:
    """The contract's JSON, readable by people too."""
    return json.dumps(to_json(disclosure), ensure_ascii=False, indent=1) + "\n"
