"""Reports made by a worker: asking for one, making it, clearing old ones away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from django.utils import timezone

from audit.models import Audit, AuditRun
from audit.reports.changes import write_changes, write_changes_book
from audit.reports.content import RegionReport
from audit.reports.disclosure import write_report
from audit.reports.findings_book import write_findings
from audit.reports.region import write_region
from disclosures import tasks
from disclosures.errors import InvalidValueError, NotVisibleError, RefusedError
from disclosures.models import Action, Disclosure, Event, Region, Task, TaskState, User
from disclosures.services.exporting import file_stem
from disclosures.services.matrix import Act
from disclosures.services.permissions import require, visible_disclosures
from disclosures.writing.pdf import office, to_pdf

from . import reports
from .annotated import NO_ORIGINAL, annotated_original
from .audits import visible_audits
from .region_reports import audit_report, region_report

KIND = "report"
KEPT = timedelta(days=7)
MOST_SELECTED = 2000
NO_OFFICE = "这台服务器没有安装 LibreOffice，不能生成 PDF。请选择 Word，在 Word 或 WPS 中另存为 PDF。"
_UNFINISHED = "这次批量核对还没有结束，结束后再生成报告"
Step = Callable[[int, str], None]  # how many of three steps are done, what comes now


class ReportForm(StrEnum):
    """The reports there are; the first six are of one disclosure."""

    AUDIT_DOCX = "audit_docx"
    AUDIT_PDF = "audit_pdf"
    FINDINGS = "findings_xlsx"
    CHANGES_DOCX = "changes_docx"
    CHANGES_XLSX = "changes_xlsx"
    ANNOTATED = "annotated"
    SELECTION = "selection_xlsx"
    REGION_DOCX = "region_docx"
    REGION_PDF = "region_pdf"


LABELS: Final[Mapping[ReportForm, str]] = MappingProxyType(
    {
        ReportForm.AUDIT_DOCX: "核对报告（Word）",
        ReportForm.AUDIT_PDF: "核对报告（PDF）",
        ReportForm.FINDINGS: "问题清单（Excel）",
        ReportForm.CHANGES_DOCX: "改稿清单（Word）",
        ReportForm.CHANGES_XLSX: "改稿清单（Excel）",
        ReportForm.ANNOTATED: "带批注的原件",
        ReportForm.SELECTION: "问题清单（Excel）",
        ReportForm.REGION_DOCX: "地区核对情况报告（Word）",
        ReportForm.REGION_PDF: "地区核对情况报告（PDF）",
    }
)
OF_ONE = tuple(ReportForm)[:6]
_OF_PDF = (ReportForm.AUDIT_PDF, ReportForm.REGION_PDF)
_UNCHECKED = (ReportForm.CHANGES_DOCX, ReportForm.CHANGES_XLSX)  # need no check


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A file, its name, and a sentence for whoever asked."""

    name: str
    data: bytes
    words: str


# ---------------------------------------------------------------- asking


def request_report(user: User, form: ReportForm, disclosure_id: int) -> Task:
    """Queue a report of one disclosure; while the same is under way for this person, that one.

    Raises NotVisibleError, NotAllowedError, RefusedError where it cannot be made, InvalidValueError.
    """
    record = require(user, Act.EXPORT, disclosure_id)
    if form not in OF_ONE:
        raise InvalidValueError([("form", "没有这种报告")])
    if form is ReportForm.ANNOTATED and record.source_file_id is None:
        raise RefusedError(NO_ORIGINAL)
    if form not in _UNCHECKED and not AuditRun.objects.filter(disclosure=record).exists():
        raise RefusedError(reports.NO_CHECK)
    return _enqueue(user, form, {"disclosure": disclosure_id}, record)


def request_selection(user: User, ids: Sequence[int]) -> Task:
    """Queue the findings of several disclosures. Raises NotVisibleError, InvalidValueError."""
    chosen = list(dict.fromkeys(ids))
    if not chosen:
        raise InvalidValueError([("ids", "请先在列表中勾选公开文本")])
    if len(chosen) > MOST_SELECTED:
        raise InvalidValueError([("ids", f"一次最多 {MOST_SELECTED} 份，请先缩小筛选范围")])
    if visible_disclosures(user).filter(pk__in=chosen).count() < len(chosen):
        raise NotVisibleError("所选公开文本有的不存在，或者您无权查看")
    return _enqueue(user, ReportForm.SELECTION, {"ids": chosen})


def request_audit_report(user: User, form: ReportForm, audit_id: int) -> Task:
    """Queue the report of a finished audit. Raises NotVisibleError, RefusedError."""
    if _audit(user, audit_id).is_open:
        raise RefusedError(_UNFINISHED)
    return _enqueue(user, form, {"audit": audit_id})


def request_region_report(user: User, form: ReportForm, year: int, region_id: int | None) -> Task:
    """Queue the report of a region as it is now, within the person's reach. Raises NotVisibleError, RefusedError."""
    if region_id is not None and not Region.objects.filter(pk=region_id).exists():
        raise NotVisibleError("没有这个地区")
    return _enqueue(user, form, {"year": year, "region": region_id})


