"""What was typed into the fields of a PDF form, or set upon a page as a note of text, is print like any other."""

from __future__ import annotations

import pytest

from disclosures.reading.pdf.reader import read_pdf


def _file(subtype: str, field: str) -> bytes:
    """One page: "Budget" printed, 1204.51 as the look of an annotation."""
    page = b"BT /F 12 Tf 72 700 Td (Budget) Tj ET"
    look = b"BT /F 12 Tf 2 4 Td (1204.51) Tj ET"
    font = "<</Font<</F 6 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources{font}/Contents 4 0 R/Annots[5 0 R]>>".encode(),
        b"<</Length %d>>stream\n%b\nendstream" % (len(page), page),
        f"<</Type/Annot/Subtype/{subtype}{field}/Rect[200 696 300 714]/F 4/AP<</N 7 0 R>>>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Type/XObject/Subtype/Form/BBox[0 0 100 18]/Resources{font}/Length {len(look)}>>".encode()
        + b"stream\n%b\nendstream" % look,
    ]
    out = b"%PDF-1.7\n"
    places = []
    for number, text in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


@pytest.mark.parametrize(("subtype", "field"), [("Widget", "/FT/Tx/T(a)/V(1204.51)"), ("FreeText", "")])
def test_what_was_typed_is_read(subtype: str, field: str) -> None:
    printed = " ".join(line.text for line in read_pdf(_file(subtype, field), "表单.pdf").lines)
    assert "Budget" in printed
    assert "1204.51" in printed


def test_a_stamp_is_no_print() -> None:
    printed = " ".join(line.text for line in read_pdf(_file("Stamp", ""), "盖章.pdf").lines)
    assert "Budget" in printed
    assert "1204.51" not in printed
