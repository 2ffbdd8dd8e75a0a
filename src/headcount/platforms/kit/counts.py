"""Reads numbers as people write them: `84`, `530.000`, `1.2M`, `2,43 Mio.`, `1.5万`.

The signs and words of each language are CLDR's, through Babel. What could mean two things is refused, never guessed:
German `1,234` is no number of people, and neither is English `25 Mio.`
"""

from __future__ import annotations

import re
from functools import cache

from headcount.model import MOST_HEADS, Count, Rounding
from headcount.platforms.kit.languages import Language, plain, ways_of

_MAGNITUDES_ANYWHERE = """
    b bi bil bill bilj bio bn bln cr e j jt k kcr l m md mi mia mil milj mill mio mld mln mm mn mr mrd n rb t tis tn tr tys
    χιλ εκ δισ хил млн млрд тис тыс ألف آلاف مليون مليار هزار میلیون میلیارد हज़ार लाख क॰ अ॰ হা লা কো শত 万 億 亿 萬 천 만 억
"""
FOREIGN = frozenset(_MAGNITUDES_ANYWHERE.split())
"""Short magnitude words of every language, small and without dots: no plain number stands before one, whatever the
language is said to be."""

_ARABIC_DECIMAL, _ARABIC_GROUP = "\u066b", "\u066c"
_ZEROS = (0x30, 0x660, 0x6F0, 0x966, 0x9E6)
"""Of Latin, Arabic, Persian, Devanagari and Bengali digits."""
_LONGEST_NUMBER = 30
_SCALED = re.compile(r"(?P<whole>0|[1-9]\d*)(?:(?P<sign>[.,])(?P<decimals>\d+))?", re.ASCII)


def read(text: str, language: str = "en", rounding: Rounding = "rounded") -> Count | None:
    """The number with which the text begins (`2.52M subscribers`), written in a language (`de`, `pt-BR`, `zh_Hant`).

    A number with a magnitude is as fine as its last digit, and `rounding` says how it was made; one without is exact.
    None for anything else.
    """
    ways = ways_of(language.replace("_", "-"))
    if ways is None:
        return None
    number, rest = _divided(plain(text), ways)
    if not 0 < len(number) <= _LONGEST_NUMBER:
        return None
    if magnitude := ways.magnitude.match(rest):
        return _scaled(number, ways.words[magnitude["word"]], ways.decimal, rounding)
    if ways.whole.fullmatch(number) and _ends(rest):
        return _count("".join(filter(str.isdigit, number)), 1, "exact")
    return None


def _divided(text: str, ways: Language) -> tuple[str, str]:
    """The number in ASCII, and what follows it; the number is in the digits of one script."""
    for zero in _ZEROS:
        if found := _in_digits(zero).fullmatch(text):
            number = found["number"].translate({zero + digit: str(digit) for digit in range(10)})
            return number.replace(_ARABIC_DECIMAL, ways.decimal).replace(_ARABIC_GROUP, ways.group), found["rest"]
    return "", text


@cache
def _in_digits(zero: int) -> re.Pattern[str]:
    digits = f"[{chr(zero)}-{chr(zero + 9)}]+"
    return re.compile(rf"(?P<number>{digits}(?:[.,' {_ARABIC_DECIMAL}{_ARABIC_GROUP}]{digits})*)(?P<rest>.*)")


def _ends(rest: str) -> bool:
    following = rest.split(" ")[1] if rest.startswith(" ") else rest
    return (not rest or rest.startswith(" ")) and following.casefold().rstrip(".") not in FOREIGN


def _scaled(number: str, magnitude: int, decimal: str, rounding: Rounding) -> Count | None:
    """With a magnitude, a single separator is the decimal sign; one that may group three digits is refused."""
    found = _SCALED.fullmatch(number)
    if not found:
        return None
    decimals = found["decimals"] or ""
    if len(decimals) == 3 and found["sign"] != decimal:
        return None
    granularity = magnitude // 10 ** len(decimals)
    digits = found["whole"] + decimals
    return _count(digits, granularity, rounding) if granularity and digits.strip("0") else None


def _count(digits: str, granularity: int, rounding: Rounding) -> Count | None:
    value = int(digits) * granularity
    return Count(value, granularity, rounding) if value <= MOST_HEADS else None
