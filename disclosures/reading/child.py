"""Reads one file in a process of its own: `python -m disclosures.reading.child`.

Standard input holds a line of JSON ({"name": …, "task": …}) and behind it the file. Standard output holds one byte,
`+` with the answer behind it or `-` with a message in plain Chinese. The tasks: "read" answers with the reading
(`codec`) and tells meanwhile how far it is (`progress`); "unpack" writes the files of a zip or 7z archive into the
current directory, tells how far it is, and answers with their names as JSON; "sizes" answers with the pages
([sizes, scanned] as JSON); "pictures" ({"pages": [first, last], "dpi": …}) writes pages as `<number>.png`. The process
takes its limits upon itself before it looks at the file; `disclosures.services.sandbox` keeps the clock and ends what
does not end by itself.
"""

from __future__ import annotations

import json
import resource
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from . import limiting, limits, progress
from .blocks import UnreadableFileError

Asked = dict[str, Any]

READ, REFUSED = b"+", b"-"


def main() -> None:
    """Read what stands on standard input."""
    serve(_TASKS)


def serve(tasks: Mapping[str, Callable[[bytes, str, Asked], bytes]]) -> None:
    """Do one of these tasks with what stands on standard input."""
    _limit(limits.MEMORY, limits.SECONDS)
    header, _, data = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(header)
    name = str(asked["name"])
    try:
        answer = READ + tasks[asked["task"]](data, name, asked)
    except UnreadableFileError as error:
        answer = REFUSED + str(error).encode()
    except MemoryError:
        answer = REFUSED + too_large(name).encode()
    except Exception:  # noqa: BLE001 - whatever a library makes of a broken file, the parent needs an answer
        traceback.print_exc()
        answer = REFUSED + broken(name).encode()
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def _read(data: bytes, name: str, _asked: Asked) -> bytes:
    # Imported behind the limits: a registry of readers is part of what a file may cost.
    from . import read_file
    from .codec import to_bytes
    from .formats import format_of

    known = format_of(data)
    if known is not None:
        _limit(known.memory, known.seconds)
    progress.start(Path.cwd())
    return to_bytes(read_file(data, name))


def _unpack(data: bytes, name: str, _asked: Asked) -> bytes:
    from .formats import format_of

    progress.start(Path.cwd())
    known = format_of(data)
    if known is not None and known.key == "7z":
        from .sevenzip import unpack
    else:
        from .zipped import unpack
    return json.dumps(unpack(data, name, Path.cwd())).encode()


def _sizes(data: bytes, name: str, _asked: Asked) -> bytes:
    from .picturing import SECONDS, pages_shown

    _limit(limits.SCANNING_MEMORY, SECONDS)
    pages = pages_shown(data, name)
    return json.dumps([pages.sizes, pages.scanned]).encode()


def _pictures(data: bytes, name: str, asked: Asked) -> bytes:
    from .picturing import SECONDS, page_pictures

    _limit(limits.SCANNING_MEMORY, SECONDS)
    first, last = asked["pages"]
    for number, picture in page_pictures(data, name, range(first, last + 1), asked["dpi"]):
        Path(f"{number}.png").write_bytes(picture)
    return b""


_TASKS: dict[str, Callable[[bytes, str, Asked], bytes]] = {
    "read": _read,
    "unpack": _unpack,
    "sizes": _sizes,
    "pictures": _pictures,
}


def _limit(memory: int, seconds: int) -> None:
    """Hold this process to some address space and time; processes that it starts inherit both."""
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (memory if most == resource.RLIM_INFINITY else min(memory, most), most))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limiting.start_clock(seconds)


def too_large(name: str) -> str:
    """What is said of a file that needs more memory than any disclosure."""
    return (
        f"文件“{name}”展开后太大，超出了读取一份文件允许的内存，没有读取。"
        "请删去图片、空白的行列和无关的内容，另存后再重新上传。"
    )


def broken(name: str) -> str:
    """What is said of a file that its reader stumbles over."""
    return f"文件“{name}”已损坏或不合规范，读不出内容。请用原来的软件打开，另存后再重新上传。"


if __name__ == "__main__":
    main()
