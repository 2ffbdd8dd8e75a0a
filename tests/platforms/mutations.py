"""What can happen to a good reply: each mutator makes one change, and never one that no reader could notice.

A change that turns the digits of a count into another well-formed count, with all around it intact, is what nobody can
notice; so mutators know every place where a count stands (`_counts`), and there make only changes that leave no sound
number behind, or change one of several copies. Everywhere else, anything goes.
"""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from random import Random

from msgspec import Struct
from tests.platforms.good_replies import STRANGER, Doc, Good, escaped, replies
from tests.platforms.json_spots import Spot, gaps, spots
from tests.platforms.walls import WALLS


class Mutant(Struct, frozen=True):
    """A good reply to which something has happened."""

    how: str
    body: bytes
    status: int = 200
    confined: bool = False
    """Only what concerns the watched account was touched: all others must keep their readings."""
    unreadable: bool = False
    """It is not about the watched account any more: nothing may be read for it."""


Mutator = Callable[[Random, Good], Mutant | None]
"""None: there is nothing of that kind in this reply."""


def _counts(good: Good, text: bytes) -> Sequence[tuple[int, int]]:
    """Every place of a text where a count stands."""
    return _places(good.written, text)


@cache
def _places(forms: tuple[str, ...], text: bytes) -> Sequence[tuple[int, int]]:
    return [found.span() for found in re.finditer(b"|".join(re.escape(form.encode()) for form in forms), text)]


def _free(rng: Random, good: Good, text: bytes, width: int) -> tuple[int, int]:
    """A stretch of up to `width` bytes that neither overlaps nor touches a count, so that nothing is glued to one."""
    while True:
        start = rng.randrange(len(text) + 1)
        end = min(len(text), start + rng.randint(1, width))
        if all(end < first or start > last for first, last in _counts(good, text)):
            return start, end


def _wordy(rng: Random, good: Good, text: bytes, width: int) -> tuple[int, int]:
    """A free stretch without a long number: moved elsewhere with its key, somebody else's would be a sound count there."""
    while True:
        start, end = _free(rng, good, text, width)
        if not re.search(rb"[0-9]{3}", text[start:end]):
            return start, end


def _target(rng: Random, good: Good) -> tuple[bytes, Doc | None]:
    """The whole body, or what stands in it as a JSON string, which can be broken without breaking the body."""
    inner = [doc for doc in good.docs if doc.escaped]
    doc = rng.choice(inner) if inner and rng.random() < 0.5 else None
    return (doc.text if doc else good.body).encode(), doc


def _rough(how: str, good: Good, doc: Doc | None, changed: bytes) -> Mutant:
    if doc is None:
        return Mutant(how, changed)
    body = good.body.replace(escaped(doc.text), escaped(changed.decode("latin-1")), 1)
    return Mutant(f"in the part, {how}", body.encode(), confined=doc.own)


def _rewritten(how: str, good: Good, doc: Doc, changed: str) -> Mutant:
    old, new = (escaped(doc.text), escaped(changed)) if doc.escaped else (doc.text, changed)
    body = good.body.replace(old, new, 1).encode("utf-8", "surrogatepass")
    return Mutant(how, body, confined=doc.own and (doc.escaped or _is_json(changed)))


def _is_json(text: str) -> bool:
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return False
    return True


# ----------------------------------------------------------------------------------------------------- rough handling


def truncated(rng: Random, good: Good) -> Mutant:
    text, doc = _target(rng, good)
    end = rng.randrange(len(text))
    return _rough(f"cut short after {end} bytes", good, doc, text[:end])


def flipped(rng: Random, good: Good) -> Mutant:
    text, doc = _target(rng, good)
    changed = bytearray(text)
    counted = {place for start, end in _counts(good, text) for place in range(start, end)}
    free = [place for place in range(len(text)) if place not in counted]
    flips = [(rng.choice(free), rng.randrange(8)) for _ in range(rng.choice((1, 1, 1, 2, 5)))]
    for place, bit in flips:
        changed[place] ^= 1 << bit
    return _rough(f"bits flipped: {flips}", good, doc, bytes(changed))


