"""The thirteen tables of Shanxi department budget disclosures, fiscal years 2024 to 2026."""

from __future__ import annotations

from disclosures.plain.data import Side

from .declaration import ColumnDecl, Hierarchy, ItemDecl, RowSum, SideDecl, TableDecl, TemplateProfile
from .shanxi_headers import HEADERS

_NUMERALS = "一二三四五六七八九十"


def numeral(n: int) -> str:
    """1 … 99 in Chinese numerals: 一, 十, 十一, 二十, 三十一."""
    tens, ones = divmod(n, 10)
    if tens == 0:
        return _NUMERALS[ones - 1]
    head = "" if tens == 1 else _NUMERALS[tens - 1]
    return f"{head}十{_NUMERALS[ones - 1] if ones else ''}"


TOTAL = ColumnDecl("total", "合计", ("小计", "总计"))
GENERAL_PUBLIC = ColumnDecl("general_public", "一般公共预算", ("一般公共预算拨款", "一般公共预算资金"))
GOV_FUND = ColumnDecl("gov_fund", "政府性基金预算", ("政府性基金", "政府性基金预算拨款"))
STATE_CAPITAL = ColumnDecl("state_capital", "国有资本经营预算", ("国有资本经营", "国有资本经营预算拨款"))
FISCAL_ACCOUNT = ColumnDecl("fiscal_account", "财政专户管理资金", ("专户管理资金", "财政专户"))
UNIT_FUNDS = ColumnDecl("unit_funds", "单位资金")
CARRIED_OVER = ColumnDecl("carried_over", "上年结转", ("上年结转安排",))
CURRENT_YEAR = ColumnDecl("current_year", "当年预算安排", ("本年预算安排", "当年预算"))
BASIC = ColumnDecl("basic", "基本支出")
PROJECT = ColumnDecl("project", "项目支出")
PERSONNEL = ColumnDecl("personnel", "人员经费")
PUBLIC_USE = ColumnDecl("public_use", "公用经费")
AMOUNT = ColumnDecl("amount", "金额", ("预算数", "年预算"))

_FISCAL = ("general_public", "gov_fund", "state_capital")
_FISCAL_COLUMNS = (TOTAL, GENERAL_PUBLIC, GOV_FUND, STATE_CAPITAL)

# 类 of the functional classification as T01 and T04 print them, with their codes.
CATEGORIES: tuple[tuple[str, str], ...] = (
    ("201", "一般公共服务支出"),
    ("202", "外交支出"),
    ("203", "国防支出"),
    ("204", "公共安全支出"),
    ("205", "教育支出"),
    ("206", "科学技术支出"),
    ("207", "文化旅游体育与传媒支出"),
    ("208", "社会保障和就业支出"),
    ("209", "社会保险基金支出"),
    ("210", "卫生健康支出"),
    ("211", "节能环保支出"),
    ("212", "城乡社区支出"),
    ("213", "农林水支出"),
    ("214", "交通运输支出"),
    ("215", "资源勘探工业信息等支出"),
    ("216", "商业服务业等支出"),
    ("217", "金融支出"),
    ("219", "援助其他地区支出"),
    ("220", "自然资源海洋气象等支出"),
    ("221", "住房保障支出"),
    ("222", "粮油物资储备支出"),
    ("223", "国有资本经营预算支出"),
    ("224", "灾害防治及应急管理支出"),
    ("227", "预备费"),
    ("229", "其他支出"),
    ("230", "转移性支出"),
    ("231", "债务还本支出"),
    ("232", "债务付息支出"),
    ("233", "债务发行费用支出"),
    ("234", "抗疫特别国债安排的支出"),
)
_CATEGORY_VARIANTS = {
    "215": ("资源勘探信息等支出", "资源勘探电力信息等支出"),
    "220": ("国土海洋气象等支出",),
    "207": ("文化体育与传媒支出",),
}
_CATEGORY_ITEMS = tuple(
    ItemDecl(code, name, _CATEGORY_VARIANTS.get(code, ()), f"{numeral(n)}、", code)
    for n, (code, name) in enumerate(CATEGORIES, start=1)
)
_CATEGORY_IDS = tuple(item.id for item in _CATEGORY_ITEMS)

