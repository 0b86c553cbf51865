"""The sheet of the narrative: a row is a heading or a paragraph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from django.db import models

from disclosures.models import Disclosure, NarrativeSection

from .columns import Column, Kind
from .parts import PartResource, PartRow

_HEADING = "标题"


class NarrativeResource(PartResource):
    title = "情况说明"
    model = NarrativeSection
    disclosure_path = "disclosure"
    own_columns = (
        Column("section", "章节", note="一至十二、概况、名词解释；请勿改动。", width=12, read_only=True),
        Column("paragraph", "段落", Kind.TEXT, "“标题”或第几段；请勿改动。", width=8, read_only=True),
        Column("text", "内容", note="不能为空。", width=100),
    )

    def load(self, disclosures: models.QuerySet[Disclosure]) -> Mapping[int, Sequence[PartRow]]:
        sections: dict[int, list[NarrativeSection]] = defaultdict(list)
        chosen = NarrativeSection.objects.filter(disclosure__in=disclosures.order_by().values("pk"))
        for section in chosen.order_by("disclosure", "position").iterator():
            sections[section.disclosure_id].append(section)
        return {pk: list(_rows(found)) for pk, found in sections.items()}


def _rows(sections: Sequence[NarrativeSection]) -> Iterator[PartRow]:
    seen: Counter[str] = Counter()
    number = 0
    for section in sections:
        seen[section.numeral] += 1
        count = seen[section.numeral]
        key = section.numeral if count == 1 else f"{section.numeral}#{count}"
        texts = [(_HEADING, "heading", section.heading)]
        texts += [(str(n), str(n), text) for n, (text, _) in enumerate(section.paragraphs, start=1)]
        for shown, last, text in texts:
            number += 1
            path = ("sections", 0, "heading") if shown == _HEADING else ("sections", 0, "paragraphs", 0, "text")
            yield PartRow(
                section.pk,
                number,
                f"“{section.heading[:20]}”{shown if shown == _HEADING else f'第 {shown} 段'}",
                {"section": key, "paragraph": shown, "text": text},
                {"text": f"N/{key}/{last}"},
                {"text": path},
            )
