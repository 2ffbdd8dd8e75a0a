"""Takes credentials and control characters out of words that came from outside, before anybody sees or keeps them."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile
from urllib.parse import quote, quote_plus

from msgspec import structs

from headcount.model import Miss, Outcome, Reading
from headcount.platforms.kit.contract import Refusal, Secrets

SHORTEST = 8
"""Characters of a credential that tell it: what a server echoes may be cut short."""

LONGEST_DETAIL = 300


class Scrubber:
    """Knows the credentials that a platform was sent, in the forms in which a server may echo them."""

    def __init__(self, secrets: Secrets) -> None:
        self._forms: dict[str, list[str]] = defaultdict(list)
        for form in _forms(secrets):
            self._forms[form[:SHORTEST]].append(form)

    def text(self, words: str) -> str:
        """The words on one line, without any credential or the beginning of one."""
        for beginning, forms in self._forms.items():
            words = _without(words, beginning, forms)
        return "".join(letter if letter.isprintable() else " " for letter in words)[:LONGEST_DETAIL]

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
        """A name that is a credential is no name."""
        if reading.handle is None or self.text(reading.handle) == reading.handle:
            return reading
        return structs.replace(reading, handle=None)


def _forms(secrets: Secrets) -> Iterator[str]:
    given = list(secrets.values())
    pairs = [f"{one}:{other}" for one in given for other in given if one != other]
    for secret in (*given, *pairs):
        if len(secret) >= SHORTEST:
            yield from (secret, quote(secret, safe=""), quote_plus(secret), b64encode(secret.encode()).decode())


def _without(words: str, beginning: str, forms: Sequence[str]) -> str:
    """The words with each stretch taken out that begins so, as far as any of the forms goes on the same."""
    kept, rest = "", words
    while (at := rest.find(beginning)) >= 0:
        same = max(_alike(form, rest[at : at + len(form)]) for form in forms)
        kept, rest = f"{kept}{rest[:at]}[secret]", rest[at + same :]
    return kept + rest


def _alike(one: str, other: str) -> int:
    """With how many characters both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
