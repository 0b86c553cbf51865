"""Finding a part of a text: pairs of characters for the index of PostgreSQL, the text itself everywhere.

Chinese has no spaces between words, and PostgreSQL's trigrams find no word of two characters. So a row keeps the
pairs of neighbouring characters of its words; a query asks for rows that have all of its own pairs (a GIN index over
the list of pairs), then for the words themselves. SQLite, which serves one office, reads the rows of the selection.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

SHORTEST = 2


def folded(text: str) -> str:
    """Full and half width, case and spaces make no difference."""
    return "".join(unicodedata.normalize("NFKC", text.replace("\x00", "")).casefold().split())


def grams(text: str) -> str:
    """The pairs of neighbouring characters of a folded text, each once, separated by spaces."""
    return " ".join(dict.fromkeys(text[n : n + 2] for n in range(len(text) - 1)))


def having(rows: QuerySet[Any], query: str) -> QuerySet[Any]:
    """The rows whose words contain a folded query of at least two characters."""
    if connection.vendor == "postgresql":
        table = rows.model._meta.db_table
        sql = f"string_to_array({connection.ops.quote_name(table)}.grams, ' ') @> string_to_array(%s, ' ')"
        rows = rows.filter(RawSQL(sql, [grams(query)], output_field=BooleanField()))
    return rows.filter(words__contains=query)
