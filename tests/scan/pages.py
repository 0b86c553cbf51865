"""Draws a page with a ruled table, as a scanner at 200 dpi would see it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.scan.conftest import FONT

DPI = 200
ROWS = (
    ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ("208", "社会保障和就业支出", "1204.51", "986.20", "218.31"),
    ("20801", "人力资源和社会保障管理事务", "1047.36", "829.05", "218.31"),
    ("2080101", "行政运行", "829.05", "829.05", ""),
    ("2080199", "其他人力资源事务支出", "218.31", "", "218.31"),
    ("221", "住房保障支出", "157.15", "157.15", ""),
)
_WIDTHS = (200, 460, 220, 220, 220)
_HEIGHT, _LEFT, _TOP = 56, 160, 330
Picture = NDArray[np.uint8]


def table_page(rows: Sequence[Sequence[str]] = ROWS) -> Picture:
    """Grey picture of an A4 page: a title, a ruled table, a line of prose below."""
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    draw.text((430, 180), "2026年一般公共预算支出预算表", font=_font(44), fill=0)
    draw.text((160, 270), "单位：万元", font=_font(28), fill=0)
    for number, row in enumerate(rows):
        x, y = _LEFT, _TOP + number * _HEIGHT
        for width, text in zip(_WIDTHS, row, strict=True):
            draw.rectangle((x, y, x + width, y + _HEIGHT), outline=0, width=2)
            draw.text((x + 12, y + 10), text, font=_font(28), fill=0)
            x += width
    below = _TOP + len(rows) * _HEIGHT + 60
    draw.text((220, below), "一、本表反映部门本年度一般公共预算支出情况。", font=_font(32), fill=0)
    return np.array(image, dtype=np.uint8)


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


def cell_box(row: int, column: int) -> tuple[float, float, float, float]:
    """Where `table_page` draws a cell, pixels."""
    x, y = _LEFT + sum(_WIDTHS[:column]), _TOP + row * _HEIGHT
    return x, y, x + _WIDTHS[column], y + _HEIGHT
