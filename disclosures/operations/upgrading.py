"""Upgrade: after the new program is in place, one command brings the installation up to it.

The installation closes and lets the tasks in hand finish; a backup is taken; only then the tables change. Workers that
`manage.py work` runs start themselves again with the new program.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from disclosures.maintenance import ask_to_renew

from .backing_up import back_up
from .closing import closed
from .errors import OperationError
from .restoring import stands_empty

_NOTICE = 2.0  # seconds in which every `manage.py work` notices, before the old workers could take a task again
_IF_THERE = ("sync_catalogue", "sync_schedules")
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Done:
    """What an upgrade did. `backup` is None where there was nothing to keep."""

    backup: Path | None
    migrations: tuple[str, ...]


def waiting_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def upgrade(output: Path, *, patience: float, collect: bool = True, tell: Tell = lambda line: None) -> Done:
    """Back up, check, change the tables, renew what the program ships. Raises OperationError.

    When the tables could not be changed the installation stays closed, and the sentence says how to go on or back.
    """
    _check()
    with closed("系统正在升级", patience=patience):
        kept = None
        if not stands_empty():
            tell("正在备份……")
            back_up(output)
            kept = output
            tell(f"已备份：{kept}")
        migrations = tuple(waiting_migrations())
        tell(f"数据库结构：{f'有 {len(migrations)} 项要更新' if migrations else '已是最新'}")
        try:
            for command in _steps(collect):
                call_command(*command, stdout=StringIO())
        except Exception as error:
            raise UpgradeBrokenError(_how_to_go_on(error, kept)) from error
        ask_to_renew()
        time.sleep(_NOTICE)
    return Done(kept, migrations)


class UpgradeBrokenError(Exception):
    """The upgrade stopped half-way; the installation stays closed."""


def _steps(collect: bool) -> Iterator[tuple[str, ...]]:
    yield ("migrate", "--no-input", "--verbosity=0")
    for name in _IF_THERE:
        if name in get_commands():
            yield (name,)
    if collect:
        yield ("collectstatic", "--no-input", "--verbosity=0")


def _check() -> None:
    try:
        call_command("check", databases=["default"], stdout=StringIO(), stderr=StringIO())
    except CommandError as error:
        raise OperationError(f"检查没有通过，没有升级：{' '.join(str(error).split())}") from error


def _how_to_go_on(error: Exception, kept: Path | None) -> str:
    back = f"，或者换回旧程序后用 manage.py restore --replace {kept} 回到升级前" if kept else ""
    return f"升级中断，系统仍在维护状态：{' '.join(str(error).split())}。修好后再运行一次 manage.py upgrade{back}"
