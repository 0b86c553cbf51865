"""The terminal that commands print tables to."""

from __future__ import annotations

import sys

from rich.console import Console

WIDTH = 120  # of a pipe or file, which has no width of its own


def console() -> Console:
    """A console as wide as the terminal."""
    return Console(width=None if sys.stdout.isatty() else WIDTH)
