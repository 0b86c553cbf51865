"""Basic expenditure: T06 by economic class against T05, T10 and T11."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import AT_MOST, Outcome, Rule
from audit.constraints import Linear
from audit.context import CheckContext
from audit.equations import equal, ready, table_rule, within
from audit.figures import Figure
from audit.findings import Evidence, Family, Severity
from audit.intervals import ZERO
from audit.tables import IndexedRow
from disclosures.plain.data import Side
from disclosures.plain.text import fold
from disclosures.profiles import ItemDecl

# How T06 names the classes that T10 names otherwise.
_CLASS_NAMES = {"abroad": ("因公出国（境）费用",), "vehicle_purchase": ("公务用车购置",)}
_T10_ITEMS = ("abroad", "reception", "vehicle_purchase", "vehicle_running")


def basic_by_class(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T06 合计 = T05 合计 basic."""
    yield from ready(rule, context.table("T05"), context.table("T06"))
    yield from equal(rule, context.total("T06", "total"), context.total("T05", "basic"))


def classes_of_items(context: CheckContext) -> Iterator[tuple[ItemDecl, tuple[Figure, ...]]]:
    """Each item of T10 with the printed cells of T06 whose class bears its name."""
    side = context.table("T10").decl.side(Side.ONE)
    for item_id in _T10_ITEMS:
        decl = side.item(item_id)
        names = {fold(name) for name in (decl.item, *decl.variants, *_CLASS_NAMES.get(item_id, ()))}
        cells = (row["total"] for row in context.table("T06").rows if fold(row.name) in names)
        parts = tuple(figure for figure in cells if not figure.is_blank)
        if parts:
            yield decl, parts


def classes_within_items(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """Classes of T06 that bear a T10 item's name ≤ that item's general public money."""
    items = context.table("T10")
    yield from ready(rule, context.table("T06"), items)
    for decl, parts in classes_of_items(context) if items.has_data else ():
        row = items.item(decl.id)
        allowed = (row["general_public"],) if row is not None else ()
        words = "" if row is not None else f"表十没有列出的“{decl.item}”"
        yield Linear(rule, parts, allowed, at_most=True, right_words=words)


def operating_costs(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T11 general public money ≤ T06 public use."""
    yield from ready(rule, context.table("T06"), context.table("T11"))
    yield from within(rule, (context.total("T11", "general_public"),), (context.total("T06", "public_use"),))


def costs_of_institutions(context: CheckContext, rule: Rule) -> Iterator[Outcome]:
    """T11 equals all public use although part of it is paid to institutions (事业单位), whose costs do not count."""
    costs, everything = context.total("T11", "general_public"), context.total("T06", "public_use")
    yield from ready(rule, context.table("T06"), context.table("T11"))
    if costs is None or everything is None or costs.is_blank:
        return
    paid = [row["public_use"] for row in context.table("T06").rows if _to_institution(row)]
    amount = sum((figure.middle for figure in paid), ZERO)
    if amount > sum((figure.half for figure in paid), ZERO) and not Linear(rule, (costs,), (everything,)).fails():
        yield rule.finding(
            costs.place,
            {"costs": costs.text or "", "amount": f"{amount:f}"},
            actual=costs.text,
            evidence=[Evidence(f.place, f.text, f.source) for f in (everything, *paid) if not f.is_blank],
            source=costs.source,
        )


def _to_institution(row: IndexedRow) -> bool:
    """Goods and services under 505 (对事业单位经常性补助), which prints the department's own class name again."""
    return row.row is not None and fold(row.row.second_name) == fold("商品和服务支出")


RULES = (
    table_rule(
        "X-T05-T06",
        "基本支出经济科目合计",
        "表六合计 = 表五合计的基本支出",
        ("T05", "T06"),
        "表六合计 861.57 万元，与表五基本支出合计 816.57 万元不一致，相差 +45.00 万元，疑为数字颠倒。",
        basic_by_class,
    ),
    table_rule(
        "X-T06-T10",
        "经济科目不大于“三公”经费",
        "表六中与表十同名的科目（公务接待费等）之和 ≤ 表十该项的一般公共预算",
        ("T06", "T10"),
        "表六“公务接待费（公务接待费）” 2.10 万元，大于表十“公务接待费”一般公共预算 1.20 万元，相差 +0.90 万元。",
        classes_within_items,
        AT_MOST,
    ),
    table_rule(
        "X-T06-T11",
        "机关运行经费不大于公用经费",
        "表十一合计的一般公共预算 ≤ 表六合计的公用经费",
        ("T06", "T11"),
        "表十一一般公共预算合计 91.07 万元，大于表六公用经费合计 51.07 万元，相差 +40.00 万元。",
        operating_costs,
        AT_MOST,
    ),
    Rule(
        id="X-T11-INSTITUTIONS",
        title="机关运行经费含事业单位公用经费",
        statement="表十一 = 表六全部公用经费，而其中有对事业单位的商品和服务支出时，疑把事业单位计入机关运行经费",
        tables=("T06", "T11"),
        family=Family.CROSS_TABLE,
        severity=Severity.WARNING,
        basis="机关运行经费限于行政单位和参照公务员法管理的事业单位；财预〔2016〕143号",
        message="表十一机关运行经费 {costs} 万元等于表六全部公用经费，其中对事业单位的商品和服务支出有 {amount} 万元，"
        "疑将事业单位公用经费计入。",
        example="表十一机关运行经费 51.07 万元等于表六全部公用经费，其中对事业单位的商品和服务支出有 42.03 万元，"
        "疑将事业单位公用经费计入。",
        check=costs_of_institutions,
    ),
)
