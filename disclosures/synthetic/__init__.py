"""Synthetic disclosures: made-up documents that are right in every respect, and the ways to spoil them.

Lives here: the generator (`generate`: exact amounts at the finest grain, aggregated and rounded cell
by cell), the writers of its text in both layouts, and the mutator that plants one labelled error.
May enter: further layouts, further kinds of error. Must not enter: Django, readers, rules, text
of a real disclosure. Everything is a function of its seed.
"""

from .generate import generate
from .sizes import HUGE, LARGE, MEDIUM, SIZES, SMALL, TINY, Size

__all__ = ["HUGE", "LARGE", "MEDIUM", "SIZES", "SMALL", "TINY", "Size", "generate"]
