"""Who may do what with a disclosure in which state: the one declaration, as data.

`docs/roles.md` is generated from it (`python manage.py document_roles`) and every cell is tested. Whether the
disclosure lies within a person's reach is a second question (`permissions.visible_disclosures`).
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from disclosures.models import Role, State


class Act(StrEnum):
    """Everything that can be done with one disclosure."""

    VIEW = "view"
    EXPORT = "export"
    CHECK = "check"
    CORRECT = "correct"
    REPLACE = "replace"
    EXPLAIN = "explain"
    REMARK = "remark"
    SUBMIT = "submit"
    RECALL = "recall"
    RETURN = "return"
    DECIDE = "decide"
    APPROVE = "approve"
    SIGN_OFF = "sign_off"
    FINAL_FILE = "final_file"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    REVISE = "revise"
    ASSIGN = "assign"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS: Final = MappingProxyType(
    {
        Act.VIEW: "查看",
        Act.EXPORT: "导出",
        Act.CHECK: "重新核对",
        Act.CORRECT: "更正",
        Act.REPLACE: "重新上传（成为新版）",
        Act.EXPLAIN: "说明问题",
        Act.REMARK: "批注",
        Act.SUBMIT: "提交审核",
        Act.RECALL: "撤回提交",
        Act.RETURN: "退回修改",
        Act.DECIDE: "采纳说明、豁免问题",
        Act.APPROVE: "审核通过",
        Act.SIGN_OFF: "登记保密审查和签发",
        Act.FINAL_FILE: "上传定稿文件",
        Act.PUBLISH: "公开",
        Act.WITHDRAW: "撤回公开",
        Act.REVISE: "启动修订",
        Act.ASSIGN: "指定负责人",
    }
)

_ALL: Final = frozenset(State)
_EDITABLE: Final = frozenset({State.TO_CORRECT, State.RETURNED})
_REVIEW: Final = frozenset({State.IN_REVIEW})
_APPROVED: Final = frozenset({State.APPROVED})
_PUBLIC: Final = frozenset({State.PUBLISHED})
_OPEN: Final = _EDITABLE | _REVIEW | _APPROVED
_NEVER: Final[frozenset[State]] = frozenset()

_CLERK: Final = {
    Act.VIEW: _ALL,
    Act.EXPORT: _ALL,
    Act.CHECK: _EDITABLE,
    Act.CORRECT: _EDITABLE,
    Act.REPLACE: _EDITABLE | _APPROVED | _PUBLIC | {State.WITHDRAWN, State.SUPERSEDED},
    Act.EXPLAIN: _EDITABLE,
    Act.REMARK: _OPEN,
    Act.SUBMIT: _EDITABLE,
    Act.RECALL: _REVIEW,
    Act.SIGN_OFF: _APPROVED,
    Act.FINAL_FILE: _APPROVED,
    Act.REVISE: _PUBLIC | {State.WITHDRAWN},
}
# A reviewer does for a department whatever its clerk does (and then somebody else has to approve it).
_REVIEWER: Final = _CLERK | {
    Act.CHECK: _EDITABLE | _REVIEW,
    Act.RETURN: _REVIEW | _APPROVED,
    Act.DECIDE: _OPEN,
    Act.APPROVE: _REVIEW,
    Act.PUBLISH: _APPROVED,
    Act.WITHDRAW: _PUBLIC,
    Act.ASSIGN: _OPEN,
}
_AUDITOR: Final = {Act.VIEW: _ALL, Act.EXPORT: _ALL}
_ADMINISTRATOR: Final = {
    Act.VIEW: _ALL,
    Act.EXPORT: _ALL,
    Act.CHECK: _EDITABLE | _REVIEW,
    Act.REPLACE: _CLERK[Act.REPLACE],
    Act.REMARK: _OPEN,
    Act.ASSIGN: _OPEN,
}

MATRIX: Final = MappingProxyType(
    {
        role: MappingProxyType({act: acts.get(act, _NEVER) for act in Act})
        for role, acts in (
            (Role.CLERK, _CLERK),
            (Role.REVIEWER, _REVIEWER),
            (Role.AUDITOR, _AUDITOR),
            (Role.ADMINISTRATOR, _ADMINISTRATOR),
        )
    }
)
