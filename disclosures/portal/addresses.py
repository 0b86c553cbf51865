"""Addresses of publications and their parts."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from disclosures.models import Publication

from .selectors import Address, address_of


def link(address: Address, name: str = "disclosure", **more: Any) -> str:
    """The page `name` of an address: of its version where it names one."""
    given: dict[str, Any] = {"department": address.department, "year": address.year, "kind": address.kind, **more}
    if address.version is None:
        return reverse(f"portal:{name}", kwargs=given)
    return reverse(f"portal:{name}_version", kwargs=given | {"version": address.version})


def current_link(publication: Publication, name: str = "disclosure", **more: Any) -> str:
    return link(address_of(publication), name, **more)


def fixed_link(publication: Publication, name: str = "disclosure", **more: Any) -> str:
    return link(address_of(publication, fixed=True), name, **more)
