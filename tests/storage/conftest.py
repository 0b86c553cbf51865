"""A department to store under, and disclosures of a chosen size."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from disclosures import models
from disclosures.plain import data as plain
from disclosures.profiles import DEFAULT_PROFILE


@pytest.fixture
def department(db) -> models.Department:
    return models.Department.objects.create(name="青山市测试局")


def _table(table_id: str, size: int) -> plain.Table:
    decl = DEFAULT_PROFILE.table(table_id)
    side = decl.sides[0]
    blank = tuple((key, plain.Cell("12.30")) for key in side.column_keys)
    rows = [plain.Row("合计", blank, side.side)]
    for n in range(size):
        code = ("208", "20801", f"20801{n % 90 + 10}")[min(n, 2)]
        rows.append(plain.Row(f"行{n}", blank, side.side, code=code if "code" in side.labels else ""))
    return plain.Table(table_id, decl.title, rows=tuple(rows))


@pytest.fixture
def make_disclosure() -> Callable[[int], plain.Disclosure]:
    """A disclosure with `size` rows in each table, `size` sections and `size` target forms."""

    def make(size: int) -> plain.Disclosure:
        indicator = plain.Indicator(plain.Horizon.ANNUAL, "产出指标", "数量指标", "人数", "≥5人")
        return plain.Disclosure(
            "青山市测试局",
            2026,
            plain.Kind.DEPARTMENT,
            tables=tuple(_table(decl.id, size) for decl in DEFAULT_PROFILE.tables),
            sections=tuple(plain.Section("一", "一、说明", (plain.Paragraph("文字"),)) for _ in range(size)),
            project_targets=tuple(
                plain.ProjectTarget(f"项目{n}", annual=plain.Funds("5000"), indicators=(indicator,) * 3)
                for n in range(size)
            ),
            overall_targets=(plain.OverallTarget("青山市测试局", indicators=(indicator,)),),
            other_tables=(plain.OtherTable("其他", (("甲", "乙"),)),),
            attachments=(plain.Attachment("目录"),),
            notes=(plain.Note("看不清", "T03", "line 5"),),
        )

    return make
