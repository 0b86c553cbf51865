"""The doors of the mutator."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from random import Random

from disclosures.plain.data import Disclosure

from . import in_narrative, in_tables, in_targets
from .mutation import Label, Mutation, Planter, UnspoilableError

_PLANTERS: tuple[tuple[tuple[str, ...], Planter], ...] = (
    (("table_digit",), in_tables.digits),
    (("code_name",), in_tables.code_names),
    (("table_year", "table_unit"), in_tables.titles),
    (("t13_emptied", "table_missing"), in_tables.emptied),
    (("project_renamed",), in_tables.project_names),
    (("narrative_amount", "performance_total"), in_narrative.amounts),
    (("narrative_percent",), in_narrative.shares),
    (("narrative_rate",), in_narrative.rates),
    (("narrative_count", "vehicle_count"), in_narrative.counts),
    (("direction",), in_narrative.directions),
    (("comparison_year", "narrative_year"), in_narrative.years),
    (
        ("placeholder", "phone", "identity_card", "doubled_word", "bracket", "other_department"),
        in_narrative.blemishes,
    ),
    (("draft_mark", "section_missing"), in_narrative.drafts),
    (("form_dropped", "form_doubled", "form_renamed"), in_targets.forms),
    (("whole_annual", "fund_sum", "annual_t12"), in_targets.funds),
    (
        (
            *("class_missing", "unmeasurable", "quantity_as_money", "horizons_contradict", "rate_in_yuan"),
            *("name_as_value", "cost_prose", "cost_above_funds", "satisfaction_prose"),
        ),
        in_targets.indicators,
    ),
    (("plan_year", "impossible_date", "description_sum"), in_targets.texts),
)
KINDS: tuple[str, ...] = tuple(kind for kinds, _ in _PLANTERS for kind in kinds)


def mutations(disclosure: Disclosure, seed: int = 0, kinds: Collection[str] = KINDS) -> Iterator[Mutation]:
    """Every error of the given kinds that has a place in the disclosure, one at each place."""
    rng = Random(seed)
    for names, planter in _PLANTERS:
        if wanted := set(names) & set(kinds):
            yield from (mutation for mutation in planter(disclosure, rng) if mutation.label.kind in wanted)


def mutate(disclosure: Disclosure, seed: int, kinds: Collection[str] = KINDS) -> tuple[Disclosure, Label]:
    """Plant one error: the kind is drawn first, so that common kinds do not crowd out rare ones.

    Raises UnspoilableError when none of the kinds has a place.
    """
    rng = Random(seed)
    order = [kind for kind in KINDS if kind in set(kinds)]
    rng.shuffle(order)
    for kind in order:
        if possible := list(mutations(disclosure, seed, (kind,))):
            chosen = rng.choice(possible)
            return chosen.apply(), chosen.label
    raise UnspoilableError(f"在此文件中找不到可以放置的差错：{'、'.join(order)}")
