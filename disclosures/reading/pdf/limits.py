"""How much of a PDF page is read at most; the limits of files stand in `disclosures.reading.limits`."""

MOST_GLYPHS = 6_000_000  # of a document
SAMPLED_PAGES = 16  # looked at beforehand for headers, margins and watermarks
