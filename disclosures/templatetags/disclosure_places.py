"""Filters for the pages of a disclosure."""

from __future__ import annotations

from django import template

from disclosures.admin import grids
from disclosures.plain.data import OverallTarget, ProjectTarget
from disclosures.plain.form_fields import FUND_WORDS, OVERALL_TEXTS, PROJECT_TEXTS
from disclosures.plain.place_words import where_words
from disclosures.plain.sources import line_number, row_source, source_words

register = template.Library()
register.filter("source_words", source_words)
register.filter("amount", grids.display_amount)
register.filter("where_words", where_words)

_TEXT_LABELS = {**PROJECT_TEXTS, **OVERALL_TEXTS}


@register.filter
def place_anchor(source: str) -> str:
    """The name under which a line of the original can be linked to."""
    number = line_number(source)
    return f"L{number}" if number else row_source(source).replace(" ", "-")


@register.filter
def place_label(source: str) -> str:
    """What stands in front of a line of the original: its number, or its place in words."""
    return str(line_number(source) or source_words(row_source(source)))


@register.filter
def funds_rows(target: ProjectTarget) -> list[tuple[str, str | None, str | None]]:
    """(label, whole period, annual) of every source of funds."""
    return [(label, getattr(target.whole, key), getattr(target.annual, key)) for key, label in FUND_WORDS.items()]


@register.filter
def target_texts(target: ProjectTarget | OverallTarget) -> list[tuple[str, str]]:
    """(label, text) of every descriptive field that is printed."""
    texts = [(label, getattr(target, key, None)) for key, label in _TEXT_LABELS.items()]
    found = [(label, text) for label, text in texts if text]
    if isinstance(target, OverallTarget):
        found += [(label, count) for label, count in target.staff]
        found += [(f"资金（{target.funds_unit}）：{key}", amount) for key, amount in target.funds if amount]
        found += [(f"重点任务：{function}", task) for function, task in target.tasks]
    return found


@register.filter
def doubts(target: ProjectTarget) -> str:
    """What the reader was not sure of in a target form, in words."""
    fields = [_TEXT_LABELS.get(name, name) for name in target.doubtful]
    number = sum(1 for indicator in target.indicators if indicator.doubtful)
    return "、".join([*fields, *([f"{number} 条指标"] if number else [])])
