"""A site of its own with publications of every kind: for the browser tests of the portal."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.prepare import make_tables
from tests.browser.site import _environment, _run, _start, _stop, _wait_for


@contextmanager
def portal_site(folder: Path) -> Iterator[str]:
    """The address of a running site in which something is published; stopped in the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = _environment(folder) | {"ALLOWED_HOSTS": "127.0.0.1"}
    _run(environment, sys.executable, "-m", "tests.browser.portal_site")
    server = _start(environment, folder / "server.log", "runserver", "--noreload", f"127.0.0.1:{port}")
    try:
        _wait_for(f"http://127.0.0.1:{port}/open/", server, folder / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        _stop(server)


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


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    make_tables()
    publish_some()


if __name__ == "__main__":
    main()