def deleted(rng: Random, good: Good) -> Mutant:
    text, doc = _target(rng, good)
    start, end = _free(rng, good, text, rng.choice((1, 3, 40, 400)))
    return _rough(f"bytes {start} to {end} deleted", good, doc, text[:start] + text[end:])


STUFF = (b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"0", b"7", b"null", b"\x00", b"\xff", b"<", b"&", b"</script>", b" ", b"\n")


def inserted(rng: Random, good: Good) -> Mutant:
    text, doc = _target(rng, good)
    place, _ = _free(rng, good, text, 1)
    chunk = rng.choice((rng.choice(STUFF), rng.randbytes(rng.randint(1, 8)), text[slice(*_wordy(rng, good, text, 60))]))
    return _rough(f"{chunk!r} inserted at {place}", good, doc, text[:place] + chunk + text[place:])


def swapped(rng: Random, good: Good) -> Mutant:
    text, doc = _target(rng, good)
    one, other = sorted((_wordy(rng, good, text, 20), _wordy(rng, good, text, 20)))
    a, b, c, d = *one, max(one[1], other[0]), max(one[1], other[1])
    changed = text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
    return _rough(f"bytes {a} to {b} and {c} to {d} swapped", good, doc, changed)


ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda body: b"",
    "blank": lambda body: b" \r\n\t" * 9,
    "null": lambda body: b"null",
    "gzip": lambda body: gzip.compress(body, 1, mtime=0),
    "UTF-16": lambda body: body.decode().encode("utf-16"),
    "UTF-16 without its mark": lambda body: body.decode().encode("utf-16-be"),
    "UTF-32": lambda body: body.decode().encode("utf-32"),
    "with a mark of UTF-8": lambda body: b"\xef\xbb\xbf" + body,
    "UTF-8 twice": lambda body: body.decode("latin-1").encode(),
    "twice": lambda body: body * 2,
    "backwards": lambda body: body[::-1],
    "in capitals": lambda body: body.upper(),
    "with CR LF": lambda body: body.replace(b"\n", b"\r\n"),
    "in a JSON string": lambda body: json.dumps(body.decode()).encode(),
    "in a JSON list": lambda body: b"[" + body + b"]",
    "in a JSONP call": lambda body: b"callback(" + body + b");",
    "after a JSON guard": lambda body: b")]}'\n" + body,
    "in a comment": lambda body: b"<!-- " + body + b" -->",
    "in a text area": lambda body: b"<html><textarea>" + body,
    "HTML escaped": lambda body: html.escape(body.decode()).encode(),
    "HTML escaped twice": lambda body: html.escape(html.escape(body.decode())).encode(),
    "HTML unescaped": lambda body: html.unescape(body.decode()).encode(),
    "quotes escaped": lambda body: body.replace(b'"', b'\\"'),
    "with typographic quotes": lambda body: body.replace(b'"', "\u201d".encode()),
    "with single quotes": lambda body: body.replace(b'"', b"'"),
}


def encoded(rng: Random, good: Good) -> Mutant:
    how = rng.choice(list(ENCODINGS))
    return Mutant(how, ENCODINGS[how](good.body.encode()))


# ---------------------------------------------------------------------------------------------------- the count itself

GLUED = ("x", "_", "'", '"', "\\", "\x00", "\u0661", "\uff11", "%", "/", "~", "e1", "-")
"""What makes a number none, wherever in or beside it."""
BESIDE = ("+", "-", "#", "e1", "E+2", "e-1", ".5", "_0", "n", "M+", "\u0663")


def spoilt(rng: Random, good: Good) -> Mutant:
    """One place of a count, changed into what is no sound number."""
    text, doc = _target(rng, good)
    start, end = rng.choice(_counts(good, text))
    form = text[start:end].decode()
    how, changed = rng.choice((_glued, _regrouped, _too_long, _bit_of_count))(rng, form)
    return _rough(f"count {form!r} {how}: {changed!r}", good, doc, text[:start] + changed + text[end:])


def _glued(rng: Random, form: str) -> tuple[str, bytes]:
    inside = rng.randrange(1, len(form))
    changed = rng.choice(
        (form[:inside] + rng.choice(GLUED) + form[inside:], rng.choice(("-", "+", "x", ".", "\u0662")) + form, form + rng.choice(BESIDE))
    )
    return "with something in it", changed.encode()


