"""Excel workbooks (.xlsx): sheets in order, numbers as their cells print them, hidden parts left out.

Lives here: `document` turns sheets into lines, `workbook` and `sheet` read the parts of the package,
`numbers` prints a stored number in its cell's format.
"""

from .document import read_xlsx

__all__ = ["read_xlsx"]
