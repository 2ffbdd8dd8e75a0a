"""How languages write numbers: the signs and words are CLDR's, through Babel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Protocol

from msgspec import Struct


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
_SPACE = re.compile(r"\s")
_UNSEEN = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_PATTERN = re.compile(r"(?P<zeros>0+) ?(?P<word>.+)")


def plain(text: str) -> str:
    """One kind of space and of apostrophe, and no marks that only steer the direction of writing."""
    return _SPACE.sub(" ", text.translate(_UNSEEN)).replace("\u2019", "'").strip()


@lru_cache(maxsize=64)
def ways_of(tag: str) -> Language | None:
    """How the language of a tag (`de`, `pt-BR`) writes numbers; None where nobody knows it."""
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
                found = _PATTERN.fullmatch(plain(pattern.pattern.partition(";")[0].replace("'", "")))
                if found and int(power) <= _LARGEST:
                    yield found["word"], int(power) // 10 ** (len(found["zeros"]) - 1)
