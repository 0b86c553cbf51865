"""Every page of the workplace in a real Chromium: no serious or critical violation found by axe; and what goes on
paper fits A4. The gate looks at each page once; in the dark, and as every role that may open it, they are `thorough`.
"""

from __future__ import annotations

import re
from io import BytesIO

import pdfplumber
import pytest

pytest.importorskip("playwright", reason="playwright 没有安装：浏览器测试没有运行")
from axe_playwright_python.sync_playwright import Axe

from tests.browser.documents import planted
from tests.browser.site import import_into

pytestmark = pytest.mark.browser

MINE = 3  # the document and the clerk that no other test uses
CLERK = f"clerk{MINE}"
EVERYBODY = (
    "/disclosures/",
    "/quick-check/",
    "/remarks/?only=all",
    "/rules/",
    "/rules/T-ROW-SUM/",
    "/tasks/",
    "/notifications/",
    "/notifications/settings/",
    "/tokens/",
    "/password/",
    "/admin/",
)
# Each page once, as the role that sees most on it.
OWN = {
    CLERK: ("/", "/import/", "/quick-check/", "/notifications/settings/", "/tokens/", "/password/", "/schedules/"),
    "reviewer": (
        "/",
        "/explanations/",
        "/missing/",
        "/rules/",
        "/rules/C-NAME/",
        "/rules/C-NAME/waive/",
        "/disclosures/?findings=errors",
        "/remarks/?only=all",
        "/audits/new/",
        "/api/v1/docs/",
    ),
    "auditor": ("/overview/", "/audits/", "/tasks/", "/notifications/", "/nothing/"),
    "administrator": (
        "/accounts/",
        "/accounts/1/",
        "/accounts/import/",
        "/accounts/logins/",
        "/rules/muted/?rule=C-NAME",
        "/admin/",
        "/admin/disclosures/disclosure/",
        "/admin/disclosures/budgetlinet03/",
        "/admin/disclosures/department/add/",
        "/admin/disclosures/department/import/",
        "/admin/audit/finding/",
    ),
}
GRAVE = ("serious", "critical")
LOOKS = (
    pytest.param("light", (), id="once"),
    pytest.param("light", EVERYBODY, id="light", marks=pytest.mark.thorough),
    pytest.param("dark", EVERYBODY, id="dark", marks=pytest.mark.thorough),
)


@pytest.fixture(scope="module")
def handed_in(site) -> str:
    """A disclosure with errors, imported by its clerk; the address of its workbench."""
    return import_into(site, "公开.txt", planted(MINE)[0], CLERK)


def grave(page) -> list[str]:
    """What axe finds on the page that keeps somebody from using it."""
    violations = Axe().run(page).response["violations"]
    return [f"{item['id']}: {item['nodes'][0]['html'][:160]}" for item in violations if item["impact"] in GRAVE]


def settled(page) -> None:
    """Until the page's own program has drawn it."""
    if page.locator("[data-chart]").count():
        page.wait_for_selector("body[data-charts=drawn]", state="attached")
    if page.locator("#swagger-ui").count():
        page.wait_for_selector(".swagger-ui .info")


@pytest.mark.parametrize(("theme", "more"), LOOKS)
@pytest.mark.parametrize("who", OWN)
def test_every_page_can_be_used_by_everybody(who, theme, more, person, handed_in):
    page = person(who)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found = {}
    for address in dict.fromkeys((*OWN[who], *more)):
        page.goto(address)
        settled(page)
        if problems := grave(page):
            found[address] = problems
    assert not found


def test_the_first_page_can_be_used_by_everybody(person):
    page = person(None)
    page.goto("/login/")
    assert not grave(page)


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.thorough)])
def test_an_audit_and_its_report_can_be_used_by_everybody(theme, person, handed_in):
    page = person("reviewer")
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.goto("/audits/new/")
    page.click("main button:has-text('开始核对')")
    page.wait_for_selector(".figures", timeout=60_000)
    settled(page)
    found = grave(page)
    page.goto(f"{page.url}items/")
    found += grave(page)
    page.go_back()
    page.click("button:has-text('报告')")
    page.wait_for_url(re.compile("/tasks/"))
    assert not found + grave(page)


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.thorough)])
def test_schedules_can_be_used_by_everybody(theme, person):
    page = person("administrator")
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.goto("/schedules/")
    found = grave(page)
    if page.locator("text=建立默认的定时任务").count():
        page.click("text=建立默认的定时任务")
    page.click("table.list tbody a >> nth=0")
    assert not found + grave(page)


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.thorough)])
def test_the_workbench_can_be_used_by_everybody(theme, person, handed_in):
    page = person(CLERK)
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
        ("reviewer", "/disclosures/", "待修改"),
        pytest.param("reviewer", "/rules/C-NAME/", "还没有解决的问题", marks=pytest.mark.thorough),
        ("auditor", "/overview/", "经办修改中"),
    ],
)
def test_pages_print_on_a4(who, address, words, person, handed_in):
    page = person(who)
    page.goto(address)
    settled(page)
    with pdfplumber.open(BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        first = printed.pages[0]
        assert (round(first.width), round(first.height)) == (595, 842)
        text = first.extract_text()
        right = max(word["x1"] for sheet in printed.pages for word in sheet.extract_words())
    assert words in text
    assert "退出" not in text  # the menu stays on the screen
    assert right <= first.width - 30  # nothing is cut off
