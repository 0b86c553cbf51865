"""What a check rests on, in one short digest: where it is the same, checking again would say the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
# Everything between the plain data and the findings. What is printed about findings is not among it.
_SOURCES = (
    "audit/*.py",
    "audit/across/*.py",
    "audit/narrative/*.py",
    "audit/rules/*.py",
    "audit/text/*.py",
    "disclosures/plain/*.py",
    "disclosures/profiles/*.py",
    "disclosures/catalogue/*",
)
_NOT_CHECKING = frozenset(
    f"{name}.py"
    for name in ("admin", "apps", "models", "run_models", "urls", "tasks", "tasks_audit", "rules_page", "report_text")
)


@cache
def rules_version() -> str:
    """A digest of the rules, the shipped catalogue and all they are made of; new with every change of them."""
    found = sorted({path for pattern in _SOURCES for path in _ROOT.glob(pattern) if path.is_file()})
    whole = hashlib.sha256()
    for path in found:
        if path.name not in _NOT_CHECKING or path.parent.name != "audit":
            whole.update(path.relative_to(_ROOT).as_posix().encode())
            whole.update(path.read_bytes())
    return whole.hexdigest()[:20]


def basis(revision: int, previous: str, catalogue: str, muted: Iterable[str]) -> str:
    """The digest of one check: content, last year's disclosure (`pk:revision`), catalogue and silenced rules."""
    parts = [rules_version(), revision, previous, catalogue, sorted(muted)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]
