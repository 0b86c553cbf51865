"""Writing the difference of two states leaves exactly the second one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosures import editing, models
from disclosures.plain.data import Disclosure, Table
from disclosures.storage import StorageError, load, store, write_changes
from disclosures.synthetic import SIZES, generate
from disclosures.synthetic.errors import UnspoilableError, mutate


def _table(disclosure: Disclosure) -> Table:
    table = disclosure.table("T05")
    assert table is not None
    return table


_BASE = generate(11, SIZES["small"])
_ROWS = len(_table(_BASE).rows)
_MOVES = st.lists(st.tuples(st.sampled_from(("add", "remove", "set")), st.integers(0, _ROWS)), max_size=4)


def _apply(disclosure: Disclosure, move: tuple[str, int]) -> Disclosure:
    action, number = move
    rows = len(_table(disclosure).rows)
    if action == "add":
        return editing.add_row(disclosure, "T05", min(number, rows), {"code": f"20899{number:02d}", "name": "新"})
    if action == "remove":
        return editing.remove_row(disclosure, "T05", number % rows)
    key = editing.row_keys(_table(disclosure))[number % rows]
    return editing.write(disclosure, editing.find(disclosure, f"T05/{key}/total")[1], f"{number}.10")


def _written(department, old: Disclosure, *states: Disclosure) -> int:
    record = store(old, department)
    for new in states:
        write_changes(record, old, new)
        record.save()
        old = new
    return record.pk


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])  # each is rolled back
@given(moves=_MOVES)
def test_rows_added_removed_and_changed_one_after_the_other(department, moves):
    with transaction.atomic():
        states = [_BASE]
        for move in moves:
            states.append(_apply(states[-1], move))
        pk = _written(department, *states)
        assert load(pk) == states[-1]
        fresh = store(states[-1], department)
        assert _parents(pk) == _parents(fresh.pk)
        transaction.set_rollback(True)


def _parents(pk: int) -> list[tuple[int, int | None]]:
    lines = models.BudgetLine.objects.filter(table__disclosure=pk, table__code="T05").order_by("position")
    return list(lines.values_list("position", "parent__position"))


@pytest.mark.parametrize("seed", range(40))
def test_every_kind_of_planted_error_is_written(department, seed):
    try:
        spoilt, _ = mutate(_BASE, seed)
    except UnspoilableError:
        pytest.skip("this error has no place in this document")
    assert load(_written(department, _BASE, spoilt)) == spoilt


def test_only_what_changed_is_written(department, django_assert_max_num_queries):
    record = store(_BASE, department)
    new = editing.write(_BASE, editing.find(_BASE, "T05/合计/total")[1], "1.00")
    with django_assert_max_num_queries(4):
        write_changes(record, _BASE, new)
    with django_assert_max_num_queries(0):
        write_changes(record, new, new)


def test_what_no_database_takes_is_refused(department):
    record = store(_BASE, department)
    with pytest.raises(StorageError, match="控制字符"):
        write_changes(record, _BASE, replace(_BASE, department="坏\x00局"))
