"""The original beside the tables in a real browser: the page of a PDF follows the chosen cell, and the other way."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest

pytest.importorskip("playwright", reason="playwright 没有安装：浏览器测试没有运行")
from PIL import Image
from playwright.sync_api import expect

from disclosures.services.sandbox import page_pictures
from disclosures.synthetic.pdf import write_pdf
from disclosures.writing.xlsx import write_xlsx
from tests.browser.documents import clean
from tests.browser.test_workplace import open_bench

pytestmark = pytest.mark.browser

HERE = "#original .mark.here"


def hand_in(page, name: str, data: bytes) -> str:
    page.goto("/import/")
    page.set_input_files("#files", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
    done = page.locator(f"li[data-state=done]:has-text('{name}')").first
    done.wait_for(timeout=90_000)
    return done.locator("a").first.get_attribute("href")


def test_the_page_of_a_pdf_follows_the_chosen_cell_and_back(person):
    page = person("clerk2")
    data = write_pdf(clean(2))
    open_bench(page, hand_in(page, "公开.pdf", data), "T03")
    cell = page.locator("[data-place^='T03/'][data-place$='/total']").nth(6)
    cell.click()
    page.wait_for_selector(HERE)
    mark, view = page.locator(HERE).bounding_box(), page.locator("#original").bounding_box()
    assert view["y"] <= mark["y"]
    assert mark["y"] + mark["height"] <= view["y"] + view["height"]

    # Its box covers the number: the same share of the picture of the page holds print.
    sheet = page.locator(f".page:has({HERE.split()[1]})")
    number, whole = int(sheet.get_attribute("data-page")), sheet.bounding_box()
    assert page.locator(".original-bar input").input_value() == str(number)
    ((_, png),) = page_pictures(data, "公开.pdf", number, number, 110)
    picture = np.asarray(Image.open(io.BytesIO(png)).convert("L"))
    height, width = picture.shape
    x0, x1 = ((mark["x"] - whole["x"] + edge) / whole["width"] * width for edge in (2, mark["width"] - 2))
    y0, y1 = ((mark["y"] - whole["y"] + edge) / whole["height"] * height for edge in (2, mark["height"] - 2))
    assert (picture[round(y0) : round(y1), round(x0) : round(x1)] < 128).mean() > 0.01
    page.wait_for_function("() => document.querySelector('#original .page img')?.naturalWidth > 0")

    # The cell two rows below on the page is chosen by a click on it, and another cell moves the mark there.
    below = page.locator("[data-place^='T03/'][data-place$='/total']").nth(7)
    below.click()
    expect(page.locator(HERE)).to_have_count(1)
    lower = page.locator(HERE).bounding_box()
    assert lower["y"] > mark["y"]
    page.mouse.click(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    expect(page.locator("#cellbar .what strong")).to_contain_text(
        page.locator("[data-place^='T03/'][data-place$='/name']").nth(6).inner_text()
    )

    # Keys and zoom: another page by number, larger by plus, and a click on another table opens it.
    page.fill(".original-bar input", "1")
    page.keyboard.press("Enter")
    expect(page.locator("#original .page[data-page='1']")).to_be_in_viewport()
    before = page.locator("#original .page[data-page='1']").bounding_box()["width"]
    page.focus("#original")
    page.keyboard.press("+")
    assert page.locator("#original .page[data-page='1']").bounding_box()["width"] > before
    assert page.locator(".original-bar select").input_value() == "1"


def test_the_sheet_of_an_excel_file_follows_the_chosen_cell_and_back(person):
    page = person("clerk3")
    open_bench(page, hand_in(page, "公开.xlsx", write_xlsx(clean(3))), "T03")
    page.locator("[data-place^='T03/'][data-place$='/total']").nth(6).click()
    marked = page.locator("#original td.here")
    expect(marked).to_have_count(1)
    expect(page.locator(".sheet-tabs [aria-selected=true]")).to_contain_text("表三")
    found = re.fullmatch(r"sheet .+!([A-Z]+)(\d+)", marked.get_attribute("data-source"))
    assert found is not None
    heads = page.locator("#original th.here").all_inner_texts()
    assert heads == [found[1], found[2]]
    shown = page.locator("[data-place^='T03/'][data-place$='/total']").nth(6).inner_text().replace(",", "")
    assert float(marked.inner_text().replace(",", "")) == float(shown)
    page.locator(".sheet-tabs button:has-text('表二')").click()
    page.locator("#original tbody tr:nth-child(9) td").nth(2).click()
    expect(page.locator("[data-tab=T02]")).to_have_attribute("aria-selected", "true")
