"""A site and a real Chromium in front of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from tests.browser.documents import DEPARTMENTS
from tests.browser.site import PASSWORD, Site, chromium, running_site

WAIT = 60_000  # milliseconds that a page may take where ten other processes share the machine


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: drives a real Chromium")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site"), DEPARTMENTS) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    path = chromium()
    if path is None:
        message = "没有安装 chromium，浏览器测试没有运行（apt install chromium fonts-noto-cjk）"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=WAIT)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def person(browser, site) -> Iterator[Callable[[str], object]]:
    """Opens a browser of one's own in which a person has logged in; an error of a page's program fails the test."""
    contexts, errors = [], []

    def log_in(username: str | None):
        context = browser.new_context(base_url=site.address, viewport={"width": 1366, "height": 768}, locale="zh-CN")
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None)
        if username is not None:
            page.goto("/login/")
            page.fill("[name=username]", username)
            page.fill("[name=password]", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url("**/")
        return page

    yield log_in
    for context in contexts:
        context.close()
    assert not errors
