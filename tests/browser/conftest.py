"""A site of its own (server, worker, SQLite in a folder) and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.documents import DEPARTMENTS

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PASSWORD = "liulanqi-2026"
PATIENCE = 20  # seconds for the site to start
WAIT = 15_000  # milliseconds that a page may take


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: drives a real Chromium")


@dataclass(frozen=True)
class Site:
    address: str
    folder: Path


def _manage(environment: dict[str, str], *arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    environment |= {"DEMO": "1", "VAR_DIR": str(folder), "ALLOWED_HOSTS": "127.0.0.1", "PYTHONPATH": str(ROOT)}

    def run(*arguments: str) -> None:
        subprocess.run(_manage(environment, *arguments), env=environment, cwd=ROOT, check=True, capture_output=True)

    run("migrate", "--verbosity", "0")
    run("sync_catalogue")
    call = f"from tests.browser.prepare import prepare; prepare({list(DEPARTMENTS)!r})"
    run("shell", "--verbosity", "0", "-c", call)
    server = subprocess.Popen(
        _manage(environment, "runserver", "--noreload", f"127.0.0.1:{port}"),
        env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=(folder / "server.log").open("wb"),
    )  # fmt: skip
    worker = subprocess.Popen(
        _manage(environment, "work", "--pause", "0.2"),
        env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=(folder / "worker.log").open("wb"),
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/login/")
        yield Site(address, folder)
    finally:
        for process in (server, worker):
            process.terminate()
            process.wait(timeout=10)


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        message = "没有安装 chromium，浏览器测试没有运行（apt install chromium fonts-noto-cjk）"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

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
