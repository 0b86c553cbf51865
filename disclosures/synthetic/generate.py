"""The door of the generator: a seed and a size in, a whole disclosure out."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from disclosures.plain.data import Disclosure, Kind, Paragraph

from .attached import make_attachments
from .budget import make_budget
from .narrative import make_sections
from .sizes import MEDIUM, Size
from .tables import make_tables
from .targets import overall_target, project_targets
from .voice import make_voice


def generate(seed: int, size: Size = MEDIUM, *, kind: Kind | None = None, year: int | None = None) -> Disclosure:
    """A made-up disclosure that is right in every respect; the same arguments give the same document."""
    rng = Random(f"{seed}/{size}")
    budget = make_budget(rng, size, kind, year)
    overall = (overall_target(rng, budget),) if rng.random() < 0.35 else ()
    tables = make_tables(budget)
    if rng.random() < 0.5:
        tables = tuple(replace(table, caption=f"预算公开表{int(table.id[1:])}") for table in tables)
    return Disclosure(
        department=budget.department,
        fiscal_year=budget.year,
        kind=budget.kind,
        tables=tables,
        sections=make_sections(make_voice(rng), budget, overall_form=bool(overall)),
        overall_targets=overall,
        project_targets=project_targets(rng, budget),
        attachments=make_attachments(rng, budget.region),
        title_lines=(Paragraph(budget.department), Paragraph(f"{budget.year}年度{budget.word}预算公开")),
    )
