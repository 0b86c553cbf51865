"""Who wants to know that something was published, replaced or withdrawn; called within the same transaction.

The portal fills this in `AppConfig.ready`, so that services need not know it.
"""

from __future__ import annotations

from collections.abc import Callable

from disclosures import models

Listener = Callable[[models.Disclosure], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have it called with every disclosure that was published or withdrawn; its failure takes the change back."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(record: models.Disclosure) -> None:
    """What was published of a department, year and kind has changed."""
    for listener in _listeners:
        listener(record)
