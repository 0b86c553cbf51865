"""A small renderer of table rows into the lines of a PDF text-layer dump, and random tables that add up.

Only what the tests of flow tables need; the generator of whole documents is another thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from disclosures.plain.data import Side
from disclosures.profiles import ItemDecl, TableDecl
from disclosures.reading.blocks import Line

Value = str | None


@dataclass(frozen=True)
class Style:
    """How a dump looks."""

    wrap: int = 12  # characters of a label on one line
    spaces: str = "all"  # "all": a blank cell leaves a space; "some": often; "none": never
    unit: int = 1  # spaces between cells
    trailing: bool = True
    numbers: str = "own"  # of a wrapped row: on their "own" line, or with the "first", "middle", "last" one
    blank_lines: bool = True
    thousands: bool = False
    indent: bool = True
    page: int = 0  # rows on a page, whose header is then printed again; 0 for one page


@dataclass(frozen=True)
class Printed:
    """A printed row: labels and amounts as they follow one another."""

    cells: tuple[tuple[str, bool], ...]  # (text, whether it is a label)
    depth: int = 0


@dataclass(frozen=True)
class Expected:
    """What a reader should make of a row."""

    side: Side
    code: str
    name: str
    second: str
    values: tuple[Value, ...]


def shown(value: Value, style: Style) -> str:
    if value is None:
        return ""
    return f"{Decimal(value):,}" if style.thousands else value


def _parts(text: str, style: Style) -> list[str]:
    if not style.wrap or len(text) <= style.wrap:
        return [text]
    return [text[n : n + style.wrap] for n in range(0, len(text), style.wrap)]


def _join(cells: Sequence[str], style: Style, rng: Random, *, end: bool) -> str:
    """Cells on one line; what a blank one leaves depends on the style."""
    gap = " " * style.unit
    text = ""
    for n, cell in enumerate(cells):
        blank = not cell
        if blank and (style.spaces == "none" or (style.spaces == "some" and rng.random() < 0.3)):
            continue
        text += cell + (gap if n < len(cells) - 1 or (end and blank) else "")
    return text if style.trailing else text.rstrip(" ")


def _own_lines(row: Printed, style: Style, rng: Random) -> list[str]:
    """A wrapped label breaks the line: what stood before it, its parts, a blank line, what follows."""
    lines: list[str] = []
    waiting: list[str] = []
    for n, (text, is_label) in enumerate(row.cells):
        parts = _parts(text, style) if is_label else [text]
        if len(parts) == 1:
            waiting.append(("\u3000" * row.depth if n == 0 and style.indent else "") + text)
            continue
        if waiting:
            lines.append(_join(waiting, style, rng, end=False) or " ")
        parts[0] = ("\u3000" * row.depth if n == 0 and style.indent else "") + parts[0]
        lines.extend(parts)
        if style.blank_lines:
            lines.append("")
        waiting = []
    if any(waiting):
        lines.append(_join(waiting, style, rng, end=True))
    return lines


def _visual_lines(row: Printed, style: Style, rng: Random) -> list[str]:
    """The lines as the eye sees them: every cell's parts side by side, amounts on one of the lines."""
    columns = [(_parts(text, style) if is_label else [text]) for text, is_label in row.cells]
    height = max(map(len, columns))
    anchor = {"first": 0, "middle": (height - 1) // 2, "last": height - 1}[style.numbers]
    lines = []
    for y in range(height):
        cells = []
        for parts in columns:
            top = {"first": 0, "middle": anchor - (len(parts) - 1) // 2, "last": height - len(parts)}[style.numbers]
            cells.append(parts[y - top] if 0 <= y - top < len(parts) else "")
        if y == 0 and style.indent:
            cells[0] = "\u3000" * row.depth + cells[0]
        if y == anchor:
            lines.append(_join(cells, style, rng, end=True))
        else:
            lines.append(" ".join(cell for cell in cells if cell))
    return lines


def render(rows: Sequence[Printed], header: Sequence[str], style: Style, seed: int = 0) -> list[Line]:
    """The lines of a table, numbered from 1, blank ones left out as a reader leaves them out."""
    rng = Random(seed)
    texts = [*header]
    for n, row in enumerate(rows):
        if style.page and n and n % style.page == 0:
            texts.extend(header)
        if style.numbers == "own" or all(len(_parts(text, style)) == 1 for text, label in row.cells if label):
            texts.extend(_own_lines(row, style, rng))
        else:
            texts.extend(_visual_lines(row, style, rng))
        if style.blank_lines:
            texts.append("")
    return [Line(f"line {n}", text) for n, text in enumerate(texts, start=1) if text.strip()]


# ---------------------------------------------------------------- random tables that add up

_SYLLABLES = "综合业务管理信息系统运行维护服务人才培训就业社会保障补助专项经费设备采购改造工程监测宣传"
_WORDS = tuple(_SYLLABLES[n : n + 2] for n in range(0, len(_SYLLABLES), 2))
_UNIT_ENDS = ("局", "中心", "执法队", "学院", "服务站")


def project_name(rng: Random) -> str:
    name = "".join(rng.sample(_WORDS, rng.randint(2, 8)))
    if rng.random() < 0.15:
        name += f"（{rng.randint(2019, 2026)}年）"
    if rng.random() < 0.1:
        name = f"{rng.randint(2, 99)}年" + name
    return name


def cents(rng: Random, most: int = 300_000) -> Decimal:
    return Decimal(rng.randint(10, most)) / 100


def _text(value: Decimal) -> Value:
    return f"{value:.2f}" if value else None


def spread(rng: Random, width: int, weights: Sequence[float]) -> tuple[Decimal, ...]:
    """Amounts of one row by column, mostly one of them."""
    values = [Decimal(0)] * width
    for column in rng.choices(range(width), weights=weights, k=1 if rng.random() < 0.8 else 2):
        values[column] = cents(rng)
    return tuple(values)


def add(rows: Sequence[Sequence[Decimal]]) -> tuple[Decimal, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))  # type: ignore[arg-type]


def with_total(parts: Sequence[Decimal], outside: int = 0) -> tuple[Value, ...]:
    """Total and parts as printed; the last `outside` columns are not part of the total."""
    inside = parts[: len(parts) - outside] if outside else parts
    return tuple(_text(value) for value in (sum(inside, Decimal(0)), *parts))


@dataclass(frozen=True)
class Sample:
    """Rows as printed and as they should be read."""

    printed: tuple[Printed, ...]
    expected: tuple[Expected, ...]


def _one(labels: Sequence[str], values: Sequence[Value], style: Style, depth: int = 0) -> Printed:
    cells = [(text, True) for text in labels] + [(shown(value, style), False) for value in values]
    return Printed(tuple(cells), depth)


def code_table(rng: Random, style: Style, width: int, outside: int = 0) -> Sample:
    """T02, T03, T05: three digits over five over seven."""
    rows: list[tuple[str, str, tuple[Decimal, ...]]] = []
    weights = [6.0, *([1.5] * (width - 1))]
    for top in sorted(rng.sample(range(201, 235), rng.randint(1, 4))):
        of_top = []
        below: list[tuple[str, str, tuple[Decimal, ...]]] = []
        for middle in sorted(rng.sample(range(1, 30), rng.randint(1, 3))):
            leaves = [
                (f"{top}{middle:02d}{leaf:02d}", project_name(rng), spread(rng, width, weights))
                for leaf in sorted(rng.sample(range(1, 99), rng.randint(1, 5)))
            ]
            total = add([values for _, _, values in leaves])
            below.append((f"{top}{middle:02d}", project_name(rng), total))
            below.extend(leaves)
            of_top.append(total)
        rows.append((str(top), project_name(rng), add(of_top)))
        rows.extend(below)
    whole = add([values for code, _, values in rows if len(code) == 3])
    table = [("", "合计", with_total(whole, outside))]
    table += [(code, name, with_total(values, outside)) for code, name, values in rows]
    printed = tuple(_one([code, name] if code else [name, ""], values, style) for code, name, values in table)
    return Sample(printed, tuple(Expected(Side.ONE, code, name, "", values) for code, name, values in table))


def project_table(rng: Random, style: Style, width: int) -> Sample:
    """T12, T13: department, units, projects."""
    weights = [8.0, *([1.0] * (width - 1))]
    units = []
    city = rng.choice(["平川市", "云岭县", "青河区"])
    for _ in range(rng.randint(1, 5)):
        projects = [(project_name(rng), spread(rng, width, weights)) for _ in range(rng.randint(1, 8))]
        unit = city + "".join(rng.sample(_WORDS, rng.randint(1, 5))) + rng.choice(_UNIT_ENDS)
        units.append((unit, add([values for _, values in projects]), projects))
    table: list[tuple[int, str, tuple[Decimal, ...]]] = [
        (0, city + "人力资源和社会保障局", add([values for _, values, _ in units]))
    ]
    for unit, total, projects in units:
        table.append((1, unit, total))
        table.extend((2, name, values) for name, values in projects)
    printed = tuple(_one([name], with_total(values), style, depth) for depth, name, values in table)
    return Sample(printed, tuple(Expected(Side.ONE, "", name, "", with_total(values)) for _, name, values in table))


_GOVERNMENT = ("工资奖金津补贴", "社会保障缴费", "工资福利支出", "商品和服务支出", "办公经费", "委托业务费", "离退休费")
_DEPARTMENT = (
    "基本工资",
    "津贴补贴",
    "机关事业单位基本养老保险缴费",
    "其他社会保障缴费",
    "办公费",
    "公务用车运行维护费",
)
_GROUPS = ("工资福利支出", "商品和服务支出", "对个人和家庭的补助", "资本性支出")


def pair_table(rng: Random, style: Style) -> Sample:
    """T06: groups, and pairs of classes under them; a group is all personnel or all public use."""
    table: list[tuple[str, str, tuple[Decimal, ...]]] = []
    totals = []
    for group in _GROUPS[: rng.randint(2, 4)]:
        column = 1 if group == "商品和服务支出" else 0
        rows = []
        for department in rng.sample(_DEPARTMENT, rng.randint(1, 5)):
            values = [Decimal(0), Decimal(0)]
            values[column] = cents(rng)
            rows.append((department, rng.choice(_GOVERNMENT), tuple(values)))
        total = add([values for _, _, values in rows])
        totals.append(total)
        table.extend([(group, "", total), *rows])
    table.insert(0, ("合计", "", add(totals)))
    printed = tuple(_one([first, second], with_total(values), style) for first, second, values in table)
    return Sample(printed, tuple(Expected(Side.ONE, "", a, b, with_total(values)) for a, b, values in table))


def item_table(rng: Random, style: Style, decl: TableDecl) -> Sample:
    """T01, T04: income items beside expenditure items, each side adding up."""
    income_side, spent_side = decl.sides
    width = len(spent_side.columns) - 1
    categories = [item for item in spent_side.items if item.functional_code]
    amounts = {item.id: (Decimal(0),) * width for item in spent_side.items}
    for item in rng.sample(categories, rng.randint(2, 6)):
        amounts[item.id] = spread(rng, width, [4.0, *([1.0] * (width - 1))])
    whole = add(list(amounts.values()))
    amounts |= {"expenditure_this_year": whole, "expenditure_total": whole}
    money = {item.id: Decimal(0) for item in income_side.items}
    money["general_public"], money["carried_over"] = cents(rng, 9_000_000), cents(rng)
    money["income_this_year"] = money["general_public"]
    money["income_total"] = money["general_public"] + money["carried_over"]
    if "carried_over_general_public" in money:
        money["carried_over_general_public"] = money["carried_over"]
    return _side_by_side(decl, money, amounts, style)


def _side_by_side(
    decl: TableDecl, money: dict[str, Decimal], amounts: dict[str, tuple[Decimal, ...]], style: Style
) -> Sample:
    income_side, spent_side = decl.sides
    tail = ("expenditure_this_year", "year_end_carry_over", "expenditure_total")
    split = next(n for n, item in enumerate(income_side.items) if item.id == "income_this_year")
    upper, lower = income_side.items[:split], income_side.items[split:]
    spent_upper = [item for item in spent_side.items if item.id not in tail]
    left = [*upper, *([None] * (len(spent_upper) - len(upper))), *lower]
    right: list[ItemDecl | None] = [*spent_upper, *(spent_side.item(item_id) for item_id in tail[:-1])]
    right += [None] * (len(left) - 1 - len(right))
    right.append(spent_side.item(tail[-1]))
    blank: tuple[Value, ...] = (None,) * len(spent_side.columns)
    printed = []
    for first, second in zip(left, right, strict=True):
        one = shown(_text(money[first.id]), style) if first else ""
        many = with_total(amounts[second.id]) if second else blank
        cells = [((first.marker or "") + first.item if first else "", True), (one, False)]
        cells += [((second.marker or "") + second.item if second else "", True)]
        cells += [(shown(value, style), False) for value in many]
        printed.append(Printed(tuple(cells)))
    expected = [Expected(Side.INCOME, "", item.item, "", (_text(money[item.id]),)) for item in left if item]
    expected += [Expected(Side.EXPENDITURE, "", item.item, "", with_total(amounts[item.id])) for item in right if item]
    return Sample(tuple(printed), tuple(expected))
