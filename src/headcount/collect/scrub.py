"""Takes credentials and control characters out of words that came from outside, before anybody sees or keeps them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
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
        self._forms = sorted(set(_forms(secrets)), key=len, reverse=True)

    def text(self, words: str) -> str:
        """The words on one line, without any credential or the beginning of one."""
        for form in self._forms:
            words = _without(words, form)
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


def _without(words: str, form: str) -> str:
    """The words with each stretch that is the form, or begins as it does, taken out."""
    beginning = form[:SHORTEST]
    kept, rest = "", words
    while (at := rest.find(beginning)) >= 0:
        same = SHORTEST
        while at + same < len(rest) and same < len(form) and rest[at + same] == form[same]:
            same += 1
        kept, rest = f"{kept}{rest[:at]}[secret]", rest[at + same :]
    return kept + rest
