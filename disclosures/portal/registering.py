"""What the portal hands in when the app starts."""

from __future__ import annotations

from disclosures.services import publication_hooks


def register_portal() -> None:
    """Rows of the portal follow every publication and withdrawal, and the open data of the year after them."""
    from .derive import refresh
    from .open_data import register_open_data, request_open_data

    register_open_data()
    publication_hooks.listen(refresh)
    publication_hooks.listen(request_open_data)
