"""Planted errors: how many the engine finds, where, and what it says of documents without one."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from audit.engine import check
from audit.findings import CheckResult
from bench.support import print_table
from disclosures.plain.data import Disclosure
from disclosures.synthetic import SIZES, Size, generate
from disclosures.synthetic.errors import KINDS, Label, UnspoilableError, mutate, mutations

_SIZES = ("tiny", "small", "small", "medium", "medium", "medium", "large")
# The kinds that the acceptance line of the consistency engine names: one printed digit.
DIGITS = ("table_digit", "narrative_amount", "performance_total", "narrative_percent", "narrative_rate")


def size_of(seed: int) -> Size:
    return SIZES[_SIZES[seed % len(_SIZES)]]


def found(label: Label, before: CheckResult, after: CheckResult) -> bool:
    """Whether a finding that was not there before names the changed place, in `where` or as evidence."""
    known = {(finding.rule, finding.where) for finding in before.findings}
    new = [finding for finding in after.findings if (finding.rule, finding.where) not in known]
    places = {place for finding in new for place in (finding.where, *(item.where for item in finding.evidence))}
    if label.kind == "table_digit":
        return label.where in places
    return any(_same(label.where, place) for place in places)


def _same(wanted: str, where: str) -> bool:
    """Whether two places are one, or one holds the other; which of several equal names is left open."""
    wanted, where = wanted.split("#")[0], where.split("#")[0]
    return where == wanted or where.startswith(f"{wanted}/") or wanted.startswith(f"{where}/")


def planted(kind: str, documents: list[tuple[Disclosure, CheckResult]]) -> Iterator[tuple[Label, bool, bool]]:
    """One error of the kind in each document: its label, whether anything new was said, and at its place."""
    for seed, (document, clean) in enumerate(documents):
        try:
            spoilt, label = mutate(document, seed, (kind,))
        except UnspoilableError:
            continue
        yield label, *_outcome(spoilt, label, clean)


def _outcome(spoilt: Disclosure, label: Label, clean: CheckResult) -> tuple[bool, bool]:
    result = check(spoilt)
    return len(result.findings) > len(clean.findings), found(label, clean, result)


def everywhere(documents: list[tuple[Disclosure, CheckResult]]) -> tuple[Counter[bool], list[Label]]:
    """A digit changed in every amount and percentage of some documents: found or not, and the misses."""
    counts, misses = Counter[bool](), []
    for seed, (document, clean) in enumerate(documents):
        for mutation in mutations(document, seed, DIGITS):
            _, at_place = _outcome(mutation.apply(), mutation.label, clean)
            counts[at_place] += 1
            if not at_place:
                misses.append(mutation.label)
    return counts, misses


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clean", type=int, default=1000, help="unspoilt documents (1000)")
    parser.add_argument("--spoilt", type=int, default=60, help="documents in which each kind is planted (60)")
    parser.add_argument("--everywhere", type=int, default=6, help="documents in which every digit is changed (6)")
    parser.add_argument("--kind", choices=KINDS, action="append", help="only these kinds")
    parser.add_argument("--show", type=int, default=2, help="misses to print for each kind")
    options = parser.parse_args()

    flagged: Counter[str] = Counter()
    start = time.perf_counter()
    for seed in range(options.clean):
        flagged.update(finding.rule for finding in check(generate(seed, size_of(seed))).findings)
    took = time.perf_counter() - start
    print(
        f"{options.clean} unspoilt documents, seeds 0..{options.clean - 1}: {flagged.total()} findings {dict(flagged)}"
    )
    print(f"generated and checked in {took:.1f} s")

    documents = [(d, check(d)) for d in (generate(seed, size_of(seed)) for seed in range(options.spoilt))]
    rows, misses = [], []
    for kind in options.kind or KINDS:
        outcomes = list(planted(kind, documents))
        missed = [label for label, _, at_place in outcomes if not at_place]
        noticed = sum(anything for _, anything, _ in outcomes)
        rows.append((kind, len(outcomes), noticed, len(outcomes) - len(missed)))
        misses += missed[: options.show]
    print_table(("kind", "planted", "something new said", "found at its place"), rows)
    for label in misses:
        print("  missed", label)
    counts, missed = everywhere(documents[: options.everywhere])
    if counts.total():
        print(
            f"one printed digit, at every place of {options.everywhere} documents: {counts[True]} of {counts.total()}",
            end="",
        )
        print(f" found = {100 * counts[True] / counts.total():.2f}%")
    for label in missed[: options.show * 5]:
        print("  missed", label)


if __name__ == "__main__":
    main()
