"""Synthetic disclosures: made-up documents that are right in every respect, and the ways to spoil them.

Lives here: the generator (`generate`: exact amounts at the finest grain, aggregated and rounded cell
by cell), the writers of its text in both layouts, and the mutator that plants one labelled error.
May enter: further layouts, further kinds of error. Must not enter: Django, readers, rules, text
of a real disclosure. Everything is a function of its seed.
"""

from .flow_text import write_flow_text
from .generate import generate
from .grid_text import write_grid_text
from .sizes import HUGE, LARGE, MEDIUM, SIZES, SMALL, TINY, Size
from .styles import FLOW_STYLES, GRID_STYLES, FlowStyle, GridStyle

__all__ = [
    "FLOW_STYLES",
    "GRID_STYLES",
    "HUGE",
    "LARGE",
    "MEDIUM",
    "SIZES",
    "SMALL",
    "TINY",
    "FlowStyle",
    "GridStyle",
    "Size",
    "generate",
    "write_flow_text",
    "write_grid_text",
]
