"""The head of a project form in a grid: fields, funds, texts, objectives, and the foot's date.

Lives here: label cells and the value cells behind them. Must not enter: indicators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from disclosures.plain.data import Horizon, Note
from disclosures.plain.numbers import is_nil_mark, parse_amount
from disclosures.plain.text import fold
from disclosures.reading.blocks import Line

from .split import filled_cells
from .vocabulary import (
    FUND_LABELS,
    field_of,
    foot_opened_by,
    fund_of,
    fund_total_horizon,
    horizon_of,
    is_funds_head,
    reported_at_in,
)

_TEXTS = ("overview", "basis", "necessity", "safeguards", "plan", "objective_whole", "objective_annual")
_OBJECTIVES = ("objective_whole", "objective_annual")
_SHORT = ("project", "supervisor", "implementing_unit", "attribute", "term")
_INNER = ("implementing_unit", "term", "attribute", "supervisor")  # labels that also stand inside a row
_FUND_KEYS = tuple(FUND_LABELS)
_GLUED_LABEL = re.compile(r"^(?P<label>[^:：]{2,16})[:：]\s*(?P<rest>\S.*)$", re.S)
_WITHOUT_YUAN = re.compile(r"(?<=\d)\s*元$")
_DIGITS = re.compile(r"^[\d\-/.:年月日]+$")
_GLUED_CAPTION = re.compile(r"^(?P<caption>项目资金\s*(?:[(（][^()（）]{1,6}[)）])?)\s*(?P<rest>\S.*)$", re.S)
_GLUED_AMOUNT = re.compile(r"^(?P<label>\D+?)[:：]?\s*(?P<amount>-?\d[\d,，]*(?:\.\d+)?)$")
_TOTALS = FUND_LABELS["total"]


@dataclass(slots=True)
class Head:
    """What the head and the foot of a form say, filled in page by page."""

    texts: dict[str, str] = field(default_factory=dict)
    funds: dict[Horizon, dict[str, str | None]] = field(default_factory=lambda: {h: {} for h in Horizon})
    sources: dict[str, str] = field(default_factory=dict)
    reported_at: str | None = None
    doubtful: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


Token = tuple[int, str]  # column and text of a filled cell


def _tokens(line: Line) -> list[Token]:
    cells = line.cells if line.cells is not None else (line.text.strip(),)
    return [
        part
        for column, cell in enumerate(cells)
        if cell and not (column and cell == cells[column - 1])  # a merged cell may be printed in each of its columns
        for part in _unglued(column, cell)
    ]


def _unglued(column: int, cell: str) -> Iterator[Token]:
    """A label and its value printed in one cell, 项目名称：办公费, as two tokens."""
    match = _GLUED_LABEL.match(cell)
    if match and field_of(match["label"]):
        yield column, match["label"]
        yield column, match["rest"].strip()
        return
    caption = _GLUED_CAPTION.match(cell)
    if caption and is_funds_head(caption["caption"]) and caption["rest"].startswith(_TOTALS):
        yield column, caption["caption"]
        yield from _unglued(column, caption["rest"])
        return
    amount = _GLUED_AMOUNT.match(cell)
    if amount and fund_of(amount["label"]):
        yield column, amount["label"]
        yield column, amount["amount"]
        return
    yield column, cell


class HeadReader:
    """Reads the head rows of a form's pages; what an earlier page said stands."""

    def __init__(self) -> None:
        self.head = Head()
        self._open: str | None = None  # the text field that a row without a label continues
        self._annual_column: float | None = None  # from here on texts are the year's
        self._short_columns: dict[int, str] = {}  # where the short fields of the row above stand
        self._fund_row = -1  # the fund line read last
        self._fund_columns: dict[Horizon, int] = {}  # where the totals' labels stand

    def read(self, lines: Sequence[Line]) -> None:
        """Read the head rows of one page."""
        self._open, self._annual_column, self._fund_row, self._fund_columns = None, None, -1, {}
        self._short_columns = {}
        seen = dict(self.head.texts)
        for line in lines:
            tokens = _tokens(line)
            if tokens:
                self._read_row(line, tokens, seen)

    def _read_row(self, line: Line, tokens: list[Token], seen: dict[str, str]) -> None:
        first = tokens[0][1]
        above, self._short_columns = self._short_columns, {}
        named = field_of(first) is not None
        if any(horizon_of(text) for _, text in tokens) and not (named and len(tokens) == 2):
            self._read_horizons(tokens)
        elif is_funds_head(first) or (not named and any(fund_of(text) for _, text in tokens[:3])):
            self._note_unit(line, first)
            self._read_funds(line, [token for token in tokens if not is_funds_head(token[1])])
        elif field_of(first) == "objective":
            self._read_objectives(line, tokens[1:], seen)
        elif any(field_of(text) for _, text in (tokens[:1] + [t for t in tokens if _is_inner(t[1])])):
            self._read_fields(line, tokens, seen)
        elif 0 <= self._fund_row < len(_FUND_KEYS) - 1 and all(parse_amount(text) for _, text in tokens):
            self._read_unlabelled_funds(line, tokens)
        elif all(column in above for column, _ in tokens):
            self._short_columns = above
            self._read_wrapped(line, tokens, seen)
        else:
            self._read_rest(line, tokens, seen)

    # -------------------------------------------------------- fields and texts

    def _read_fields(self, line: Line, tokens: Sequence[Token], seen: dict[str, str]) -> None:
        current: str | None = None
        for position, (column, text) in enumerate(tokens):
            name = field_of(text)
            if name is not None and (position == 0 or name in _INNER):
                current = name
            elif current in _SHORT and current in self.head.texts and current not in seen:
                self._unread(line.place_of(column), text)  # a short field is one cell; what follows belongs elsewhere
            elif current is not None:
                self._add(current, line, column, text, seen)
                self._short_columns |= {column: current} if current in _SHORT else {}
            else:
                self._unread(line.place_of(column), text)
        self._open = current if current in _TEXTS else None

    def _read_wrapped(self, line: Line, tokens: Sequence[Token], seen: dict[str, str]) -> None:
        """A row right below short fields, in their columns: their second lines, unless it repeats them."""
        for column, text in tokens:
            name = self._short_columns[column]
            if not self.head.texts.get(name, "").endswith(text):
                self._add(name, line, column, text, seen)

    def _add(self, name: str, line: Line, column: int, text: str, seen: dict[str, str]) -> None:
        """Set a field, or add to it on the page that began it; a repeated head changes nothing."""
        if name in seen:
            return
        texts = self.head.texts
        texts[name] = texts[name] + text if name in texts else text
        self.head.sources.setdefault(name, line.place_of(column))
        if column in line.doubtful:
            self.head.doubtful.append(name)

    def _read_rest(self, line: Line, tokens: Sequence[Token], seen: dict[str, str]) -> None:
        """A row without any label goes on with the text above it."""
        if len(tokens) == 2 and self._annual_column is not None and self._open in _OBJECTIVES:
            self._read_objectives(line, tokens, seen)
            return
        for column, text in tokens:
            name = self._open
            if name in _OBJECTIVES:
                name = self._objective_at(column)
            if name is None:
                self._unread(line.place_of(column), text)
            else:
                self._add(name, line, column, text, seen)

    def _unread(self, source: str, text: str) -> None:
        shown = text if len(text) <= 30 else text[:30] + "…"
        self.head.notes.append(Note(f"绩效目标表中这一格没有读懂：{shown}", source=source))

    # -------------------------------------------------------- objectives

    def _read_horizons(self, tokens: Sequence[Token]) -> None:
        """Headings in the middle of their columns may stand right of where the texts below begin."""
        places = {horizon: column for column, text in tokens if (horizon := horizon_of(text))}
        annual, whole = places.get(Horizon.ANNUAL), places.get(Horizon.WHOLE)
        if annual is not None:
            self._annual_column = annual if whole is None else (whole + annual) / 2
        self._open = "objective_whole"  # where the texts below carry no label of their own

    def _read_objectives(self, line: Line, tokens: Sequence[Token], seen: dict[str, str]) -> None:
        if len(tokens) == 2 and self._annual_column is not None:
            names: list[str] = ["objective_whole", "objective_annual"]
        else:
            names = [self._objective_at(column) for column, _ in tokens]
        for name, (column, text) in zip(names, tokens, strict=True):
            self._add(name, line, column, text, seen)
        self._open = names[-1] if names else "objective_whole"

    def _objective_at(self, column: int) -> str:
        annual = self._annual_column is not None and column >= self._annual_column
        return "objective_annual" if annual else "objective_whole"

    # -------------------------------------------------------- funds

    def _read_funds(self, line: Line, tokens: Sequence[Token]) -> None:
        """Labels and amounts in turn: the first label of a row is the whole period's, the second the year's."""
        self._open = None
        labels = sum(fund_of(text) is not None for _, text in tokens)
        horizon, key = Horizon.WHOLE, ""
        filled: set[Horizon] = set()
        for column, text in tokens:
            found, amount = fund_of(text), parse_amount(_WITHOUT_YUAN.sub("", text))
            if found is not None:
                horizon = fund_total_horizon(text) or self._fund_horizon(column, labels, second=bool(key))
                self._fund_columns = self._fund_columns | ({horizon: column} if found == "total" else {})
                key = found
            elif amount is not None and key:
                horizon = Horizon.ANNUAL if horizon in filled else horizon
                self._set_fund(horizon, key, amount, line, column)
                filled.add(horizon)
            elif not is_nil_mark(text):
                self._unread(line.place_of(column), text)
        if key:
            self._fund_row = _FUND_KEYS.index(key)

    def _note_unit(self, line: Line, caption: str) -> None:
        """A form that counts in 万元 is kept as printed and said so, for every other counts in 元."""
        if "万元" in fold(caption):
            self.head.doubtful.append("funds")
            self.head.notes.append(Note("项目资金以万元印出，数字按原样保留，没有换算成元，请核对", source=line.source))

    def _fund_horizon(self, column: int, labels: int, second: bool) -> Horizon:
        """The horizon of a fund label: by its turn in the row, or alone by the totals' columns."""
        if labels > 1 or not self._fund_columns:
            return Horizon.ANNUAL if second else Horizon.WHOLE
        return min(self._fund_columns, key=lambda horizon: abs(self._fund_columns[horizon] - column))

    def _read_unlabelled_funds(self, line: Line, tokens: Sequence[Token]) -> None:
        """Amounts whose labels were lost: the next line of the funds, in the order every form prints."""
        self._fund_row += 1
        key = _FUND_KEYS[self._fund_row]
        for horizon, (column, text) in zip(Horizon, tokens, strict=False):
            self._set_fund(horizon, key, parse_amount(text), line, column)
            self.head.doubtful.append(f"funds.{horizon.value}.{key}")

    def _set_fund(self, horizon: Horizon, key: str, amount: str | None, line: Line, column: int) -> None:
        name = f"funds.{horizon.value}.{key}"
        self.head.funds[horizon].setdefault(key, amount)
        self.head.sources.setdefault("funds", line.source)
        self.head.sources.setdefault(name, line.place_of(column))
        if column in line.doubtful:
            self.head.doubtful.append(name)

    # -------------------------------------------------------- foot

    def read_foot(self, lines: Sequence[Line]) -> None:
        """The date of the foot; rows behind it that are no foot are noted."""
        for line in lines:
            cells = filled_cells(line)
            if line.cells is not None and not any(foot_opened_by(cell) or _DIGITS.match(cell) for cell in cells):
                self._unread(line.source, " ".join(cells))
            date = reported_at_in(" ".join(cells))
            if date and self.head.reported_at is None:
                self.head.reported_at = date
                self.head.sources["reported_at"] = line.source


