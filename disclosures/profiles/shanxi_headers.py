"""The header rows over the thirteen Shanxi tables, as the province's template prints them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from .declaration import LEFT, UP, Header

_FISCAL = ("一般公共预算", "政府性基金预算", "国有资本经营预算")
_CODED = ("科目编码", "科目名称")
_SPENDING = ("合计", "基本支出", "项目支出")
_YEAR = "{year}年预算数"
_BY_FUNCTION: Final[Header] = (("项目", LEFT, _YEAR, LEFT, LEFT), (*_CODED, *_SPENDING))
_FUNDED = ("{year}年财政拨款", LEFT, LEFT)

HEADERS: Final[Mapping[str, Header]] = MappingProxyType(
    {
        "T01": (
            ("收入", LEFT, "支出", LEFT, LEFT, LEFT),
            ("项目", "{year}年", "项目", "{year}年合计", "当年预算安排", "上年结转安排"),
        ),
        "T02": (
            ("项目", LEFT, "本年收入", LEFT, LEFT, LEFT, LEFT, LEFT, "上年结转"),
            (*_CODED, "合计", "一般公共预算", "政府性基金", "国有资本经营预算", "财政专户管理资金", "单位资金", UP),
        ),
        "T03": _BY_FUNCTION,
        "T04": (
            ("收入", LEFT, "支出", LEFT, LEFT, LEFT, LEFT),
            ("项目", "金额", "项目", "金额", LEFT, LEFT, LEFT),
            (UP, UP, UP, "小计", *_FISCAL),
        ),
        "T05": _BY_FUNCTION,
        "T06": (
            ("部门预算支出经济科目名称", "政府预算支出经济科目名称", _YEAR, LEFT, LEFT),
            (UP, UP, "合计", "人员经费", "公用经费"),
        ),
        "T07": (("项目", LEFT, "政府性基金收入预算"), ("收入科目编码", "科目名称", UP)),
        "T08": ((*_CODED, *_SPENDING),),
        "T09": (
            ("国有资本经营预算收入", LEFT, LEFT, "国有资本经营预算支出", LEFT, LEFT, LEFT, LEFT),
            ("项目", LEFT, "国有资本经营收入预算", *_CODED, *_SPENDING),
            ("收入科目编码", "科目名称", UP, UP, UP, UP, UP, UP),
        ),
        "T10": (("项目", _YEAR, LEFT, LEFT, LEFT), (UP, "合计", *_FISCAL)),
        "T11": (("单位名称", _YEAR, LEFT, LEFT, LEFT), (UP, "合计", *_FISCAL)),
        "T12": (
            ("项目名称", "合计", *_FUNDED, "财政专户管理资金", "单位资金"),
            (UP, UP, *_FISCAL, UP, UP),
        ),
        "T13": (("项目名称", "合计", *_FUNDED), (UP, UP, *_FISCAL)),
    }
)
