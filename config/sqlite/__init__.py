"""SQLite as Django ships it, but with the library's own limit on variables in one statement."""
