"""Every page of the workplace as every role in a real Chromium: no serious or critical violation found by axe;
and what goes on paper fits A4."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
import pytest

pytest.importorskip("playwright", reason="playwright 没有安装：浏览器测试没有运行")
from axe_playwright_python.sync_playwright import Axe

from tests.browser.documents import planted
from tests.browser.site import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

MINE = 3  # the document and the clerk that no other test uses
EVERYBODY = (
    "/disclosures/",
    "/quick-check/",
    "/remarks/?only=all",
    "/rules/",
    "/rules/T-ROW-SUM/",
    "/password/",
    "/tasks/",
)
PAGES = {
    "clerk3": ("/", "/import/", *EVERYBODY),
    "reviewer": (
        "/",
        "/explanations/",
        "/missing/",
        "/overview/",
        "/rules/C-NAME/waive/",
        "/disclosures/?findings=errors",
        *EVERYBODY,
    ),
    "auditor": ("/overview/", "/audits/", *EVERYBODY),
    "administrator": (
        "/overview/",
        "/accounts/",
        "/accounts/1/",
        "/accounts/import/",
        "/accounts/logins/",
        "/rules/muted/?rule=C-NAME",
        "/explanations/",  # a page that is not for them
        *EVERYBODY,
    ),
}
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def handed_in(browser, site) -> str:
    """A disclosure with errors, imported by its clerk; the address of its workbench."""
    context = browser.new_context(base_url=site.address, locale="zh-CN")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/login/")
    page.fill("[name=username]", f"clerk{MINE}")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/")
    page.goto("/import/")
    file = {"name": "公开.txt", "mimeType": "text/plain", "buffer": planted(MINE)[0]}
    page.set_input_files("#files", file)
    address = page.locator("li[data-state=done] a").first.get_attribute("href") or ""
    context.close()
    return address


def grave(page) -> list[str]:
    """What axe finds on the page that keeps somebody from using it."""
    violations = Axe().run(page).response["violations"]
    return [f"{item['id']}: {item['nodes'][0]['html'][:160]}" for item in violations if item["impact"] in GRAVE]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("who", PAGES)
def test_every_page_can_be_used_by_everybody(who, theme, person, handed_in):
    page = person(who)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found = {}
    for address in PAGES[who]:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        if problems := grave(page):
            found[address] = problems
    assert not found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_workbench_can_be_used_by_everybody(theme, person, handed_in):
    page = person("clerk3")
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.goto(f"{handed_in}#T02")
    page.wait_for_selector("body[data-ready]", state="attached")
    assert not grave(page)


def test_charts_have_their_table_by_keyboard(person, handed_in):
    page = person("auditor")
    page.goto("/overview/")
    page.wait_for_selector("body[data-charts=drawn]")
    button = page.locator("[data-chart=completion] figcaption button")
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("[data-chart=completion] table").is_visible()
    assert not page.locator("[data-chart=completion] canvas").is_visible()
    assert button.get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize(
    ("who", "address", "words"),
    [
        ("reviewer", "/disclosures/", "公开文本"),
        ("reviewer", "/rules/C-NAME/", "还没有解决的问题"),
        ("auditor", "/overview/", "部门"),
    ],
)
def test_pages_print_on_a4(who, address, words, person, handed_in):
    page = person(who)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    with pdfplumber.open(BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        first = printed.pages[0]
        assert (round(first.width), round(first.height)) == (595, 842)
        text = first.extract_text()
        right = max(word["x1"] for sheet in printed.pages for word in sheet.extract_words())
    assert words in text
    assert "退出" not in text  # the menu stays on the screen
    assert right <= first.width - 30  # nothing is cut off
