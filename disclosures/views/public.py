"""The addresses that publications had before the portal: they lead to it, for what is or was public."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from disclosures.models import Publication
from disclosures.portal import selectors
from disclosures.portal.addresses import fixed_link
from disclosures.portal.downloads import FINAL

_NO_KEY = 10**15  # no database has so many


def published(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The page of the publication of a disclosure."""
    return redirect(fixed_link(_publication(pk)))


def final_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The final file, the only file that is ever public."""
    return redirect(fixed_link(_publication(pk), "download", form=FINAL))


def _publication(pk: int) -> Publication:
    if pk >= _NO_KEY:
        raise Http404
    found: Publication = get_object_or_404(selectors.visible(), disclosure=pk)
    return found
