"""A site of its own with publications of every kind: for the browser tests of the portal."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.browser.site import ROOT, _manage, _start, _wait_for


@contextmanager
def portal_site(folder: Path) -> Iterator[str]:
    """The address of a running site in which something is published; stopped in the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    environment |= {"DEMO": "1", "VAR_DIR": str(folder), "ALLOWED_HOSTS": "127.0.0.1", "PYTHONPATH": str(ROOT)}
    _manage(environment, "migrate", "--verbosity", "0")
    call = "from tests.browser.portal_site import publish_some; publish_some()"
    _manage(environment, "shell", "--verbosity", "0", "-c", call)
    server = _start(environment, folder / "server.log", "runserver", "--noreload", f"127.0.0.1:{port}")
    try:
        _wait_patiently(f"http://127.0.0.1:{port}/open/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_patiently(address: str) -> None:
    """As long as three sites: this one starts while all of a suite's workers are busy."""
    for _ in range(2):
        with suppress(OSError):
            return _wait_for(address)
    return _wait_for(address)


def publish_some() -> None:
    """Two years of one department, a large one, one with two versions, one withdrawn; the open data of 2026."""
    from disclosures import models
    from disclosures.plain.data import Kind
    from disclosures.portal.open_data import build
    from disclosures.services.publishing import withdraw
    from disclosures.services.revising import revise
    from disclosures.synthetic import LARGE, MEDIUM, SMALL, generate

    region = models.Region.objects.create(name="青山市", code="140100")
    reviewer = models.User.objects.create(username="审核", role=models.Role.REVIEWER, region=region)
    for seed, size, year in ((42, MEDIUM, 2025), (42, MEDIUM, 2026), (43, LARGE, 2026), (44, SMALL, 2026)):
        record = _imported(generate(seed, size, kind=Kind.DEPARTMENT, year=year), region)
        _published(record, reviewer)
    clerk = models.User.objects.get(department=record.department)
    second = revise(clerk, record.pk)
    _published(second, reviewer)
    gone = _imported(generate(45, SMALL, kind=Kind.DEPARTMENT, year=2026), region)
    _published(gone, reviewer)
    withdraw(reviewer, gone.pk, "附件中的名单不应公开")
    build(2026, lambda *_: None)


def _imported(disclosure, region):
    from disclosures import models
    from disclosures.services.importing import import_file
    from tests.portal.conftest import file_of

    department, _ = models.Department.objects.get_or_create(name=disclosure.department, region=region)
    clerk, _ = models.User.objects.get_or_create(
        username=f"经办{department.pk}", role=models.Role.CLERK, department=department
    )
    return import_file(file_of(disclosure), "预算.json", clerk).record


def _published(record, reviewer) -> None:
    from disclosures import models
    from disclosures.services.publishing import attach_final_file, publish, sign_off
    from disclosures.storage import load
    from tests.portal.conftest import SIGNED, file_of

    models.Disclosure.objects.filter(pk=record.pk).update(state=models.State.APPROVED)
    clerk = models.User.objects.get(department=record.department)
    sign_off(clerk, record.pk, SIGNED)
    final = file_of(load(record.pk)) + b"\n" * record.version
    attach_final_file(clerk, record.pk, final, f"{record.printed_department}定稿.json")
    publish(reviewer, record.pk)