def _regrouped(rng: Random, form: str) -> tuple[str, bytes]:
    """Separators where none may stand, or of another language."""
    digits = re.sub(r"[^0-9]", "", form)
    wrong = (f"{digits[:1]}_{digits[1:]}", f"{digits[:-2]},{digits[-2:]}", f"{digits[:-1]},{digits[-1:]}.", f"{digits[:-2]}'{digits[-2:]}")
    return "wrongly grouped", rng.choice(wrong).encode()


def _too_long(rng: Random, form: str) -> tuple[str, bytes]:
    """More people than there are."""
    first = re.search(r"[0-9]+", form)
    assert first
    digits = rng.choice((13, 14, 20, 40, 400)) - len(re.sub(r"[^0-9]", "", form))
    return "too long", (form[: first.end()] + str(rng.randrange(10**digits, 10 ** (digits + 1))) + form[first.end() :]).encode()


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
    digit = rng.choice([digit for digit in "123456789" if digit != form[0]])
    changed = digit + form[1:]
    return Mutant(f"one copy of {form!r}, at {start}, changed to {changed!r}", (text[:start] + changed + text[end:]).encode())


class Writing(Struct, frozen=True):
    """How a language writes the numbers of an English page."""

    signs: dict[int, str]
    words: dict[str, str]

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
    "Russian": Writing(str.maketrans(".,", ",\u00a0"), {" million": " миллиона", "M": "\u00a0млн", "K": "\u00a0тыс."}),
    "Swiss": Writing(str.maketrans(",", "'"), {"M": " Mio."}),
    "Arabic": Writing(ARABIC, {" million": " مليون", "M": "\u00a0مليون", "K": "\u00a0ألف"}),
    "Indian": Writing({}, {"4.81M": "48.1 lakh", "4.8M": "48 लाख", "3,650,918": "36,50,918"}),
    "Chinese": Writing({}, {"4.81M": "481万", "4.8M": "480万", " million": "百万"}),
}
LANGUAGES = ("de", "de-CH", "fr", "es", "pt-BR", "hi", "ar", "fa", "ru", "tr", "ja", "zh-Hans", "sv", "da", "it", "xx", "und", "en-IN", "")


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
    start, end = rng.choice(_counts(good, text))
    place = rng.randrange(start, end)
    code = text[place]
    spelling = rng.choice((f"&#{code};", f"&#x{code:x};", f"&amp;#{code};", f"\\u{code:04x}", f"%{code:x}", f"\\x{code:x}"))
    if code >= 0x80:
        spelling = "&nbsp;"
    return Mutant(f"byte {place} spelt {spelling}", text[:place] + spelling.encode() + text[place + 1 :])


# ------------------------------------------------------------------------------------------------- the shape of JSON


def _shuffled(rng: Random, value: object) -> object:
    if isinstance(value, dict):
        items = [(key, _shuffled(rng, inner)) for key, inner in value.items()]
        rng.shuffle(items)
        return dict(items)
    return [_shuffled(rng, inner) for inner in value] if isinstance(value, list) else value


def reordered(rng: Random, good: Good) -> Mutant:
    doc = rng.choice(good.docs)
    changed = json.dumps(_shuffled(rng, json.loads(doc.text)), ensure_ascii=rng.random() < 0.5).replace("</", "<\\/")
    return _rewritten("keys in another order", good, doc, changed)


def spaced(rng: Random, good: Good) -> Mutant:
    doc = rng.choice(good.docs)
    changed = doc.text
    for gap in sorted(rng.choices(gaps(doc.text), k=12), reverse=True):
        changed = changed[:gap] + rng.choice((" ", "\n", "\t", "\r\n  ", " " * 50)) + changed[gap:]
    return _rewritten("white space between tokens", good, doc, changed)


def _spot(rng: Random, good: Good, doc: Doc, *, keyed: bool = False) -> Spot:
    """A value: in half of the cases a count, or what holds one."""
    found = [each for each in spots(doc.text) if each.has_key or not keyed]
    counted = [each for each in found if any(form in doc.text[each.start : each.end] for form in good.written)]
    innermost = [each for each in counted if each.end - each.start < 40]
    return rng.choice(rng.choice((found, found, counted or found, innermost or found)))


