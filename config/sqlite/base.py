"""The SQLite backend with `max_query_params` read from the library.

Django 5.2 assumes 999 variables, the default of SQLite before 3.32, and so cuts a bulk insert of one
disclosure into dozens of statements. Django 6 asks the library, as this does; drop it then.
"""

from __future__ import annotations

import sqlite3

from django.db.backends.sqlite3 import base, features
from django.utils.functional import cached_property


class DatabaseFeatures(features.DatabaseFeatures):
    @cached_property
    def max_query_params(self) -> int:  # type: ignore[override]
        with self.connection.cursor() as cursor:
            limit: int = cursor.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        return limit


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
