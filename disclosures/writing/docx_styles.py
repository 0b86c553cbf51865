"""The look of the Word document: fonts, styles, margins and page numbers after GB/T 9704-2012.

A4, type area 156 mm × 225 mm (top 37 mm, left 28 mm); body 三号仿宋 at 22 lines a page, headings 小标宋, 黑体 and 楷体;
page numbers in 四号 between dashes, at the outer edge. Tables turn the page and keep its edges.
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

TITLE_FONT, HEAD_FONT, KAI_FONT, BODY_FONT, TABLE_FONT = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"
LATIN_FONT = "Times New Roman"
# What else a font is called, or what stands in where it is not installed.
_ALTERNATIVES = {
    TITLE_FONT: "方正小标宋_GBK,华文中宋,宋体,SimSun,Noto Serif CJK SC",
    HEAD_FONT: "SimHei,Noto Sans CJK SC",
    KAI_FONT: "楷体,KaiTi,华文楷体,Noto Serif CJK SC",
    BODY_FONT: "仿宋,FangSong,华文仿宋,Noto Serif CJK SC",
    TABLE_FONT: "SimSun,Noto Serif CJK SC",
}
PORTRAIT_WIDTH_MM, LANDSCAPE_WIDTH_MM = 156, 241
_LINE = Pt(28)


@dataclass(frozen=True, slots=True)
class Look:
    """How a style of paragraphs looks; sizes in points."""

    name: str
    font: str
    size: float
    bold: bool = False
    align: WD_ALIGN_PARAGRAPH | None = None
    indent_characters: int = 0
    line: float | None = 28.0  # exact; None for single spacing
    before: float = 0.0
    after: float = 0.0
    keep: bool = False  # with what follows
    outline: int | None = None


_CENTRE, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
PROSE, PART, SECTION, SUBHEADING = "Normal", "Heading 1", "Heading 2", "小标题"
COVER_NAME, COVER_TITLE, CONTENTS_HEAD = "封面单位", "封面标题", "目录标题"
CAPTION, TABLE_TITLE, UNIT_LINE, NOTE, CELL = "表号", "表题", "表头说明", "表注", "表格文字"
FORM_TITLE, FORM_YEAR, ATTACHED, CHART = "目标表题", "目标表年度", "附件标题", "图表"
_LOOKS = (
    Look(PROSE, BODY_FONT, 16, align=_JUSTIFY, indent_characters=2),
    Look(PART, TITLE_FONT, 22, align=_CENTRE, line=36, before=12, after=18, keep=True, outline=0),
    Look(SECTION, HEAD_FONT, 16, indent_characters=2, keep=True, outline=1),
    Look(SUBHEADING, KAI_FONT, 16, indent_characters=2, keep=True),
    Look(COVER_NAME, TITLE_FONT, 26, align=_CENTRE, line=None, before=150, after=24),
    Look(COVER_TITLE, TITLE_FONT, 26, align=_CENTRE, line=None, after=18),
    Look(CONTENTS_HEAD, TITLE_FONT, 22, align=_CENTRE, line=36, after=12),
    Look(CAPTION, HEAD_FONT, 12, line=18, keep=True),
    Look(TABLE_TITLE, TITLE_FONT, 18, align=_CENTRE, line=26, after=2, keep=True, outline=1),
    Look(UNIT_LINE, BODY_FONT, 11, line=18, keep=True),
    Look(NOTE, BODY_FONT, 11, line=18, before=3),
    Look(CELL, TABLE_FONT, 9, line=None),
    Look(FORM_TITLE, TITLE_FONT, 16, align=_CENTRE, line=26, keep=True),
    Look(FORM_YEAR, BODY_FONT, 11, align=_CENTRE, line=18, after=4, keep=True),
    Look(ATTACHED, HEAD_FONT, 16, line=28, before=12, keep=True),
    Look(CHART, BODY_FONT, 9, align=_CENTRE, line=None, before=6, after=6),
    Look("TOC 1", HEAD_FONT, 12, line=18),
    Look("TOC 2", BODY_FONT, 12, line=18),
    Look("Footer", TABLE_FONT, 14, line=None),
)


def style_document(document: Document) -> None:
    """Give an empty document its styles, fonts and language."""
    for look in _LOOKS:
        _apply(_style(document, look.name), look)
    _keep_punctuation(document)
    _language(document)
    _name_alternatives(document)
    document.settings.odd_and_even_pages_header_footer = True


def _style(document: Document, name: str) -> ParagraphStyle:
    known = {style.name for style in document.styles}
    found = document.styles[name] if name in known else None
    style = found if found is not None else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    if found is None:
        style.base_style = None if name.startswith("TOC") else document.styles[PROSE]
        style.quick_style = True
    return style


def _apply(style: ParagraphStyle, look: Look) -> None:
    font, layout = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), look.bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    latin = LATIN_FONT if look.font in (BODY_FONT, TABLE_FONT) else look.font
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for key, name in (("ascii", latin), ("hAnsi", latin), ("eastAsia", look.font), ("cs", latin)):
        fonts.set(qn(f"w:{key}"), name)
    layout.alignment = look.align if look.align is not None else WD_ALIGN_PARAGRAPH.LEFT
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.keep_with_next = look.keep
    if look.line is None:
        layout.line_spacing = 1.0
    else:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    layout.first_line_indent = Pt(look.size * look.indent_characters)
    settings = style.element.get_or_add_pPr()
    indent = settings.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(100 * look.indent_characters))
    for old in settings.findall(qn("w:outlineLvl")):
        settings.remove(old)
    if look.outline is not None:
        settings.append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{look.outline}"/>'))


def _keep_punctuation(document: Document) -> None:
    """Say outright that marks may hang over the end of a line, as Word takes for granted.

    LibreOffice takes the word for its contrary; where nothing is said it lets them hang in justified lines too, and
    then leaves those unprinted that end a line of several portions. Said, every mark is printed by either.
    """
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}")
    defaults.insert(0, parse_xml(f"<w:overflowPunct {nsdecls('w')}/>"))


def _language(document: Document) -> None:
    """Chinese text: so that no Japanese forms of characters are chosen."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _name_alternatives(document: Document) -> None:
    part = next(part for part in document.part.package.iter_parts() if str(part.partname) == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in _ALTERNATIVES.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")


# ---------------------------------------------------------------- pages


def first_section(document: Document) -> None:
    """Cover and contents: a portrait page without page numbers."""
    section = document.sections[0]
    _portrait(section)
    for footer in (section.footer, section.even_page_footer):
        footer.is_linked_to_previous = False


def only_section(document: Document, *, landscape: bool = False) -> None:
    """All pages alike, numbered from the first: a document without cover and contents."""
    section = document.sections[0]
    (_landscape if landscape else _portrait)(section)
    _number(section, odd=True)
    _number(section, odd=False)


def next_section(document: Document, *, landscape: bool, first_page: bool = False) -> None:
    """Go on on a new page, turned or not; page numbers begin with the `first_page`."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _shrink_mark(document)
    (_landscape if landscape else _portrait)(section)
    if first_page:
        number = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
        section._sectPr.append(number)
        _number(section, odd=True)
        _number(section, odd=False)
    else:
        for old in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(old)


def _shrink_mark(document: Document) -> None:
    """The paragraph that ends a section takes no room, so that a full page brings no blank one."""
    marks = [
        p
        for p in document.element.body.iterchildren(qn("w:p"))
        if p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    ]
    settings = marks[-1].find(qn("w:pPr"))
    settings.insert(
        0,
        parse_xml(f'<w:spacing {nsdecls("w")} w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'),
    )


def _portrait(section: Section) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    section.footer_distance = Mm(26)


def _landscape(section: Section) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(26),
        Mm(24),
        Mm(28),
        Mm(28),
    )
    section.footer_distance = Mm(12)


def _number(section: Section, *, odd: bool) -> None:
    """— 1 — to the right on odd pages, to the left on even ones, one character from the edge."""
    footer = section.footer if odd else section.even_page_footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = "Footer"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if odd else WD_ALIGN_PARAGRAPH.LEFT
    layout = paragraph.paragraph_format
    layout.right_indent, layout.left_indent = (Pt(14), None) if odd else (None, Pt(14))
    for piece in ("<w:t>— </w:t>", *_FIELD, "<w:t> —</w:t>"):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{piece.replace('<w:t>', _KEEP)}</w:r>"))


_KEEP = '<w:t xml:space="preserve">'
_FIELD = (
    '<w:fldChar w:fldCharType="begin"/>',
    '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
    '<w:fldChar w:fldCharType="separate"/>',
    "<w:t>1</w:t>",
    '<w:fldChar w:fldCharType="end"/>',
)
