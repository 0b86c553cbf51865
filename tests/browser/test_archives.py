"""The page of imports while an archive is taken in: first itself, then its files, and what is wrong with either."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright", reason="playwright 没有安装：浏览器测试没有运行")
from playwright.sync_api import expect

from tests.browser.documents import DEPARTMENTS, planted
from tests.zips import zipped

pytestmark = pytest.mark.browser


def hand_in(page, name: str, data: bytes):
    """The line of an archive on the page, when its own task has ended."""
    page.goto("/import/")
    page.set_input_files("#files", {"name": name, "mimeType": "application/zip", "buffer": data})
    line = page.locator(f"#tasks > li[data-task]:has-text('{name}')")
    expect(line).to_have_attribute("data-state", "done" if name == "全县.zip" else "failed")
    return line


def test_the_files_of_an_archive_stand_below_it(person):
    page = person("clerk3")
    archive = hand_in(page, "全县.zip", zipped({"甲局/公开.txt": planted(3)[0], "乙局/写坏.json": b"{"}))
    expect(archive).to_contain_text("解出 2 个文件：已完成 1、未完成 1。")
    bad, good = page.locator("#tasks > li.inside").all()
    expect(bad).to_contain_text("乙局/写坏.json")
    expect(bad.locator(".notice.error")).to_contain_text("不是完整的 JSON")
    expect(good).to_contain_text("甲局/公开.txt")
    expect(good.locator("a").first).to_contain_text(DEPARTMENTS[3])
    expect(page.locator("#summary")).to_have_text("")


def test_a_refused_archive_says_why_and_offers_to_try_again(person):
    page = person("clerk3")
    damaged = zipped({"1.txt": b"A" * 50, "2.txt": b"B" * 50}).replace(b"B" * 50, b"C" * 50)
    archive = hand_in(page, "损坏.zip", damaged)
    expect(archive.locator(".notice.error")).to_contain_text("已损坏或不完整")
    expect(archive.locator(".notice.error")).to_contain_text("里面的文件一个也没有导入")
    expect(archive.get_by_role("button", name="重试")).to_be_visible()
    expect(page.locator("#tasks > li.inside:has-text('1.txt')")).to_have_count(0)
