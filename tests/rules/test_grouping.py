"""One cause, one finding, at the cell most likely wrong."""

from dataclasses import replace

import pytest

from audit.engine import check
from audit.grouping import transposed
from disclosures.plain.data import Disclosure
from tests.rules.builders import section, table, tiny

CODES = """合计 | {top} | 4.00 | {project}
208 社会保障 | 10.00 | 4.00 | {project}
20801 管理 | 7.00 | 4.00 | 3.00
2080101 行政运行 | 4.00 | 4.00 |
2080102 事务 | {leaf_total} | | {leaf}
20805 养老 | 3.00 | | 3.00"""


def document(**cells: str) -> Disclosure:
    """T02, T03 and T05 of one small department that agree, but for the given cells of T03."""
    right = {"top": "10.00", "project": "6.00", "leaf": "3.00", "leaf_total": "3.00"}
    income = "\n".join(
        f"{label} | {amount} | {amount}"
        for label, amount in (
            ("合计", "10.00"),
            ("208 社会保障", "10.00"),
            ("20801 管理", "7.00"),
            ("2080101 行政运行", "4.00"),
            ("2080102 事务", "3.00"),
            ("20805 养老", "3.00"),
        )
    )
    return tiny(T02=income, T03=CODES.format(**{**right, **cells}), T05=CODES.format(**right))


def found(disclosure: Disclosure) -> list[tuple[str, str | None]]:
    return [
        (f.where, f.expected) for f in check(disclosure).findings if f.rule[0] in "TX" and f.rule != "X-TABLE-EMPTY"
    ]


def test_the_small_department_is_right() -> None:
    assert found(document()) == []


def test_a_leaf_that_breaks_its_row_its_parent_and_a_bound_is_one_finding_at_the_leaf() -> None:
    assert found(document(leaf="2.00")) == [("T03/2080102/project", "3.00")]


def test_a_total_that_breaks_the_tables_is_one_finding_at_the_total() -> None:
    assert found(document(leaf_total="13.00")) == [("T03/2080102/total", "3.00")]


def test_two_causes_are_two_findings() -> None:
    both = {where for where, _ in found(document(leaf="2.00", top="11.00"))}
    assert both == {"T03/2080102/project", "T03/合计/total"}


def test_a_missing_line_is_one_finding_though_its_parent_fails_too() -> None:
    lines = CODES.format(top="10.00", project="6.00", leaf="3.00", leaf_total="3.00").splitlines()
    right = document()
    spoiled = table("T03", "\n".join(line for line in lines if "20805" not in line))
    wrong = replace(right, tables=tuple(spoiled if t.id == "T03" else t for t in right.tables))
    findings = [f for f in check(wrong).findings if f.where.startswith("T03") and f.rule[0] in "TX"]
    assert [f.rule for f in findings] == ["X-LINE-MISSING"]
    assert "表三缺少“20805 养老”一行" in findings[0].message


def test_every_printed_cell_of_the_failed_statements_is_in_evidence() -> None:
    result = check(tiny(T07="合计 | 9.00\n1030148 甲 | 4.00\n1030150 乙 | 4.00"))
    finding = next(f for f in result.findings if f.rule == "T-CODE-TOTAL")
    places = {finding.where, *(item.where for item in finding.evidence)}
    assert places == {"T07/合计/amount", "T07/1030148/amount", "T07/1030150/amount"}


def test_exchanged_digits_are_named() -> None:
    result = check(tiny(T05="合计 | 69.64 | 69.64\n208 社会保障 | 69.46 | 69.46"))
    assert any("疑为数字颠倒" in f.message for f in result.findings)


@pytest.mark.parametrize(
    ("printed", "right", "is_so"),
    [
        ("6964.92", "6946.92", True),
        ("65.10", "61.50", True),
        ("12.34", "12.34", False),
        ("12.34", "21.43", False),
        ("12.3", "12.34", False),
        ("1234.00", "4231.00", False),
    ],
)
def test_exchanged_means_two_neighbours(printed: str, right: str, is_so: bool) -> None:
    assert transposed(printed, right) is is_so


def test_values_do_not_change_the_fingerprint_but_the_place_does() -> None:
    first, second, other = (
        next(f for f in check(tiny(T03=row)).findings if f.rule == "T-ROW-SUM")
        for row in ("208 类 | 12.00 | 4.00 | 6.00", "208 类 | 13.00 | 4.00 | 6.00", "210 类 | 12.00 | 4.00 | 6.00")
    )
    assert first.fingerprint == second.fingerprint != other.fingerprint
    assert first.difference == "+2.00"


def test_counts_are_shown_as_whole_numbers_and_percentages_with_their_sign() -> None:
    said = (
        "纳入绩效目标管理的二级项目3个，共计金额6.00万元。其中：其他运转类项目1个，涉及金额1.00万元；"
        "特定目标类项目1个，涉及金额5.00万元。公开项目绩效目标3个，涉及项目金额6.00万元，占部门项目支出总额的97%。"
    )
    project = "project: 甲 | 6.00 | 6.00"
    document = tiny(section("十", said), T03="合计 | 10.00 | 4.00 | 6.00", T12=project)
    messages = {finding.rule: finding.message for finding in check(document).findings}
    assert " 3，与" in messages["N-PROJECT-CLASSES"]
    assert "之和 2不一致，相差 +1。" in messages["N-PROJECT-CLASSES"]
    assert "” 97%，与" in messages["N-PROJECT-SHARE"]
