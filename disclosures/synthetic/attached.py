"""What some disclosures attach behind section 十二: a notice with a catalogue of services."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from disclosures.plain.data import Attachment

from .names import Region

CATALOGUE_HEADER = ("代码", "一级目录", "二级目录", "三级目录")
_SERVICES = (
    ("A01", "公共服务", "教育服务", "课后托管"),
    ("A02", "公共服务", "养老服务", "居家照护"),
    ("A03", "公共服务", "文体服务", "场馆开放"),
    ("B01", "履职辅助", "法律服务", "法律顾问"),
    ("B02", "履职辅助", "审计服务", "专项审计"),
    ("B03", "履职辅助", "信息服务", "系统运维"),
)


def make_attachments(rng: Random, region: Region) -> tuple[Attachment, ...]:
    """Now and then a notice."""
    if rng.random() > 0.3:
        return ()
    return (Attachment(f"{region.name}财政局关于公布购买服务事项目录的通知"),)


def attached_text(attachment: Attachment) -> Iterator[str]:
    """The notice's title and words."""
    yield attachment.title
    yield "各预算单位："
    yield "现将购买服务事项目录印发给你们，请结合实际执行。"


def catalogue_rows() -> Iterator[tuple[str, ...]]:
    """The catalogue behind the notice."""
    yield CATALOGUE_HEADER
    yield from _SERVICES
