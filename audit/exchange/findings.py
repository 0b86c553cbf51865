"""The sheet of findings; a clerk writes explanations into it and brings it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Prefetch

from audit.models import SEVERITIES, Decision, Explanation, Finding, Status
from audit.services import explain_finding
from disclosures.errors import RefusedError
from disclosures.exchange.columns import Column, Kind, same
from disclosures.exchange.parts import identity_of
from disclosures.exchange.resource import SheetResource, SheetRow
from disclosures.exchange.results import CellDiff, ChangeKind, RowDiff, SheetResult
from disclosures.models import Disclosure
from disclosures.plain.cells import number_of
from disclosures.services.matrix import Act
from disclosures.services.permissions import may, visible_to

_FIXED = "用来核对，请勿改动。"
_NUMBER = Column("pk", "编号", Kind.INTEGER, "问题的系统编号，请勿改动。", required=True, width=8)
_SAID = Column("explanation", "说明", note="逐条写明原因，由审核人员采纳或不采纳。", width=50, longest=2000)
_OF_DISCLOSURE = ("department", "year", "version")
_SHOWN = (
    Column("department", "部门（单位）", note=_FIXED, width=26, read_only=True),
    Column("year", "预算年度", Kind.YEAR, _FIXED, width=10, read_only=True),
    Column("version", "版本", Kind.INTEGER, _FIXED, width=7, read_only=True),
    Column("severity", "程度", Kind.CHOICE, _FIXED, choices=SEVERITIES, width=8, read_only=True),
    Column("message", "问题", note=_FIXED, width=70, read_only=True),
    Column("where", "位置", note=_FIXED, width=30, read_only=True),
    Column("actual", "现值", note=_FIXED, width=16, read_only=True),
    Column("expected", "应为", note=_FIXED, width=16, read_only=True),
    Column("difference", "差额", note=_FIXED, width=14, read_only=True),
    Column("status", "状态", Kind.CHOICE, _FIXED, choices=tuple(Status.choices), width=10, read_only=True),
    Column("rule", "规则", note=_FIXED, width=16, read_only=True),
)


@dataclass
class FindingPlan:
    """Explanations to write, by finding."""

    texts: dict[int, str] = field(default_factory=dict)


class FindingResource(SheetResource):
    title = "问题"
    model = Finding

    def columns(self) -> tuple[Column, ...]:
        return (_NUMBER, *_SHOWN, _SAID)

    def records(self) -> models.QuerySet[Any]:
        found = Finding.objects.select_related("disclosure__department").order_by("disclosure", "position", "pk")
        pending = Explanation.objects.filter(decision=Decision.PENDING)
        found = found.prefetch_related(Prefetch("explanations", pending, to_attr="pending"))
        return found if self.user is None else visible_to(self.user, found)

    def texts(self, queryset: models.QuerySet[Any]) -> Iterator[Mapping[str, str | None]]:
        chosen = self.records().filter(pk__in=queryset.order_by().values("pk"))
        return (_texts(finding) for finding in chosen.iterator(chunk_size=2000))

    def plan(self, rows: Sequence[SheetRow], result: SheetResult) -> FindingPlan:
        numbers = {int(parsed) for row in rows if (parsed := number_of(row.text("pk"))) is not None}
        findings = {finding.pk: finding for finding in self.records().filter(pk__in=numbers)}
        plan, seen = FindingPlan(), dict[int, int]()
        for row in rows:
            finding = findings.get(number_of(row.text("pk")))
            if finding is None:
                number = row.text("pk")
                said = f"没有编号为‘{number[:20]}’的问题，或者您无权查看" if number else "必须填写"
                result.refuse(said, row.number, _NUMBER.header, number)
            elif finding.pk in seen:
                result.refuse(f"与第 {seen[finding.pk]} 行重复", row.number, _NUMBER.header, row.text("pk"))
            else:
                seen[finding.pk] = row.number
                self._compare(row, finding, plan, result)
        self._check_permissions(findings, plan, seen, result)
        return plan

    def _compare(self, row: SheetRow, finding: Any, plan: FindingPlan, result: SheetResult) -> None:
        current = _texts(finding)
        for column in _SHOWN:
            typed = row.texts.get(column.key)
            if typed is not None and not same(column, current[column.key], typed):
                said = f"导出之后变成了“{current[column.key] or '空白'}”（或在文件中被改动），请重新导出"
                result.refuse(said, row.number, column.header, typed)
        typed = row.texts.get("explanation", "")
        if same(_SAID, current["explanation"], typed) or "explanation" not in row.texts:
            result.unchanged += 1
            return
        wrong = self.check(row, result, {"explanation"})
        if not typed.strip():
            result.refuse("说明不能用表格收回，请到公开文本页收回", row.number, _SAID.header)
        elif finding.status not in (Status.OPEN, Status.EXPLAINED):
            said = f"这个问题{finding.get_status_display()}，不需要说明"
            result.refuse(said, row.number, _SAID.header, typed)
        elif not wrong:
            plan.texts[finding.pk] = typed
        cell = CellDiff(_SAID.header, current["explanation"] or "", typed)
        result.diffs.append(RowDiff(row.number, ChangeKind.UPDATE, str(finding), (cell,)))

    def _check_permissions(
        self, findings: Mapping[int, Any], plan: FindingPlan, rows: Mapping[int, int], result: SheetResult
    ) -> None:
        refused = {
            disclosure.pk for disclosure in self._changed(findings, plan) if not may(self.user, Act.EXPLAIN, disclosure)
        }
        for pk in plan.texts:
            disclosure = findings[pk].disclosure
            if disclosure.pk in refused:
                said = f"《{disclosure}》现在是“{disclosure.get_state_display()}”，您不能说明它的问题"
                result.refuse(said, rows[pk], _SAID.header, plan.texts[pk])

    def _changed(self, findings: Mapping[int, Any], plan: FindingPlan) -> Iterable[Disclosure]:
        return {findings[pk].disclosure_id: findings[pk].disclosure for pk in plan.texts}.values()

    def apply(self, plan: FindingPlan, result: SheetResult, **options: Any) -> None:
        if self.user is None:
            raise RefusedError("说明须由登录的人员填写")
        for pk, text in plan.texts.items():
            explain_finding(self.user, pk, text)


def _texts(finding: Any) -> dict[str, str | None]:
    identity = identity_of(finding.disclosure)
    return {
        "pk": str(finding.pk),
        **{key: identity[key] for key in _OF_DISCLOSURE},
        "severity": finding.get_severity_display(),
        "message": finding.message,
        "where": finding.where,
        "actual": finding.actual,
        "expected": finding.expected,
        "difference": finding.difference,
        "status": finding.get_status_display(),
        "rule": finding.rule,
        "explanation": finding.pending[0].text if finding.pending else "",
    }
