"""Open data of a year: one zip of CSV and JSON lines, written by a background task, with its dictionary.

Incremental: lines of tables are parsed once for each snapshot and kept under its hash; a year that did not change is
not written again. The archive is written to a file whose name is its hash and handed out only while nothing in it was
withdrawn (`OpenDataYear.may_be_handed_out`).
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from disclosures import models, tasks
from disclosures.models import OpenDataYear, Publication
from disclosures.plain.cells import guarded
from disclosures.plain.data import SIDE_WORDS, Disclosure
from disclosures.profiles import PROFILES
from disclosures.writing.lines_csv import MEASURES

from . import selectors
from .derive import stale_years
from .figures import TOTALS

KIND = "open_data"
Told = Callable[[int, int, str], None]  # (done, total, stage); may raise to stop
_CHUNK = 500
_ATTEMPTS = 3
_EPOCH = (2000, 1, 1, 0, 0, 0)  # the same data give the same archive
_VERSION = "1"  # of the parts that are kept; raised when their columns change


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its key, what people call it, what it holds."""

    key: str
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class File:
    """A CSV file of the archive."""

    name: str
    about: str
    columns: tuple[Column, ...]


_KEY = Column("publication", "公开记录", "公开记录的编号，连接各个文件")
FILES: Final = MappingProxyType(
    {
        file.name: file
        for file in (
            File(
                "publications.csv",
                "现行的各份公开文本",
                (
                    _KEY,
                    Column("region", "地区", "部门所在地区的名称"),
                    Column("region_code", "行政区划代码", "没有登记时为空"),
                    Column("department", "部门编号", "本站部门（单位）的编号"),
                    Column("department_name", "部门（单位）", "登记的名称"),
                    Column("printed_name", "文本所称部门", "公开文本上印的名称"),
                    Column("fiscal_year", "预算年度", "四位年份"),
                    Column("kind", "类型", "department_budget 部门预算，unit_budget 单位预算"),
                    Column("version", "版本", "从 1 起"),
                    Column("published_at", "公开时间", "ISO 8601，含时区"),
                    Column("sha256", "内容校验码", "disclosures.jsonl 中该行（不含换行）的 SHA-256"),
                    Column("file_sha256", "定稿校验码", "公开的定稿文件的 SHA-256"),
                ),
            ),
            File(
                "figures.csv",
                "每份公开文本的主要数字，单位万元",
                (
                    _KEY,
                    Column("measure", "类别", "total 总数，source 收入来源，function 支出功能分类，visit“三公”经费"),
                    Column(
                        "key",
                        "项",
                        "；".join(f"{key} {label}" for key, label in TOTALS.items()) + "；功能分类为类级科目编码",
                    ),
                    Column("label", "名称", "文本或报表样式中的名称"),
                    Column("amount", "金额", "万元，十进制"),
                ),
            ),
            File(
                "projects.csv",
                "表十二、表十三的项目",
                (
                    _KEY,
                    Column("position", "序号", "在文本中的先后，从 0 起"),
                    Column("unit", "单位", "项目所属单位"),
                    Column("name", "项目名称", "照印"),
                    Column("carried_over", "上年结转", "1 为表十三（上年结转），0 为表十二（本年预算）"),
                    Column("amount", "金额", "万元；空白为没有印数"),
                ),
            ),
            File(
                "indicators.csv",
                "绩效目标表的指标",
                (
                    _KEY,
                    Column("form", "表序", "第几张绩效目标表，整体目标在前，从 1 起"),
                    Column("project", "项目（单位）", "照印"),
                    Column("horizon", "期间", "年度或实施期"),
                    Column("level1", "一级指标", "照印"),
                    Column("level2", "二级指标", "标准名称"),
                    Column("name", "三级指标", "照印"),
                    Column("value", "指标值", "照印"),
                ),
            ),
            File(
                "lines.csv",
                "十三张表的全部各行，单位万元，金额照印",
                (
                    _KEY,
                    Column("table", "表", "T01 至 T13"),
                    Column("position", "行序", "从 1 起"),
                    Column("side", "收支", "收入、支出；单边的表为空"),
                    Column("code", "编码", "科目编码"),
                    Column("name", "名称", "科目、项目、单位或固定栏目的名称"),
                    Column("second_name", "第二名称", "表六的政府预算支出经济科目"),
                    Column("unit_name", "所属单位", "表十二、表十三"),
                    *(Column(key, label, "金额，万元，照印；空白为没有印数") for key, label in MEASURES.items()),
                ),
            ),
        )
    }
)


