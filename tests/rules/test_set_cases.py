"""Every case of every rule over sets of disclosures."""

import pytest

from audit.across.engine import check_set, set_rules
from audit.across.rule import Reach, SetRule
from audit.catalogue import rules
from audit.engine import check
from tests.rules.builders import tiny
from tests.rules.set_cases import SetCase
from tests.rules.set_cases_region import CASES as REGION
from tests.rules.set_cases_units import CASES as UNITS

CASES = [*REGION, *UNITS]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}-{case.kind}-{n}" for n, case in enumerate(CASES)])
def test_case(case: SetCase) -> None:
    rule = rules()[case.rule]
    assert isinstance(rule, SetRule)
    found = check_set(case.context, rule.reach, rules=[rule])
    said = [(item.member.name, item.finding.where, item.finding.message) for item in found]
    if case.owner is None:
        assert said == []
        return
    assert [(name, where) for name, where, _ in said] == [(case.owner, case.where)], said
    assert case.says in said[0][2]
    assert "{" not in said[0][2]
    assert said[0][2].endswith("。")


def test_rules_over_sets_are_silent_about_one_disclosure() -> None:
    over_sets = [*set_rules(2026, Reach.FAMILY), *set_rules(2026, Reach.REGION)]
    assert len(over_sets) == len([rule for rule in rules() if rule.startswith("S-")]) > 0
    assert check(tiny(), rules=over_sets).findings == ()
    assert not {item.rule for item in check(tiny()).findings} & {rule.id for rule in over_sets}
