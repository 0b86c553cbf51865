"""The original beside the workbench: its pages as pictures, with permission, within limits; what stands where."""

from __future__ import annotations

import io

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from disclosures import models
from disclosures.models import Role
from disclosures.plain.data import Kind
from disclosures.plain.sources import page_place
from disclosures.reading import SourceDocument
from disclosures.services import original_pages, sandbox
from disclosures.services.catalogues import sync_catalogue
from disclosures.services.importing import import_file
from disclosures.storage import keep_bytes, load, page_images
from disclosures.storage.readings import keep_reading
from disclosures.synthetic import SMALL, generate
from disclosures.synthetic.pdf import write_pdf

POINT = 1 / 72


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write_pdf(generate(42, SMALL, kind=Kind.DEPARTMENT, year=2026))


@pytest.fixture(scope="module")
def reading(pdf) -> SourceDocument:
    return sandbox.read_source(pdf, "公开.pdf")


@pytest.fixture
def record(pdf, reading, region) -> models.Disclosure:
    sync_catalogue()
    keep_reading(reading)  # the file is not read once more for every test
    found = import_file(pdf, "公开.pdf").record
    models.Department.objects.filter(pk=found.department_id).update(region=region)
    found.refresh_from_db()
    return found


def page(client, record, number: int = 1, **asked: object):
    headers = asked.pop("headers", {})
    return client.get(reverse("original_page", args=[record.pk, number]), asked, headers=headers)


def ink(picture: Image.Image, box: tuple[float, float, float, float], dpi: int) -> float:
    """Share of dark points within a box in points of the page."""
    x0, y0, x1, y1 = (round(value * dpi * POINT) for value in box)
    return float((np.asarray(picture.convert("L"))[y0:y1, x0:x1] < 128).mean())


def test_the_box_of_a_cell_holds_its_number_on_the_picture_of_the_page(record, log_in):
    client = log_in(Role.CLERK)
    table = next(table for table in load(record.pk).tables if table.id == "T03")
    cells = [cell for row in table.rows for _, cell in row.cells if cell.value and cell.source]
    assert cells
    for cell in cells[:5]:
        place = page_place(cell.source)
        assert place is not None
        assert place.box is not None
        answer = page(client, record, place.page, dpi=110)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        x0, y0, x1, y1 = place.box
        inner = (x0 + 2, y0 + 2, x1 - 2, y1 - 2)  # without the ruling lines
        assert ink(Image.open(io.BytesIO(answer.content)), inner, 110) > 0.005


def test_pages_are_listed_with_their_sizes(record, log_in):
    client = log_in(Role.CLERK)
    found = client.get(reverse("original_pages", args=[record.pk])).json()
    assert all(width > 500 and height > 500 for width, height in found["sizes"])
    assert found["scanned"] == []
    assert client.get(reverse("original", args=[record.pk])).json()["paged"] is True
    assert page(client, record, len(found["sizes"]) + 1).status_code == 404
    assert page(client, record, 0).status_code == 404


def test_pages_are_for_those_who_may_see_the_disclosure(record, log_in, client):
    stranger = log_in(Role.CLERK, elsewhere=True)
    for name, more in (("original_page", [1]), ("original_pages", []), ("original_place", []), ("original", [])):
        address = reverse(name, args=[record.pk, *more])
        assert stranger.get(address).status_code == 404
        assert client.get(address).status_code == 401
        assert log_in(Role.AUDITOR).get(address).status_code == 200


def test_a_page_is_drawn_once_and_kept_by_its_hash(record, log_in, monkeypatch):
    client = log_in(Role.CLERK)
    first = page(client, record, 1)
    monkeypatch.setattr(sandbox, "page_pictures", None)  # whoever draws again fails
    assert page(client, record, 1).content == first.content
    assert page(client, record, 2).status_code == 200  # drawn with its neighbour
    page_images.forget_pictures(before=4e9)
    assert page_images.load_picture(record.source_file.sha256, 1, 110) is None


