"""The helpers over prose that rules build on: values, names, dates, sums, numbers of persons, marks."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.text import brackets, dates, doubled, names, similarity, sums
from audit.text.identity import Secret, is_bank_card, is_identity_number, masked, personal_data
from audit.text.quantities import has_number, is_rounding, quantity

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
BODIES = st.builds(
    lambda region, born, serial: f"{region}{born:%Y%m%d}{serial:03d}",
    st.integers(110000, 659999),
    st.dates(min_value=date(1930, 1, 1), max_value=date(2020, 1, 1)),
    st.integers(0, 999),
)


@pytest.mark.parametrize(
    ("printed", "money", "yuan", "unit", "per"),
    [
        ("≤20万元", True, 200_000, "万元", ()),
        ("≤11万/年", True, 110_000, "万元", ("年",)),
        ("3360元/人.年", True, 3360, "元", ("人", "年")),
        ("＞98%", False, None, "%", ()),
        ("≥5.7万人", False, None, "人", ()),
        ("2659648.03元", False, Decimal("2659648.03"), "元", ()),
        ("1,312,000元整", True, 1_312_000, "元整", ()),
        ("不超过5件", False, None, "件", ()),
    ],
)
def test_a_value_is_read_with_its_unit(printed, money, yuan, unit, per) -> None:
    value = quantity(printed, money=money)
    assert value is not None
    assert (value.yuan, value.unit, value.per) == (yuan, unit, per)


@pytest.mark.parametrize("printed", ["及时", "2025年01月01日-12月31日", "3到10月", "", None, "按最低工资60%执行以下"])
def test_what_is_no_single_quantity_is_none(printed) -> None:
    assert quantity(printed) is None


def test_chinese_numerals_count_only_before_a_counter() -> None:
    assert all(map(has_number, ("一批", "三人次", "12月")))
    assert not any(map(has_number, ("一定程度提高", "统一管理")))


@given(BODIES)
def test_an_identity_number_has_exactly_one_check_character(body: str) -> None:
    valid = [mark for mark in "0123456789X" if is_identity_number(body + mark)]
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    assert valid == ["10X98765432"[total % 11]]


@given(st.integers(0, 10**13 - 1))
def test_a_bank_card_has_exactly_one_check_digit(number: int) -> None:
    body = f"62{number:013d}"
    assert sum(is_bank_card(f"{body}{digit}") for digit in range(10)) == 1


@given(st.datetimes(min_value=datetime(2020, 1, 1)))
def test_a_time_stamp_is_nobodys_number(stamp) -> None:
    assert personal_data(f"填报日期：{stamp:%Y%m%d%H%M%S}") == []


def test_a_masked_number_does_not_repeat_the_number() -> None:
    (hit,) = personal_data("请联系13812345678 办理")
    assert (hit.kind, hit.shown) == (Secret.MOBILE, "138*****678")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("王某 138 1234 5678，身份证11010519491231002X。", "王某 138*******678，身份证110************02X。"),
        ("6222021234567890128", "622*************128"),
        ("服务热线0355-2012345，邮箱abc@example.com", "服务热线0355-2012345，邮箱abc@example.com"),
        ("晋财字13812345号，13912345678.00元", "晋财字13812345号，13912345678.00元"),
    ],
)
def test_only_the_numbers_of_persons_are_masked_in_what_is_quoted(text, shown) -> None:
    assert masked(text) == shown


@given(st.dates())
def test_every_real_date_is_possible(day) -> None:
    assert dates.impossible(f"{day.year}年{day.month}月{day.day}日") == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("保障2025年各项工作", [2025]),
        ("2025年12月底前完成", [2025]),
        ("2025年底前已退休人员", []),
        ("较2025年增加", []),
        ("晋财社〔2025〕235号", []),
        ("2022年起新增", []),
        ("1.2025年6月底要签订合同", [2025]),
        ("按2023年5月印发的实施方案", []),
    ],
)
def test_only_the_years_of_the_work_are_taken(text, years) -> None:
    assert [year for year, _ in dates.work_years(text)] == years


@given(st.lists(st.integers(1, 10**7), min_size=2, max_size=8), st.integers(1, 9))
def test_a_stated_sum_fails_only_when_it_is_wrong(parts, slip) -> None:
    listed = "、".join(f"费用{part}元" for part in parts)
    right = f"{listed}，共计{sum(parts)}元。"
    assert sums.failed_totals(right, sums.amounts(right)) == []
    wrong = f"{listed}，共计{sum(parts) + max(parts) + slip * 1000}元。"
    assert len(sums.failed_totals(wrong, sums.amounts(wrong))) == (
        sum(parts) * 3 >= sum(parts) + max(parts) + slip * 1000
    )


@given(st.text("甲乙丙丁戊己庚辛", min_size=5, max_size=12), st.integers(4, 11))
def test_a_clipped_name_is_a_clip_of_the_whole(name: str, length: int) -> None:
    assert names.is_clip(name[:length], name) == (length < len(name))


def test_equal_amounts_help_a_pair_of_unlike_names() -> None:
    first, second = {0: "技能培训费"}, {0: "职业技能培训经费"}
    assert names.pair_up(first, second, [], 0.72, 0.4) == []
    assert names.pair_up(first, second, [(0, 0)], 0.72, 0.4) == [(0, 0)]


def test_marks_pair_across_widths_but_not_across_kinds() -> None:
    assert brackets.unpaired("（一）《办法》[2021]第五条(试行）") is None
    assert brackets.unpaired("《办法》》") == "》"
    assert brackets.unpaired("“办法") == "“"


def test_good_reduplication_is_no_repetition() -> None:
    assert doubled.doubled_words("各项各类、人人、渐渐、常常、的的确确、参与与会、目的的、存在在编") == []
    assert doubled.doubled_words("社会保障保障体系，已已支付") == ["保障保障", "已已"]


def test_shared_text_is_found_in_linear_time_by_runs() -> None:
    long = "为离校未就业高校毕业生提供就业见习岗位并发放生活补贴"
    (pair,) = similarity.shared({0: long, 1: "设备采购" * 9, 2: f"{long}。"})
    assert (pair.first, pair.second, pair.part) == (0, 2, 1)


def test_a_rounding_is_recognised_by_its_zeros() -> None:
    assert is_rounding(Decimal("7453605.82"), Decimal(7_460_000))
    assert not is_rounding(Decimal(50_000), Decimal(50_001))
    assert not is_rounding(Decimal(150_000), Decimal(200_000))