def _named(rng: Random, good: Good) -> tuple[Doc, Spot, str]:
    """A value that has a key, in a document."""
    doc = rng.choice(good.docs)
    spot = _spot(rng, good, doc, keyed=True)
    return doc, spot, doc.text[spot.key_start : spot.key_end]


def renamed(rng: Random, good: Good) -> Mutant:
    doc, spot, key = _named(rng, good)
    _, _, another = _named(rng, good)
    new = rng.choice((another, '"x"', key.upper(), key.lower(), key[:-2] + '"', f'"_{key[1:]}', '"error"', '"data"', '""', f'"{key[1:-1]} "'))
    changed = doc.text[: spot.key_start] + new + doc.text[spot.key_end :]
    return _rewritten(f"key {key} at {spot.key_start} renamed to {new}", good, doc, changed)


DEEP = ("[" * 100_000, "[" * 100_000 + "]" * 100_000, '{"user":' * 100_000, '{"a":' * 2_000 + "1" + "}" * 2_000)
TRAPS = (
    "true", "false", "null", "[]", "{}", '""', '"12"', '" 12 "', '"12\\n"', '"1_000"', '"-5"', '"5.0"', '"1e3"', '"1,00"', '"1.234.5"',
    '"\u0661\u0662"', '"\uff11\uff12"', '"\\u0661\\u0662"', '"\\ud800"', '"\\udc00\\ud800"', '"12\\ud8000"', "12.0", "-5", "-0", "5.0",
    "5e0", "1E2", "1e999", "-1e999", "NaN", "Infinity", "-Infinity", "1_000", "0x1F", "012", "+5", ".5", "5.", "\u0661\u0662", "1,234",
    "[12]", '{"value":12}', '[{"followers_count":12}]', "undefined", "None", "'12'", "1000000000001", "99999999999999999999", "9" * 30, "9" * 31,
)  # fmt: skip
HEAVY_TRAPS = ("9" * 5_000, "-" + "9" * 5_000, f"0.{'9' * 5_000}", f'"{"9" * 5_000}"', *DEEP)


def _sound(good: Good, text: str, trap: str) -> bool:
    """Whether this trap would be a sound count in that place: for a count in a string, a string of digits is one."""
    return text[1:-1].isdigit() and trap in {'"12"'} and good.source == "youtube api"


def trapped(rng: Random, good: Good) -> Mutant:
    """A value replaced by what lenient parsers take for a number, or choke on; the counts and what holds them above all."""
    doc = rng.choice(good.docs)
    spot = _spot(rng, good, doc)
    trap = rng.choice(HEAVY_TRAPS if rng.random() < 0.01 else TRAPS)
    old = doc.text[spot.start : spot.end]
    if _sound(good, old, trap):
        trap = "12"
    changed = doc.text[: spot.start] + trap + doc.text[spot.end :]
    return _rewritten(f"value {old[:40]} at {spot.start} replaced by {trap[:40]}", good, doc, changed)


def doubled(rng: Random, good: Good) -> Mutant:
    """A key that stands twice in its object, with different values."""
    doc, spot, key = _named(rng, good)
    old = doc.text[spot.start : spot.end]
    other = re.sub(r"[0-9]", "9", old) if re.search(r"[0-8]", old) else rng.choice(("12", '"12"', "{}", "null", "true"))
    same = f"{key}:{other}"
    changed = rng.choice((
        f"{doc.text[: spot.key_start]}{same},{doc.text[spot.key_start :]}",
        f"{doc.text[: spot.end]},{same}{doc.text[spot.end :]}",
    ))  # fmt: skip
    return _rewritten(f"{same[:60]} beside {old[:40]}", good, doc, changed)


