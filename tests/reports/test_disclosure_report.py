"""The report of one disclosure: what it says is what is on file, no more and no less."""

from __future__ import annotations

import io

import docx
import pytest

from audit import models
from audit.findings import Severity
from audit.reports.content import DisclosureReport, Head, Item
from audit.reports.disclosure import write_report
from audit.services import mute_rule, waive_finding
from audit.services.reports import disclosure_report, reported
from disclosures.errors import NotVisibleError, RefusedError
from disclosures.models import Disclosure, Role, User
from disclosures.services.remarks import add_remark


def _texts(data: bytes) -> tuple[list[str], list[list[list[str]]]]:
    document = docx.Document(io.BytesIO(data))
    return (
        [paragraph.text for paragraph in document.paragraphs if paragraph.text],
        [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables],
    )


def _written(record: Disclosure) -> tuple[str, list[list[list[str]]]]:
    paragraphs, tables = _texts(write_report(disclosure_report(reported(None, record.pk))))
    return "\n".join(paragraphs), tables


def _lines(tables, *heads: str) -> list[list[str]]:
    """The lines of all tables that have these heads."""
    return [row for table in tables if all(head in table[0] for head in heads) for row in table[1:]]


def test_every_finding_stands_with_place_values_and_source(record):
    text, tables = _written(record)
    lines = _lines(tables, "问题与建议")
    findings = models.Finding.objects.filter(disclosure=record)
    assert findings.exists()
    assert len(lines) == findings.count()
    for finding in findings:
        (line,) = [line for line in lines if line[2].startswith(finding.message)]
        assert "原件第 " in line[1]
        if finding.expected and len(finding.expected) < 9:
            assert finding.expected in line[4].replace(",", "")
            assert (f"改为“{finding.expected}”" if finding.actual else f"应填“{finding.expected}”") in line[2]
    errors = findings.filter(severity="error").count()
    assert f"错误{errors}个" in text
    assert "不宜公开" in text


def test_the_head_names_the_file_and_its_hash(record):
    _, tables = _written(record)
    facts = {cell for row in tables[0] for cell in row}
    assert {record.source_file.sha256, record.source_file.name, "2026年", "待修改"} <= facts


def test_the_summary_adds_up(record):
    _, tables = _written(record)
    lines = _lines(tables, "类别", "合计")
    *families, total = [[int(cell or 0) for cell in line[1:]] for line in lines]
    assert [sum(column) for column in zip(*families, strict=True)] == total
    assert total[3] == models.Finding.objects.filter(disclosure=record).count()


def test_waivers_remarks_and_muted_rules_are_told_with_who_and_why(record, reviewer):
    first, second, *_ = models.Finding.objects.filter(disclosure=record).exclude(rule="").order_by("pk")
    administrator = User.objects.create(username="管理", role=Role.ADMINISTRATOR)
    waive_finding(reviewer, first.pk, "上级文件另有规定")
    add_remark(reviewer, record.pk, "请核对原始凭证", fingerprint=second.fingerprint)
    add_remark(reviewer, record.pk, "封面请用全称")
    text, tables = _written(record)
    assert any("上级文件另有规定" in line[3] and "审核" in line[3] for line in _lines(tables, "理由和同意人"))
    assert any("批注（审核）：请核对原始凭证" in line[2] for line in _lines(tables, "问题与建议"))
    assert [line[2] for line in _lines(tables, "批注人")] == ["封面请用全称"]
    assert not any(line[2].startswith(first.message) for line in _lines(tables, "问题与建议"))
    assert "另有1个问题经审核同意豁免" in text
    mute_rule(administrator, second.rule, record.department.region, "规则有误")
    text, tables = _written(record)
    assert [line[1:4] for line in _lines(tables, "停用人")] == [["青山市", "规则有误", "管理"]]
    assert "由此略去的问题" in text


def test_what_could_not_be_checked_is_told(record):
    run = models.AuditRun.objects.filter(disclosure=record).latest("pk")
    assert run.not_checked
    _, tables = _written(record)
    assert {line[2] for line in _lines(tables, "没有核对的原因")} == {reason for _, reason, _ in run.not_checked}


def test_without_errors_it_says_that_it_may_be_published():
    head = Head("某局", "", 2026, "部门预算", 1, "待修改", _today(), None, rules_run=3, checks_run=5)
    paragraphs, tables = _texts(write_report(DisclosureReport(head, ())))
    text = "".join(paragraphs)
    assert "没有发现问题" in text
    assert "可以公开" in text
    assert not _lines(tables, "问题与建议")
    assert not any(heading in text for heading in ("错误（", "已豁免", "未能核对", "批注"))


def test_overlong_names_and_odd_characters_are_carried():
    item = Item(
        Severity.ERROR,
        "格式",
        "X",
        "标题",
        "",
        "",
        "表三 / " + "很长的科目名称" * 60,
        None,
        "",
        "<b>&\x00\x0b" + "长" * 5000,
        "甲" * 400,
        "=1+1",
        "",
    )
    head = Head("某" * 200, "区", 2026, "部门预算", 1, "待修改", _today())
    _, tables = _texts(write_report(DisclosureReport(head, (item,))))
    (line,) = _lines(tables, "问题与建议")
    assert line[2].startswith("<b>&")
    assert len(line[2]) < 1500
    assert line[3] == "见左"


def test_what_was_changed_since_the_check_is_admitted(record):
    Disclosure.objects.filter(pk=record.pk).update(revision=record.revision + 1)
    assert "核对之后内容又有改动" in _written(record)[0]


def test_what_was_never_checked_has_no_report(record):
    models.AuditRun.objects.filter(disclosure=record).delete()
    with pytest.raises(RefusedError, match="还没有核对"):
        disclosure_report(record)


def test_nobody_from_elsewhere_gets_it(record):
    stranger = User.objects.create(username="远方", role=Role.CLERK)
    with pytest.raises(NotVisibleError):
        reported(stranger, record.pk)


def test_queries_do_not_grow_with_the_findings(record, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        disclosure_report(reported(None, record.pk))


def _today():
    from datetime import date

    return date(2026, 11, 21)
