"""Who may open which page of the workplace: the one declaration, as data.

What a page then shows is within a person's reach (`permissions`), and what they may do with a disclosure on it
follows from `matrix`. `docs/roles.md` lists both.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from disclosures.models import Role, User

ALL: Final = frozenset(Role)
_REVIEWER: Final = frozenset({Role.REVIEWER})
_ADMINISTRATOR: Final = frozenset({Role.ADMINISTRATOR})
_IMPORTERS: Final = ALL - {Role.AUDITOR}
_ASSIGNERS: Final = frozenset({Role.REVIEWER, Role.ADMINISTRATOR})
_OVERSEERS: Final = ALL - {Role.CLERK}


@dataclass(frozen=True, slots=True)
class Page:
    """A page or an action of one: the name of its address, its title, whose it is, whether the menu lists it."""

    name: str
    title: str
    roles: frozenset[Role]
    in_menu: bool = False


_PAGES: Final = (
    Page("front", "首页", ALL, in_menu=True),
    Page("list", "公开文本", ALL, in_menu=True),
    Page("import", "导入", _IMPORTERS, in_menu=True),
    Page("quick_check", "快速核对", ALL, in_menu=True),
    Page("explanations", "待审说明", _REVIEWER, in_menu=True),
    Page("remarks", "批注", ALL, in_menu=True),
    Page("tasks", "后台任务", ALL, in_menu=True),
    Page("rules", "规则", ALL, in_menu=True),
    Page("audits", "批量核对", _OVERSEERS, in_menu=True),
    Page("accounts", "账号", _ADMINISTRATOR, in_menu=True),
    Page("notifications", "通知", ALL),
    Page("notification_open", "打开一条通知", ALL),
    Page("notifications_read", "通知全部标为已读", ALL),
    Page("notification_settings", "通知方式", ALL),
    Page("schedules", "定时任务", _ADMINISTRATOR),
    Page("schedule", "一个定时任务", _ADMINISTRATOR),
    Page("schedule_run", "立即执行定时任务", _ADMINISTRATOR),
    Page("schedule_switch", "启用和停用定时任务", _ADMINISTRATOR),
    Page("schedules_sync", "建立默认的定时任务", _ADMINISTRATOR),
    Page("overview", "总览", ALL),
    Page("missing", "还没有提交的部门", _OVERSEERS),
    Page("missing_export", "导出还没有提交的部门", _OVERSEERS),
    Page("save_filter", "保存筛选", ALL),
    Page("forget_filter", "删除保存的筛选", ALL),
    Page("bulk_assign", "批量指定负责人", _ASSIGNERS),
    Page("bulk_recheck", "批量重新核对", _IMPORTERS),
    Page("bulk_export", "导出所选公开文本", ALL),
    Page("export_lines", "导出报表明细", ALL),
    Page("decide_explanation", "采纳或退回说明", _REVIEWER),
    Page("add_remark", "写批注和答复", _IMPORTERS),
    Page("close_remark", "批注处理完毕", _IMPORTERS),
    Page("rule", "一条规则", ALL),
    Page("audit_new", "发起批量核对", _OVERSEERS),
    Page("audit", "一次批量核对", _OVERSEERS),
    Page("audit_progress", "批量核对的进度", _OVERSEERS),
    Page("audit_cancel", "取消批量核对", _OVERSEERS),
    Page("audit_items", "批量核对的各份", _OVERSEERS),
    Page("report_findings", "导出问题清单", ALL),
    Page("report_audit", "生成批量核对的报告", _OVERSEERS),
    Page("report_region", "生成地区报告", ALL),
    Page("password_change", "修改自己的密码", ALL),
    Page("waive_rule", "批量豁免", _REVIEWER),
    Page("mute", "停用规则", _ADMINISTRATOR),
    Page("unmute", "恢复规则", _ADMINISTRATOR),
    Page("accounts_export", "导出账号", _ADMINISTRATOR),
    Page("accounts_template", "账号模板", _ADMINISTRATOR),
    Page("accounts_import", "批量建立账号", _ADMINISTRATOR),
    Page("account", "一个账号", _ADMINISTRATOR),
    Page("account_password", "设定密码", _ADMINISTRATOR),
    Page("account_unlock", "解除锁定", _ADMINISTRATOR),
    Page("hand_over", "交接工作", _ADMINISTRATOR),
    Page("logins", "登录记录", _ADMINISTRATOR),
)
PAGES: Final = MappingProxyType({page.name: page for page in _PAGES})


def may_open(user: User, name: str) -> bool:
    """Whether a page is there for a person. A superuser is an administrator here."""
    if not user.is_active or (not user.is_superuser and user.role not in Role.values):
        return False
    return (Role.ADMINISTRATOR if user.is_superuser else Role(user.role)) in PAGES[name].roles


def menu(user: User) -> tuple[Page, ...]:
    """The pages that a person's menu lists, in order."""
    return tuple(page for page in _PAGES if page.in_menu and may_open(user, page.name))
