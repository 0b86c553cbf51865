"""Archives: what is inside is read, the archive itself never. Their files are taken out by `services.intake`."""

from __future__ import annotations

from . import limits
from .probing import ZIP, Format, Probe

_ADVICE = "请解压后把里面的文件放在一个 zip 里，或逐个上传。"


def _is_office(probe: Probe) -> bool:
    return "[Content_Types].xml" in probe.parts


def _is_empty(probe: Probe) -> bool:
    return probe.data.startswith(ZIP[1])


def _is_crowded(probe: Probe) -> bool:
    return probe.entries > limits.MOST_ENTRIES


def _is_damaged(probe: Probe) -> bool:
    return not probe.parts


FORMATS = (
    Format("rar", "RAR 压缩包", (b"Rar!\x1a\x07",), advice=f"系统不能解开。{_ADVICE}"),
    Format("7z", "7z 压缩包", (b"7z\xbc\xaf\x27\x1c",), advice=f"这里不能再含压缩包。{_ADVICE}", suffixes=(".7z",)),
    Format("gzip", "gzip 压缩包", (b"\x1f\x8b",), advice=f"系统不能解开。{_ADVICE}"),
    Format(
        "office",
        "Office 文件",
        ZIP,
        advice="但里面没有文档内容，可能已损坏。请用原来的软件打开，另存后再重新上传。",
        fits=_is_office,
    ),
    Format("empty-zip", "ZIP 压缩包", ZIP, advice="里面没有文件。请重新压缩后再上传。", fits=_is_empty),
    Format(
        "crowded-zip",
        "Word、Excel 或压缩包（ZIP）文件",
        ZIP,
        advice=f"里面的文件超过 {limits.MOST_ENTRIES} 个，没有读取。请删去无关的内容，或分成几个压缩包后再上传。",
        fits=_is_crowded,
    ),
    Format(
        "damaged-zip",
        "Word、Excel 或压缩包（ZIP）文件",
        ZIP,
        advice="但已损坏或不完整，打不开。请重新导出或重新下载后再上传。",
        fits=_is_damaged,
    ),
    Format("zip", "ZIP 压缩包", ZIP, advice=f"这里不能再含压缩包。{_ADVICE}", suffixes=(".zip",)),
)
UNPACKED = frozenset({"zip", "7z"})  # whose files are taken out
_KNOWN_AT_ONCE = ("rar", "gzip", "empty-zip")


def refused_at_once(data: bytes) -> Format | None:
    """The archive that a file is, where its first bytes alone say that nothing can be taken out of it."""
    probe = Probe(data)
    hopeless = (known for known in FORMATS if known.key in _KNOWN_AT_ONCE)
    return next((known for known in hopeless if data.startswith(known.magics) and known.fits(probe)), None)
