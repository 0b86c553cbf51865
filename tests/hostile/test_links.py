"""What a document points to outside of itself is never fetched, whichever program reads it; nor is anything run."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from disclosures.reading import UnreadableFileError
from disclosures.services.sandbox import read_source
from tests.hostile.makers import repacked, sheet_xml, workbook
from tests.hostile.pages import active
from tests.reading.word import FILLER, NAMES, word

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"


class Listener:
    """A server on this machine that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                pass

        for method in ("HEAD", "OPTIONS", "PROPFIND"):
            setattr(Handler, f"do_{method}", Handler.do_GET)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    thread = Thread(target=found.server.serve_forever, daemon=True)
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join()


def _relations(*links: tuple[str, str, str]) -> bytes:
    items = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
        for key, kind, target in links
    )
    return f'<Relationships xmlns="{_PACKAGE}">{items}</Relationships>'.encode()


def _docx(address: str) -> bytes:
    """A template, a picture, a frame, a linked object and a field that all lie elsewhere."""
    field = f'<w:fldSimple w:instr="INCLUDETEXT {address}/text"><w:r><w:t>域的内容</w:t></w:r></w:fldSimple>'
    chunk = f'<w:altChunk xmlns:r="{_OFFICE}" r:id="x2"/>'
    body = f"<w:document {NAMES}><w:body>{FILLER}<w:p>{field}</w:p>{chunk}</w:body></w:document>"
    links = _relations(
        ("x1", "image", f"{address}/picture"),
        ("x2", "aFChunk", f"{address}/chunk"),
        ("x3", "oleObject", f"{address}/object"),
    )
    template = _relations(("x4", "attachedTemplate", f"{address}/template"))
    settings = f'<w:settings {NAMES} xmlns:r="{_OFFICE}"><w:attachedTemplate r:id="x4"/></w:settings>'.encode()
    return repacked(
        word(FILLER),
        {"word/document.xml": body.encode(), "word/_rels/document.xml.rels": links},
        {"word/settings.xml": settings, "word/_rels/settings.xml.rels": template},
    )


def _xlsx(address: str) -> bytes:
    """A formula that starts a program, one that asks a server, and a workbook linked from there."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    link = f'<externalLink xmlns="{main}"><externalBook xmlns:r="{_OFFICE}" r:id="x1"/></externalLink>'
    cells = (
        '<c r="A1" t="inlineStr"><is><t>一般公共服务支出的一个项目名称</t></is></c>'
        "<c r=\"B1\"><f>cmd|' /C calc'!A0</f><v>12.5</v></c>"
        f'<c r="C1"><f>WEBSERVICE("{address}/ask")</f><v>3</v></c>'
        '<c r="D1" t="str"><f>[1]Sheet1!A1</f><v>另一本里的值</v></c>'
    )
    sheet = sheet_xml(f'<row r="1">{cells}</row>')
    links = _relations(("x1", "externalLinkPath", f"{address}/book.xlsx"))
    added = {
        "xl/externalLinks/externalLink1.xml": link.encode(),
        "xl/externalLinks/_rels/externalLink1.xml.rels": links,
    }
    return repacked(sheet, {}, added)


def _rtf(address: str) -> bytes:
    field = rf"{{\field{{\*\fldinst INCLUDEPICTURE {address}/picture.png \\d}}{{\fldrslt x}}}}"
    text = "".join(f"\\u{ord(letter)}?" for letter in "部门预算公开文件里的一段正文，只为了够长")
    return rf"{{\rtf1\ansi{{\*\template {address}/template}}{field}{text}\par}}".encode()


def _open_document(kind: str, body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        mimetype = f"application/vnd.oasis.opendocument.{kind}"
        packed.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        names = " ".join(
            f'xmlns:{key}="{_OASIS}:{kind}:1.0"'
            for key, kind in (
                ("office", "office"),
                ("text", "text"),
                ("table", "table"),
                ("draw", "drawing"),
                ("svg", "svg-compatible"),
            )
        )
        packed.writestr(
            "content.xml",
            f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
            f"<office:body>{body}</office:body></office:document-content>",
        )
        packed.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
    return out.getvalue()


def _odt(address: str) -> bytes:
    picture = (
        f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{address}/picture.png"/></draw:frame>'
    )
    section = (
        f'<text:section text:name="a"><text:section-source xlink:href="{address}/section.odt"/>'
        "<text:p>节里的内容</text:p></text:section>"
    )
    words = "<text:p>部门预算公开文件里的一段正文，只为了够长</text:p>"
    return _open_document("text", f"<office:text>{words}<text:p>{picture}</text:p>{section}</office:text>")


def _ods(address: str) -> bytes:
    words = "一般公共服务支出的一个项目名称"
    label = f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'
    asking = (
        f'<table:table-cell table:formula=\'of:=WEBSERVICE("{address}/ask")\' office:value-type="string">'
        "<text:p>问</text:p></table:table-cell>"
    )
    linked = (
        f'<table:table-cell table:formula="of:=\'{address}/book.ods\'#$Sheet1.A1" office:value-type="float"'
        ' office:value="3"><text:p>3</text:p></table:table-cell>'
    )
    row = f"<table:table-row>{label}{asking}{linked}</table:table-row>"
    source = f'<table:table-source xlink:href="{address}/whole.ods" table:table-name="a"/>'
    sheets = (
        f'<table:table table:name="甲">{row}{row}</table:table><table:table table:name="乙">{source}{row}</table:table>'
    )
    return _open_document("spreadsheet", f"<office:spreadsheet>{sheets}</office:spreadsheet>")


WITH_LINKS: dict[str, Callable[[str], bytes]] = {"docx": _docx, "xlsx": _xlsx, "rtf": _rtf, "odt": _odt, "ods": _ods}
_CONVERTED = ("rtf", "odt", "ods")


@pytest.mark.parametrize("kind", WITH_LINKS)
def test_links_are_not_followed(kind: str, listener: Listener) -> None:
    if kind in _CONVERTED and not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("没有安装 LibreOffice")
    document = read_source(WITH_LINKS[kind](listener.address), f"有链接.{kind}")
    assert listener.asked == []
    text = "".join(line.text for line in document.lines)
    assert "只是为了让文档够长" in text or "只为了够长" in text or "一个项目名称" in text
    assert "cmd" not in text


def test_the_listener_hears() -> None:
    """The proof that silence means something."""
    from urllib.error import HTTPError
    from urllib.request import urlopen

    heard = Listener()
    thread = Thread(target=heard.server.handle_request, daemon=True)
    thread.start()
    with pytest.raises(HTTPError):
        urlopen(f"{heard.address}/asked", timeout=10)
    thread.join()
    heard.server.server_close()
    assert heard.asked == ["/asked"]


def test_of_a_formula_its_stored_value_is_read() -> None:
    document = read_source(_xlsx("http://127.0.0.1:9"), "公式.xlsx")
    cells = [cell for line in document.lines for cell in line.cells or ()]
    assert [cell for cell in cells if cell] == ["一般公共服务支出的一个项目名称", "12.5", "3", "另一本里的值"]


def test_scripts_and_files_inside_a_pdf_are_left_alone(listener: Listener) -> None:
    document = read_source(active().replace(b"http://127.0.0.1:9/", listener.address.encode()), "脚本.pdf")
    assert [line.text for line in document.lines] == ["Budget disclosure of a department 2026"]
    assert listener.asked == []


def test_a_macro_workbook_of_the_binary_kind_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match=r"另存为 \.xlsx"):
        read_source(repacked(workbook(), {}, {"xl/workbook.bin": b"\0" * 100}), "宏.xlsb")
