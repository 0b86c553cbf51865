"""Places in the words printed there."""

from __future__ import annotations

from disclosures.admin import grids
from disclosures.plain.data import HORIZON_WORDS
from disclosures.plain.form_fields import OVERALL_TEXTS, PROJECT_TEXTS

from .forms import FUNDS

_FIELDS: dict[str, str] = {
    **PROJECT_TEXTS,
    **OVERALL_TEXTS,
    **{horizon.value: word for horizon, word in HORIZON_WORDS.items()},
    "indicators": "指标",
    "value": "指标值",
    "level3": "三级指标",
}
_OUTSIDE = ("概况", "名词解释")


def where_words(where: str | None) -> str:
    """A place in the grammar of the contract, in words: "表三 / 合计 / 项目支出", "情况说明 八 / 第 1 段"."""
    head, *rest = (where or "").split("/")
    if head == "N" and rest:
        section = rest[0] if rest[0] in _OUTSIDE else f"情况说明 {rest[0]}"
        return " / ".join([section, *(f"第 {part} 段" if part.isdecimal() else "标题" for part in rest[1:])])
    if head == "P" and rest:
        return " / ".join(["绩效目标", rest[0], *(_field(part) for part in rest[1:])])
    if head == "O" or head.startswith("O#"):
        return " / ".join(["整体绩效目标", *(_field(part) for part in rest)])
    return grids.where_words(where)


def _field(part: str) -> str:
    if part.isdecimal():
        return f"第 {part} 个"
    kind, *path = part.split(".")
    if kind == "funds" and len(path) == 2:
        return f"{_FIELDS.get(path[0], path[0])}资金{FUNDS.get(path[1], path[1])}"
    return _FIELDS.get(part, part)