def _enqueue(user: User, form: ReportForm, params: dict[str, Any], record: Disclosure | None = None) -> Task:
    if form in _OF_PDF and office() is None:
        raise RefusedError(NO_OFFICE)
    whole = {"form": form.value, **params}
    key = hashlib.sha256(json.dumps([user.pk, whole], sort_keys=True).encode()).hexdigest()
    return tasks.enqueue(KIND, user=user, params=whole, key=key, disclosure=record)


# ---------------------------------------------------------------- making


def make(user: User, form: ReportForm, params: Mapping[str, Any], step: Step) -> MadeReport:
    """Make what was asked for, if the person may still have it.

    Raises ServiceError, UnreadableFileError (the original), NoOfficeError.
    """
    if form in OF_ONE:
        return _of_one(user, form, int(params["disclosure"]), step)
    if form is ReportForm.SELECTION:
        items = reports.selected_items(user, params["ids"])
        step(1, "正在写 Excel 文件")
        return MadeReport(f"问题清单_{timezone.localdate():%Y%m%d}.xlsx", write_findings(items), "")
    return _of_region(user, form, params, step)


def _of_one(user: User, form: ReportForm, disclosure_id: int, step: Step) -> MadeReport:
    record = reports.reported(user, disclosure_id)
    made = _written(record, form, step)
    details = {"file": made.name, "format": form.value}
    Event.objects.create(disclosure=record, action=Action.EXPORTED, user=user, details=details)
    return made


def _written(record: Disclosure, form: ReportForm, step: Step) -> MadeReport:
    stem = file_stem(record)
    if form in _UNCHECKED:
        changes = reports.change_list(record)
        step(1, "正在写文件")
        write, ending = (write_changes, "docx") if form is ReportForm.CHANGES_DOCX else (write_changes_book, "xlsx")
        return MadeReport(f"改稿清单_{stem}.{ending}", write(changes), f"共 {len(changes.changes)} 处")
    report = reports.disclosure_report(record)
    if form is ReportForm.ANNOTATED:
        step(1, "正在原件上写批注")
        made = annotated_original(record, report)
        number = len(report.standing())
        words = f"共 {number} 个问题，其中 {made.placed} 个标在原处" if number else "没有问题，原件上没有批注"
        return MadeReport(f"批注_{stem}.{made.ending}", made.data, words)
    step(1, "正在写文件")
    if form is ReportForm.FINDINGS:
        return MadeReport(f"问题清单_{stem}.xlsx", write_findings(report.items), f"共 {len(report.items)} 个问题")
    return _paper(f"核对报告_{stem}", write_report(report), form, step)


def _of_region(user: User, form: ReportForm, params: Mapping[str, Any], step: Step) -> MadeReport:
    if "audit" in params:
        found = _audit(user, int(params["audit"]))
        if found.is_open:
            raise RefusedError(_UNFINISHED)
        report = audit_report(user, found)
    else:
        region = Region.objects.filter(pk=params["region"]).first() if params["region"] else None
        report = region_report(user, int(params["year"]), region)
    step(1, "正在写文件")
    return _paper(_name(report), write_region(report), form, step)


def _name(report: RegionReport) -> str:
    return f"{report.region}{report.year}年核对情况报告_{report.made_on:%Y%m%d}"


def hand_out_region_report(people: Sequence[User], year: int, region: Region | None, key: str) -> dict[int, int]:
    """Make the report of a region in Word once and lay it among the tasks of each of these people, who see the same.

    It may go out by mail, and so quotes no disclosure. The number of each person's task, by person; one with that key
    that is there already is taken.
    """
    known = Task.objects.filter(kind=KIND, key=key, user__in=people, state=TaskState.DONE).exclude(output_name="")
    made = dict(known.values_list("user", "pk"))
    waiting = [user for user in people if user.pk not in made]
    if not waiting:
        return made
    params = {"form": ReportForm.REGION_DOCX.value, "year": year, "region": region.pk if region else None}
    report = replace(region_report(waiting[0], year, region), open_errors=())
    file = (f"{_name(report)}.docx", write_region(report))
    return made | {user.pk: tasks.deliver(KIND, user, file, params=params, key=key).pk for user in waiting}


def _paper(name: str, document: bytes, form: ReportForm, step: Step) -> MadeReport:
    """Word, or PDF made of it."""
    if form not in _OF_PDF:
        return MadeReport(f"{name}.docx", document, "")
    step(2, "正在转成 PDF")
    return MadeReport(f"{name}.pdf", to_pdf(document), "")


def _audit(user: User, audit_id: int) -> Audit:
    found = visible_audits(user).select_related("region").filter(pk=audit_id).first()
    if found is None:
        raise NotVisibleError("没有这次批量核对，或者您无权查看")
    return found


# ---------------------------------------------------------------- clearing away


def tidy_reports() -> int:
    """Delete the files of reports made more than a week ago; the records of the tasks stay. How many."""
    old = Task.objects.filter(kind=KIND, state=TaskState.DONE, finished_at__lt=timezone.now() - KEPT)
    number = 0
    for task in old.exclude(output_name=""):
        task.output_path.unlink(missing_ok=True)
        number += Task.objects.filter(pk=task.pk).update(output_name="")
    return number
