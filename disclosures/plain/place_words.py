"""Places of the contract in words: "表三 / 2080110 / 项目支出", "情况说明 八 / 第 1 段"."""

from __future__ import annotations

from disclosures.profiles import DEFAULT_PROFILE

from .data import HORIZON_WORDS, SIDE_WORDS
from .form_fields import FUND_WORDS, OVERALL_TEXTS, PROJECT_TEXTS

_OUTSIDE = ("概况", "名词解释")
_FIELDS: dict[str, str] = {
    **PROJECT_TEXTS,
    **OVERALL_TEXTS,
    **{horizon.value: word for horizon, word in HORIZON_WORDS.items()},
    "indicators": "指标",
    "value": "指标值",
    "level3": "三级指标",
    "funds": "资金",
}


def where_words(where: str | None) -> str:
    """A place in words; one that is not of the contract's grammar stays as it is."""
    head, *rest = (where or "").split("/")
    if head == "doc":
        return "全文"
    if head == "N" and rest:
        return " / ".join(_in_narrative(rest))
    if head == "P":
        return " / ".join(["绩效目标", *rest[:1], *(_field(part) for part in rest[1:])])
    if head == "O" or head.startswith("O#"):
        return " / ".join(["整体绩效目标", *(_field(part) for part in rest)])
    return _in_table(head, rest) or where or ""


def _in_narrative(rest: list[str]) -> list[str]:
    section = rest[0] if rest[0] in _OUTSIDE else f"情况说明 {rest[0]}"
    return [section, *(f"第 {part} 段" if part.isdecimal() else "标题" for part in rest[1:])]


def _in_table(table_id: str, rest: list[str]) -> str:
    decl = next((decl for decl in DEFAULT_PROFILE.tables if decl.id == table_id), None)
    if decl is None:
        return ""
    labels = {side.side.value: SIDE_WORDS[side.side] for side in decl.sides if side.side.value}
    labels |= {column.key: column.label for side in decl.sides for column in side.columns}
    return " / ".join([f"表{decl.ordinal}", *(labels.get(part, part) for part in rest)])


def _field(part: str) -> str:
    if part.isdecimal():
        return f"第 {part} 个"
    kind, *path = part.split(".")
    if kind == "funds" and len(path) == 2:
        return f"{_FIELDS.get(path[0], path[0])}资金{FUND_WORDS.get(path[1], path[1])}"
    return _FIELDS.get(part, part)
