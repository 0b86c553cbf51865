"""`make screenshots`: every screen of the workplace, from made-up documents, for the user manual."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import FilePayload, Page, sync_playwright

from disclosures.plain.data import Kind
from disclosures.synthetic import MEDIUM, SMALL, generate, write_grid_text
from disclosures.synthetic.samples import spoilt
from disclosures.synthetic.styles import GRID_CONTENTS, GRID_OCR
from tests.browser.site import PASSWORD, ROOT, chromium, running_site

VIEW = {"width": 1366, "height": 768}
PATIENCE = 120_000  # milliseconds; nobody waits for the pictures
WRONG = generate(2026, SMALL, kind=Kind.DEPARTMENT, year=2026)
FAIR = generate(12, MEDIUM, kind=Kind.DEPARTMENT, year=2026)
OTHER = generate(42, SMALL, kind=Kind.DEPARTMENT, year=2026)

SHEET_WITH_ERRORS = (
    "账号,姓名,角色,所属部门（单位）,所属地区,初始密码",
    "wang,王新,经办,没有这个局,,123",
    "clerk0,重名,经办,,,",
    ",无名,审核,,青山市,",
)


def files() -> list[FilePayload]:
    """The documents that the clerks hand in, by number of the clerk."""
    texts = (
        write_grid_text(spoilt(WRONG, 3)[0], GRID_CONTENTS),
        write_grid_text(FAIR, GRID_OCR),
        write_grid_text(OTHER, GRID_CONTENTS),
    )
    names = ("卫生健康局.txt", "体育局.txt", "司法局.txt")
    return [
        {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
        for name, text in zip(names, texts, strict=True)
    ]


class Camera:
    """Opens pages for people and keeps pictures of them."""

    def __init__(self, browser: Any, address: str, folder: Path) -> None:
        self.browser, self.address, self.folder = browser, address, folder

    def page(self, person: str | None, *, dark: bool = False) -> Page:
        scheme = "dark" if dark else "light"
        context = self.browser.new_context(
            base_url=self.address, viewport=VIEW, locale="zh-CN", color_scheme=scheme, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        page: Page = context.new_page()
        if person:
            page.goto("/login/")
            page.fill("[name=username]", person)
            page.fill("[name=password]", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url("**/")
        return page

    def take(self, page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        page.screenshot(path=self.folder / f"{name}.png")
        print(f"{name}.png")


def bench(page: Page, address: str, part: str) -> None:
    page.goto("about:blank")
    page.goto(f"{address}#{part}")
    page.wait_for_selector("body[data-ready]", state="attached")


def hand_in(page: Page, document: FilePayload) -> str:
    page.goto("/import/")
    page.set_input_files("#files", document)
    page.wait_for_selector("li[data-state=done]")
    return page.locator("li[data-state=done] a").first.get_attribute("href") or ""


def screens(camera: Camera) -> None:
    documents = files()
    stranger = camera.page(None)
    stranger.goto("/login/")
    camera.take(stranger, "login")
    clerk = camera.page("clerk0")
    address = hand_in(clerk, documents[0])
    camera.take(clerk, "import")
    clerk.goto("/")
    camera.take(clerk, "front-clerk")
    workbench(camera, clerk, address)
    others = [hand_in(camera.page(f"clerk{number}"), documents[number]) for number in (1, 2)]
    submitter = camera.page("clerk2")
    bench(submitter, others[1], "T01")
    submitter.click("[data-step=submit]")
    submitter.wait_for_selector("#state:has-text('待审核')")
    overviews(camera, documents[0])
    people(camera)
    oversight(camera)
    review(camera, others[1], documents[2])
    dark = camera.page("clerk0", dark=True)
    bench(dark, address, "T02")
    dark.click(".finding button.main")
    camera.take(dark, "workbench-dark")
    dark.goto("/")
    camera.take(dark, "front-dark")


def workbench(camera: Camera, clerk: Page, address: str) -> None:
    bench(clerk, address, "T02")
    clerk.click(".finding button.main")
    camera.take(clerk, "workbench-table")
    bench(clerk, address, "T01")
    camera.take(clerk, "workbench-two-sides")
    bench(clerk, address, "narrative")
    clerk.locator("mark.error").first.click()
    camera.take(clerk, "workbench-narrative")
    clerk.click("text=去修改")
    camera.take(clerk, "workbench-edit")
    bench(clerk, address, "targets")
    clerk.click(".finding button.main >> nth=1")
    camera.take(clerk, "workbench-targets")
    bench(clerk, address, "overview")
    camera.take(clerk, "workbench-overview")
    bench(clerk, address, "T02")
    clerk.locator(".amount[data-place$='/total']").nth(3).click()
    clerk.keyboard.type("12.34")
    clerk.keyboard.press("Enter")
    clerk.wait_for_selector("#saved:has-text('保存于')")
    camera.take(clerk, "workbench-corrected")
    clerk.click("[data-step=submit]")
    clerk.wait_for_selector("dialog[open]")
    camera.take(clerk, "workbench-submit")
    bench(clerk, address, "history")
    clerk.keyboard.press("?")
    camera.take(clerk, "workbench-keys")
    bench(clerk, address, "history")
    camera.take(clerk, "workbench-history")


def overviews(camera: Camera, document: FilePayload) -> None:
    reviewer = camera.page("reviewer")
    camera.take(reviewer, "front-reviewer")
    reviewer.goto("/disclosures/")
    camera.take(reviewer, "list")
    auditor = camera.page("auditor")
    camera.take(auditor, "front-auditor")
    auditor.goto("/quick-check/")
    auditor.set_input_files("#files", document)
    auditor.wait_for_selector("#result section")
    camera.take(auditor, "quick-check")


def shown(camera: Camera, page: Page, **addresses: str) -> None:
    """A picture of each address, by its name."""
    for name, address in addresses.items():
        page.goto(address)
        camera.take(page, name.replace("_", "-"))


def people(camera: Camera) -> None:
    """Accounts: their list, one, a sheet with errors, the log of logins; tokens and the API's pages."""
    administrator = camera.page("administrator")
    shown(camera, administrator, front_administrator="/", accounts="/accounts/", logins="/accounts/logins/")
    administrator.goto("/accounts/")
    administrator.click("table.list a >> text=clerk0")
    camera.take(administrator, "account")
    administrator.goto("/accounts/import/")
    sheet = "\n".join(SHEET_WITH_ERRORS)
    administrator.set_input_files("[type=file]", {"name": "账号.csv", "mimeType": "text/csv", "buffer": sheet.encode()})
    administrator.click("main button[type=submit]")
    camera.take(administrator, "accounts-import")
    shown(camera, administrator, mute="/rules/muted/", tokens="/tokens/", tasks="/tasks/")
    administrator.goto("/schedules/")
    if administrator.locator("text=建立默认的定时任务").count():
        administrator.click("text=建立默认的定时任务")
    camera.take(administrator, "schedules")
    administrator.click("text=每晚核对")
    camera.take(administrator, "schedule")
    administrator.goto("/api/v1/docs/")
    administrator.wait_for_selector(".swagger-ui .info")
    camera.take(administrator, "api-docs")
    shown(camera, administrator, admin="/admin/", admin_table="/admin/disclosures/budgetlinet03/")
    shown(camera, administrator, admin_list="/admin/disclosures/disclosure/")
    shown(camera, administrator, admin_import="/admin/disclosures/department/import/")


