"""Numbers and addresses that belong to persons: telephone, identity card, bank card, e-mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Secret(StrEnum):
    """What kind of personal datum it is, in the words of a message."""

    MOBILE = "手机号码"
    LANDLINE = "固定电话"
    IDENTITY_CARD = "身份证号码"
    BANK_CARD = "银行卡号"
    EMAIL = "电子邮箱"


@dataclass(frozen=True, slots=True)
class Hit:
    """A personal datum; `shown` is masked, so that a finding does not repeat what it complains of."""

    kind: Secret
    shown: str
    start: int
    end: int


OFFICIAL = frozenset({Secret.LANDLINE, Secret.EMAIL})  # may be those of an office
_LONG = re.compile(r"\d{3}[ -]?\d{4}")  # nothing shorter is a number of anybody
_MOBILE = re.compile(r"(?<![\d.A-Za-z])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\dA-Za-z]|\.\d)")
_CARD = re.compile(r"(?<![\d.A-Za-z])\d[\d -]{13,24}[\dXx](?![\dA-Za-z]|\.\d)")
_LANDLINE = re.compile(r"(?<![\d-])(?:\(?0\d{2,3}\)?[- ]?)[2-8]\d{6,7}(?![\d-])")
_LABELLED = re.compile(r"(?:电话|热线|传真|手机)[号码]{0,2}[:：]?\s*([2-8]\d{6,7})(?!\d)")
_EMAIL = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_CHECKS = "10X98765432"


def is_identity_number(text: str) -> bool:
    """Whether it is a citizen identity number (GB 11643): region, date of birth and checksum fit."""
    number = text.upper()
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number) or not _is_date(number[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _CARD_WEIGHTS, strict=False))
    return _CARD_CHECKS[total % 11] == number[17]


def _is_date(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100


def is_bank_card(text: str) -> bool:
    """Whether it is a bank card number: 16 to 19 digits of an issuer used in China, Luhn checksum."""
    if not re.fullmatch(r"(?:62|4[0-9]|5[1-5]|9[0-9])\d{14,17}", text) or not 16 <= len(text) <= 19:
        return False
    doubled = (int(digit) * (1 + position % 2) for position, digit in enumerate(reversed(text)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _mask(text: str) -> str:
    keep = 3 if len(text) > 7 else 1
    return f"{text[:keep]}{'*' * (len(text) - 2 * keep)}{text[-keep:]}"


def _card_kind(number: str) -> Secret | None:
    if is_identity_number(number):
        return Secret.IDENTITY_CARD
    return Secret.BANK_CARD if is_bank_card(number) else None


def personal_data(text: str) -> list[Hit]:
    """Every personal datum in a text. Time stamps, amounts and document numbers are none."""
    hits = [_hit(Secret.MOBILE, match) for match in _MOBILE.finditer(text)]
    for match in _CARD.finditer(text):
        number = re.sub(r"[ -]", "", match.group())
        kind = _card_kind(number)
        if kind is not None:
            hits.append(Hit(kind, _mask(number), *match.span()))
    for pattern in (_LANDLINE, _LABELLED):
        hits += [_hit(Secret.LANDLINE, match) for match in pattern.finditer(text)]
    if "@" in text:
        hits += [_hit(Secret.EMAIL, match) for match in _EMAIL.finditer(text)]
    return hits


def _hit(kind: Secret, match: re.Match[str]) -> Hit:
    group = match.lastindex or 0
    return Hit(kind, _mask(match.group(group)), *match.span(group))


def masked(text: str) -> str:
    """The text with the numbers of persons masked, for messages that quote it; contacts of offices stay."""
    if not _LONG.search(text):
        return text
    for hit in sorted(personal_data(text), key=lambda hit: hit.start, reverse=True):
        if hit.kind not in OFFICIAL:
            text = f"{text[: hit.start]}{hit.shown}{text[hit.end :]}"
    return text
