"""The catalogue as a whole: every rule has its four cases, its words, and its line on the generated page."""

import re
from collections import defaultdict
from collections.abc import Iterator
from string import Formatter

from audit.catalogue import rules
from audit.rules_page import PAGE, page
from tests.rules.cases import Kind, all_cases
from tests.rules.test_set_cases import CASES as SET_CASES


def _cases() -> Iterator[tuple[str, Kind]]:
    """Rule and kind of every case, of rules on one document and of rules on sets."""
    yield from ((case.rule, case.kind) for case in all_cases())
    yield from ((case.rule, case.kind) for case in SET_CASES)


def test_every_rule_has_a_passing_a_failing_an_edge_and_a_blank_case() -> None:
    kinds: dict[str, set[Kind]] = defaultdict(set)
    for rule, kind in _cases():
        kinds[rule].add(kind)
    lacking = {rule: sorted(set(Kind) - kinds[rule]) for rule in rules() if set(Kind) - kinds[rule]}
    assert lacking == {}


def test_no_case_is_for_a_rule_that_does_not_exist() -> None:
    assert {rule for rule, _ in _cases()} <= set(rules())


def test_ids_are_readable_and_words_complete() -> None:
    for rule in rules().values():
        assert re.fullmatch(r"[TXCNPDS]-[A-Z0-9]+(-[A-Z0-9]+)*", rule.id), rule.id
        for words in (rule.title, rule.statement, rule.example, rule.basis):
            assert words.strip(), rule.id
        assert list(Formatter().parse(rule.message)), rule.id


def test_the_page_of_rules_is_in_step_with_the_catalogue() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python manage.py document_rules"
