"""`manage.py audit`: what it prints, and its exit status."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from audit.models import Audit
from audit.services import audits


def status(*arguments: str) -> int:
    try:
        call_command("audit", *arguments)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_findings_of_the_level_asked_for_end_with_one(put, spoil, capsys) -> None:
    put(1, spoil)
    assert status() == 1
    assert status("--fail-on", "never") == 0
    said = capsys.readouterr().out
    assert "共 1 份，核对 1，没有变化 0，未完成 0" in said
    assert "共 1 份，核对 0，没有变化 1" in said
    assert "新出现 0 个问题" in said


def test_a_selection_without_errors_ends_with_zero(put, capsys) -> None:
    put(1)
    assert status("--year", "2026", "--region", "青山市", "--state", "to_correct") == 0


def test_all_checks_what_did_not_change(put) -> None:
    put(1)
    status()
    status("--all")
    assert list(Audit.objects.values_list("checked", "unchanged")) == [(1, 0), (1, 0)]


def test_as_json_nothing_else_is_on_standard_output(put, spoil, capsys) -> None:
    put(1, spoil)
    assert status("--format", "json") == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["total"], said["checked"], said["failures"]) == (1, 1, [])
    assert said["errors"] > 0


def test_what_could_not_be_checked_ends_with_two(put, monkeypatch, capsys) -> None:
    put(1)

    def load(_record):
        raise ValueError("broken")

    monkeypatch.setattr(audits, "load_record", load)
    assert status() == 2
    assert "系统出错" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("--year", "1999"), "没有公开文本"), (("--region", "无此地"), "没有地区“无此地”")],
)
def test_what_makes_no_sense_ends_with_two_and_a_line(put, capsys, arguments, words) -> None:
    put(1)
    assert status(*arguments) == 2
    said = capsys.readouterr()
    assert (said.out, words in said.err) == ("", True)