def oversight(camera: Camera) -> None:
    """What reviewers look at beside single disclosures."""
    clerk = camera.page("clerk0")
    clerk.goto("/disclosures/")
    address = clerk.locator("table.list tbody a").first.get_attribute("href") or ""
    bench(clerk, address, "T02")
    clerk.click(".finding button.main")
    clerk.click(".offers >> text=说明原因")
    clerk.fill("dialog textarea", "按财政批复列示，已与预算股核对。")
    clerk.click("dialog button.primary")
    clerk.wait_for_selector(".finding .said:has-text('说明（')")
    clerk.goto(address.replace("/disclosures/", "/remarks/?disclosure=").rstrip("/"))
    clerk.fill("[name=text]", "“三公”经费比上年减少，是因为去年更换了一辆公务用车。")
    clerk.click("button:has-text('写下批注')")
    reviewer = camera.page("reviewer")
    shown(camera, reviewer, explanations="/explanations/", missing="/missing/", rules="/rules/")
    reviewer.goto("/rules/?only=open")
    reviewer.locator("table.rules tbody td a").first.click()
    camera.take(reviewer, "rule")
    reviewer.click("text=批量豁免")
    camera.take(reviewer, "waive")
    reviewer.goto("/audits/new/")
    camera.take(reviewer, "audit-new")
    reviewer.click("button:has-text('开始核对')")
    reviewer.wait_for_selector(".figures", timeout=60_000)
    camera.take(reviewer, "audit")
    shown(camera, reviewer, remarks="/remarks/?only=all", notifications="/notifications/")
    shown(camera, reviewer, notification_settings="/notifications/settings/")
    reviewer.goto("/disclosures/")
    reviewer.check("[data-all=bulk]")
    camera.take(reviewer, "list-bulk")


def review(camera: Camera, address: str, document: FilePayload) -> None:
    """From the review to the published page."""
    reviewer = camera.page("reviewer")
    bench(reviewer, address, "T01")
    camera.take(reviewer, "review")
    reviewer.click("[data-step=approve]")
    reviewer.click("dialog button.primary")
    reviewer.wait_for_selector("#state:has-text('已通过')")
    reviewer.wait_for_selector("body[data-ready]", state="attached")
    reviewer.click("[data-step=sign_off]")
    reviewer.fill("[name=secrecyReviewer]", "钱保密")
    reviewer.fill("[name=leader]", "孙局长")
    camera.take(reviewer, "sign-off")
    reviewer.click("dialog button.primary")
    reviewer.wait_for_selector("#before-publication:has-text('已签发')")
    reviewer.wait_for_selector("body[data-ready]", state="attached")
    reviewer.click("[data-step=final_file]")
    reviewer.set_input_files("dialog [type=file]", document)
    reviewer.click("dialog button.primary")
    reviewer.wait_for_selector("#before-publication:has-text('定稿已收')")
    reviewer.wait_for_selector("body[data-ready]", state="attached")
    reviewer.click("[data-step=publish]")
    reviewer.click("dialog button.primary")
    reviewer.wait_for_selector("#state:has-text('已公开')")
    public(camera, address.replace("/disclosures/", "/published/"))


def public(camera: Camera, address: str) -> None:
    """The portal, as anybody sees it; one page as on a phone."""
    anybody = camera.page(None)
    shown(camera, anybody, portal="/open/", published=address, portal_search="/open/search/?q=项目")
    shown(camera, anybody, portal_compare="/open/compare/", portal_data="/open/data/")
    anybody.set_viewport_size({"width": 375, "height": 812})
    shown(camera, anybody, published_phone=address)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "zh" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    path = chromium()
    if path is None:
        sys.exit("没有安装 chromium：apt install chromium fonts-noto-cjk")
    departments = (WRONG.department, FAIR.department, OTHER.department)
    with TemporaryDirectory() as var, running_site(Path(var), departments) as site, sync_playwright() as playwright:
        language: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": "zh_CN"}  # of the browser's own buttons
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--lang=zh-CN"], env=language)
        screens(Camera(browser, site.address, folder))
        browser.close()


if __name__ == "__main__":
    main()
