"""What a request asks for in a list of publications: a part of a name, a region, a year."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from .http import number, words

_LARGEST_KEY = 10**15 - 1
_LAST_YEAR = 2999


@dataclass(frozen=True, slots=True)
class Asked:
    """Empty fields ask for everything."""

    q: str = ""
    region: int | None = None
    year: int | None = None

    @property
    def any(self) -> bool:
        return bool(self.q or self.region or self.year)


NOTHING = Asked()


def asked_of(request: HttpRequest) -> Asked:
    """What is no number is not asked for."""
    region, year = number(request, "region", _LARGEST_KEY), number(request, "year", _LAST_YEAR)
    return Asked(words(request, "q"), region, year)
