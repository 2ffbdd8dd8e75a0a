"""Numbers as people write them are read in every language, and whatever could mean two things is refused."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from headcount.model import MOST_HEADS, Count
from headcount.platforms.kit.counts import FOREIGN, read
from headcount.platforms.kit.languages import ENGLISH

_NAMES = """
    en en_IN de fr es pt pt_PT it nl pl cs sk sv da nb fi hu ro el bg ru uk tr ar he fa hi bn th vi id ms fil ja ko
    zh_Hans zh_Hant
"""
LANGUAGES = _NAMES.split()
POWERS = [10**power for power in range(3, 11)]

READ = [
    ("84 subscribers", "en", Count(84)),
    ("0 followers", "en", Count(0)),
    ("1,234", "en", Count(1234)),
    ("12,345,678 likes", "en-US", Count(12_345_678)),
    ("2.52M subscribers", "en", Count(2_520_000, 10_000, "rounded")),
    ("25m subscribers", "en-GB", Count(25_000_000, 1_000_000, "rounded")),
    ("25 million subscribers", "en", Count(25_000_000, 1_000_000, "rounded")),
    ("7.78 thousand subscribers", "en", Count(7_780, 10, "rounded")),
    ("1.234M", "en", Count(1_234_000, 1_000, "rounded")),
    ("0.5M", "en", Count(500_000, 100_000, "rounded")),
    ("1000B", "en", Count(MOST_HEADS, 10**9, "rounded")),
    ("12,34,567 followers", "en_IN", Count(1_234_567)),
    ("1.2Cr", "en-IN", Count(12_000_000, 1_000_000, "rounded")),
    ("1.234 Follower", "de", Count(1234)),
    ("530.000 Abonnenten", "de-DE", Count(530_000)),
    ("2,43\xa0Mio. Abonnenten", "de", Count(2_430_000, 10_000, "rounded")),
    ("1'234 Follower", "de-CH", Count(1234)),
    ("1\N{RIGHT SINGLE QUOTATION MARK}234 Follower", "de-CH", Count(1234)),
    ("4,69\u202fM d'abonnés", "fr", Count(4_690_000, 10_000, "rounded")),
    ("12\u202f345 abonnés", "fr", Count(12_345)),
    ("5 mil seguidores", "es", Count(5_000, 1_000, "rounded")),
    ("3 mil millones", "es", Count(3 * 10**9, 10**9, "rounded")),
    ("5 mil. sledujících", "cs", Count(5_000_000, 1_000_000, "rounded")),
    ("12 B abone", "tr", Count(12_000, 1_000, "rounded")),
    ("12 M", "id", Count(12 * 10**9, 10**9, "rounded")),
    ("1.5万", "zh", Count(15_000, 1_000, "rounded")),
    ("1.5万 人", "ja", Count(15_000, 1_000, "rounded")),
    ("25M\u200f מנויים", "he", Count(25_000_000, 1_000_000, "rounded")),
    ("\u200f25M", "he", Count(25_000_000, 1_000_000, "rounded")),
    ("\u0662\u066b\u0665 مليون", "ar", Count(2_500_000, 100_000, "rounded")),
    ("\u06f2\u066c\u06f5\u06f0\u06f0 دنبال‌کننده", "fa", Count(2_500)),
    ("१२,३४,५६७", "hi", Count(1_234_567)),
    ("৫.৩ লা", "bn", Count(530_000, 10_000, "rounded")),
]

SHOWN = [
    ("28M followers", "en", 28_000_000),
    ("28,660,812 likes \N{MIDDLE DOT} 78,461 talking about this", "en", 28_660_812),
    ("459,212 likes \N{MIDDLE DOT} 12,000 talking about this", "en", 459_212),
    ("46.3m Followers, 12 Following", "en", 46_300_000),
    ("2,362 Followers, 136 Following", "en", 2_362),
    ("448K Followers", "en", 448_000),
    ("11K Followers", "en", 11_000),
    ("18.2M Followers \N{BULLET} 1.5K Threads", "en", 18_200_000),
    ("5 Followers \N{BULLET} 33 Threads", "en", 5),
    ("783.4K Followers", "en", 783_400),
    ("50.1M Followers", "en", 50_100_000),
    ("5,750 followers on LinkedIn", "en", 5_750),
    ("1101177 followers", "en", 1_101_177),
    ("25 million subscribers", "en-GB", 25_000_000),
    ("7.78K subscribers", "en", 7_780),
    ("7.78 thousand subscribers", "en", 7_780),
    ("84 subscribers", "en", 84),
    ("1.38 million subscribers", "en", 1_380_000),
    ("1.66M subscribers", "en", 1_660_000),
    ("9.84M subscribers", "en", 9_840_000),
    ("74.4M subscribers", "en", 74_400_000),
    ("846,509", "en", 846_509),
    ("4,69\xa0M d'abonn\u00e9s", "fr", 4_690_000),
    ("23.800 Abonnenten", "de", 23_800),
    ("530.000 Abonnenten", "de", 530_000),
    ("21,582 people follow this", "en", 21_582),
    ("2.1 \u4ebf\u4f4d\u7528\u6237\u8d5e\u4e86", "zh", None),
]
"""Texts in which the platforms' pages were recorded to write counts."""

