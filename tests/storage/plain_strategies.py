"""Hypothesis strategies for whole disclosures as plain data, printed oddities included."""

from __future__ import annotations

from hypothesis import strategies as st

from disclosures.plain import data as plain
from disclosures.profiles import DEFAULT_PROFILE, TableDecl

texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12) | st.sampled_from(
    ["合计", "基本工资", "", " ", "　项目", "a\nb", "“引号”"]
)
optional_texts = st.none() | texts
sources = st.none() | st.integers(1, 99999).map(lambda n: f"line {n}")
sureties = st.sampled_from(list(plain.Surety))
usual = st.decimals(-(10**9), 10**9, places=2).map(lambda value: f"{value:.2f}")
odd = st.from_regex(r"\A-?[0-9]{1,25}(\.[0-9]{1,9})?\Z")
amounts = st.none() | usual | odd | st.sampled_from(["0", "0.00", "-0.00", "500", "500.0", "007.50", "1" + "0" * 13])
cells = st.builds(plain.Cell, amounts, sources, sureties)
codes = st.sampled_from(["", "208", "20801", "2080101", "2080199", "210", "21011", "30101"]) | st.text(
    "0123456789", max_size=9
)


@st.composite
def rows(draw: st.DrawFn, decl: TableDecl) -> plain.Row:
    side = draw(st.sampled_from(decl.sides))
    return plain.Row(
        name=draw(texts),
        cells=tuple((key, draw(cells)) for key in side.column_keys),
        side=side.side,
        code=draw(codes),
        second_name=draw(texts),
        level=draw(st.none() | st.sampled_from(list(plain.Level))),
        unit_name=draw(optional_texts),
        source=draw(sources),
        label_surety=draw(sureties),
    )


def tables(decl: TableDecl) -> st.SearchStrategy[plain.Table]:
    return st.builds(
        plain.Table,
        id=st.just(decl.id),
        title=texts,
        no_data=st.booleans(),
        rows=st.lists(rows(decl), max_size=4).map(tuple),
        printed_year=st.none() | st.integers(0, 9999),
        printed_unit=optional_texts,
        printed_department=optional_texts,
        caption=optional_texts,
        source=sources,
    )


def _tuples(strategy: st.SearchStrategy, size: int = 3) -> st.SearchStrategy:
    return st.lists(strategy, max_size=size).map(tuple)


funds = st.builds(plain.Funds, *[amounts] * 6)
indicators = _tuples(
    st.builds(
        plain.Indicator,
        st.sampled_from(list(plain.Horizon)),
        texts,
        texts,
        texts,
        optional_texts,
        st.booleans(),
        sources,
    )
)
project_targets = st.builds(
    plain.ProjectTarget,
    *[optional_texts] * 5,
    whole=funds,
    annual=funds,
    overview=optional_texts,
    objective_annual=optional_texts,
    indicators=indicators,
    reported_at=optional_texts,
    form_title=optional_texts,
    source=sources,
    part_sources=_tuples(st.tuples(texts, texts)),
    doubtful=_tuples(texts),
)
overall_targets = st.builds(
    plain.OverallTarget,
    unit=texts,
    form_title=optional_texts,
    staff=_tuples(st.tuples(texts, texts)),
    duties=optional_texts,
    strategy=optional_texts,
    objective=optional_texts,
    funds_unit=texts,
    funds=_tuples(st.tuples(texts, amounts)),
    tasks=_tuples(st.tuples(texts, texts)),
    indicators=indicators,
    source=sources,
)
paragraphs = _tuples(st.builds(plain.Paragraph, texts, sources))


@st.composite
def disclosures(draw: st.DrawFn) -> plain.Disclosure:
    chosen = draw(st.lists(st.sampled_from(DEFAULT_PROFILE.tables), unique_by=lambda decl: decl.id, max_size=4))
    return plain.Disclosure(
        department=draw(texts),
        fiscal_year=draw(st.integers(2000, 2099)),
        kind=draw(st.sampled_from(list(plain.Kind))),
        tables=tuple(draw(tables(decl)) for decl in chosen),
        sections=draw(_tuples(st.builds(plain.Section, texts, texts, paragraphs, sources))),
        overall_targets=draw(_tuples(overall_targets, 2)),
        project_targets=draw(_tuples(project_targets, 2)),
        other_tables=draw(_tuples(st.builds(plain.OtherTable, optional_texts, _tuples(_tuples(texts)), sources), 2)),
        attachments=draw(_tuples(st.builds(plain.Attachment, texts, sources))),
        notes=draw(_tuples(st.builds(plain.Note, texts, optional_texts, sources))),
        title_lines=draw(paragraphs),
    )
