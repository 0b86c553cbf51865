"""A site with one disclosure that has something in every part, and people of every role."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from disclosures import models
from disclosures.plain import data as plain
from disclosures.plain.codec import to_json
from disclosures.profiles import DEFAULT_PROFILE
from disclosures.services.catalogues import sync_catalogue
from disclosures.services.importing import import_file


def _row(decl, side, name: str, code: str = "") -> plain.Row:
    cells = [(key, plain.Cell("1234.50", "line 8")) for key in side.column_keys]
    cells[-1] = (cells[-1][0], plain.Cell("500", "line 9", plain.Surety.DOUBTFUL))
    return plain.Row(name, tuple(cells), side.side, code=code if "code" in side.labels else "", source="line 7")


def _table(decl) -> plain.Table:
    names = [("合计", ""), *((f"行{n}<b>", f"20801{n:02d}") for n in range(30))]
    rows = tuple(_row(decl, side, name, code) for side in decl.sides for name, code in names)
    return plain.Table(decl.id, decl.title, rows=rows, printed_unit="万元", source="line 3")


@pytest.fixture
def full_disclosure() -> plain.Disclosure:
    """Every part filled; T13 missing; one text that would be markup if it were not escaped."""
    indicator = plain.Indicator(plain.Horizon.ANNUAL, "产出指标", "数量指标", "人数", "≥5人", doubtful=True)
    return plain.Disclosure(
        "青山市测试局",
        2026,
        plain.Kind.DEPARTMENT,
        tables=tuple(_table(decl) for decl in DEFAULT_PROFILE.tables if decl.id != "T13"),
        sections=(plain.Section("一", "一、说明", (plain.Paragraph("一段文字", "line 20"),)),),
        project_targets=tuple(
            plain.ProjectTarget(f"项目{n}", annual=plain.Funds("5000"), indicators=(indicator,) * 5) for n in range(30)
        ),
        overall_targets=(plain.OverallTarget("青山市测试局", staff=(("在职", "20"),), indicators=(indicator,)),),
        other_tables=(plain.OtherTable("采购目录", (("甲", "乙"),)),),
        attachments=(plain.Attachment("通知", "line 90"),),
        notes=(plain.Note("金额看不清", "T03/合计/total", "line 8"), plain.Note("水印", "doc")),
    )


@pytest.fixture
def catalogue(db) -> None:
    sync_catalogue()


@pytest.fixture
def record(db, full_disclosure) -> models.Disclosure:
    data = json.dumps(to_json(full_disclosure), ensure_ascii=False, indent=1).encode()
    return import_file(data, "预算.json").record


@pytest.fixture
def login(record) -> Callable[..., Client]:
    """A browser in which a person of a role has logged in."""

    def login_as(role: models.Role, **fields: object) -> Client:
        user = models.User.objects.create(username=f"user-{role}", role=role, is_staff=True, **fields)
        client = Client()
        client.force_login(user)
        return client

    return login_as