def _is_inner(text: str) -> bool:
    return field_of(text) in _INNER


def read_right_half(head: Head, lines: Sequence[Line]) -> tuple[Note, ...]:
    """Fill in what stands on the right half of a page that was scanned in two.

    Its labels are cut through, so the annual funds are told by their order below 项目期.
    """
    rest = [(line.source, _tokens(line)) for line in lines]
    amounts: list[tuple[str, str | None]] = []
    after_term = objective = False
    for source, tokens in rest:
        texts = [text for _, text in tokens]
        name = field_of(texts[0]) if texts else None
        if name in _INNER and len(texts) > 1:
            head.texts.setdefault(name, texts[1])
            head.sources.setdefault(name, source)
            after_term = after_term or name == "term"
        elif texts and horizon_of(texts[0]) is Horizon.ANNUAL:
            objective = True
        elif objective and texts:
            head.texts["objective_annual"] = head.texts.get("objective_annual", "") + "".join(texts)
            head.sources.setdefault("objective_annual", source)
        elif after_term and texts and len(amounts) < len(_FUND_KEYS):
            amounts.append((source, parse_amount(texts[-1])))
    for key, (place, amount) in zip(_FUND_KEYS, amounts, strict=False):
        head.funds[Horizon.ANNUAL][key] = amount
        head.sources.setdefault(f"funds.annual.{key}", place)
    head.doubtful += [name for name in ("overview", "basis", "necessity", "safeguards", "plan") if name in head.texts]
    message = "这张绩效目标表的一页被切成左右两半，长文字在切口处可能不完整，年度资金按行序读出，请核对"
    return (Note(message, source=lines[0].source),)
