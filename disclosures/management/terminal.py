"""The terminal that commands print tables to."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")

WIDTH = 120  # of a pipe or file, which has no width of its own


def console() -> Console:
    """A console as wide as the terminal."""
    from rich.console import Console  # it costs start-up time, and so below

    return Console(width=None if sys.stdout.isatty() else WIDTH)


def tracked(items: Sequence[T], doing: str) -> Iterable[T]:
    """The items one after the other, with a bar on standard error where a person looks at it and there are several."""
    if len(items) < 2 or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Standard output may be a file while a person looks at standard error: it is left alone.
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        yield from bar.track(items, description=doing)
