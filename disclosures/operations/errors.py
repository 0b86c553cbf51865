"""What stops an operation, in words."""

from __future__ import annotations


class OperationError(Exception):
    """The operation was not done; the sentence says why and what to do. Nothing was changed unless it says so."""
