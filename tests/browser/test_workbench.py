"""The clerk changes what a disclosure consists of, in a real browser: rows, tables, indicators, and takes it back."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pdfplumber
import pytest

pytest.importorskip("playwright", reason="playwright 没有安装：浏览器测试没有运行")
from playwright.sync_api import expect

from disclosures.plain.codec import to_json
from disclosures.plain.data import OtherTable
from tests.browser.documents import clean
from tests.browser.site import import_into
from tests.browser.test_workplace import SAVED, cell, open_bench

pytestmark = pytest.mark.browser
SEED = Path(__file__).resolve().parents[3] / "shared" / "seeds" / "004_92373f38d50879e6.txt"
ROWS = ".tabulator-tableholder .tabulator-row"


@pytest.fixture(scope="module")
def address(site) -> str:
    """The workbench of a disclosure whose T07 was not recognised."""
    sound = clean(1)
    rows = (("科目编码", "科目名称", "政府性基金收入预算"), ("", "合计", "12.00"), ("103", "非税收入", "12.00"))
    other = OtherTable("没有认出的表", rows)
    tables = tuple(table for table in sound.tables if table.id != "T07")
    unnamed = replace(sound, tables=tables, other_tables=(other,))
    data = json.dumps(to_json(unnamed), ensure_ascii=False).encode()
    return import_into(site, "预算.json", data, "clerk1")


def test_a_row_is_added_removed_and_brought_back(person, address):
    page = person("clerk1")
    open_bench(page, address, "T03")
    expect(page.locator(ROWS).nth(2)).to_be_visible()
    count = page.evaluate("() => document.querySelectorAll('.tabulator-tableholder .tabulator-row').length")
    page.locator(f"{ROWS} .amount").nth(3).click()
    page.keyboard.press("Control+Shift++")
    page.fill("dialog [name=code]", "2299999")
    page.fill("dialog [name=name]", "其他支出")
    page.keyboard.press("Enter")
    expect(page.locator(ROWS)).to_have_count(count + 1)
    expect(cell(page, "T03/2299999/name")).to_have_text("其他支出")
    page.wait_for_function("() => document.querySelector('#cellbar').innerText.includes('其他支出')")
    page.keyboard.press("Control+-")
    expect(page.locator(ROWS)).to_have_count(count)
    page.keyboard.press("Control+z")
    expect(cell(page, "T03/2299999/name")).to_have_text("其他支出")
    page.keyboard.press("Control+z")
    expect(page.locator(ROWS)).to_have_count(count)
    page.locator(f"{ROWS} .amount").nth(3).click(button="right")
    page.click(".row-menu >> text=删除行")
    expect(page.locator(ROWS)).to_have_count(count - 1)
    page.click("#toast >> text=撤销")  # offered where it was done
    expect(page.locator(ROWS)).to_have_count(count)
    page.locator(f"{ROWS} .amount").nth(3).click()
    page.keyboard.press("Control+-")
    expect(page.locator(ROWS)).to_have_count(count - 1)
    open_bench(page, address, "history")
    page.locator(".corrections button:has-text('恢复')").first.click()
    page.wait_for_selector(SAVED)
    open_bench(page, address, "T03")
    expect(page.locator(ROWS)).to_have_count(count)


def test_a_block_longer_than_the_table_offers_new_rows(person, address):
    page = person("clerk1")
    open_bench(page, address, "T12")
    names = page.locator(f"{ROWS} .label")
    count = names.count()
    page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join(f"新项目{n}\t{n}.50" for n in range(4)))
    names.last.click()
    page.keyboard.press("Control+v")
    page.wait_for_selector("dialog >> text=多 3 行")
    page.click("dialog button.primary")
    expect(names).to_have_count(count + 3)
    expect(cell(page, "T12/新项目3/total")).to_have_text("3.50")
    page.keyboard.press("Control+z")
    expect(names).to_have_count(count)


def test_an_unrecognised_table_is_assigned(person, address):
    page = person("clerk1")
    open_bench(page, address, "others")
    page.select_option(".other-table select", "T07")
    page.click("button:has-text('认定')")
    page.wait_for_selector(SAVED)
    page.wait_for_selector("text=没有未认出的表格")
    open_bench(page, address, "T07")
    expect(cell(page, "T07/103/amount")).to_have_text("12.00")


def test_an_indicator_is_classed_anew_added_and_removed(person, address):
    page = person("clerk1")
    open_bench(page, address, "targets")
    rows = page.locator(".indicators tbody tr")
    count = rows.count()
    page.select_option(".indicators tbody tr:first-child select", "时效指标")
    page.wait_for_selector(".indicators td.corrected")
    page.click("text=＋ 指标")
    page.select_option("dialog [name=level2]", "质量指标")
    page.fill("dialog [name=level3]", "验收合格率")
    page.fill("dialog [name=value]", "≥95%")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(count + 1)
    page.click("[aria-label='删除指标“验收合格率”']")
    expect(rows).to_have_count(count)


def test_a_line_of_the_department_wide_form_comes_changes_and_goes(person, address):
    page = person("clerk1")
    open_bench(page, address, "targets")
    page.locator(".form-list .name", has_text="整体：").first.click()
    lines = page.locator(".form-lines").first.locator("tbody tr")
    count = lines.count()
    page.click("[data-add=staff]")
    page.fill("dialog [name=label]", "编外人员数")
    page.fill("dialog [name=value]", "4人")
    page.keyboard.press("Enter")
    expect(lines).to_have_count(count + 1)
    lines.last.locator(".editable").dblclick()  # the first click moves nothing away from under the second
    page.keyboard.press("Control+a")
    page.keyboard.type("5人")
    page.locator("[data-tab=T03]").click()  # what is being written is not left behind
    expect(page.locator("[data-tab=targets]")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Control+Enter")
    expect(lines.last.locator(".editable.corrected")).to_have_text("5人")
    page.click("[aria-label='删除“编外人员数”一行']")
    expect(lines).to_have_count(count)
    page.click("#toast >> text=撤销")
    expect(lines).to_have_count(count + 1)


def test_a_table_goes_whole_on_a4(person, address):
    page = person("clerk1")
    open_bench(page, address, "T03")
    with pdfplumber.open(BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        text = normalize("NFKC", "".join(sheet.extract_text() for sheet in printed.pages))  # fonts have look-alikes
        right = max(word["x1"] for sheet in printed.pages for word in sheet.extract_words())
        width = printed.pages[0].width
    assert right <= width - 30  # nothing is cut off
    assert "项目支出" in text
    rows = page.evaluate(f"fetch('{address}parts/T03/').then(a => a.json()).then(a => a.sides[0].rows)")
    assert all(row["values"]["code"] in text for row in rows if row["values"]["code"])


def test_what_was_typed_survives_a_lost_session(person, address):
    page = person("clerk1")
    open_bench(page, address, "T03")
    cookies = page.context.cookies()
    place = page.locator(f"{ROWS} .amount").nth(4).get_attribute("data-place")
    page.context.clear_cookies(name="sessionid")
    cell(page, place).click()
    page.keyboard.type("12.5")
    page.keyboard.press("Enter")
    page.wait_for_selector("#unsaved >> text=登录已过期")
    page.context.add_cookies(cookies)
    page.click("#unsaved >> text=重新登录后继续")
    page.wait_for_selector(SAVED)
    page.wait_for_selector("#unsaved", state="hidden")
    open_bench(page, address, "T03")
    expect(cell(page, place)).to_have_text("12.50")


def test_no_serious_barrier_for_those_who_cannot_see(person, address):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = person("clerk1")
    for part in ("T03", "narrative", "targets", "history"):
        open_bench(page, address, part)
        found = axe.run(page).response["violations"]
        serious = {
            item["id"]: [node["html"][:120] for node in item["nodes"][:3]]
            for item in found
            if item["impact"] in ("serious", "critical")
        }
        assert serious == {}, part


@pytest.mark.skipif(not SEED.exists(), reason="../shared 不在，没有用真实文本测试")
def test_the_name_of_a_real_document_is_corrected_and_its_finding_vanishes(person, site):
    address = import_into(site, "004.txt", SEED.read_bytes(), "reviewer")
    page = person("reviewer")
    open_bench(page, address, "T03")
    wrong = page.locator(".finding", has_text="2080110").first
    right = cell(page, "T03/2080110/name")
    right.click()
    before = wrong.get_attribute("data-finding")
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.type("劳动关系和维权")
    page.keyboard.press("Enter")
    page.wait_for_selector(SAVED)
    expect(page.locator(f".finding[data-finding='{before}']:not(.gone)")).to_have_count(0)
