"""Plain data to records and back, exactly; and the bytes of uploaded files.

Lives here: `store`, `load`, the form in which printed amounts are kept, content-addressed files.
May enter: another part of a disclosure that must survive the round trip. Must not enter: who may
store what, and when (`disclosures.services`).
"""

from .disclosures import load, store
from .errors import StorageError
from .files import keep_bytes, read_bytes

__all__ = ["StorageError", "keep_bytes", "load", "read_bytes", "store"]
