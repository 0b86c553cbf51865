"""What a file may cost to read: every limit of every reader, in one place.

The largest disclosure seen has half a megabyte of text, 120 pages and 40 000 cells; limits stand far
above that and far below what would harm the machine. `disclosures.services.sandbox` enforces time and
memory from outside, readers the rest from inside.
"""

from __future__ import annotations

_MB = 1024 * 1024

LARGEST_FILE = 50 * _MB  # one document, as uploaded

# Archives that people hand in
LARGEST_UPLOAD = 200 * _MB  # a county's zip, as uploaded
MOST_FILES = 1000  # a province's county has about 300 departments
LARGEST_ARCHIVE = 500 * _MB  # unpacked

# Office packages (a .docx, .xlsx or .ofd is a zip of XML parts)
MOST_ENTRIES = 5000
LARGEST_PART = 200 * _MB  # one part, unpacked
LARGEST_PACKAGE = 400 * _MB  # all parts that are read, unpacked
MOST_RATIO = 300  # unpacked to packed, where the unpacked part is larger than RATIO_FROM; XML reaches 30
RATIO_FROM = 4 * _MB

# What comes out of a reader
MOST_LINES = 300_000
MOST_CELLS = 3_000_000
MOST_CHARACTERS = 60_000_000
MOST_COLUMNS = 400  # of one row, blank cells at its end left out
MOST_NESTING = 20  # tables within tables
MOST_PAGES = 3000
MOST_PIXELS = 80_000_000  # of one image or rendered page

# A child process that reads one file
SECONDS = 120  # of wall clock
MEMORY = 1536 * _MB  # of address space
CONVERTING_SECONDS = 150  # where LibreOffice converts first
CONVERTING_MEMORY = 6144 * _MB  # its address space, most of it never touched
SCANNING_SECONDS = 1800  # where pages are recognised: a page takes about three
SCANNING_MEMORY = 4096 * _MB
LARGEST_RESULT = 512 * _MB  # of what the child hands back, compressed
