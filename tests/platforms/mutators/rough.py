"""Rough handling: bytes lost, flipped, moved and put in; another encoding."""

from __future__ import annotations

import gzip
import html
import json
from collections.abc import Callable
from random import Random

from tests.platforms.good.reply import Good
from tests.platforms.mutators.mutant import Mutant, counts, free, rough, target, wordy


def truncated(rng: Random, good: Good) -> Mutant:
    text, doc = target(rng, good)
    end = rng.randrange(len(text))
    return rough(f"cut short after {end} bytes", good, doc, text[:end])


def flipped(rng: Random, good: Good) -> Mutant:
    text, doc = target(rng, good)
    changed = bytearray(text)
    counted = {place for start, end in counts(good, text) for place in range(start, end)}
    others = [place for place in range(len(text)) if place not in counted]
    flips = [(rng.choice(others), rng.randrange(8)) for _ in range(rng.choice((1, 1, 1, 2, 5)))]
    for place, bit in flips:
        changed[place] ^= 1 << bit
    return rough(f"bits flipped: {flips}", good, doc, bytes(changed))


def deleted(rng: Random, good: Good) -> Mutant:
    text, doc = target(rng, good)
    start, end = free(rng, good, text, rng.choice((1, 3, 40, 400)))
    return rough(f"bytes {start} to {end} deleted", good, doc, text[:start] + text[end:])


STUFF = (*b'" { } [ ] , : \\ 0 7 null < & </script>'.split(), b" ", b"\n", b"\x00", b"\xff")


def inserted(rng: Random, good: Good) -> Mutant:
    text, doc = target(rng, good)
    place, _ = free(rng, good, text, 1)
    chunk = rng.choice((rng.choice(STUFF), rng.randbytes(rng.randint(1, 8)), text[slice(*wordy(rng, good, text, 60))]))
    return rough(f"{chunk!r} inserted at {place}", good, doc, text[:place] + chunk + text[place:])


def swapped(rng: Random, good: Good) -> Mutant:
    text, doc = target(rng, good)
    one, other = sorted((wordy(rng, good, text, 20), wordy(rng, good, text, 20)))
    a, b, c, d = *one, max(one[1], other[0]), max(one[1], other[1])
    changed = text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
    return rough(f"bytes {a} to {b} and {c} to {d} swapped", good, doc, changed)


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
