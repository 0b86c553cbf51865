"""How the columns of tables are told apart in a document that may hold both kinds of rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .blocks import Layout, Line

# Two amounts with nothing but spaces between them: a table row of a PDF text layer.
_FLOW_ROW = re.compile(r"\d\.\d\d +-?[\d,]+\.\d\d(?:\s|$)")


def layout_of(lines: Sequence[Line]) -> Layout:
    """GRID when more rows carry cells than look like the rows of a PDF text layer."""
    grid = sum(1 for line in lines if line.cells is not None and len(line.cells) > 2)
    flow = sum(1 for line in lines if line.cells is None and _FLOW_ROW.search(line.text))
    return Layout.GRID if grid > flow else Layout.FLOW