_EXPENDITURE_TAIL = (
    ItemDecl("expenditure_this_year", "本年支出合计", ("支出合计",)),
    ItemDecl("year_end_carry_over", "年终结转", ("年终结转结余", "结转下年", "年末结转")),
    ItemDecl("expenditure_total", "支出总计", ("支出合计总计",)),
)
_EXPENDITURE_SUMS = (
    RowSum("expenditure_this_year", _CATEGORY_IDS),
    RowSum("expenditure_total", ("expenditure_this_year", "year_end_carry_over")),
)


def _sources(prefix: str, *keys: tuple[str, str, tuple[str, ...]]) -> tuple[ItemDecl, ...]:
    return tuple(
        ItemDecl(prefix + key, name, variants, f"{numeral(n)}、") for n, (key, name, variants) in enumerate(keys, 1)
    )


_FISCAL_SOURCES = (
    ("general_public", "一般公共预算", ("一般公共预算拨款", "一般公共预算拨款收入")),
    ("gov_fund", "政府性基金预算", ("政府性基金", "政府性基金预算拨款", "政府性基金预算拨款收入")),
    ("state_capital", "国有资本经营预算", ("国有资本经营预算拨款", "国有资本经营预算拨款收入")),
)
_OTHER_SOURCES = (
    ("fiscal_account", "财政专户管理资金", ("财政专户管理资金收入",)),
    ("unit_funds", "单位资金", ("单位资金收入",)),
)

T01 = TableDecl(
    id="T01",
    header=HEADERS["T01"],
    ordinal="一",
    title="预算收支总表",
    short_title="收支总表",
    title_keys=("预算收支总表",),
    other_titles=("收支总表", "收支预算总表", "收支总体情况表", "预算收支总体情况表"),
    sides=(
        SideDecl(
            Side.INCOME,
            ("item",),
            (ColumnDecl("amount", "金额", ("预算数", "年")),),
            items=(
                *_sources("", *_FISCAL_SOURCES, *_OTHER_SOURCES),
                ItemDecl("income_this_year", "本年收入合计", ("收入合计",)),
                ItemDecl("carried_over", "上年结转", ("上年结转结余",)),
                ItemDecl("income_total", "收入总计"),
            ),
            row_sums=(
                RowSum(
                    "income_this_year", ("general_public", "gov_fund", "state_capital", "fiscal_account", "unit_funds")
                ),
                RowSum("income_total", ("income_this_year", "carried_over")),
            ),
        ),
        SideDecl(
            Side.EXPENDITURE,
            ("item",),
            (TOTAL, CURRENT_YEAR, ColumnDecl("carried_over", "上年结转安排", ("上年结转",))),
            column_sums=(("total", ("current_year", "carried_over")),),
            items=(*_CATEGORY_ITEMS, *_EXPENDITURE_TAIL),
            row_sums=_EXPENDITURE_SUMS,
        ),
    ),
)

T02 = TableDecl(
    id="T02",
    header=HEADERS["T02"],
    ordinal="二",
    title="预算收入总表",
    short_title="收入总表",
    title_keys=("预算收入总表",),
    other_titles=("收入总表", "收入预算总表", "收入总体情况表", "预算收入总体情况表", "收入预算表"),
    hierarchy=Hierarchy.CODE,
    sides=(
        SideDecl(
            Side.ONE,
            ("code", "name"),
            (TOTAL, GENERAL_PUBLIC, GOV_FUND, STATE_CAPITAL, FISCAL_ACCOUNT, UNIT_FUNDS, CARRIED_OVER),
            column_sums=(("total", (*_FISCAL, "fiscal_account", "unit_funds")),),
        ),
    ),
)


