"""Numbers as Word's numbering prints them (ECMA-376, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"))
_ROMAN_LOW = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def _chinese(number: int, digits: str, units: tuple[str, str, str], short_teens: bool) -> str:
    """A number below 10 000 in Chinese: 十一, 二十, 一百零五; legal forms say 壹拾壹."""
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for unit, value in (*zip(units, (1000, 100, 10), strict=True), ("", 1)):
        digit = number // value % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + unit
        gap = digit == 0 and bool(text)
    return text.removeprefix(digits[1]) if short_teens and 10 <= number < 20 else text


def counting(number: int) -> str:
    """一, 十, 十一, 二十, 一百零五."""
    return _chinese(number, _DIGITS, ("千", "百", "十"), short_teens=True)


def _legal(number: int) -> str:
    return _chinese(number, _LEGAL, ("仟", "佰", "拾"), short_teens=False)


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    text = ""
    for value, letters in (*_ROMAN, *_ROMAN_LOW):
        text += letters * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    """a … z, aa … zz."""
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _of(cycle: str) -> Callable[[int], str]:
    return lambda number: cycle[(number - 1) % len(cycle)] if number > 0 else str(number)


def _within(first: str, most: int) -> Callable[[int], str]:
    """A run of characters in Unicode order: ① … ⑳; plain digits beyond it."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= most else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "ordinal": lambda number: f"{number}.",
    "decimalFullWidth": lambda number: str(number).translate(_WIDE),
    "decimalFullWidth2": lambda number: str(number).translate(_WIDE),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": counting,
    "chineseCountingThousand": counting,
    "japaneseCounting": counting,
    "taiwaneseCounting": counting,
    "taiwaneseCountingThousand": counting,
    "koreanDigital2": counting,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographDigital": _digital,
    "taiwaneseDigital": _digital,
    "japaneseDigitalTenThousand": counting,
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "decimalEnclosedCircle": _within("①", 20),
    "decimalEnclosedCircleChinese": _within("①", 20),
    "decimalEnclosedParen": _within("⑴", 20),
    "decimalEnclosedFullstop": _within("⒈", 20),
    "ideographEnclosedCircle": _within("㊀", 10),
}


def rendered(number: int, form: str) -> str:
    """A number in one of Word's formats; decimal where the format is none of Chinese documents."""
    if form == "none":
        return ""
    return _FORMATS.get(form, str)(number)
