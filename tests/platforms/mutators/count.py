"""What can happen to a count itself, and be noticed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

from msgspec import Struct

from tests.platforms.good.reply import Good
from tests.platforms.mutators.mutant import Mutant, counts, rough, target

GLUED = ("x", "_", "'", '"', "\\", "\x00", "\u0661", "\uff11", "%", "/", "~", "e1", "-")
"""What makes a number none, wherever in or beside it."""
BESIDE = ("+", "-", "#", "e1", "E+2", "e-1", ".5", "_0", "n", "M+", "\u0663")


def spoilt(rng: Random, good: Good) -> Mutant:
    """One place of a count, changed into what is no sound number."""
    text, doc = target(rng, good)
    start, end = rng.choice(counts(good, text))
    form = text[start:end].decode()
    how, changed = rng.choice((_glued, _regrouped, _too_long, _bit_of_count))(rng, form)
    return rough(f"count {form!r} {how}: {changed!r}", good, doc, text[:start] + changed + text[end:])


def _glued(rng: Random, form: str) -> tuple[str, bytes]:
    inside = rng.randrange(1, len(form))
    within = form[:inside] + rng.choice(GLUED) + form[inside:]
    before, behind = rng.choice(("-", "+", "x", ".", "\u0662")) + form, form + rng.choice(BESIDE)
    changed = rng.choice((within, before, behind))
    return "with something in it", changed.encode()


def _regrouped(rng: Random, form: str) -> tuple[str, bytes]:
    """Separators where none may stand, or of another language."""
    digits = re.sub(r"[^0-9]", "", form)
    head, tail = digits[:-2], digits[-2:]
    wrong = (f"{head}_{tail}", f"{head},{tail}", f"{head}'{tail}", f"{digits[:-1]},{tail[1]}.")
    return "wrongly grouped", rng.choice(wrong).encode()


def _too_long(rng: Random, form: str) -> tuple[str, bytes]:
    """More people than there are."""
    first = re.search(r"[0-9]+", form)
    assert first
    digits = rng.choice((13, 14, 20, 40, 400)) - len(re.sub(r"[^0-9]", "", form))
    more = str(rng.randrange(10**digits, 10 ** (digits + 1)))
    return "too long", (form[: first.end()] + more + form[first.end() :]).encode()


def _bit_of_count(rng: Random, form: str) -> tuple[str, bytes]:
    """A bit that turns a digit into none; and no last nought into a blank, which would leave a tenth of the count."""
    raw = form.encode()
    while True:
        place, bit = rng.randrange(len(raw)), rng.randrange(8)
        changed = raw[place] ^ 1 << bit
        if chr(changed) not in "0123456789 ":
            return f"with bit {bit} of byte {place} flipped", raw[:place] + bytes([changed]) + raw[place + 1 :]


def one_copy(rng: Random, good: Good) -> Mutant | None:
    """One of several copies of a count, changed into another sound count."""
    if not good.copies:
        return None
    text = good.body
    places = [found.span() for found in re.finditer("|".join(map(re.escape, good.copies)), text)]
    start, end = rng.choice(places)
    form = text[start:end]
    changed = rng.choice([digit for digit in "123456789" if digit != form[0]]) + form[1:]
    body = text[:start] + changed + text[end:]
    return Mutant(f"one copy of {form!r}, at {start}, changed to {changed!r}", body.encode())


class Writing(Struct, frozen=True):
    """How a language writes the numbers of an English page."""

    signs: Mapping[int, int]
    words: Mapping[str, str]

    def of(self, form: str) -> str:
        for english, word in self.words.items():
            form = form.replace(english, word)
        return form.translate(self.signs)


COMMA_POINT = str.maketrans(".,", ",.")
ARABIC = str.maketrans(".,0123456789", "\u066b\u066c\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669")
WRITINGS = {
    "English": Writing({}, {}),
    "German": Writing(COMMA_POINT, {" million": " Millionen", "M": "\u00a0Mio.", "K": "\u00a0Tsd."}),
    "French": Writing(str.maketrans(".,", ",\u202f"), {" million": " millions", "M": "\u00a0M", "K": "\u00a0k"}),
    "Portuguese": Writing(COMMA_POINT, {" million": " milhões", "M": "\u00a0mi", "K": "\u00a0mil"}),
    "Russian": Writing(str.maketrans(".,", ",\u00a0"), {" million": " миллиона", "M": "\u00a0млн"}),
    "Swiss": Writing(str.maketrans(",", "'"), {"M": " Mio."}),
    "Arabic": Writing(ARABIC, {" million": " مليون", "M": "\u00a0مليون", "K": "\u00a0ألف"}),
    "Indian": Writing({}, {"4.81M": "48.1 lakh", "4.8M": "48 लाख", "3,650,918": "36,50,918"}),
    "Chinese": Writing({}, {"4.81M": "481万", "4.8M": "480万", " million": "百万"}),
}
LANGUAGES = (
    *[
        "de",
        "de-CH",
        "fr",
        "es",
        "pt-BR",
        "hi",
        "ar",
        "fa",
        "ru",
        "tr",
        "ja",
        "zh-Hans",
        "sv",
        "da",
        "it",
        "xx",
        "und",
        "en-IN",
    ],
    "",
)


def localised(rng: Random, good: Good) -> Mutant | None:
    """The counts as one language writes them, in a page that says that it is in another."""
    if not good.is_page:
        return None
    name, tag = rng.choice(list(WRITINGS)), rng.choice(LANGUAGES)
    body = re.sub(r'(<html[^>]*lang=")[^"]*', rf"\g<1>{tag}", good.body)
    for form in good.written:
        body = body.replace(form, WRITINGS[name].of(form))
    return Mutant(f"counts written as in {name} on a page in {tag!r}", body.encode())


def spelt(rng: Random, good: Good) -> Mutant:
    """One character of a count as an HTML entity or a JSON escape: the same number, or none."""
    text = good.body.encode()
    start, end = rng.choice(counts(good, text))
    place = rng.randrange(start, end)
    code = text[place]
    spellings = (f"&#{code};", f"&#x{code:x};", f"&amp;#{code};", f"\\u{code:04x}", f"%{code:x}", f"\\x{code:x}")
    spelling = rng.choice(spellings) if code < 0x80 else "&nbsp;"
    return Mutant(f"byte {place} spelt {spelling}", text[:place] + spelling.encode() + text[place + 1 :])
