"""Places of the contract in words."""

import pytest

from disclosures.plain.place_words import where_words


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (None, ""),
        ("doc", "全文"),
        ("T13", "表十三"),
        ("T03/2080110/project", "表三 / 2080110 / 项目支出"),
        ("T01/income/上年结转/amount", "表一 / 收入 / 上年结转 / 金额"),
        ("N/八", "情况说明 八"),
        ("N/五/2", "情况说明 五 / 第 2 段"),
        ("N/概况", "概况"),
        ("P/培训费#2/funds", "绩效目标 / 培训费#2 / 资金"),
        ("P/培训费/funds.annual.central", "绩效目标 / 培训费 / 年度资金中央资金"),
        ("O#2/objective", "整体绩效目标 / 年度绩效目标"),
        ("elsewhere", "elsewhere"),
    ],
)
def test_places_of_the_contract_in_words(where, words):
    assert where_words(where) == words