def path_of(sha256: str) -> Path:
    """Where an archive lies."""
    return Path(settings.MEDIA_ROOT) / "open_data" / f"{sha256}.zip"


def dictionary() -> bytes:
    """Every column of every file, and every table with its columns, from the declarations."""
    rows: list[tuple[str, ...]] = [
        (file.name, column.key, column.label, column.about) for file in FILES.values() for column in file.columns
    ]
    rows.append(
        ("disclosures.jsonl", "", "全部内容", "每行一份公开文本，格式 budget-disclosure/1，键已排序、没有多余空格")
    )
    for profile in PROFILES.values():
        for table in profile.tables:
            for side in table.sides:
                for column in side.columns:
                    rows.append(
                        (
                            "lines.csv",
                            f"{table.id}.{column.key}",
                            f"表{table.ordinal} {table.title}",
                            f"{SIDE_WORDS[side.side]}{column.label}（{profile.label}）",
                        )
                    )
    return _csv(("file", "column", "label", "about"), rows)


def register_open_data() -> None:
    """Called when the app starts."""
    tasks.register(
        tasks.TaskType(
            kind=KIND,
            title="生成开放数据",
            run=run_open_data,
            queue=tasks.Queue.BULK,
            soft_limit=3600,
            hard_limit=3900,
            attempts=2,
        )
    )


def request_open_data(record: models.Disclosure) -> None:
    """Queue the archive of a year after something in it changed; one waits or runs at a time."""
    tasks.enqueue(KIND, params={"year": record.fiscal_year}, key=str(record.fiscal_year), trigger="system")


def run_open_data(context: tasks.TaskContext) -> dict[str, Any]:
    """Write the archive of `year` where it is behind."""

    def told(done: int, total: int, stage: str) -> None:
        context.check_cancelled()
        context.progress(done, total, stage)

    year = int(context.params["year"])
    return {"year": year, "built": build(year, told)}


def build(year: int, told: Told) -> bool:
    """Write the archive of a year; again where something was published or withdrawn meanwhile.

    False where it is up to date already. Raises TaskFailedError where the year does not come to rest.
    """
    for _ in range(_ATTEMPTS):
        generation = _generation(year)
        if generation is None:
            return False
        if _keep(year, generation, *_write(year, told)):
            _tidy()
            return True
    raise tasks.TaskFailedError(f"{year} 年的公开文本一直在变动，请稍后再试")


def behind() -> list[int]:
    """Years whose archive is not up to date."""
    return stale_years()


def _generation(year: int) -> int | None:
    record = OpenDataYear.objects.filter(fiscal_year=year).first()
    return None if record is None or (record.built == record.generation and record.sha256) else record.generation


@transaction.atomic
def _keep(year: int, generation: int, sha256: str, count: int, size: int) -> bool:
    """Hand this archive out from now on, unless the year changed while it was written."""
    record = OpenDataYear.objects.select_for_update().get(fiscal_year=year)
    if record.generation != generation:
        return False
    record.built, record.sha256, record.size = generation, sha256, size
    record.publications, record.made_at = count, timezone.now()
    record.save()
    return True


def _write(year: int, told: Told) -> tuple[str, int, int]:
    """The archive of what is current now: its hash, how many publications, its size."""
    chosen = list(selectors.current().filter(fiscal_year=year).order_by("pk"))
    folder = path_of("0").parent
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.NamedTemporaryFile(dir=folder, delete=False) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, chunks in _contents(chosen, told):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as out:
                for chunk in chunks:
                    out.write(chunk)
    path = Path(temporary.name)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    os.replace(path, path_of(digest))
    return digest, len(chosen), size


