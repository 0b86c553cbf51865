"""A clerk and a reviewer at work in a real browser: from the file to the published page."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("playwright", reason="playwright 没有安装：浏览器测试没有运行")
from playwright.sync_api import expect

from tests.browser.documents import DEPARTMENTS, planted

pytestmark = pytest.mark.browser

SAVED = "#saved:has-text('保存于')"


def hand_in(page, number: int) -> str:
    """Import a document as its clerk; the address of its workbench."""
    text, _, _ = planted(number)
    page.goto("/import/")
    page.set_input_files("#files", {"name": f"公开{number}.txt", "mimeType": "text/plain", "buffer": text})
    done = page.locator(f"li[data-state=done]:has-text('{DEPARTMENTS[number]}')").first
    done.wait_for()
    assert "错误" in done.inner_text()
    return done.locator("a").first.get_attribute("href")


def open_bench(page, address: str, part: str = "") -> None:
    page.goto("about:blank")  # a change of the fragment alone would load nothing
    page.goto(f"{address}#{part}")
    page.wait_for_selector("body[data-ready]", state="attached")


def cell(page, place: str):
    return page.locator(f"[data-place={json.dumps(place, ensure_ascii=False)}]")


def finding(page, rule: str):
    return page.locator(f".finding[data-rule={rule}]")


def write(page, place: str, text: str) -> None:
    cell(page, place).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def settle(page, name: str, words: str | None = None) -> None:
    """Press an offer of the chosen finding and answer its question."""
    page.click(f".finding.chosen .offers >> text={name}")
    if words is not None:
        page.fill("dialog textarea", words)
    page.click("dialog button.primary")


def step(page, name: str) -> None:
    page.click(f"[data-step={name}]")


def state(page, words: str) -> None:
    page.wait_for_selector(f"#state:has-text('{words}')")


def test_from_the_file_to_the_published_page(person):
    clerk, reviewer = person("clerk0"), person("reviewer")
    _, final, labels = planted(0)
    address = hand_in(clerk, 0)
    table, place = labels[1].where.split("/")[0], labels[1].where

    open_bench(clerk, address, table)
    finding(clerk, "T-ROW-SUM").locator("button.main").click()
    assert "cited" in cell(clerk, place).get_attribute("class")
    clerk.wait_for_selector(".original li.here")
    write(clerk, place, labels[1].before)
    clerk.wait_for_selector("text=已解决")
    clerk.wait_for_selector(SAVED)
    assert finding(clerk, "T-ROW-SUM").count() == 0
    clerk.wait_for_function("() => !document.querySelector('.finding.gone')")
    assert "corrected" in cell(clerk, place).get_attribute("class")

    step(clerk, "submit")
    clerk.wait_for_selector("dialog >> text=还有 1 个错误没有改正或说明原因")
    clerk.click("dialog >> text=去看")
    finding(clerk, "C-NAME").locator(".offers").wait_for()
    settle(clerk, "说明原因", "批复文件即如此印制。")
    clerk.wait_for_selector(".finding .said >> text=批复文件即如此印制")
    step(clerk, "submit")
    state(clerk, "待审核")
    assert clerk.locator("[data-step=submit]").count() == 0

    reviewer.goto("/")
    reviewer.wait_for_selector(f"table.list >> text={DEPARTMENTS[0]}")
    open_bench(reviewer, address)
    step(reviewer, "return")
    reviewer.fill("dialog textarea", "请核对名称。")
    reviewer.click("dialog button.primary")
    state(reviewer, "已退回")

    open_bench(clerk, address, "history")
    clerk.wait_for_selector("#content >> text=请核对名称。")
    clerk.click("#findings button:has-text('答复')")
    clerk.fill("dialog textarea", "已核对，与批复一致。")
    clerk.click("dialog button.primary")
    clerk.wait_for_selector("#findings >> text=已核对，与批复一致。")
    step(clerk, "submit")
    state(clerk, "待审核")

    open_bench(reviewer, address, labels[0].where.split("/")[0])
    finding(reviewer, "C-NAME").locator("button.main").click()
    settle(reviewer, "采纳说明", "同意")
    reviewer.wait_for_selector(".finding.settled", state="attached")
    step(reviewer, "approve")
    reviewer.click("dialog button.primary")
    state(reviewer, "已通过")

    step(reviewer, "sign_off")
    reviewer.fill("dialog [name=secrecyReviewer]", "钱保密")
    reviewer.fill("dialog [name=leader]", "孙局长")
    reviewer.click("dialog button.primary")
    reviewer.wait_for_selector("#before-publication:has-text('已签发')")
    state(reviewer, "已通过")
    reviewer.wait_for_selector("body[data-ready]", state="attached")
    step(reviewer, "final_file")
    reviewer.set_input_files("dialog [type=file]", {"name": "定稿.txt", "mimeType": "text/plain", "buffer": final})
    reviewer.click("dialog button.primary")
    reviewer.wait_for_selector("#before-publication:has-text('定稿已收')")
    reviewer.wait_for_selector("body[data-ready]", state="attached")
    step(reviewer, "publish")
    reviewer.click("dialog button.primary")
    state(reviewer, "已公开")

    anybody = person(None)
    anybody.goto(address.replace("/disclosures/", "/published/"))
    anybody.wait_for_selector(f"h1:has-text('{DEPARTMENTS[0]}')")
    assert labels[1].before.replace(",", "") in anybody.text_content(f"#{table}").replace(",", "")


def test_a_pasted_block_is_one_save_and_one_undo(person):
    clerk = person("clerk1")
    address = hand_in(clerk, 1)
    open_bench(clerk, address, "T02")
    cells = clerk.locator(".tabulator-tableholder .tabulator-cell.amount[data-place$='/total']")
    first = cells.nth(2)
    before = first.inner_text()
    block = "\n".join("\t".join((f"{row}.10", "2,000.00", "")) for row in range(10))
    clerk.evaluate("text => navigator.clipboard.writeText(text)", block)
    first.click()
    clerk.keyboard.press("Control+v")
    clerk.wait_for_selector("#toast >> text=已粘贴 10 行")
    expect(first).to_have_text("0.10")
    expect(cells.nth(11)).to_have_text("9.10")
    assert clerk.locator(".amount.corrected").count() >= 20
    clerk.reload()
    clerk.wait_for_selector("body[data-ready]", state="attached")
    expect(first).to_have_text("0.10")  # it was saved
    first.click()
    clerk.evaluate("text => navigator.clipboard.writeText(text)", "1,000.00\t#REF!")
    clerk.keyboard.press("Control+v")
    clerk.wait_for_selector("dialog tr:has-text('一般公共预算') >> text=#REF!")  # the place is named
    clerk.keyboard.press("Escape")
    expect(first).to_have_text("0.10")
    write(clerk, first.get_attribute("data-place"), "7.77")
    clerk.wait_for_selector(SAVED)
    clerk.keyboard.press("Control+z")
    expect(first).to_have_text("0.10")
    assert before != "0.10"


def test_the_second_of_two_saves_is_refused_and_shows_both(person):
    first, second = person("clerk2"), person("reviewer")
    address = hand_in(first, 2)
    place = planted(2)[2][1].where
    for page in (first, second):
        open_bench(page, address, place.split("/")[0])
    write(first, place, "11.11")
    first.wait_for_selector(SAVED)
    write(second, place, "22.22")
    dialog = second.locator("dialog")
    dialog.get_by_text("有人先保存了修改").wait_for()
    assert "22.22" in dialog.inner_text()
    assert "11.11" in dialog.inner_text()
    second.click("dialog >> text=放弃我的")
    expect(cell(second, place)).to_have_text("11.11")
    write(second, place, "33.33")
    second.wait_for_selector(SAVED)
    expect(cell(second, place)).to_have_text("33.33")


def test_the_keyboard_alone_walks_edits_and_finds(person):
    clerk = person("clerk2")
    address = hand_in(clerk, 2)
    open_bench(clerk, address, "T03")
    clerk.locator(".amount[data-place$='/total']").first.click()
    clerk.keyboard.press("Tab")
    assert "基本支出" in clerk.inner_text("#cellbar")
    clerk.keyboard.press("Enter")
    clerk.keyboard.press("F2")
    assert clerk.locator(".tabulator-editing input").count() == 1
    clerk.keyboard.press("Escape")
    clerk.keyboard.press("Control+End")
    assert "项目支出" in clerk.inner_text("#cellbar")
    clerk.keyboard.press("Home")
    assert "科目编码" in clerk.inner_text("#cellbar")
    clerk.keyboard.press("Control+Home")
    clerk.keyboard.press("Control+a")
    expect(clerk.locator(".tabulator-range-selected.amount").nth(5)).to_be_visible()
    clerk.keyboard.press("n")
    clerk.wait_for_selector(".finding.chosen")
    clerk.keyboard.press("?")
    clerk.wait_for_selector("dialog >> text=下一个、上一个问题")


def test_quick_check_shows_findings_and_keeps_nothing(person, site):
    auditor = person("auditor")
    text, _, _ = planted(0)
    before = {path for path in site.folder.rglob("*") if path.is_file() and path.suffix not in (".log", "")}
    auditor.goto("/quick-check/")
    auditor.set_input_files("#files", {"name": "草稿.txt", "mimeType": "text/plain", "buffer": text})
    auditor.wait_for_selector("#result >> text=不一致")
    assert DEPARTMENTS[0] in auditor.inner_text("#result h2")
    after = {path for path in site.folder.rglob("*") if path.is_file() and path.suffix not in (".log", "")}
    assert {path for path in after - before if "sqlite" not in path.name} == set()


def test_a_clerk_of_another_department_finds_nothing(person):
    address = hand_in(person("clerk2"), 2)
    stranger = person("stranger")
    stranger.goto("/disclosures/")
    assert DEPARTMENTS[2] not in stranger.inner_text("main")
    for part in ("", "parts/T01/", "original/", "download/", "findings/", "place-history/?place=T01"):
        assert stranger.goto(f"{address}{part}").status == 404, part
    answers = stranger.evaluate(
        """async (paths) => Promise.all(paths.map(async (path) => (await fetch(path, {method: "POST", body: "{}",
        headers: {"X-CSRFToken": document.cookie.match(/csrftoken=(\\w+)/)?.[1] ?? ""}})).status))""",
        [f"{address}{path}" for path in ("steps/submit/", "steps/recall/", "findings/recheck/", "findings/1/explain/")],
    )
    assert set(answers) <= {403, 404}
