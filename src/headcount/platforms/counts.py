"""Reads numbers as people write them: `84`, `530.000`, `1.2M`, `2,43 Mio.`, `1.5万`.

The signs and words of each language are CLDR's, through Babel. What could mean two things is refused, never guessed:
German `1,234` is no number of people, and neither is English `25 Mio.`
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache
from typing import Protocol

from msgspec import Struct

from headcount.model import MOST_HEADS, Count, Rounding


class Language(Struct, frozen=True, dict=True):
    """How a language writes numbers."""

    decimal: str
    group: str
    words: Mapping[str, int]
    """Magnitude words, and how much each is."""
    by_twos: bool = False
    """Whether it groups in the Indian way too: 12,34,567."""

    @cached_property
    def magnitude(self) -> re.Pattern[str]:
        """A whole magnitude word, the longest that fits."""
        longest_first = sorted(map(re.escape, self.words), key=len, reverse=True)
        return re.compile(rf" ?(?P<word>{'|'.join(longest_first) or '(?!)'})(?= |$)")

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """A number without a magnitude: if it has separators, they group it."""
        group = re.escape(self.group)
        by_twos = rf"|[1-9]\d?(?:{group}\d\d)*{group}\d{{3}}" if self.by_twos else ""
        return re.compile(rf"0|[1-9]\d*|[1-9]\d{{0,2}}(?:{group}\d{{3}})+{by_twos}", re.ASCII)


class Pattern(Protocol):
    """What is read of one of Babel's number patterns."""

    pattern: str


ENGLISH = Language(
    decimal=".",
    group=",",
    words={
        **dict.fromkeys(("K", "k", "thousand"), 10**3),
        **dict.fromkeys(("M", "m", "million"), 10**6),
        **dict.fromkeys(("B", "b", "bn", "billion"), 10**9),
    },
)
_PLAIN_ENGLISH = {"en", "en-us", "en-gb"}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")

_LARGEST = 10**10
"""Nobody has as many followers, and beyond it CLDR's own patterns err."""

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
_SPACE = re.compile(r"\s")
_UNSEEN = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_LONGEST_NUMBER = 30
_PATTERN = re.compile(r"(?P<zeros>0+) ?(?P<word>.+)")
_SCALED = re.compile(r"(?P<whole>0|[1-9]\d*)(?:(?P<sign>[.,])(?P<decimals>\d+))?", re.ASCII)


def read(text: str, language: str = "en", rounding: Rounding = "rounded") -> Count | None:
    """The number with which the text begins (`2.52M subscribers`), written in a language (`de`, `pt-BR`, `zh_Hant`).

    A number with a magnitude is as fine as its last digit, and `rounding` says how it was made; one without is exact.
    None for anything else.
    """
    ways = _language(language.replace("_", "-"))
    if ways is None:
        return None
    number, rest = _divided(_plain(text), ways)
    if not 0 < len(number) <= _LONGEST_NUMBER:
        return None
    if magnitude := ways.magnitude.match(rest):
        return _scaled(number, ways.words[magnitude["word"]], ways.decimal, rounding)
    if ways.whole.fullmatch(number) and _ends(rest):
        return _count("".join(filter(str.isdigit, number)), 1, "exact")
    return None


def _plain(text: str) -> str:
    """One kind of space and of apostrophe, and no marks that only steer the direction of writing."""
    return _SPACE.sub(" ", text.translate(_UNSEEN)).replace("\u2019", "'").strip()


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


@lru_cache(maxsize=64)
def _language(tag: str) -> Language | None:
    if tag.lower() in _PLAIN_ENGLISH:
        return ENGLISH
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - takes 40 ms, and nearly all that is read is English

    if not _TAG.fullmatch(tag):
        return None
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    signs = locale.number_symbols["latn"]
    return Language(
        decimal=signs["decimal"],
        group=_SPACE.sub(" ", signs["group"]).replace("\u2019", "'"),
        words=dict(_words(locale.compact_decimal_formats)),
        by_twos=locale.decimal_formats[None].grouping == (3, 2),
    )


def _words(formats: Mapping[str, Mapping[str, Mapping[str, Pattern]]]) -> Iterator[tuple[str, int]]:
    """From CLDR's compact patterns, such as `00 Mio'.'` for 10,000,000; one without a word is no magnitude."""
    for width in ("short", "long"):
        for patterns in formats.get(width, {}).values():
            for power, pattern in patterns.items():
                found = _PATTERN.fullmatch(_plain(pattern.pattern.partition(";")[0].replace("'", "")))
                if found and int(power) <= _LARGEST:
                    yield found["word"], int(power) // 10 ** (len(found["zeros"]) - 1)