def test_the_browser_keeps_pages_but_asks_each_time(record, log_in):
    client = log_in(Role.CLERK)
    answer = page(client, record, 1)
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Content-Type-Options"] == "nosniff"
    again = page(client, record, 1, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert page(client, record, 1, dpi=150)["ETag"] != answer["ETag"]
    stranger = log_in(Role.CLERK, elsewhere=True)
    assert page(stranger, record, 1, headers={"If-None-Match": answer["ETag"]}).status_code == 404


@pytest.mark.parametrize(("asked", "drawn"), [("1", 72), ("73", 110), ("99999", 110), ("9999", 220), ("-5", 110)])
def test_resolutions_are_few(record, log_in, asked, drawn):
    picture = Image.open(io.BytesIO(page(log_in(Role.CLERK), record, 1, dpi=asked).content))
    (width, _), *_ = original_pages.pages_of(record.source_file).sizes
    assert abs(picture.width - width * drawn * POINT) <= 1


def test_a_click_on_the_page_finds_what_was_read_there(record, log_in):
    client = log_in(Role.CLERK)
    table = next(table for table in load(record.pk).tables if table.id == "T03")
    row = next(row for row in table.rows if row.code)
    column, cell = next((key, cell) for key, cell in row.cells if cell.source)
    address = reverse("original_place", args=[record.pk])
    assert client.get(address, {"source": cell.source}).json()["where"] == f"T03/{row.code}/{column}"
    unknown = "page 1 @0.0,0.0,1.0,1.0"
    assert client.get(address, {"source": [unknown, row.source]}).json()["where"].startswith("T03/")
    assert client.get(address, {"source": unknown}).json()["where"] == ""


def test_a_scan_is_drawn_as_its_places_count(log_in, record):
    """A sideways photograph (EXIF) of 300 dpi: pages are shown turned, at a size of paper."""
    picture = Image.new("L", (2480, 3508), 255)
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    picture.save(out, "JPEG", dpi=(300, 300), exif=exif)
    source = models.SourceFile.objects.create(sha256="f" * 64, name="扫描.jpg", size=out.tell(), candidates=1)
    keep_bytes(source, out.getvalue())
    ((width, height),) = original_pages.pages_of(source).sizes
    assert (round(width), round(height)) == (842, 595)
    shown = Image.open(io.BytesIO(original_pages.page_picture(source, 1, 72)))
    assert (abs(shown.width - 842) <= 1, abs(shown.height - 595) <= 1) == (True, True)


def test_text_has_no_pages(log_in, record):
    source = models.SourceFile.objects.create(sha256="d" * 64, name="公开.txt", size=9, candidates=1)
    keep_bytes(source, "一行".encode())
    models.Disclosure.objects.filter(pk=record.pk).update(source_file=source)
    client = log_in(Role.CLERK)
    assert client.get(reverse("original", args=[record.pk])).json()["paged"] is False
    assert page(client, record).status_code == 404
    assert client.get(reverse("original_pages", args=[record.pk])).status_code == 404


def test_a_damaged_file_is_refused_in_words(log_in, record):
    source = models.SourceFile.objects.create(sha256="e" * 64, name="坏.pdf", size=9, candidates=1)
    keep_bytes(source, b"%PDF-1.4\n")
    models.Disclosure.objects.filter(pk=record.pk).update(source_file=source)
    answer = log_in(Role.CLERK).get(reverse("original_pages", args=[record.pk]))
    assert answer.status_code == 422
    assert "坏.pdf" in answer.json()["message"]


def test_what_it_costs_in_queries(record, log_in, queries_of):
    client = log_in(Role.CLERK)
    page(client, record)
    client.get(reverse("original_place", args=[record.pk]), {"source": "page 1"})
    for name, more in (("original_page", [1]), ("original_pages", []), ("original_place", []), ("original", [])):
        assert queries_of(client, reverse(name, args=[record.pk, *more])) == 4, name


def test_a_file_of_every_kind_is_taken_in(log_in):
    """The suite's other files hand in text; here the first bytes of a PDF that is none reach the worker."""
    upload = {"files": [SimpleUploadedFile("坏.pdf", b"%PDF-1.4\n")]}
    assert log_in(Role.CLERK).post(reverse("import_upload"), upload).status_code == 202
