"""Reading and replacing what a path leads to, in frozen data; and how sure the reader was of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from disclosures.plain.data import Cell, Disclosure, Indicator, Row, Surety

from .places import Path


def read(disclosure: Disclosure, path: Path) -> Any:
    """The value a path leads to; of a cell its printed amount."""
    node: Any = disclosure
    for step in path:
        node = _child(node, step)
    return node.value if isinstance(node, Cell) else node


def source_of(disclosure: Disclosure, path: Path) -> str | None:
    """Where in the source file it stands."""
    owner = _owner(disclosure, path)
    if isinstance(owner, Row):
        return owner.place_of(str(path[-1])) if path[-2] == "cells" else owner.source
    return cast("str | None", getattr(owner, "source", None))


def write(disclosure: Disclosure, path: Path, value: Any) -> Disclosure:
    """The disclosure with another value at a path."""
    return _replaced(disclosure, path, value)


def surety_of(disclosure: Disclosure, path: Path) -> Surety:
    """How sure the reader was of what a path leads to."""
    owner = _owner(disclosure, path)
    if isinstance(owner, Row):
        return owner.label_surety if path[-2] != "cells" else owner.cell(str(path[-1])).surety
    if isinstance(owner, Indicator):
        return Surety.DOUBTFUL if owner.doubtful else Surety.SURE
    if path[0] == "project_targets":
        return Surety.DOUBTFUL if _doubt(path) in disclosure.project_targets[int(path[1])].doubtful else Surety.SURE
    return Surety.SURE


def with_surety(disclosure: Disclosure, path: Path, surety: Surety) -> Disclosure:
    """The disclosure with that surety at a path; what a person has set is sure."""
    if surety_of(disclosure, path) is surety:
        return disclosure
    owner = _owner(disclosure, path)
    if isinstance(owner, Row):
        if path[-2] != "cells":
            return _replaced(disclosure, (*path[:-1], "label_surety"), surety)
        cell = replace(owner.cell(str(path[-1])), surety=surety)
        cells = tuple((key, cell if key == path[-1] else other) for key, other in owner.cells)
        return _replaced(disclosure, (*path[:-1],), cells)
    if isinstance(owner, Indicator):
        return _replaced(disclosure, (*path[:-1], "doubtful"), surety is not Surety.SURE)
    if path[0] == "project_targets":
        doubtful = tuple(name for name in disclosure.project_targets[int(path[1])].doubtful if name != _doubt(path))
        added = () if surety is Surety.SURE else (_doubt(path),)
        return _replaced(disclosure, (*path[:2], "doubtful"), doubtful + added)
    return disclosure


def _doubt(path: Path) -> str:
    """The name under which a target form lists a doubtful field."""
    return ".".join(str(step) for step in (("funds", *path[2:]) if path[2] in ("whole", "annual") else path[2:]))


def _owner(disclosure: Disclosure, path: Path) -> Any:
    """The row, indicator or other record that holds the value."""
    depth = -2 if len(path) > 1 and path[-2] == "cells" else -1
    node: Any = disclosure
    for step in path[:depth]:
        node = _child(node, step)
    return node


def _child(node: Any, step: str | int) -> Any:
    if isinstance(step, int):
        return node[step]
    if isinstance(node, tuple):
        return dict(node)[step]
    return getattr(node, step)


def _replaced(disclosure: Disclosure, path: Path, value: Any) -> Disclosure:
    return cast(Disclosure, _node_replaced(disclosure, path, value))


def _node_replaced(node: Any, path: Path, value: Any) -> Any:
    if not path:
        return replace(node, value=value) if isinstance(node, Cell) else value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return (*node[:step], _node_replaced(node[step], rest, value), *node[step + 1 :])
    if isinstance(node, tuple):
        return tuple((key, _node_replaced(item, rest, value) if key == step else item) for key, item in node)
    return replace(node, **{step: _node_replaced(getattr(node, step), rest, value)})
