"""The whole disclosure as a zip of CSV files: UTF-8 as Excel opens it, Chinese headings, no text that is a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from disclosures.plain.cells import canonical, guarded
from disclosures.plain.data import HORIZON_WORDS, SIDE_WORDS, Disclosure, Indicator, Table
from disclosures.plain.form_fields import FUND_KEYS, OVERALL_FUNDS, OVERALL_TEXTS, PROJECT_TEXTS
from disclosures.profiles import LABEL_HEADS, PROFILES, Hierarchy, TableDecl

Rows = Iterable[Sequence[str | None]]
_FUNDS = {
    "total": "合计",
    "central": "中央",
    "provincial": "省级",
    "local": "市县（区）",
    "self_raised": "单位自筹",
    "other": "其他",
}
_EPOCH = (2000, 1, 1, 0, 0, 0)  # the same data gives the same archive
_UNSAFE_NAME = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


def write_csv(disclosure: Disclosure) -> bytes:
    """One file for each table, and for narrative, target forms and indicators, zipped."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, header, rows) in enumerate(_files(disclosure), start=1):
            entry = zipfile.ZipInfo(f"{number:02d}_{name.translate(_UNSAFE_NAME)}.csv", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, csv_bytes(header, rows))
    return out.getvalue()


def csv_bytes(header: Sequence[str], rows: Rows) -> bytes:
    """One CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([guarded(canonical(cell)) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _files(disclosure: Disclosure) -> Iterator[tuple[str, Sequence[str], Rows]]:
    profile = PROFILES[disclosure.profile]
    for table in disclosure.tables:
        decl = profile.table(table.id)
        header, rows = table_rows(decl, table)
        yield f"表{decl.ordinal}_{decl.short_title}", header, rows
    for other in disclosure.other_tables:
        columns = [f"第{n}列" for n in range(1, max((len(row) for row in other.rows), default=0) + 1)]
        yield f"其他表格_{(other.title or '')[:40]}", columns, other.rows
    yield "情况说明", ("部分", "标题", "段", "内容"), _narrative(disclosure)
    yield "整体支出绩效目标", ("单位", "项", "内容"), _overall(disclosure)
    yield "项目支出绩效目标", _project_header(), _projects(disclosure)
    yield (
        "绩效指标",
        ("表", "项目（单位）", "期间", "一级指标", "二级指标", "三级指标", "指标值"),
        _indicators(disclosure),
    )


def table_rows(decl: TableDecl, table: Table) -> tuple[list[str], Rows]:
    """Header and rows of a budget table, both sides below each other; blank amounts stay blank."""
    nests = decl.hierarchy in (Hierarchy.NESTING, Hierarchy.UNITS)
    labels = list(dict.fromkeys(label for side in decl.sides for label in side.labels))
    columns = {column.key: column.label for side in decl.sides for column in side.columns}
    header = ["收支"] if decl.two_sided else []
    header += [LABEL_HEADS[label] for label in labels] + (["所属单位"] if nests else []) + list(columns.values())

    def rows() -> Iterator[list[str | None]]:
        for row in table.rows:
            texts = {"code": row.code, decl.side(row.side).labels[-1]: row.name}
            if decl.hierarchy is Hierarchy.GROUP:
                texts = {"dept_econ": row.name, "gov_econ": row.second_name}
            amounts = {key: cell.value for key, cell in row.cells}
            yield [
                *([SIDE_WORDS[row.side]] if decl.two_sided else []),
                *(texts.get(label, "") for label in labels),
                *([row.unit_name] if nests else []),
                *(amounts.get(key) for key in columns),
            ]

    return header, rows()


def _narrative(disclosure: Disclosure) -> Iterator[list[str | None]]:
    for section in disclosure.sections:
        for number, paragraph in enumerate(section.paragraphs, start=1):
            yield [section.numeral, section.heading, str(number), paragraph.text]


def _overall(disclosure: Disclosure) -> Iterator[list[str | None]]:
    for target in disclosure.overall_targets:
        for label, count in target.staff:
            yield [target.unit, label, count]
        for key, label in OVERALL_TEXTS.items():
            yield [target.unit, label, getattr(target, key)]
        for key, amount in target.funds:
            yield [target.unit, f"资金：{OVERALL_FUNDS.get(key, key)}（{target.funds_unit}）", amount]
        for function, task in target.tasks:
            yield [target.unit, f"重点任务：{function}", task]


def _project_header() -> list[str]:
    funds = [f"{horizon}资金{_FUNDS[key]}（元）" for horizon in HORIZON_WORDS.values() for key in FUND_KEYS]
    return ["序号", *PROJECT_TEXTS.values(), *funds]


def _projects(disclosure: Disclosure) -> Iterator[list[str | None]]:
    for number, target in enumerate(disclosure.project_targets, start=1):
        funds = [getattr(half, key) for half in (target.whole, target.annual) for key in FUND_KEYS]
        yield [str(number), *(getattr(target, key) for key in PROJECT_TEXTS), *funds]


def _indicators(disclosure: Disclosure) -> Iterator[list[str | None]]:
    for overall in disclosure.overall_targets:
        yield from (["整体", overall.unit, *_indicator(item)] for item in overall.indicators)
    for number, target in enumerate(disclosure.project_targets, start=1):
        yield from ([f"项目 {number}", target.project, *_indicator(item)] for item in target.indicators)


def _indicator(item: Indicator) -> list[str | None]:
    return [HORIZON_WORDS[item.horizon], item.level1, item.level2, item.level3, item.value]
