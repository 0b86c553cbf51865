"""Word documents made by hand, part by part, for what python-docx does not write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from disclosures.reading import Line, read_file

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
FILLER = "<w:p><w:r><w:t>这一段文字只是为了让文档够长，读取时才不会说它几乎没有内容。</w:t></w:r></w:p>"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(body: str, parts: Mapping[str, str] | None = None, names: str = NAMES) -> bytes:
    """A .docx of a body; `parts` are further ones by name ("numbering": its inner XML)."""
    extra = dict(parts or {})
    root = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "header": "hdr"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        link = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f"<Relationships>{link}</Relationships>")
        archive.writestr("word/document.xml", f"<w:document {names}><w:body>{body}</w:body></w:document>")
        links = "".join(f'<Relationship Id="r{n}" Type="{_OFFICE}/{n}" Target="{n}.xml"/>' for n in extra)
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{links}</Relationships>")
        for part, inner in extra.items():
            archive.writestr(f"word/{part}.xml", f"<w:{root[part]} {names}>{inner}</w:{root[part]}>")
    return out.getvalue()


def read_word(body: str, parts: Mapping[str, str] | None = None) -> list[Line]:
    """The lines of a body, without the filler."""
    return list(read_file(word(body + FILLER, parts), "a.docx").lines[:-1])


def texts(body: str, parts: Mapping[str, str] | None = None) -> list[str]:
    return [line.text for line in read_word(body, parts)]


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cell if '<' in cell else tc(cell) for cell in cells)}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'
