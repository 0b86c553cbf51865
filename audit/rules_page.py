"""The page of all rules in docs, written from the catalogue."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from .catalogue import Rule, rules

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"

KINDS = {
    "T": "表内关系",
    "X": "表间关系",
    "C": "科目编码与名称",
    "N": "情况说明",
    "P": "绩效目标",
    "D": "文本整体",
    "S": "文本之间",
}
_HEAD = """# 全部规则

本页由 `python manage.py document_rules` 根据规则目录生成，请勿手工修改。

金额按印出的位数理解为区间：12.34 表示 [12.335, 12.345]。
等式两边的区间不可能相等时才算不符，因此四舍五入的尾差不会报错。空白按零计。
"""


def _years(rule: Rule) -> str:
    first, last = rule.years
    if first is None and last is None:
        return ""
    return f"适用年度：{first or '…'}—{last or '…'}"


def _entry(rule: Rule) -> str:
    facts = [rule.severity.label, f"`{rule.family.value}`", "、".join(rule.tables), _years(rule)]
    return "\n".join(
        (
            f"### {rule.id} {rule.title}",
            "",
            " · ".join(fact for fact in facts if fact),
            "",
            f"- 规则：{rule.statement}",
            f"- 依据：{rule.basis}",
            f"- 示例：{rule.example}",
            "",
        )
    )


def page() -> str:
    """The text of docs/rules.md."""
    ordered = sorted(rules().values(), key=lambda rule: list(KINDS).index(rule.id[0]))
    parts = [_HEAD]
    for kind, group in groupby(ordered, key=lambda rule: rule.id[0]):
        entries = list(group)
        parts.append(f"## {KINDS[kind]}（{len(entries)} 条）\n")
        parts += [_entry(rule) for rule in entries]
    return "\n".join(parts)
