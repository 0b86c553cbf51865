"""A sign at the door: while it hangs, no task starts and no page is served.

It is a file beside the uploaded files, which all processes of an installation share, and not a record: it must be
readable while the database is being replaced.
"""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings


def _sign() -> Path:
    return Path(settings.VAR_DIR) / "maintenance"


def _renewals() -> Path:
    return Path(settings.VAR_DIR) / "renewed"


def is_on() -> bool:
    """Whether the installation is being worked on."""
    return _sign().exists()


def reason() -> str:
    """What is being done, in words; empty when nothing is."""
    try:
        return _sign().read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def switch_on(what: str) -> None:
    """Hang the sign out; it survives whoever did."""
    _sign().parent.mkdir(parents=True, exist_ok=True)
    _sign().write_text(what + "\n", encoding="utf-8")


def switch_off() -> None:
    _sign().unlink(missing_ok=True)


def ask_to_renew() -> None:
    """Ask every `manage.py work` to start itself again, with the code that is installed now."""
    _renewals().write_text(f"{time.time_ns()}\n", encoding="utf-8")


def renewal() -> str:
    """Changes when processes are asked to start again."""
    try:
        return _renewals().read_text(encoding="utf-8")
    except OSError:
        return ""
