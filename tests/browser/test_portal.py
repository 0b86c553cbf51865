"""The portal in a real Chromium: every page by axe, wide and narrow, light and dark, without a script, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pdfplumber
import pytest

pytest.importorskip("playwright", reason="playwright 没有安装：浏览器测试没有运行")
from axe_playwright_python.sync_playwright import Axe

from tests.browser.portal_site import portal_site

pytestmark = pytest.mark.browser

LARGE = "/open/departments/2/2026/department/"
TWO_VERSIONS = "/open/departments/3/2026/department/"
PAGES = (
    "/open/",
    "/open/departments/1/",
    "/open/departments/1/2026/department/",
    f"{TWO_VERSIONS}v1/",
    "/open/departments/4/2026/department/",  # withdrawn
    f"{LARGE}tables/T03/",
    f"{LARGE}narrative/",
    f"{LARGE}targets/1/",
    "/open/search/?q=项目",
    "/open/compare/?p=1&p=2&p=3&p=5",
    "/open/data/",
    "/open/nothing/",
)
MORE = (
    "/open/?q=没有这样的局",
    LARGE,
    f"{LARGE}tables/T01/",
    f"{LARGE}tables/T12/",
    f"{LARGE}targets/",
    f"{LARGE}targets/5/",
    "/open/search/",
    "/open/search/?q=数量&in=indicators",
    "/open/compare/",
)
PHONE, DESK = 375, 1366
LOOKS = (
    pytest.param(PHONE, "light", PAGES, id="phone-light"),
    pytest.param(PHONE, "light", MORE, id="phone-light-more", marks=pytest.mark.thorough),
    pytest.param(PHONE, "dark", PAGES + MORE, id="phone-dark", marks=pytest.mark.thorough),
    pytest.param(DESK, "light", PAGES + MORE, id="desk-light", marks=pytest.mark.thorough),
    pytest.param(DESK, "dark", PAGES + MORE, id="desk-dark", marks=pytest.mark.thorough),
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, browser) -> Iterator[str]:
    with portal_site(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.mark.parametrize(("width", "scheme", "pages"), LOOKS)
def test_every_page_can_be_used_by_everybody(width, scheme, pages, browser, address):
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 800}, color_scheme=scheme, locale="zh-CN"
    )
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
    found = {}
    for path in pages:
        page.goto(path)
        violations = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response
        if problems := [f"{item['id']}: {item['nodes'][0]['html'][:160]}" for item in violations["violations"]]:
            found[path] = problems
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 0:
            found.setdefault(path, []).append(f"wider than the screen by {overflow}")
    context.close()
    assert not found
    assert not refused


def test_all_is_there_without_a_script_and_without_a_cookie(browser, address):
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/open/")
    page.fill("input[name=q]", "教育")
    page.click("main button")
    page.click("section[aria-labelledby=all] li .quiet a")
    assert page.locator(".statement strong").is_visible()
    assert page.locator(".chart .bar rect").count() > 10
    page.click("text=与别的部门或年度比较")
    page.click("text=加入： >> nth=0")
    assert page.locator("table.compare").count() >= 3
    page.goto("/open/search/")
    page.fill("input[name=q]", "项目")
    page.keyboard.press("Enter")
    page.click("main .list a >> nth=0")
    assert page.locator("table.grid").is_visible()
    assert context.cookies() == []
    context.close()


def test_a_page_is_walked_by_keyboard(browser, address):
    context = browser.new_context(base_url=address, locale="zh-CN")
    page = context.new_page()
    page.goto(TWO_VERSIONS)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("#T03 summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#T03 table").is_visible()
    context.close()


def test_a_disclosure_prints_on_a4(browser, address):
    context = browser.new_context(base_url=address, locale="zh-CN")
    page = context.new_page()
    page.goto(TWO_VERSIONS)
    with pdfplumber.open(BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        first = printed.pages[0]
        assert (round(first.width), round(first.height)) == (595, 842)
        assert "年预算" in first.extract_text()
        assert "开放数据" not in first.extract_text()  # the menu stays on the screen
        right = max(word["x1"] for sheet in printed.pages for word in sheet.extract_words())
    context.close()
    assert right <= first.width - 30
