"""Takes credentials and control characters out of what came from outside, before anybody sees or keeps it."""

from __future__ import annotations

import html
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, takewhile
from string import ascii_lowercase, ascii_uppercase
from urllib.parse import quote, quote_plus

from msgspec import structs

from headcount.model import Miss, Outcome, Reading
from headcount.platforms.kit.contract import Refusal, Secrets

SHORTEST = 8
"""Characters of a credential that tell it: what a server echoes may be cut short."""

LONGEST_DETAIL = 300


class Scrubber:
    """Knows the credentials that a platform was sent, in the forms in which a server may echo them, in any case."""

    def __init__(self, secrets: Secrets) -> None:
        self._whole: set[str] = set()
        self._beginnings: dict[str, None] = {}
        self._begun: set[bytes] = set()
        self._halves: list[bytes] = []
        self.learn(secrets)

    def learn(self, secrets: Secrets) -> None:
        """Know these as well: what was granted meanwhile."""
        for secret in _sent(secrets):
            for form, shortest in _forms(secret):
                self._know(form, form[:shortest], _half(form.encode()))
        self._sort()

    def learn_foreign(self, groups: Iterable[Secrets]) -> None:
        """Know these as well, which this platform was never sent; those of a group are sent together.

        It takes more of one to tell it: they are many, and what a page says by chance must stay.
        """
        for secret in chain.from_iterable(map(_sent, groups)):
            for form, shortest in _forms(secret):
                beginning = form[: max(2 * shortest, -(-len(form) // 2))]
                self._know(form, beginning, beginning.encode())
        self._sort()

    def _know(self, form: str, beginning: str, half: bytes) -> None:
        self._whole.add(form)
        self._beginnings[beginning] = None
        self._begun.add(half)

    def _sort(self) -> None:
        self._halves = sorted(self._begun, key=lambda half: (-len(half), half))

    def text(self, words: str) -> str:
        """The words on one line, without any credential or the beginning of one."""
        low = _lowered(words)
        for beginning in self._beginnings:
            if beginning in low:
                words = _without(words, beginning, [form for form in self._whole if form.startswith(beginning)])
                low = _lowered(words)
        return "".join(letter if letter.isprintable() else " " for letter in words)[:LONGEST_DETAIL]

    def body(self, content: bytes) -> bytes:
        """A whole body without any credential, all else as it was.

        Half of a credential tells it here: eight letters of one stand in many a page by chance, and what is taken out
        of a page by mistake makes it another page.
        """
        low = content.lower()
        for half in self._halves:
            if half in low:
                forms = [form for form in map(str.encode, self._whole) if form.startswith(half)]
                content = _cut_out(content, half, forms)
                low = content.lower()
        return content

    def line(self, words: str) -> str:
        """A header or an address, whole, without any credential."""
        return self.body(words.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")

    def outcome(self, outcome: Outcome) -> Outcome:
        """An outcome that can be kept and shown."""
        said = outcome.said
        if isinstance(said, Miss):
            return structs.replace(outcome, said=structs.replace(said, detail=self.text(said.detail)))
        return structs.replace(outcome, said=self._reading(said))

    def refusal(self, refusal: Refusal) -> Refusal:
        """A refusal that can be shown."""
        return structs.replace(refusal, detail=self.text(refusal.detail))

    def _reading(self, reading: Reading) -> Reading:
        """A name that is a credential is no name, and an id that is one is no id: it would be kept, shown and asked for."""
        handle = reading.handle if self._is_clean(reading.handle or "") else None
        ids = {scheme: each for scheme, each in reading.ids.items() if self._is_clean(each)}
        return structs.replace(reading, handle=handle, ids=ids)

    def _is_clean(self, words: str) -> bool:
        return self.text(words) == words


def _sent(secrets: Secrets) -> Iterator[str]:
    """Each credential, two of them as they are sent together, and what follows the colon of one that is such a pair."""
    given = list(secrets.values())
    pairs = [f"{one}:{other}" for one in given for other in given if one != other]
    halves = [each.partition(":")[2] for each in given]
    return (each for each in (*given, *pairs, *halves) if len(each) >= SHORTEST)


def _forms(secret: str) -> Iterator[tuple[str, int]]:
    """How it may be echoed, in lower case, and how many characters tell it."""
    raw = secret.encode()
    coded = b64encode(raw).decode()
    quoted = (quote(secret, safe=""), quote_plus(secret), quote(coded, safe=""))
    written = (json.dumps(secret)[1:-1], json.dumps(secret)[1:-1].replace("/", r"\/"), html.escape(secret))
    for form in (secret, *quoted, *written, coded, urlsafe_b64encode(raw).decode()):
        yield _lowered(form), SHORTEST
    yield raw.hex(), 2 * SHORTEST


def _half(form: bytes) -> bytes:
    """As much as tells it in a whole body."""
    return form[: max(SHORTEST, -(-len(form) // 2))]


def _lowered(text: str) -> str:
    """In lower case, letter by letter: what stands at a place goes on standing there."""
    return text.translate(_LOWER)


_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


def _without(words: str, beginning: str, forms: Collection[str]) -> str:
    """The words with each stretch taken out that begins so, as far as any of the forms goes on the same."""
    kept, rest, low = "", words, _lowered(words)
    while (at := low.find(beginning)) >= 0:
        same = max(_alike(form, low[at : at + len(form)]) for form in forms)
        kept, rest, low = f"{kept}{rest[:at]}[secret]", rest[at + same :], low[at + same :]
    return kept + rest


def _cut_out(content: bytes, beginning: bytes, forms: Collection[bytes]) -> bytes:
    """The content with each stretch taken out that begins so, as far as any of the forms goes on the same."""
    low = content.lower()
    kept: list[bytes] = []
    done = 0
    while (at := low.find(beginning, done)) >= 0:
        kept += [content[done:at], b"[secret]"]
        done = at + max(_alike(form, low[at : at + len(form)]) for form in forms)
    return b"".join([*kept, content[done:]])


def _alike(one: Sequence[object], other: Sequence[object]) -> int:
    """With how many characters both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
