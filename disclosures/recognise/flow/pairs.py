"""Rows of T06: a department economic class and, mostly, a government economic class in front of the amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from disclosures.plain.text import fold, squeeze

from .names import group_lines
from .pieces import Piece
from .rawrow import RawRow

# 政府预算支出经济分类科目 (财预〔2017〕98号): the classes a government economic class can be printed as.
_GOVERNMENT = (
    "工资奖金津补贴",
    "社会保障缴费",
    "住房公积金",
    "其他工资福利支出",
    "办公经费",
    "会议费",
    "培训费",
    "专用材料购置费",
    "委托业务费",
    "公务接待费",
    "因公出国（境）费用",
    "公务用车运行维护费",
    "维修（护）费",
    "其他商品和服务支出",
    "房屋建筑物购建",
    "基础设施建设",
    "公务用车购置",
    "设备购置",
    "土地征迁补偿和安置支出",
    "大型修缮",
    "其他资本性支出",
    "工资福利支出",
    "商品和服务支出",
    "其他对事业单位补助",
    "资本性支出",
    "资本性支出（一）",
    "资本性支出（基本建设）",
    "费用补贴",
    "利息补贴",
    "其他对企业补助",
    "社会福利和救助",
    "助学金",
    "个人农业生产补贴",
    "离退休费",
    "其他对个人和家庭补助",
    "其他对个人和家庭的补助",
    "其他支出",
    "预备费",
    "预留",
    "赠与",
    "国家赔偿费用支出",
)
_GROUPS = (
    "工资福利支出",
    "商品和服务支出",
    "对个人和家庭的补助",
    "对个人和家庭补助",
    "资本性支出",
    "资本性支出（基本建设）",
    "资本性支出（一）",
    "债务利息及费用支出",
    "对企业补助",
    "对社会保障基金补助",
    "其他支出",
    "合计",
    "总计",
)
_MOST_DIVISIONS = 256


@dataclass(frozen=True, slots=True)
class _Known:
    """Names seen whole in this table or known from the classification, folded."""

    department: frozenset[str]
    government: frozenset[str]
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A reading of the words of a row as its two classes, and how well it reads."""

    department: str
    government: str
    score: float


def _known(pieces: Sequence[Piece]) -> _Known:
    """Learn from rows on one line: two words and their amounts, nothing wrapped around them."""
    seen = [(fold(p.words[0]), fold(p.words[1])) for p in pieces if len(p.words) == 2 and p.run is not None]
    government = {fold(name) for name in _GOVERNMENT}
    return _Known(
        frozenset(first for first, second in seen if second in government),
        frozenset(government),
        frozenset(fold(name) for name in _GROUPS),
    )


def _score(department: str, government: str, known: _Known, *, split: int) -> float:
    score = -2.0 * split
    if government:
        score += 4.0 if fold(government) in known.government else -1.0
        score += 2.0 if fold(department) in known.department else 0.0
        return score if department else score - 5.0
    return score + (1.0 if fold(department) in known.groups else -2.0)


def read_pair(lines: Sequence[Sequence[str]], known: _Known) -> Pair:
    """Divide the words of a row, line by line, into its two classes: the left ones and the right ones."""
    choices = [range(len(words), -1, -1) for words in lines]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > _MOST_DIVISIONS:
        words = [word for line in lines for word in line]
        return Pair(squeeze("".join(words[:-1])), squeeze(words[-1]), -10.0)
    best = Pair("", "", float("-inf"))
    for cuts in product(*choices):
        left = [words[:cut] for words, cut in zip(lines, cuts, strict=True)]
        right = [words[cut:] for words, cut in zip(lines, cuts, strict=True)]
        # Words that a space parts on one line are seldom one name.
        split = sum(max(0, len(part) - 1) for part in (*left, *right))
        department = squeeze("".join(word for part in left for word in part))
        government = squeeze("".join(word for part in right for word in part))
        score = _score(department, government, known, split=split)
        if score > best.score:
            best = Pair(department, government, score)
    return best


def paired_rows(pieces: Sequence[Piece], columns: int) -> list[RawRow]:
    """Put the rows of a table with two classes together."""
    known = _known(pieces)

    def label_score(lines: Sequence[Piece]) -> float:
        return read_pair([line.words for line in lines], known).score

    rows = []
    for group in group_lines(pieces, columns, label_score):
        row = group.row()
        pair = read_pair([line.words for line in group.lines if line.words], known)
        row.names, row.second = [pair.department], pair.government
        if row.doubt is None and (pair.score < 0 and pair.government == ""):
            row.doubt = "没有读到政府预算支出经济科目"
        rows.append(row)
    return rows
