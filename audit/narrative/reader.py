"""From paragraphs to statements: one pass over the tokens of each paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from disclosures.plain.data import Section
from disclosures.plain.places import paragraph_places

from .concepts import Labels, Topic, topic_of
from .statements import Amount, Change, Count, ItemList, Reason, SectionReading, Share, Spot, Unread, YearMention
from .tokens import Kind, Token, compact, tokenise

_LIST = re.compile(r"(?:主要)?(?:包括|用于|为)[：:]?(?P<items>[^。；：:]*、[^。；：:]*)")
_LIST_END = re.compile(r"等(?:费用|支出|经费|方面|项)?$")
_SHARE = re.compile(r"占(?P<whole>[^，。；、占]*?)(?:比重|比例)?(?:的|为|约)?$")
_PART = re.compile(r"其中|包括|分别")
_QUOTE_LENGTH = 60  # a quotation longer than this tells a reader nothing more


@dataclass
class _State:
    """What is open while a paragraph is read."""

    head: Amount | None = None  # first amount since the last stop
    latest: Amount | None = None
    direction: Token | None = None
    comparison: Token | None = None
    change: Change | None = None
    reason_from: int | None = None
    reason_parts: list[tuple[str, str, int]] = field(default_factory=list)
    reason_is_vague: bool = False
    parts: bool = False  # 其中 was read since the head
    changed: bool = False  # the head already has its change


@dataclass
class _Found:
    amounts: list[Amount] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    lists: list[ItemList] = field(default_factory=list)
    years: list[YearMention] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)


class _ParagraphReader:
    """Reads one paragraph; `found` collects what it states."""

    def __init__(self, topic: Topic, labels: Labels, spot: Spot, text: str, found: _Found) -> None:
        self.topic, self.labels, self.spot, self.found = topic, labels, spot, found
        self.text = compact(text)
        self.state = _State()
        self.mark = 0  # end of the last token: a label starts behind it

    def read(self) -> None:
        for token in tokenise(self.text):
            handler = getattr(self, f"_on_{token.kind.value}")
            handler(token)
            if token.kind not in (Kind.YEAR, Kind.NUMBER):
                self.mark = token.end
        self._close_change()
        self._close_reason(len(self.text))
        self._lists()

    # -- marks ---------------------------------------------------------

    def _on_stop(self, token: Token) -> None:
        self._close_change()
        self._close_reason(token.start)
        state = self.state
        self.state = _State(latest=state.latest)

    def _on_pause(self, token: Token) -> None:
        self.state.direction = None
        if _PART.search(self.text[self.mark : token.start]) and self.state.head is not None:
            self.state.parts = True

    def _on_reason(self, token: Token) -> None:
        self._close_change()
        if self.state.reason_from is None:
            self.state.reason_from = token.start

    def _close_reason(self, end: int) -> None:
        state = self.state
        begin = state.reason_from
        if begin is not None and (state.reason_parts or state.reason_is_vague):
            last = self.found.changes[-1] if self.found.changes else None
            change = last if last is not None and last.spot == self.spot else None
            parts = tuple(state.reason_parts)
            self.found.reasons.append(Reason(self.spot, self.text[begin:end], change, parts, state.reason_is_vague))
        state.reason_from, state.reason_parts, state.reason_is_vague = None, [], False

    def _on_year(self, token: Token) -> None:
        """A year at the head of a sentence, or behind nothing but 本部门 or a name, is the year it speaks of."""
        begin = max(self.text.rfind(mark, 0, token.start) for mark in "。；") + 1
        head = self.state.reason_from is None and not self.labels.bare(self.text[begin : token.start])
        self._year(token, "statement" if head else "other")

    def _on_date(self, token: Token) -> None:
        self._year(token, "date" if re.search(r"截[至止]$", self.text[: token.start]) else "other")

    def _year(self, token: Token, role: str) -> None:
        if token.year is not None:
            month = re.search(r"年(\d{1,2})月", token.text)
            mention = YearMention(self.spot, self._around(token), token.year, role, int(month[1]) if month else None)
            self.found.years.append(mention)

    def _on_number(self, token: Token) -> None:
        """A number without a unit: an amount that lost its unit is not passed over in silence."""
        if self.state.reason_from is None and "." in token.number and self._concept(token) is not None:
            self._unread(token, "金额后面没有单位")

    # -- comparisons ---------------------------------------------------

    def _on_comparison(self, token: Token) -> None:
        self._close_change()
        if self.state.reason_from is None:
            self.state.comparison = token
            self.state.direction = None
            self.state.change = Change(self.spot, "", self._subject(), token.year)

    def _on_same(self, token: Token) -> None:
        if self.state.reason_from is not None:
            return
        subject = self.state.change.subject if self.state.change else self._subject()
        year = self.state.change.year if self.state.change else token.year
        self.state.change = Change(self.spot, self._around(token), subject, year, same=True)
        self._close_change()

    def _on_direction(self, token: Token) -> None:
        self.state.direction = token

    def _subject(self) -> Amount | None:
        """What 比上年 speaks of: the head of the sentence when its parts stand between, else the last amount."""
        state = self.state
        if state.parts and state.head is not None and not state.changed:
            return state.head
        return state.latest

    def _close_change(self) -> None:
        change = self.state.change
        if change is not None and (change.same or change.amount is not None or change.rate is not None):
            self.found.changes.append(change)
            if change.subject is self.state.head:
                self.state.changed = True
        self.state.change = None
        self.state.comparison = None

    def _directed(self, token: Token) -> Token | None:
        """The direction word that stands right in front of a figure."""
        direction = self.state.direction
        if direction is not None and token.start - direction.end <= 4:
            return direction
        return None

    # -- figures -------------------------------------------------------

    def _label(self, token: Token) -> str:
        return self.text[self.mark : token.start]

    def _concept(self, token: Token) -> str | None:
        """What the figure speaks of; 上年结转 behind 支出总计 is that of the expenditure side."""
        concept = self.labels.concept(self.topic, self._label(token))
        head = self.state.head
        if concept == "carried_over" and head is not None and head.concept == "expenditure_total":
            return "carried_over_spent"
        return concept

    def _order(self) -> int:
        return len(self.found.amounts) + len(self.found.counts)

    def _around(self, token: Token) -> str:
        begin = max(self.text.rfind(mark, 0, token.start) for mark in "，。；：") + 1
        return self.text[max(min(begin, token.start), token.end - _QUOTE_LENGTH) : token.end]

    def _on_amount(self, token: Token) -> None:
        direction = self._directed(token)
        if self.state.reason_from is not None:
            if self.state.direction is not None:
                self.state.reason_parts.append((token.number, token.unit, self.state.direction.sign))
                return
            if not self.labels.resumes(self.topic, self._label(token)):
                self.state.reason_is_vague = True
                return
            self._close_reason(token.start)
            self.state.head, self.state.parts, self.state.changed = None, False, False
        if direction is not None:
            self._change_amount(token, direction)
            return
        self._close_change()
        label = self._label(token)
        amount = Amount(
            self.spot,
            self._around(token),
            label,
            token.number,
            token.unit,
            self._concept(token),
            part=self.state.parts or bool(_PART.search(label)),
            order=self._order(),
        )
        if self.state.head is None:
            self.state.head = amount
        elif _PART.search(label):
            self.state.parts = True
        self.state.latest = amount
        self.found.amounts.append(amount)

    def _change_amount(self, token: Token, direction: Token) -> None:
        change = self.state.change or Change(self.spot, "", self._subject(), None)
        self.state.change = replace(
            change,
            quote=self._grow(change.quote, token),
            amount=token.number,
            amount_unit=token.unit,
            amount_sign=direction.sign,
        )
        self.state.direction = None

    def _grow(self, quote: str, token: Token) -> str:
        return f"{quote}，{self._around(token)}" if quote else self._around(token)

    def _on_percent(self, token: Token) -> None:
        if self.state.reason_from is not None:
            return
        direction = self._directed(token)
        before = self.text[self.mark : token.start]
        share = _SHARE.search(before)
        if share is not None:
            whole = share.group("whole")
            self.found.shares.append(Share(self.spot, self._around(token), self.state.latest, token.number, whole))
        elif direction is not None:
            change = self.state.change or Change(self.spot, "", self._subject(), None)
            self.state.change = replace(
                change,
                quote=self._grow(change.quote, token),
                rate=token.number,
                rate_unit=token.unit,
                rate_sign=direction.sign,
            )
            self._close_change()
        else:
            self._unread(token, "看不出这个百分比说的是什么")
        self.state.direction = None

    def _on_count(self, token: Token) -> None:
        if self.state.reason_from is not None:
            return
        rest = re.match(r"[^，。；：、\d]*", self.text[token.end :])
        self.found.counts.append(
            Count(
                self.spot,
                self._around(token),
                self._label(token),
                token.number,
                token.unit,
                after=rest.group() if rest else "",
                order=self._order(),
            )
        )

    def _unread(self, token: Token, reason: str) -> None:
        self.found.unread.append(Unread(self.spot, self._around(token), reason))

    # -- lists ---------------------------------------------------------

    def _lists(self) -> None:
        if self.topic.id != "basic":
            return
        for match in _LIST.finditer(self.text):
            text = match.group("items").rstrip("，, ")
            items = tuple(part for part in _LIST_END.sub("", text).split("、") if part)
            subject = next((a for a in reversed(self.found.amounts) if self.text.find(a.quote) < match.start()), None)
            self.found.lists.append(ItemList(self.spot, match.group(), subject, items, bool(_LIST_END.search(text))))


def read_section(section: Section, labels: Labels) -> SectionReading | None:
    """What a section of part three states; None for sections that have no topic."""
    topic = topic_of(section.numeral, section.heading)
    if topic is None:
        return None
    found = _Found()
    for where, paragraph in zip(paragraph_places(section), section.paragraphs, strict=True):
        spot = Spot(section.numeral, where, paragraph.source or section.source)
        _ParagraphReader(topic, labels, spot, paragraph.text, found).read()
    return SectionReading(
        topic.id,
        section.numeral,
        *(
            tuple(getattr(found, name))
            for name in ("amounts", "shares", "changes", "counts", "lists", "years", "unread", "reasons")
        ),
    )


def read_sections(sections: Sequence[Section], labels: Labels) -> tuple[SectionReading, ...]:
    """Readings of all sections of part three, in printed order."""
    readings = (read_section(section, labels) for section in sections if section.numeral not in ("概况", "名词解释"))
    return tuple(reading for reading in readings if reading is not None)
