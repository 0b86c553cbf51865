"""Scanned pages: pictures become glyphs and ruling lines, as if they had been a PDF with text.

Lives here: taking off seals, straightening, ruling lines, lines of print, recognition of characters (RapidOCR, an
optional extra: `requirements-ocr.txt`, models inside its wheel). Layout of tables and prose is `reading.pdf`'s.
Must not enter: anything about budgets.
"""
