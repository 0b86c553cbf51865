"""The shipped catalogue is whole, and a site's corrections take precedence."""

from __future__ import annotations

import json

import pytest

from disclosures.catalogue import Catalogue, CatalogueError, ClassKind, load_catalogue
from disclosures.profiles.shanxi import CATEGORIES

CATALOGUE = load_catalogue()


def _name(code: str, year: int = 2026, catalogue: Catalogue = CATALOGUE) -> str | None:
    entry = catalogue.functional(code, year)
    return entry.name if entry else None


@pytest.mark.parametrize("kind", list(ClassKind))
def test_every_entry_has_a_parent_and_a_source(kind):
    entries = CATALOGUE.classes[kind]
    codes = {entry.code for entry in entries}
    assert all(entry.code[:-2] in codes for entry in entries if len(entry.code) > 3)
    assert all(entry.name and entry.source for entry in entries)
    assert {len(code) for code in codes} == ({3, 5, 7} if kind is ClassKind.FUNCTIONAL else {3, 5})


@pytest.mark.parametrize("kind", list(ClassKind))
def test_a_code_means_one_thing_in_a_year(kind):
    for year in range(2018, 2028):
        valid = [entry.code for entry in CATALOGUE.classes[kind] if entry.holds_in(year)]
        assert len(valid) == len(set(valid))


def test_the_categories_printed_in_t01_are_those_of_the_catalogue():
    assert [_name(code) for code, _ in CATEGORIES] == [name for _, name in CATEGORIES]


def test_every_economic_class_has_its_counterpart():
    for entry in CATALOGUE.classes[ClassKind.DEPARTMENT_ECONOMIC]:
        if len(entry.code) == 5:
            assert CATALOGUE.government_classes(entry.name, 2026), entry


def test_a_department_class_pairs_by_kind_of_unit():
    assert CATALOGUE.government_classes("基本工资", 2026) == {"工资奖金津补贴", "工资福利支出"}
    assert CATALOGUE.government_classes("维修(护)费", 2026) == {"维修（护）费", "商品和服务支出"}
    assert CATALOGUE.government_classes("没有的科目", 2026) == frozenset()


def test_a_renamed_class_has_the_name_of_its_year():
    assert _name("2080701", 2024) == "就业创业服务补贴"
    assert _name("2080701", 2026) == "就业创业服务补助"
    assert CATALOGUE.functional("20139", 2023) is None
    assert CATALOGUE.functional("9999999", 2026) is None


@pytest.mark.parametrize("form", ["json", "csv"])
def test_an_override_replaces_a_code_and_adds_others(tmp_path, form):
    path = tmp_path / f"override.{form}"
    if form == "json":
        entries = [{"code": "2080101", "name": "改过的名称", "verified": True}, {"code": "2999999", "name": "新科目"}]
        path.write_text(json.dumps({"functional": entries}), encoding="utf-8")
    else:
        path.write_text(
            "\ufeffkind,code,name,verified\nfunctional,2080101,改过的名称,1\nfunctional,2999999,新科目,0\n",
            encoding="utf-8",
        )
    catalogue = load_catalogue(path)
    changed = catalogue.functional("2080101", 2026)
    assert changed
    assert (changed.name, changed.verified) == ("改过的名称", True)
    assert _name("2999999", catalogue=catalogue) == "新科目"
    assert catalogue.functional("208", 2026) == CATALOGUE.functional("208", 2026)
    assert _name("2080101") == "行政运行"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind,code,name\nother,1,x\n", "第 2 行"),
        ('{"functional": [{"code": "1"}]}', "第 1 个科目"),
        ('{"functional": [{"code": "1", "name": "x", "valid_from": "soon"}]}', "第 1 个科目"),
        ("{", "JSON"),
    ],
)
def test_a_damaged_override_is_refused_with_its_place(tmp_path, text, message):
    path = tmp_path / "bad"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=message):
        load_catalogue(path)
    with pytest.raises(CatalogueError, match="读不到"):
        load_catalogue(tmp_path / "absent")
