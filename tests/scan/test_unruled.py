"""Tables without ruling lines: columns that nearly touch stay columns."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from disclosures.reading.scan.reader import read_image
from tests.scan.conftest import FONT
from tests.scan.pages import DPI

_ROWS = (
    ("收入编码", "科目名称", "收入预算", "支出编码", "科目名称", "合计"),
    ("103", "非税收入", "94.62", "223", "国有资本经营支出", "94.62"),
    ("10306", "国有资本经营收入", "94.62", "22301", "解决历史遗留问题支出", "94.62"),
    ("1030601", "利润收入", "94.62", "2230105", "退休人员社会化管理支出", "94.62"),
)
_LEFT = (120, 300, 640, 776, 960, 1400)  # pixels; an amount ends 16 before the code beside it
_AMOUNTS_END = {2: 760, 5: 1500}


def test_an_amount_and_the_code_beside_it_are_two_cells():
    image = Image.new("L", (1654, 900), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), 26)
    for number, row in enumerate(_ROWS):
        for column, text in enumerate(row):
            right = _AMOUNTS_END.get(column) if number else None
            left = right - draw.textlength(text, font=font) if right else _LEFT[column]
            draw.text((left, 200 + 60 * number), text, font=font, fill=0)
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(DPI, DPI))
    rows = [line.cells for line in read_image(out.getvalue(), "无线表.png").lines if line.cells is not None]
    assert rows == [tuple(row) for row in _ROWS]