def _contents(chosen: Sequence[Publication], told: Told) -> Iterator[tuple[str, Iterable[bytes]]]:
    keys = [item.pk for item in chosen]
    yield "dictionary.csv", [dictionary()]
    yield "publications.csv", _file("publications.csv", map(_publication, chosen))
    for name, model in (
        ("figures.csv", models.PublishedFigure),
        ("projects.csv", models.PublishedProject),
        ("indicators.csv", models.PublishedIndicator),
    ):
        yield name, _file(name, _rows(model, FILES[name], keys))
    yield "lines.csv", _lines(chosen, told)
    yield "disclosures.jsonl", _json_lines(chosen, told)


def _publication(item: Publication) -> list[Any]:
    region = item.department.region
    return [
        item.pk,
        region.name if region else "",
        region.code if region else "",
        item.department_id,
        item.department.name,
        item.title,
        item.fiscal_year,
        item.kind,
        item.version,
        timezone.localtime(item.published_at).isoformat(timespec="seconds"),
        item.snapshot.sha256,
        item.snapshot.file_sha256,
    ]


def _rows(model: Any, file: File, keys: Sequence[int]) -> Iterator[list[Any]]:
    """The derived rows of some publications, some publications at a time."""
    names = [column.key for column in file.columns]
    for start in range(0, len(keys), _CHUNK):
        rows = model.objects.filter(publication__in=keys[start : start + _CHUNK]).order_by("publication", "position")
        for row in rows.values_list(*names).iterator(chunk_size=2000):
            yield [_plain(value) for value in row]


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value


def _file(name: str, rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    yield _csv([column.key for column in FILES[name].columns], ())
    batch: list[Sequence[Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= _CHUNK:
            yield _csv(None, batch)
            batch = []
    yield _csv(None, batch)


def _lines(chosen: Sequence[Publication], told: Told) -> Iterator[bytes]:
    yield _csv([column.key for column in FILES["lines.csv"].columns], ())
    for number, item in enumerate(chosen):
        told(number, len(chosen), "正在整理报表明细")
        yield _part(item).read_bytes()


def _part(item: Publication) -> Path:
    """The lines of one publication, parsed once for each snapshot."""
    sha = item.snapshot.sha256
    path = Path(settings.MEDIA_ROOT) / "open_data" / "parts" / sha[:2] / f"{sha}-{item.pk}-{_VERSION}.csv"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as temporary:
            temporary.write(_csv(None, lines_of(selectors.content(item), item.pk)))
        os.replace(temporary.name, path)
    return path


def lines_of(disclosure: Disclosure, publication: int) -> Iterator[list[Any]]:
    """The rows of all tables of a disclosure under the columns of lines.csv."""
    for table in disclosure.tables:
        for position, row in enumerate(table.rows, start=1):
            amounts = {key: cell.value for key, cell in row.cells}
            labels = [row.code, row.name, row.second_name, row.unit_name or ""]
            values = [amounts.get(key) for key in MEASURES]
            yield [publication, table.id, position, SIDE_WORDS[row.side], *labels, *values]


def _json_lines(chosen: Sequence[Publication], told: Told) -> Iterator[bytes]:
    for number, item in enumerate(chosen):
        told(number, len(chosen), "正在写全文")
        yield selectors.canonical(item).encode() + b"\n"


def _csv(header: Sequence[str] | None, rows: Iterable[Sequence[Any]]) -> bytes:
    """Lines of CSV that no spreadsheet takes for formulas; with the mark of UTF-8 where they begin a file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if header is not None:
        out.write("\ufeff")
        writer.writerow(header)
    writer.writerows([guarded(value) if isinstance(value, str) else value for value in row] for row in rows)
    return out.getvalue().encode()


def _tidy() -> None:
    """Archives that are handed out no more are deleted."""
    wanted = {path_of(sha).name for sha in OpenDataYear.objects.values_list("sha256", flat=True) if sha}
    for path in path_of("0").parent.glob("*.zip"):
        if path.name not in wanted:
            path.unlink(missing_ok=True)