def _by_function(
    table_id: str, ordinal: str, title: str, short: str, keys: tuple[str, ...], others: tuple[str, ...] = ()
) -> TableDecl:
    return TableDecl(
        id=table_id,
        header=HEADERS[table_id],
        ordinal=ordinal,
        title=title,
        short_title=short,
        title_keys=keys,
        other_titles=others,
        hierarchy=Hierarchy.CODE,
        sides=(
            SideDecl(
                Side.ONE,
                ("code", "name"),
                (TOTAL, BASIC, PROJECT),
                column_sums=(("total", ("basic", "project")),),
            ),
        ),
    )


T03 = _by_function(
    "T03",
    "三",
    "预算支出总表",
    "支出总表",
    ("预算支出总表",),
    ("支出总表", "支出预算总表", "支出总体情况表", "预算支出总体情况表"),
)

T04 = TableDecl(
    id="T04",
    header=HEADERS["T04"],
    ordinal="四",
    title="财政拨款收支总表",
    short_title="财政拨款收支",
    title_keys=("财政拨款收支",),
    sides=(
        SideDecl(
            Side.INCOME,
            ("item",),
            (ColumnDecl("amount", "金额", ("预算数", "年")),),
            items=(
                *_sources("", *_FISCAL_SOURCES),
                ItemDecl("income_this_year", "本年收入合计", ("收入合计",)),
                ItemDecl("carried_over", "上年财政拨款结转", ("上年结转", "上年财政拨款结转结余")),
                *_sources("carried_over_", *_FISCAL_SOURCES),
                ItemDecl("income_total", "收入总计"),
            ),
            row_sums=(
                RowSum("income_this_year", _FISCAL),
                RowSum("carried_over", tuple(f"carried_over_{key}" for key in _FISCAL)),
                RowSum("income_total", ("income_this_year", "carried_over")),
            ),
        ),
        SideDecl(
            Side.EXPENDITURE,
            ("item",),
            _FISCAL_COLUMNS,
            column_sums=(("total", _FISCAL),),
            items=(*_CATEGORY_ITEMS, *_EXPENDITURE_TAIL),
            row_sums=_EXPENDITURE_SUMS,
        ),
    ),
)

T05 = _by_function(
    "T05",
    "五",
    "一般公共预算支出预算表（不含上年结转）",
    "一般公共预算支出",
    ("一般公共预算支出预算表",),
    ("一般公共预算支出表", "一般公共预算支出情况表", "一般公共预算财政拨款支出表"),
)

T06 = TableDecl(
    id="T06",
    header=HEADERS["T06"],
    ordinal="六",
    title="一般公共预算安排基本支出分经济科目表（不含上年结转）",
    short_title="基本支出经济科目",
    title_keys=("基本支出", "经济科目"),
    other_titles=("一般公共预算基本支出表", "一般公共预算基本支出预算表", "一般公共预算基本支出情况表"),
    hierarchy=Hierarchy.GROUP,
    sides=(
        SideDecl(
            Side.ONE,
            ("dept_econ", "gov_econ"),
            (TOTAL, PERSONNEL, PUBLIC_USE),
            column_sums=(("total", ("personnel", "public_use")),),
        ),
    ),
)

T07 = TableDecl(
    id="T07",
    header=HEADERS["T07"],
    ordinal="七",
    title="政府性基金预算收入表（不含上年结转）",
    short_title="政府性基金收入",
    title_keys=("政府性基金预算收入",),
    other_titles=("政府性基金收入表", "政府性基金收入预算表"),
    hierarchy=Hierarchy.CODE,
    sides=(SideDecl(Side.ONE, ("code", "name"), (ColumnDecl("amount", "金额", ("政府性基金收入预算", "预算数")),)),),
)

T08 = _by_function(
    "T08",
    "八",
    "政府性基金预算支出表（不含上年结转）",
    "政府性基金支出",
    ("政府性基金预算支出",),
    ("政府性基金支出表", "政府性基金支出预算表"),
)

