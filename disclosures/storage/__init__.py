"""Plain data to records and back, exactly; and the bytes of uploaded files.

Lives here: `store`, `load`, `write_changes`, the form in which printed amounts are kept, content-addressed files.
May enter: another part of a disclosure that must survive the round trip. Must not enter: who may
store what, and when (`disclosures.services`).
"""

from .changes import write_changes
from .disclosures import load, load_record, store
from .errors import StorageError
from .files import keep_bytes, read_bytes

__all__ = ["StorageError", "keep_bytes", "load", "load_record", "read_bytes", "store", "write_changes"]
