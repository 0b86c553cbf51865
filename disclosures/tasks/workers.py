"""Names of processes, and whether the process of a name still lives."""

from __future__ import annotations

import os
import socket
from functools import cache


@cache
def _machine() -> str:
    """This machine and, on Linux, its world of process numbers: two containers may bear one host name."""
    host = socket.gethostname()[:60]
    try:
        return f"{host}/{os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        return host


def process_name() -> str:
    """This process, for records: machine and number."""
    return f"{_machine()}:{os.getpid()}"


def is_gone(name: str) -> bool:
    """Whether the process of a name certainly lives no more; False where that cannot be known from here."""
    machine, _, number = name.rpartition(":")
    if machine != _machine() or "/" not in machine or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
