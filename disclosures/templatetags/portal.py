"""Addresses and amounts in the templates of the portal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from disclosures.models import Publication
from disclosures.portal import addresses
from disclosures.portal.selectors import Address
from disclosures.writing.cells import with_thousands

register = template.Library()


@register.simple_tag
def link(address: Address, name: str = "disclosure", **more: Any) -> str:
    """A page of the address that is being read: it stays within its version."""
    return addresses.link(address, name, **more)


@register.simple_tag
def current_link(publication: Publication, name: str = "disclosure", **more: Any) -> str:
    return addresses.current_link(publication, name, **more)


@register.simple_tag
def fixed_link(publication: Publication, name: str = "disclosure", **more: Any) -> str:
    return addresses.fixed_link(publication, name, **more)


@register.filter
def money(value: Decimal | None) -> str:
    """An amount in 万元 with two decimals, more only where more are printed."""
    if value is None:
        return ""
    short = value.quantize(Decimal("0.01"))
    return f"{short:,}" if short == value else f"{value.normalize():,f}"


@register.filter
def signed(value: Decimal) -> str:
    """A difference with its sign."""
    return f"{value:+,.2f}".replace("-", "−")


@register.filter
def printed(text: str | None) -> str:
    """A printed amount with thousands separators."""
    return with_thousands(text)
