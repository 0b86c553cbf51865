"""Tags of the workplace's pages: the menu, and which pages are there for a person."""

from __future__ import annotations

from django import template

from disclosures.models import User
from disclosures.notifications.inbox import MOST_COUNTED, unread_count
from disclosures.services import pages

register = template.Library()


@register.simple_tag
def menu(user: object) -> tuple[pages.Page, ...]:
    """The entries of a person's menu."""
    return pages.menu(user) if isinstance(user, User) else ()


@register.filter
def may_open(user: object, name: str) -> bool:
    """Whether a page is there for a person."""
    return isinstance(user, User) and pages.may_open(user, name)


@register.inclusion_tag("workplace/_bell.html", takes_context=True)
def bell(context: dict[str, object]) -> dict[str, object]:
    """The way to a person's notifications, with how many are unread (one query)."""
    user = context["user"]
    number = unread_count(user) if isinstance(user, User) else 0
    return {
        "number": number,
        "shown": f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number),
        "here": context.get("nav") == "notifications",
    }