def relisted(rng: Random, good: Good) -> Mutant | None:
    """A list whose items are fewer, more, or in another order."""
    doc = rng.choice(good.docs)
    found = [each for each in spots(doc.text) if doc.text[each.start] == "[" and each.end - each.start > 2]
    if not found:
        return None
    spot = rng.choice(found)
    items = json.loads(doc.text[spot.start : spot.end])
    change: tuple[str, Sequence[object]] = rng.choice((
        ("without its first", items[1:]), ("without its last", items[:-1]), ("backwards", items[::-1]), ("twice", items * 2),
        ("of lists", [items]), ("with null", [None, *items]), ("with objects", [*items, {}]), ("keyed", {str(n): each for n, each in enumerate(items)}),
    ))  # fmt: skip
    changed = doc.text[: spot.start] + json.dumps(change[1], ensure_ascii=False) + doc.text[spot.end :]
    return _rewritten(f"list at {spot.start} {change[0]}", good, doc, changed)


# ------------------------------------------------------------------------------------------------- whom it is about


def another(rng: Random, good: Good) -> Mutant:
    """Another account's object, in the same shape, in place of the right one, before it or after it."""
    twin = rng.choice(good.twins)
    own, other = twin
    between = "\n" if own.startswith("<") else ","
    places = {
        "in place of every": good.body.replace(own, other),
        "in place of the first": good.body.replace(own, other, 1),
        "before": good.body.replace(own, other + between + own),
        "after": good.body.replace(own, own + between + other),
    }
    place = rng.choice(list(places))
    alone = place.startswith("in") or twin == good.twins[0]
    return Mutant(f"another's object {place} {own[:60]}", places[place].encode(), confined=alone and not good.is_page)


def another_id(rng: Random, good: Good) -> Mutant | None:
    """The watched account's id, changed wherever it stands: whoever is pinned by it is not found under another."""
    if not good.ids:
        return None
    scheme, old = rng.choice(list(good.ids.items()))
    place = rng.randrange(3, len(old))
    new = old[:place] + rng.choice([digit for digit in "23456789" if digit != old[place]]) + old[place + 1 :]
    body = good.body.replace(old, new).encode()
    return Mutant(f"{scheme} id {old} now {new}", body, confined=not good.is_page, unreadable=scheme in good.watched.ids)


def another_name(rng: Random, good: Good) -> Mutant:
    """The watched account's handle, changed wherever it stands: whoever was asked for by it is not found under another."""
    (old,) = good.names
    new = rng.choice((STRANGER.handle, old[:-1], f"{old}2", f"{old}_", "\u0420" + old[1:]))
    body = re.sub(re.escape(old), new, good.body, flags=re.IGNORECASE).encode()
    return Mutant(f"handle {old} now {new}", body, confined=not good.is_page, unreadable=not good.pinned)


# ------------------------------------------------------------------------------------------------------ other replies


def another_status(rng: Random, good: Good) -> Mutant:
    status = rng.choice((204, 205, 206, 301, 302, 304, 400, 401, 402, 403, 404, 408, 409, 410, 418, 429, 451, 500, 502, 503))
    return Mutant(f"HTTP {status}", good.body.encode(), status)


def walled(rng: Random, good: Good) -> Mutant:
    name = rng.choice(list(WALLS))
    body = WALLS[name].replace("HANDLE", good.watched.handle)
    status = rng.choice((200, 200, 200, 400, 403))
    return Mutant(f"{name} with HTTP {status}", body.encode(), status, unreadable=True)


EVERYTHING = replies()


def foreign(rng: Random, good: Good) -> Mutant:
    """The reply of another platform, or of another source, about whoever has the same handle there."""
    other = rng.choice([each for each in EVERYTHING if each.source != good.source])
    return Mutant(f"the reply of {other.source}", other.body.encode(), unreadable=True)


MUTATORS: dict[Mutator, int] = {
    truncated: 8, flipped: 10, deleted: 7, inserted: 7, swapped: 5, encoded: 4,
    spoilt: 12, one_copy: 3, localised: 4, spelt: 3,
    reordered: 3, spaced: 2, renamed: 8, trapped: 12, doubled: 6, relisted: 4,
    another: 8, another_id: 3, another_name: 3, another_status: 2, walled: 2, foreign: 2,
}  # fmt: skip
"""How often each is chosen."""


def mutant(rng: Random, good: Good) -> Mutant:
    """A change of any kind."""
    while True:
        (mutator,) = rng.choices(list(MUTATORS), weights=list(MUTATORS.values()))
        if made := mutator(rng, good):
            return made
