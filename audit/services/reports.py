"""What reports say of stored disclosures: gathered within a person's reach, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from audit import models
from audit.catalogue import rules
from audit.findings import Family, Severity
from audit.models import Status
from audit.reports.content import Change, ChangeList, DisclosureReport, Head, Item, Mute, Said
from disclosures.errors import RefusedError
from disclosures.models import Correction, CorrectionAction, CorrectionKind, Disclosure, Region, Remark, User
from disclosures.plain.place_words import where_words
from disclosures.plain.sources import source_words
from disclosures.services.corrections import correction_list
from disclosures.services.loaded import content
from disclosures.services.matrix import Act
from disclosures.services.permissions import require, visible_disclosures

_UP = "department__region__parent__parent__parent"  # as far up as rules can be silenced
_UNDECIDED = (models.Decision.PENDING, models.Decision.REFUSED)
_ACTIONS = {
    CorrectionAction.ADD: "增加",
    CorrectionAction.ADD_ROW: "增加",
    CorrectionAction.REMOVE: "删除",
    CorrectionAction.REMOVE_ROW: "删除",
    CorrectionAction.MOVE: "调整顺序",
}
NO_CHECK = "这份公开文本还没有核对过，请先在工作台点“重新核对”，再生成报告"
MOST_FINDINGS = 100_000


def reported(user: User | None, disclosure_id: int) -> Disclosure:
    """The disclosure with what its reports say of it. Raises NotVisibleError, NotAllowedError."""
    require(user, Act.EXPORT, disclosure_id)
    return Disclosure.objects.select_related(_UP, "source_file").get(pk=disclosure_id)


def disclosure_report(record: Disclosure) -> DisclosureReport:
    """Everything that the report of one disclosure says. Raises RefusedError where it was never checked."""
    run = models.AuditRun.objects.filter(disclosure=record).first()
    if run is None:
        raise RefusedError(NO_CHECK)
    remarks = list(Remark.objects.filter(disclosure=record).select_related("user").order_by("at", "pk"))
    held = _of_findings(remarks)
    found = tuple(items_of(models.Finding.objects.filter(disclosure=record).exclude(status=Status.GONE), held))
    known = {fingerprint for fingerprint in held if fingerprint}
    open_remarks = [item for item in remarks if item.fingerprint not in known and not item.resolved]
    catalogue = rules()
    return DisclosureReport(
        head=head_of(record, run),
        items=found,
        not_checked=tuple(
            (catalogue[rule].title if rule in catalogue else rule, str(reason))
            for rule, reason, _where in run.not_checked
        ),
        mutes=tuple(mutes_for(record.department.region)),
        remarks=tuple(_said(item) for item in open_remarks),
        corrections=Correction.objects.filter(
            disclosure=record, active=True, ended_by=None, kind=CorrectionKind.DOCUMENT
        ).count(),
    )


def change_list(record: Disclosure) -> ChangeList:
    """What a clerk has to change in the file."""
    run = models.AuditRun.objects.filter(disclosure=record).first()
    changes = [
        Change(
            place=item.words or where_words(item.place),
            source=source_words(item.source),
            old=item.old or "",
            new=item.new or "",
            reason=item.reason,
            action=_ACTIONS.get(CorrectionAction(item.action), "改"),
        )
        for item in correction_list(record.pk, content(record))
    ]
    return ChangeList(head_of(record, run), tuple(changes))


def head_of(record: Disclosure, run: models.AuditRun | None) -> Head:
    region, source = record.department.region, record.source_file
    return Head(
        department=record.printed_department or record.department.name,
        region=region.name if region else "",
        year=record.fiscal_year,
        kind=record.get_kind_display(),
        version=record.version,
        state=record.get_state_display(),
        made_on=timezone.localdate(),
        checked_at=timezone.localtime(run.at) if run else None,
        current=run is None or run.revision == record.revision,
        rules_run=run.rules_run if run else 0,
        checks_run=run.checks_run if run else 0,
        source_name=source.name if source else "",
        source_sha256=source.sha256 if source else "",
    )


# ---------------------------------------------------------------- findings


def selected_items(user: User | None, ids: Sequence[int]) -> Iterator[Item]:
    """The findings of some disclosures within reach, by disclosure and in its order. Raises RefusedError."""
    visible = Disclosure.objects.all() if user is None else visible_disclosures(user)
    reached = visible.filter(pk__in=ids).order_by()
    chosen = models.Finding.objects.filter(disclosure__in=reached.values("pk")).exclude(status=Status.GONE)
    number = chosen.count()
    if number > MOST_FINDINGS:
        raise RefusedError(f"所选公开文本共有 {number} 个问题，超过一个 Excel 文件的 {MOST_FINDINGS} 个，请分几次导出")
    remarks = Remark.objects.filter(disclosure__in=reached.values("pk")).exclude(fingerprint="")
    held = _by_disclosure(remarks.select_related("user").order_by("at", "pk"))
    order = ("disclosure__department__name", "disclosure__fiscal_year", "disclosure", "position", "pk")
    return items_of(chosen, held, order)


def items_of(
    found: QuerySet[models.Finding],
    held: Mapping[tuple[int, str] | str, Sequence[Remark]],
    order: Sequence[str] = ("position", "pk"),
) -> Iterator[Item]:
    """Findings as reports show them; `held` are the remarks on them."""
    decided = (
        found.select_related("disclosure__department")
        .prefetch_related(
            Prefetch("explanations", models.Explanation.objects.select_related("user", "decided_by")),
            Prefetch("waivers", models.Waiver.objects.filter(ended_at=None).select_related("granted_by")),
        )
        .order_by(*order)
    )
    for finding in decided.iterator(chunk_size=2000):
        key = finding.fingerprint if finding.fingerprint in held else (finding.disclosure_id, finding.fingerprint)
        yield item_of(finding, held.get(key, ()))


def item_of(finding: models.Finding, remarks: Iterable[Remark] = ()) -> Item:
    """A finding on file (decisions prefetched) as reports show it."""
    rule = rules().get(finding.rule)
    return Item(
        severity=Severity(finding.severity),
        family=Family(finding.family).label if finding.family in list(Family) else finding.family,
        rule=finding.rule,
        title=rule.title if rule else finding.rule,
        statement=rule.statement if rule else "",
        basis=rule.basis if rule else "",
        place=where_words(finding.where),
        source=finding.source,
        source_words=source_words(finding.source),
        message=finding.message,
        actual=finding.actual or "",
        expected=finding.expected or "",
        difference=finding.difference or "",
        status=finding.status,
        status_words=finding.get_status_display(),
        evidence=tuple(_evidence(*entry) for entry in finding.evidence),
        said=(*_decisions(finding), *(_said(remark) for remark in remarks)),
        department=finding.disclosure.printed_department or finding.disclosure.department.name,
        year=finding.disclosure.fiscal_year,
    )


def _evidence(where: str, value: str | None, source: str | None) -> str:
    return where_words(where) + (f" {value}" if value else "") + (f"（{source_words(source)}）" if source else "")


def _decisions(finding: models.Finding) -> Iterator[Said]:
    for waiver in finding.waivers.all():
        yield Said("豁免", str(waiver.granted_by), waiver.reason, timezone.localdate(waiver.granted_at))
    explanation = next(iter(finding.explanations.all()), None)
    if explanation is None or explanation.decision not in _UNDECIDED:
        return
    yield Said("说明", str(explanation.user), explanation.text, timezone.localdate(explanation.at))
    if explanation.decision == models.Decision.REFUSED:
        yield Said("未采纳", str(explanation.decided_by or ""), explanation.answer)


def _said(remark: Remark) -> Said:
    kind = "答复" if remark.answers_id else "批注"
    return Said(kind, str(remark.user), remark.text, timezone.localdate(remark.at))


def _of_findings(remarks: Iterable[Remark]) -> dict[tuple[int, str] | str, list[Remark]]:
    held: dict[tuple[int, str] | str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        if remark.fingerprint:
            held[remark.fingerprint].append(remark)
    return held


def _by_disclosure(remarks: Iterable[Remark]) -> dict[tuple[int, str] | str, list[Remark]]:
    held: dict[tuple[int, str] | str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        held[remark.disclosure_id, remark.fingerprint].append(remark)
    return held


def mutes_for(region: Region | None) -> Iterator[Mute]:
    """The rules silenced now for a region (its parents at hand), a region above it, or everywhere."""
    above: list[int] = []
    while region is not None and region.pk not in above:
        above.append(region.pk)
        region = region.parent
    lasting = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    found = models.RuleMute.objects.filter(Q(region=None) | Q(region__in=above), lasting, ended_at=None)
    catalogue = rules()
    for mute in found.select_related("region", "muted_by").order_by("rule", "pk"):
        title = catalogue[mute.rule].title if mute.rule in catalogue else mute.rule
        yield Mute(title, str(mute.region or "全部地区"), mute.reason, str(mute.muted_by), mute.ends_on)