T09 = TableDecl(
    id="T09",
    header=HEADERS["T09"],
    ordinal="九",
    title="国有资本经营预算收支预算表（不含上年结转）",
    short_title="国有资本经营预算",
    title_keys=("国有资本经营预算收支",),
    other_titles=(
        "国有资本经营收支预算表",
        "国有资本经营预算支出表",
        "国有资本经营预算支出预算表",
        "国有资本经营支出预算表",
    ),
    hierarchy=Hierarchy.CODE,
    sides=(
        SideDecl(Side.INCOME, ("code", "name"), (ColumnDecl("amount", "金额", ("国有资本经营收入预算", "预算数")),)),
        SideDecl(
            Side.EXPENDITURE,
            ("code", "name"),
            (TOTAL, BASIC, PROJECT),
            column_sums=(("total", ("basic", "project")),),
        ),
    ),
)

T10 = TableDecl(
    id="T10",
    header=HEADERS["T10"],
    ordinal="十",
    title="财政拨款安排“三公”经费支出预算表",
    short_title="三公经费",
    title_keys=("三公",),
    sides=(
        SideDecl(
            Side.ONE,
            ("item",),
            _FISCAL_COLUMNS,
            column_sums=(("total", _FISCAL),),
            items=(
                ItemDecl("abroad", "因公出国（境）费", ("因公出国(境)费用", "因公出国境费")),
                ItemDecl("reception", "公务接待费"),
                ItemDecl("vehicles", "公务用车购置及运行费", ("公务用车购置及运行维护费",)),
                ItemDecl("vehicle_purchase", "公务用车购置费", ("公务用车购置",), "①"),
                ItemDecl("vehicle_running", "公务用车运行维护费", ("公务用车运行费",), "②"),
                ItemDecl("total", "合计"),
            ),
            row_sums=(
                RowSum("vehicles", ("vehicle_purchase", "vehicle_running")),
                RowSum("total", ("abroad", "reception", "vehicles")),
            ),
        ),
    ),
)

T11 = TableDecl(
    id="T11",
    header=HEADERS["T11"],
    ordinal="十一",
    title="财政拨款安排机关运行经费预算表",
    short_title="机关运行经费",
    title_keys=("机关运行经费",),
    hierarchy=Hierarchy.UNITS,
    total_labels=("部门合计", "合计", "单位合计"),
    sides=(SideDecl(Side.ONE, ("unit",), _FISCAL_COLUMNS, column_sums=(("total", _FISCAL),)),),
)

T12 = TableDecl(
    id="T12",
    header=HEADERS["T12"],
    ordinal="十二",
    title="项目支出预算表（本年预算）",
    short_title="项目支出（本年）",
    other_titles=("项目支出表", "项目支出明细表", "项目支出情况表"),
    title_keys=("项目支出预算表", "本年预算"),
    hierarchy=Hierarchy.NESTING,
    column_numbers=True,
    sides=(
        SideDecl(
            Side.ONE,
            ("project",),
            (*_FISCAL_COLUMNS, FISCAL_ACCOUNT, UNIT_FUNDS),
            column_sums=(("total", (*_FISCAL, "fiscal_account", "unit_funds")),),
        ),
    ),
)

T13 = TableDecl(
    id="T13",
    header=HEADERS["T13"],
    ordinal="十三",
    title="项目支出预算表（上年结转）",
    short_title="项目支出（结转）",
    title_keys=("项目支出", "上年结转"),
    hierarchy=Hierarchy.NESTING,
    column_numbers=True,
    sides=(SideDecl(Side.ONE, ("project",), _FISCAL_COLUMNS, column_sums=(("total", _FISCAL),)),),
)

SHANXI_2024 = TemplateProfile(
    id="shanxi-2024",
    label="山西省（2024—2026 年）",
    first_year=2024,
    last_year=2026,
    tables=(T01, T02, T03, T04, T05, T06, T07, T08, T09, T10, T11, T12, T13),
)
