"""The text fields of target forms, in the order of the official form, with what people call them."""

from __future__ import annotations

# Descriptive texts of a project form, those a person writes as prose.
PROSE_TEXTS = {
    "overview": "项目概况",
    "basis": "立项依据",
    "necessity": "项目设立必要性",
    "safeguards": "保证项目实施的制度、措施",
    "plan": "项目实施计划",
    "objective_whole": "实施期总体目标",
    "objective_annual": "年度总体目标",
}
PROJECT_TEXTS = {
    "project": "项目名称",
    "supervisor": "主管部门及代码",
    "implementing_unit": "实施单位",
    "attribute": "项目属性",
    "term": "项目期限",
    **PROSE_TEXTS,
    "reported_at": "填报日期",
}
OVERALL_TEXTS = {"duties": "部门职责", "strategy": "战略目标", "objective": "年度绩效目标"}
FUND_WORDS = {
    "total": "合计",
    "central": "中央资金",
    "provincial": "省级资金",
    "local": "市县（区）资金",
    "self_raised": "自筹资金",
    "other": "其他资金",
}
FUND_KEYS = tuple(FUND_WORDS)
# Funds of the department-wide form, by source and by direction.
OVERALL_FUNDS = {
    "total_by_source": "按来源合计",
    "general_public": "一般公共预算",
    "gov_fund": "政府性基金预算",
    "state_capital": "国有资本经营预算",
    "social_insurance": "社会保险基金预算",
    "fiscal_account": "专户管理资金",
    "unit_funds": "单位资金",
    "total_by_direction": "按方向合计",
    "basic": "基本支出",
    "project": "项目支出",
}