REFUSED = {
    "it is empty": ("", "en"),
    "it has no number": ("No subscribers", "en"),
    "the number does not come first": ("about 84 subscribers", "en"),
    "it is negative": ("-5", "en"),
    "it has a plus sign": ("+5", "en"),
    "int() alone would take the underscore": ("1_000", "en"),
    "int() alone would take full-width digits": ("\uff11\uff12", "en"),
    "two scripts are mixed": ("12\N{ARABIC-INDIC DIGIT THREE}", "ar"),
    "two scripts are mixed the other way": ("\N{ARABIC-INDIC DIGIT THREE}12", "ar"),
    "a letter touches the number": ("12x followers", "en"),
    "a full stop touches the number": ("84. subscribers", "en"),
    "a letter touches the magnitude": ("2.52MX", "en"),
    "the magnitude is a part of a word": ("2.52 Millions", "de"),
    "it is a fraction of people": ("5.5 followers", "en"),
    "a German comma is a decimal sign": ("1,234", "de"),
    "an English point is a decimal sign": ("1.234", "en"),
    "groups are not of three": ("12,34 followers", "en"),
    "Indian groups are not English ones": ("12,34,567", "en"),
    "a group is short": ("1,234,56", "en"),
    "it starts with a nought": ("0,123", "en"),
    "it starts with two noughts": ("00.5M", "en"),
    "two separators are mixed": ("1.234,5 Mio.", "de"),
    "a magnitude with groups could be a decimal": ("1,234K", "en"),
    "the same in German": ("1.234 Mio.", "de"),
    "English knows no spaces in numbers": ("84 100 Days", "en"),
    "it is finer than one person": ("1.2345K", "en"),
    "a rounded nought says nothing": ("0M", "en"),
    "it is more than all people": ("1001B", "en"),
    "it is very long": ("9" * 5_000, "en"),
    "the language is unknown": ("84 subscribers", "xx"),
    "the language is not a language": ("84 subscribers", "../en"),
    "the language is empty": ("84 subscribers", ""),
    "the magnitude is of another language": ("25 Mio. Abonnenten", "en"),
    "the magnitude is of yet another language": ("5 mil seguidores", "en"),
    "the magnitude is Danish, the page says German": ("25 mio. abonnenter", "de"),
}


@pytest.mark.parametrize(("text", "language", "count"), READ, ids=[f"{row[1]}: {row[0]}" for row in READ])
def test_a_number_is_read(text: str, language: str, count: Count) -> None:
    assert read(text, language) == count


@pytest.mark.parametrize(("text", "language", "value"), SHOWN, ids=[row[0] for row in SHOWN])
def test_what_pages_were_seen_to_write_is_read(text: str, language: str, value: int | None) -> None:
    count = read(text, language)
    assert (count.value if count else None) == value


