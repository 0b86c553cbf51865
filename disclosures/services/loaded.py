"""The content of disclosures that people are at work on, kept in memory between their saves.

Plain data are frozen, and every change of content raises the revision: what is kept under pk, revision and
time of update is what a load would give. The time tells apart records that had the same number in turn.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from disclosures import models
from disclosures.plain.data import Disclosure
from disclosures.storage import load_record

_MOST = 8
_kept: OrderedDict[tuple[int, int, datetime], Disclosure] = OrderedDict()
_lock = Lock()


def content(record: models.Disclosure) -> Disclosure:
    """The plain data of a record as it was when the record was read."""
    with _lock:
        found = _kept.get(_key(record))
    return keep(record, load_record(record)) if found is None else found


def keep(record: models.Disclosure, disclosure: Disclosure) -> Disclosure:
    """Remember the content of a record that was just written or loaded."""
    with _lock:
        _kept[_key(record)] = disclosure
        _kept.move_to_end(_key(record))
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return disclosure


def _key(record: models.Disclosure) -> tuple[int, int, datetime]:
    return record.pk, record.revision, record.updated_at
