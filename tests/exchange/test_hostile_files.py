"""Files that want too much memory, time or trust are refused with a plain sentence."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from openpyxl import Workbook

from disclosures.exchange import files
from disclosures.exchange.files import SheetFileError, read_file
from disclosures.plain.cells import Formula

_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>',
    "xl/workbook.xml": "<workbook/>",
}


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, text)
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _book(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def _with_entities() -> bytes:
    """A workbook whose strings are entities that multiply ("billion laughs")."""
    good, out = _book(("名称",), ("laugh",)), io.BytesIO()
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE worksheet [<!ENTITY a0 "哈哈">{levels}]>'
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.namelist():
            data = source.read(part).decode()
            if part == "xl/worksheets/sheet1.xml":
                data = head + data.replace("laugh", "&a9;")
                assert "&a9;" in data
            target.writestr(part, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"x" * (files.LARGEST + 1), "超过 10 MB"),
        (_zip(bomb=b"\0" * (files.LARGEST_UNPACKED + 1)), "异常地大"),
        (_zip(bomb=b"\0" * 20_000_000), "异常地大"),
        (_zip(), "Excel"),
        (b"PK\x03\x04 and nothing", "不是完好的 Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "旧版或加密"),
        (b"%PDF-1.7 \n", "PDF"),
        (b"", "空的"),
        (_book(), "没有列名"),
        (_book(tuple(f"列{n}" for n in range(150))), "超过 100 列"),
        (_with_entities(), "不该有的定义"),
        (("名称\n" + "甲\n" * (files.MOST_ROWS + 1)).encode(), "超过 20000 行"),
    ],
    ids=["size", "bomb", "ratio", "no sheets", "no zip", "xls", "pdf", "empty", "blank", "wide", "entities", "long"],
)
def test_what_is_refused(data, said):
    started = time.monotonic()
    with pytest.raises(SheetFileError, match=said):
        read_file(data)
    assert time.monotonic() - started < 10


def test_formatted_rows_without_content_are_not_rows():
    book, out = Workbook(), io.BytesIO()
    book.active.append(("名称",))
    book.active.append(("甲",))
    book.active.cell(900_000, 1).number_format = "@"
    book.save(out)
    assert len(read_file(out.getvalue())) == 1


def test_formulas_are_seen_and_not_evaluated():
    ((cell,),) = read_file(_book(("合计",), ("=1+1",)))
    assert isinstance(cell, Formula)
    assert cell == "=1+1"


def test_files_saved_by_excel_in_china_are_read():
    for encoding in ("gb18030", "utf-8", "utf-8-sig", "utf-16"):
        dataset = read_file("名称\t代码\r\n甲局\t'=01\r\n".encode(encoding))
        assert (dataset.headers, list(dataset)) == (["名称", "代码"], [("甲局", "=01")])
