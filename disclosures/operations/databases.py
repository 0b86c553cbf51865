"""The database as one file, and back: SQLite by its online backup, PostgreSQL by its own tools.

Both see one moment of the database while people go on working, and both come back whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction

from .errors import OperationError

Counts = dict[str, int]
_WAIT_FOR_LOCKS = "60s"  # for whoever still reads; then the restore is given up, unchanged
_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
}
_MEMBERS = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


def member() -> str:
    """The name of the database's file in a backup; says which kind of database it came from."""
    return _MEMBERS[connection.vendor]


@contextmanager
def dumped(path: Path) -> Iterator[None]:
    """Write the database as of now to a file; inside the block the connection still sees that moment (PostgreSQL)."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        yield
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={path}")
        done = _tool("pg_dump", *options)
        if done.returncode:
            raise OperationError(f"数据库导出失败：{_last_line(done.stderr)}")


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """The answer to a statement as of the moment of the dump."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(path)) as copy:
            return copy.execute(sql).fetchall()
    return _asked(sql)


def counts(path: Path) -> Counts:
    """Rows of every table as of the moment of the dump.

    The tables are those of the database and not those of the models: before an upgrade the program is newer.
    """
    names = [name for (name,) in rows(path, _TABLES[connection.vendor])]
    return {name: int(rows(path, f'SELECT count(*) FROM "{name}"')[0][0]) for name in names}


def has_rows(tables: Iterable[str]) -> bool:
    """Whether any of these tables is there and holds anything, now."""
    there = {str(name) for (name,) in _asked(_TABLES[connection.vendor])}
    return any(_asked(f'SELECT 1 FROM "{table}" LIMIT 1') for table in there & set(tables))


def _asked(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def verify(path: Path, expected: Mapping[str, int]) -> None:
    """Look at a dump before anything is changed. Raises OperationError."""
    if connection.vendor == "sqlite":
        try:
            with closing(sqlite3.connect(path)) as copy:
                sound = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                found = {table: copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in expected}
        except sqlite3.Error as error:
            raise OperationError(f"备份中的数据库已损坏，什么都没有改动：{error}") from error
        if not sound or found != dict(expected):
            raise OperationError("备份中的数据库与清单不一致，什么都没有改动")
        return
    if _tool("pg_restore", "--list", str(path), connect=False).returncode:
        raise OperationError("备份中的数据库已损坏，或由更新的 PostgreSQL 导出，什么都没有改动")


def load(path: Path, expected: Mapping[str, int]) -> None:
    """Replace everything in the database by a dump, in one transaction. Raises OperationError, and nothing changed."""
    if connection.vendor == "sqlite":
        _load_sqlite(path)
    else:
        _load_postgresql(path, expected)
    connection.close()


def _load_sqlite(path: Path) -> None:
    connection.close()
    name = str(connection.settings_dict["NAME"])
    try:
        with closing(sqlite3.connect(path)) as copy, closing(sqlite3.connect(name, timeout=60)) as live:
            live.execute("PRAGMA journal_mode=WAL")
            copy.backup(live)
    except sqlite3.Error as error:
        raise OperationError(f"数据库没有恢复，保持原样：{error}") from error


def _load_postgresql(path: Path, expected: Mapping[str, int]) -> None:
    """One transaction of psql: drop, restore, count; without its last line nothing happened."""
    command, environment = _arguments("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as psql:
        assert psql.stdin
        assert psql.stderr
        complaint = ""
        try:
            _write(psql.stdin, _BEGIN)
            restore = [_found("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(path)]
            source = subprocess.run(restore, stdout=psql.stdin, stderr=subprocess.PIPE, text=True, check=False)
            if source.returncode:
                complaint = source.stderr
            else:
                _write(psql.stdin, "".join(_must_count(table, number) for table, number in expected.items()))
                _write(psql.stdin, "COMMIT;\n")
            psql.stdin.close()
        except BrokenPipeError:
            complaint = "psql 中断"
        errors = psql.stderr.read().decode(errors="replace")
        if psql.wait() or complaint:
            raise OperationError(f"数据库没有恢复，保持原样：{_last_line(errors or complaint)}")


_BEGIN = f"""BEGIN;
SET LOCAL lock_timeout = '{_WAIT_FOR_LOCKS}';
SET LOCAL client_min_messages = warning;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE 'DROP TABLE IF EXISTS ' || name || ' CASCADE';
  END LOOP;
  FOR name IN SELECT format('%I.%I', sequence_schema, sequence_name) FROM information_schema.sequences
    WHERE sequence_schema = 'public' LOOP
    EXECUTE 'DROP SEQUENCE IF EXISTS ' || name || ' CASCADE';
  END LOOP;
END $$;
"""


def _must_count(table: str, number: int) -> str:
    return (
        f'DO $$ BEGIN IF (SELECT count(*) FROM public."{table}") <> {number} THEN '
        f"RAISE EXCEPTION 'table {table} is not complete'; END IF; END $$;\n"
    )


def _write(stream: IO[bytes], text: str) -> None:
    stream.write(text.encode())
    stream.flush()


def _tool(name: str, *options: str, connect: bool = True) -> subprocess.CompletedProcess[str]:
    command, environment = _arguments(name, *options) if connect else ([_found(name), *options], dict(os.environ))
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _arguments(name: str, *options: str) -> tuple[list[str], dict[str, str]]:
    """A command of PostgreSQL for our database; the password goes by the environment, where nobody reads it."""
    arguments, environment = connection.client.settings_to_cmd_args_env(connection.settings_dict, list(options))
    return [_found(name), *arguments[1:]], os.environ | (environment or {})


def _found(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise OperationError(f"没有找到 {name}，请安装 PostgreSQL 客户端（版本不低于服务器）")
    return path


def _last_line(text: str) -> str:
    """The line that names the error; tools write hints and contexts after it."""
    lines = text.strip().splitlines() or ["原因不明"]
    return next((line for line in lines if "ERROR" in line or "error:" in line), lines[-1])