@pytest.mark.parametrize("why", REFUSED)
def test_it_is_refused_because(why: str) -> None:
    assert read(*REFUSED[why]) is None


def test_the_rounding_is_the_callers() -> None:
    assert read("2.52M", rounding="truncated") == Count(2_520_000, 10_000, "truncated")
    assert read("84", rounding="truncated") == Count(84, 1, "exact")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_compact_number_of_a_language_is_read_back(language: str) -> None:
    for power in POWERS:
        for lead in ("1", "2", "3", "5", "9", "12", "25", "530", "999", "1.5", "2.52", "21.7"):
            number = int(Decimal(lead) * power)
            for width in ("short", "long"):
                for digits in (0, 1, 2):
                    _check(number, width, digits, language)


def _check(number: int, width: str, digits: int, language: str) -> None:
    locale = Locale.parse(language)
    if width not in locale.compact_decimal_formats:
        return
    text = format_compact_decimal(number, format_type=width, locale=locale, fraction_digits=digits)  # type: ignore[arg-type] # a str, not its literals
    if number > 10**10 or not re.search(r"\d", text):
        return
    for context in (text, f"{text} \N{BULLET} more"):
        count = read(context, language)
        assert count is not None, (language, number, context)
        assert abs(count.value - number) <= count.granularity, (language, number, context, count)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_whole_number_of_a_language_is_read_back(language: str) -> None:
    for number in (0, 7, 84, 999, 1_234, 12_345, 530_000, 1_234_567, 12_345_678, 1_234_567_890):
        assert read(format_decimal(number, locale=language), language) == Count(number), language
        assert read(f"{number} \N{BULLET} more", language) == Count(number), language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_magnitude_read_in_the_wrong_language_is_never_a_plain_number(language: str) -> None:
    """`25 Mio.` must not become 25 because a page is wrong about its language."""
    for power in POWERS[:-1]:
        text = format_compact_decimal(25 * power, format_type="short", locale=language)
        for other in ("en", "de", "fr", "tr"):
            count = read(text, other)
            assert count is None or count.value >= 1_000, (text, other, count)


def test_without_the_words_of_other_languages_it_would_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headcount.platforms.kit.counts.FOREIGN", frozenset())
    assert read("25 Mio. Abonnenten", "en") == Count(25)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_short_magnitude_word_is_known_in_all_languages(language: str) -> None:
    for patterns in Locale.parse(language).compact_decimal_formats["short"].values():
        for power, pattern in patterns.items():
            words = re.sub(r"[0'\u200f]", "", pattern.pattern).split()
            if words and int(power) <= 10**10:
                assert words[0].casefold().rstrip(".") in FOREIGN, (language, words)


def test_english_without_babel_is_english_with_babel() -> None:
    for formats in Locale.parse("en").compact_decimal_formats.values():
        for patterns in formats.values():
            for power, pattern in patterns.items():
                if int(power) < 10**12:
                    word = pattern.pattern.strip("0 ")
                    assert ENGLISH.words[word] == int(power) // 10 ** (pattern.pattern.count("0") - 1)


def test_plain_english_is_read_without_loading_babel() -> None:
    said = "from headcount.platforms.kit.counts import read; import sys; read('2.5M'); read('84 x'); print('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout == "False\n"


@given(st.text(max_size=40) | st.from_regex(r"[0-9][0-9., '\u00a0]{0,12}( ?[KMBkmb.]| Mio\.| mil)?( \w+)?"))
def test_no_text_makes_it_fail_or_say_what_is_no_number_of_people(text: str) -> None:
    for language in ("en", "de", "es", "fr", "hi"):
        count = read(text, language)
        if count is not None:
            assert 0 <= count.value <= MOST_HEADS
            assert count.value % count.granularity == 0
            assert count.value == 0 or count.value >= count.granularity


@given(st.text(alphabet="aAdeEzZ-_09\u0131", max_size=12))
def test_no_language_makes_it_fail(language: str) -> None:
    assert read("84 subscribers", language) in {None, Count(84)}
