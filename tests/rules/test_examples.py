"""The document read by hand: its table and code errors are found, its rounding differences are not flagged."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from audit.catalogue import rules
from audit.engine import check
from audit.findings import to_contract
from disclosures.plain.codec import from_json

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared is not there: nothing read by hand to compare with"
)
NAME = "004_92373f38d50879e6"


@pytest.fixture(scope="module")
def findings():
    disclosure = from_json(json.loads((SHARED / "examples" / f"{NAME}.disclosure.json").read_text(encoding="utf-8")))
    chosen = [rule for rule in rules().values() if rule.id[:2] in ("T-", "X-", "C-")]
    return check(disclosure, rules=chosen).findings


def test_exactly_the_errors_of_tables_and_codes_are_found(findings):
    assert {(f.rule, f.where.partition("/")[0]) for f in findings if f.severity == "error"} == {
        ("C-NAME", "T03"),
        ("X-T05-T12", "T12"),
        ("X-TABLE-EMPTY", "T13"),
    }
    assert {f.where for f in findings if f.severity == "warning"} == {
        "T05/2081099/project",
        "T11/部门合计/general_public",
    }


def test_no_rounding_difference_is_flagged(findings):
    traps = json.loads((SHARED / "examples" / f"{NAME}.rounding.json").read_text(encoding="utf-8"))
    differences = {(f.where, abs(Decimal(f.difference))) for f in findings if f.difference}
    flagged = [
        trap
        for trap in traps
        for where, difference in differences
        if abs(Decimal(trap["diff"])) == difference and any(where.startswith(place) for place in trap["places"])
    ]
    assert len(traps) == 43
    assert flagged == []


def test_the_result_is_the_contract_s(findings):
    jsonschema = pytest.importorskip("jsonschema")
    disclosure = from_json(json.loads((SHARED / "examples" / f"{NAME}.disclosure.json").read_text(encoding="utf-8")))
    schema = json.loads((SHARED / "contract" / "findings.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(to_contract(check(disclosure)), schema)
