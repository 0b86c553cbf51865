"""Telling people what concerns them: in the workplace, by e-mail at once, or once a day.

Lives here: the kinds and whose they are, who is told of what, the list and the preferences of a person, the mails.
May enter: further occasions, as functions that end in `tell`. Must not enter: decisions about disclosures, HTML.

Services call `announce(event)` with the event that they wrote (`occasions`), in their own transaction: what is
rolled back was never told. A mail says that something happened and where to look, and never quotes a disclosure.
"""

from .delivery import tell
from .occasions import announce, announce_assigned, announce_hand_over, announce_task

__all__ = ["announce", "announce_assigned", "announce_hand_over", "announce_task", "tell"]
