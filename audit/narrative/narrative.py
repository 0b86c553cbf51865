"""The narrative of one disclosure, read once for all rules, its statements as figures."""

from __future__ import annotations

from audit.context import CheckContext
from audit.figures import Figure

from .cells import Cells
from .concepts import Labels, strip_tail
from .managed import Managed, read_managed
from .reader import read_sections
from .statements import Amount, Change, Count, SectionReading, Share


class Narrative:
    """Readings of part three and figures for what they state.

    A statement always gives the same Figure object, so that statements about it can be explained together.
    """

    def __init__(self, context: CheckContext) -> None:
        disclosure = context.disclosure
        units = [row.name for row in context.table("T11").rows]
        units += [row.row.unit_name or "" for row in context.table("T12").rows if row.row is not None]
        printed = [table.printed_department or "" for table in disclosure.tables]
        self.labels = Labels((disclosure.department, *units, *printed))
        self.readings = read_sections(disclosure.sections, self.labels)
        self.cells = Cells(context)
        self._figures: dict[object, Figure] = {}

    def topic(self, topic_id: str) -> SectionReading | None:
        return next((reading for reading in self.readings if reading.topic == topic_id), None)

    def managed(self) -> Managed | None:
        """What section 十 claims of projects and funds."""
        reading = self.topic("performance")
        return read_managed(reading) if reading else None

    def _figure(self, key: object, text: str, unit: str, words: str, spot: object, *, exact: bool = False) -> Figure:
        if key not in self._figures:
            where, source = getattr(spot, "where", ""), getattr(spot, "source", None)
            self._figures[key] = Figure.written(text, place=where, words=words, source=source, unit=unit, exact=exact)
        return self._figures[key]

    def amount(self, amount: Amount) -> Figure:
        label = strip_tail(self.labels.bare(amount.label)) or amount.quote
        words = f"情况说明第{amount.spot.numeral}部分“{label}”"
        # A bare 0 is written for nil, not for something below half a unit.
        return self._figure(amount, amount.value, amount.unit, words, amount.spot, exact=amount.value == "0")

    def share(self, share: Share) -> Figure:
        words = f"情况说明第{share.spot.numeral}部分“{share.quote}”"
        return self._figure(share, share.value, "%", words, share.spot)

    def change(self, change: Change) -> Figure | None:
        """The amount of a change, without its sign."""
        if change.amount is None:
            return None
        words = f"情况说明第{change.spot.numeral}部分“{change.quote}”的变动额"
        return self._figure((change, "amount"), change.amount, change.amount_unit, words, change.spot)

    def rate(self, change: Change) -> Figure | None:
        """The rate of a change, without its sign."""
        if change.rate is None or change.rate_unit != "%":
            return None
        words = f"情况说明第{change.spot.numeral}部分“{change.quote}”的变动幅度"
        return self._figure((change, "rate"), change.rate, "%", words, change.spot)

    def count(self, count: Count) -> Figure:
        words = f"情况说明第{count.spot.numeral}部分“{count.quote}”"
        if count not in self._figures:
            self._figures[count] = Figure.counted(
                count.value, place=count.spot.where, words=words, source=count.spot.source
            )
        return self._figures[count]


def narrative_of(context: CheckContext) -> Narrative:
    """The narrative of a context, read at the first call."""
    return context.once("narrative", lambda: Narrative(context))
