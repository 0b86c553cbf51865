"""The paper of the reports: a Word document in the look of GB/T 9704, filled from top to bottom.

A red head with its rule, a title, paragraphs, ruled tables with their captions, charts, the place to sign. Made on
`disclosures.writing`, so that reports and disclosures look alike.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from disclosures.writing import docx_styles as looks
from disclosures.writing.cells import LEFT, Cell, Grid, Place, Places, Role, printable, width
from disclosures.writing.charts import Chart, add_chart
from disclosures.writing.docx_xml import NAMES, paragraph, run, table

_EPOCH = datetime(2000, 1, 1)  # the same data gives the same bytes
_RED = "C00000"
_AUTHOR = "部门预算公开核对系统"
_TABLE_SIZE = 9.0


class Paper:
    """A report being written; its title may have two lines. `landscape` for lists with many columns."""

    def __init__(self, title: str, *, landscape: bool = False) -> None:
        self.title = title.replace("\n", "")
        self._lines = title
        self.document: Document = docx.Document()
        looks.style_document(self.document)
        looks.only_section(self.document, landscape=landscape)
        self.width = looks.LANDSCAPE_WIDTH_MM if landscape else looks.PORTRAIT_WIDTH_MM
        self.styles = {style.name or "": style.style_id for style in self.document.styles}

    # ------------------------------------------------------------ head

    def head(self, name: str, left: str, right: str) -> None:
        """The red name of the paper, below it what it is about and when, and the red rule."""
        red = f'<w:color w:val="{_RED}"/><w:spacing w:val="40"/><w:sz w:val="{_HEAD_SIZE}"/>'
        spacing = '<w:spacing w:before="0" w:after="160" w:line="240" w:lineRule="auto"/>'
        self._append(paragraph("", self.styles[looks.COVER_TITLE], settings=spacing, after=run(name, red)))
        rule = f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="6" w:color="{_RED}"/></w:pBdr>'
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{int(Mm(self.width).twips)}"/></w:tabs>'
        after = '<w:spacing w:before="0" w:after="320"/>'
        letters = '<w:sz w:val="28"/>'
        style = self.styles[looks.UNIT_LINE]
        self._append(
            paragraph("", style, settings=rule + tabs + after, after=run(f"{left}\t{right}", letters)),
            paragraph("", self.styles[looks.TABLE_TITLE], settings=_TITLE_SPACING, after=run(self._lines, _TITLE_SIZE)),
        )

    # ------------------------------------------------------------ text

    def heading(self, text: str) -> None:
        """一、…"""
        self._append(paragraph(text, self.styles[looks.SECTION], settings=_HEADING_SPACING))

    def subheading(self, text: str) -> None:
        """（一）…"""
        self._append(paragraph(text, self.styles[looks.SUBHEADING]))

    def prose(self, text: str, *, keep: bool = False) -> None:
        """A paragraph; `keep` it on the page of what follows."""
        self._append(paragraph(text, self.styles[looks.PROSE], settings="<w:keepNext/>" if keep else ""))

    def note(self, text: str) -> None:
        """A small remark below a table."""
        self._append(paragraph(text, self.styles[looks.NOTE]))

    # ------------------------------------------------------------ tables and charts

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Names and values, two pairs to a line; a long value has a line of its own."""
        rows: list[Places] = []
        waiting: tuple[Place, ...] = ()
        for name, value in facts:
            if not value:
                continue
            pair = (Cell(name, Role.HEAD), Cell(printable(value), Role.TEXT))
            if width(value) > _LONG_FACT:
                rows += [(*waiting, LEFT, LEFT)] if waiting else []
                rows.append((*pair, LEFT, LEFT))
                waiting = ()
            elif waiting:
                rows.append((*waiting, *pair))
                waiting = ()
            else:
                waiting = pair
        rows += [(*waiting, LEFT, LEFT)] if waiting else []
        self._table(Grid(tuple(rows), _FACTS_WIDTHS), 10.0)

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        widths: Sequence[float],
        *,
        size: float = _TABLE_SIZE,
    ) -> None:
        """A ruled table whose head stands on every page."""
        head: Places = tuple(Cell(text, Role.HEAD, strong=True) for text in heads)
        grid = Grid((head, *(tuple(row) for row in rows)), tuple(widths), head_rows=1)
        self._gap(keep=True)
        self._table(grid, size, keep_head=True)

    def chart(self, chart: Chart) -> None:
        add_chart(self.document, chart, width_cm=self.width / 10, style=looks.CHART)

    # ------------------------------------------------------------ end

    def closing(self, roles: Sequence[str]) -> None:
        """What the report rests on, and where people sign; the two stay on one page."""
        for text in _RESTS_ON:
            self.prose(text, keep=True)
        self.signatures(roles)

    def signatures(self, roles: Sequence[str]) -> None:
        """Where people sign, never parted by the end of a page, never alone on one."""
        self._append(paragraph(_SIGNED, self.styles[looks.NOTE], settings="<w:keepNext/>" + _SIGNED_SPACING))
        head: Places = tuple(Cell(role, Role.HEAD, strong=True) for role in roles)
        blank: Places = tuple(Cell("\n\n", Role.WORD) for _ in roles)
        dates: Places = tuple(Cell("年    月    日", Role.WORD) for _ in roles)
        grid = Grid((head, blank, dates), (1.0,) * len(roles))
        self._table(grid, 10.5)
        for element in list(self.document.element.body.iter(qn("w:tbl")))[-1].iter(qn("w:pPr")):
            element.insert(1, parse_xml(f"<w:keepNext {NAMES}/>"))

    def saved(self) -> bytes:
        facts = self.document.core_properties
        facts.title, facts.author = printable(self.title)[:255], _AUTHOR
        facts.comments, facts.last_modified_by = "", ""
        facts.created = facts.modified = _EPOCH
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _append(self, *pieces: str) -> None:
        body = self.document.element.body
        for piece in pieces:
            marked = piece if piece.startswith("<w:tbl ") else piece.replace("<w:p>", f"<w:p {NAMES}>", 1)
            body.insert(len(body) - 1, parse_xml(marked))

    def _table(self, grid: Grid, size: float, *, keep_head: bool = False) -> None:
        made = table(grid, self.width, self.styles, size=size, padding=_PADDING)
        if keep_head:  # never parted from its first line
            head, end, rest = made.partition("</w:tr>")
            style = f'<w:pStyle w:val="{self.styles[looks.CELL]}"/>'
            made = head.replace(style, f"{style}<w:keepNext/>") + end + rest
        self._append(made)
        self._gap()

    def _gap(self, *, keep: bool = False) -> None:
        """The paragraph behind a table: Word asks for one, and two tables would grow together."""
        self._append(paragraph("", self.styles[looks.NOTE], settings=("<w:keepNext/>" if keep else "") + _GAP))


_RESTS_ON = (
    "核对依据《中华人民共和国预算法》、《地方预决算公开操作规程》（财预〔2016〕143号）和当年政府收支分类科目，"
    "每条规则的依据可在系统的“规则”页查看。",
    "公开的金额都经过四舍五入，由此产生的尾差不列为问题。",
)
_SIGNED = "本件由系统自动核对生成，签字后有效。"
_SIGNED_SPACING = '<w:spacing w:before="40" w:after="40" w:line="320" w:lineRule="exact"/>'
_PADDING = 36  # twips
_LONG_FACT = 26  # full-width characters
_FACTS_WIDTHS = (0.9, 2.2, 0.9, 2.2)
_HEAD_SIZE = 60  # half points
_TITLE_SPACING = '<w:spacing w:before="0" w:after="240" w:line="640" w:lineRule="exact"/>'
_TITLE_SIZE = '<w:sz w:val="40"/>'
_HEADING_SPACING = '<w:spacing w:before="160" w:after="60"/>'
_GAP = '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>'
