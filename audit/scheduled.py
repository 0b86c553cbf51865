"""What of this app is done at its time: the nightly audit, the weekly report, steps of tidying up."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from audit.services.audits import start_audit, tidy_audits
from audit.services.muting import lift_expired_mutes
from audit.services.selection import Selection
from audit.services.weekly import tell_weekly
from disclosures import schedules, tasks
from disclosures.errors import RefusedError
from disclosures.models import Disclosure, Region, State
from disclosures.schedules import Option, ScheduleType, scheduled
from disclosures.schedules.tidying import add_step
from disclosures.tasks import TaskContext

NIGHTLY, WEEKLY = "nightly_audit", "weekly_report"


def _year(entered: Any) -> str:
    if entered and not (str(entered).isdecimal() and 2000 <= int(entered) <= 2100):
        raise ValueError("请选择年度")
    return str(entered or "")


def _years() -> list[tuple[str, str]]:
    found = Disclosure.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    return [("", "当年"), *((str(year), f"{year} 年") for year in found)]


def _region(entered: Any) -> str:
    if entered and not (str(entered).isdecimal() and Region.objects.filter(pk=int(entered)).exists()):
        raise ValueError("没有这个地区")
    return str(entered or "")


def _regions() -> list[tuple[str, str]]:
    return [("", "全部地区"), *((str(pk), f"{name}及以下") for pk, name in Region.objects.values_list("pk", "name"))]


def _states(entered: Any) -> list[str]:
    chosen = list(entered or ())
    if set(chosen) - set(State.values):
        raise ValueError("没有这样的状态")
    return chosen


@scheduled
def run_nightly(context: TaskContext) -> dict[str, Any] | None:
    """Begin the audit; its own tasks do the rest."""
    params = context.params
    year = int(params.get("year") or timezone.localdate().year)
    region = int(params["region"]) if params.get("region") else None
    selection = Selection(year, region, tuple(params.get("states") or ()))
    try:
        audit = start_audit(None, selection, "schedule", whole=params.get("whole") == "yes")
    except RefusedError:
        return {"words": f"{year} 年还没有可以核对的公开文本"}
    return {"words": f"已发起，共 {audit.total} 份", "audit": audit.pk}


@scheduled
def run_weekly(context: TaskContext) -> dict[str, Any] | None:
    """Tell reviewers and auditors how their region stands."""

    def step(done: int, total: int) -> None:
        context.check_cancelled()
        context.progress(done, total, "正在生成各地区的报告")

    return {"words": f"已告知 {tell_weekly(timezone.localdate(), step)} 人"}


def register_scheduled() -> None:
    """Called when the app starts."""
    tasks.register_bulk(NIGHTLY, "每晚核对", run_nightly, 600)
    tasks.register_bulk(WEEKLY, "每周情况", run_weekly, 1800)
    schedules.register(
        ScheduleType(
            key=NIGHTLY,
            title="每晚核对",
            says="核对所选范围内有变化的公开文本，第二天早上可以看到新出现和已解决的问题",
            timing="0 2 * * *",
            kind=NIGHTLY,
            options=(
                Option("year", "预算年度", "", choices=_years, clean=_year),
                Option("region", "地区", "", choices=_regions, clean=_region),
                Option(
                    "states",
                    "状态",
                    [],
                    choices=lambda: tuple((str(value), str(label)) for value, label in State.choices),
                    many=True,
                    help="都不选就是全部",
                    clean=_states,
                ),
                Option("whole", "没有变化的", "no", choices=lambda: (("no", "不再核对"), ("yes", "也重新核对"))),
            ),
        )
    )
    schedules.register(
        ScheduleType(
            key=WEEKLY,
            title="每周情况",
            says="把各地区提交、公开和问题的数字和核对情况报告（Word）发给审核和审计",
            timing="0 8 * * 1",
            kind=WEEKLY,
        )
    )
    add_step("到期的停用规则", lift_expired_mutes)
    add_step("中断的批量核对", tidy_audits)
