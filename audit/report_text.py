"""The result of a check as a person reads it: most serious first, grouped by table and section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from disclosures.plain.sources import source_words

from .findings import CheckResult, Evidence, Finding, NotChecked, Severity

_ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三")
_SHOWN_EVIDENCE = 4
_OUTSIDE = ("概况", "名词解释")


def part_of(where: str) -> str:
    """The part of the document a place stands in, in words: 表三, 情况说明 五, 绩效目标, 全文."""
    head, _, rest = where.partition("/")
    if re.fullmatch(r"T\d\d", head):
        return f"表{_ORDINALS[int(head[1:]) - 1]}"
    if head == "N":
        section = rest.partition("/")[0]
        return section if section in _OUTSIDE else f"情况说明 {section}".strip()
    if head == "P":
        return "项目绩效目标"
    return "整体绩效目标" if head.startswith("O") else "全文"


def _order(where: str) -> tuple[int, int]:
    """Tables first, then the narrative, the forms, the document."""
    head, _, rest = where.partition("/")
    if head.startswith("T"):
        return 0, int(head[1:]) if head[1:].isdecimal() else 0
    if head == "N":
        section = rest.partition("/")[0]
        return 1, _ORDINALS.index(section) if section in _ORDINALS else 99
    return {"P": 2}.get(head, 3), 0


def _evidence_line(items: tuple[Evidence, ...]) -> str:
    shown = [f"{item.where}{f' {item.value}' if item.value else ''}" for item in items[:_SHOWN_EVIDENCE]]
    more = f" 等 {len(items)} 处" if len(items) > _SHOWN_EVIDENCE else ""
    return "；".join(shown) + more


def _finding_lines(finding: Finding) -> Iterator[str]:
    yield f"    · {finding.message}"
    values = [
        f"{label} {value}"
        for label, value in (("现值", finding.actual), ("应为", finding.expected), ("差额", finding.difference))
        if value
    ]
    place = " · ".join(part for part in (finding.where, source_words(finding.source), finding.rule) if part)
    yield f"      {place}" + (f"（{'，'.join(values)}）" if values else "")
    if finding.evidence:
        yield f"      对照：{_evidence_line(finding.evidence)}"


def _severity_lines(severity: Severity, findings: Iterable[Finding]) -> Iterator[str]:
    chosen = sorted((f for f in findings if f.severity is severity), key=lambda f: _order(f.where))
    if not chosen:
        return
    yield ""
    yield f"{severity.label} {len(chosen)}"
    for part, group in groupby(chosen, key=lambda f: part_of(f.where)):
        yield f"  {part}"
        for finding in group:
            yield from _finding_lines(finding)


def _silent_lines(items: tuple[NotChecked, ...]) -> Iterator[str]:
    if items:
        yield ""
        yield f"未核对 {len(items)}"
    for item in items:
        yield f"    · {item.reason}（{'，'.join(part for part in (item.where, item.rule) if part)}）"


def report(result: CheckResult, name: str = "") -> str:
    """The whole report, ending in a line break."""
    counts = [f"{severity.label} {result.count(severity)}" for severity in Severity]
    title = f"{result.department} {result.fiscal_year} 年" + (f"（{name}）" if name else "")
    lines = [title, " · ".join([*counts, f"未核对 {len(result.not_checked)}", f"共核对 {result.checks_run} 处"])]
    for severity in Severity:
        lines += _severity_lines(severity, result.findings)
    if not result.findings:
        lines += ["", "没有发现问题。"]
    lines += _silent_lines(result.not_checked)
    return "\n".join(lines) + "\n"
