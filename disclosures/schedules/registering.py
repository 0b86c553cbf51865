"""The schedules of this app, and their kinds of tasks."""

from __future__ import annotations

from datetime import timedelta

from disclosures import tasks
from disclosures.models import Publication, TaskTrigger
from disclosures.notifications.mailing import DIGEST
from disclosures.tasks.kinds import kind_of

from .kinds import ScheduleType, register
from .reminding import REMINDERS, run_reminders
from .tidying import TIDYING, run_tidying
from .watching import WATCHING

MAILS = ScheduleType(
    key=DIGEST,
    title="邮件汇总",
    says="把每个人选择“每日汇总”的未读通知合成一封邮件发出，并补发没有发出的邮件",
    timing="0 9 * * *",
    kind=DIGEST,
)


def refresh_open_data() -> str:
    """Queue the archive of every year in which something is published; what is up to date ends at once."""
    if kind_of(OPEN_DATA_KIND) is None:
        return "这个版本没有开放数据"
    years = Publication.objects.order_by("fiscal_year").values_list("fiscal_year", flat=True).distinct()
    for year in years:
        tasks.enqueue(OPEN_DATA_KIND, params={"year": year}, key=str(year), trigger=TaskTrigger.SCHEDULE)
    return f"已发起 {len(years)} 个年度" if years else "还没有公开过的年度"


OPEN_DATA_KIND = "open_data"
OPEN_DATA = ScheduleType(
    key="open_data",
    title="开放数据",
    says="核对公开页面上供下载的数据文件，有变化的年度重新生成",
    timing="0 4 * * *",
    at_once=refresh_open_data,
    late=timedelta(hours=20),
)


def register_schedules() -> None:
    """Called when the app starts."""
    for schedule, run, limit in ((REMINDERS, run_reminders, 900), (TIDYING, run_tidying, 1800)):
        tasks.register_bulk(schedule.kind, schedule.title, run, limit)
        register(schedule)
    register(MAILS)
    register(OPEN_DATA)
    register(WATCHING)
