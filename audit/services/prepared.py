"""A check that was computed and not yet written."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from disclosures.catalogue import Catalogue
from disclosures.plain.data import Disclosure

from .previous import Previous

if TYPE_CHECKING:
    from audit.findings import CheckResult


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of the engine, what it rests on beside the disclosure, and how long it took."""

    result: CheckResult
    previous: str  # stamp of last year's disclosure
    catalogue: str  # stamp of the catalogue
    milliseconds: int


def checked(disclosure: Disclosure, previous: Previous, catalogue: tuple[Catalogue, str]) -> Checked:
    """Check plain data against last year's disclosure and a catalogue with its stamp."""
    from audit.engine import check  # the rules cost start-up time

    return _timed(check, disclosure, previous, catalogue)


def checked_again(pk: int, disclosure: Disclosure, previous: Previous, catalogue: tuple[Catalogue, str]) -> Checked:
    """The same, faster where the state before of this disclosure was checked by this process not long ago."""
    from audit.incremental import IncrementalCheck

    with _lock:
        kept = _kept.pop(pk, None)  # whoever comes meanwhile begins anew
    checker = kept if isinstance(kept, IncrementalCheck) else IncrementalCheck()
    made = _timed(checker.check, disclosure, previous, catalogue)
    with _lock:
        _kept[pk] = checker
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return made


_MOST = 4  # disclosures that people are at work on: an indexed one takes some tens of megabytes
_kept: OrderedDict[int, object] = OrderedDict()
_lock = Lock()


def _timed(
    check: Callable[[Disclosure, Disclosure | None, Catalogue], CheckResult],
    disclosure: Disclosure,
    previous: Previous,
    catalogue: tuple[Catalogue, str],
) -> Checked:
    started = time.perf_counter()
    result = check(disclosure, previous.disclosure, catalogue[0])
    return Checked(result, previous.stamp, catalogue[1], round((time.perf_counter() - started) * 1000))
