"""Every case of every rule."""

import pytest

from audit.catalogue import rules
from audit.engine import check
from tests.rules.cases import Case, all_cases

CASES = list(all_cases())


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}-{case.kind}-{n}" for n, case in enumerate(CASES)])
def test_case(case: Case) -> None:
    result = check(case.disclosure, case.previous, case.names, rules=[rules()[case.rule]])
    said = [(finding.where, finding.message) for finding in result.findings]
    assert all(finding.rule == case.rule for finding in result.findings)
    assert bool(result.not_checked) or not case.silent, "the rule must say that it could not check"
    if case.where is None:
        assert said == []
        return
    places = [{finding.where, *(item.where for item in finding.evidence)} for finding in result.findings]
    assert any(case.where in place for place in places), f"{case.where} is not among {places}"
    assert any(case.says in message for _, message in said), said
    assert all("{" not in message and message.endswith(("。", "？", "！")) for _, message in said), said
