"""The public page of a profile on Threads, as on Instagram: data that it embeds, which is exact, or else its link preview.

The preview is a card that counts, and names whom it is of. The count stands first in `og:description`; the name stands
last there and in `og:title`, after words that people choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Reading
from headcount.net.message import Reply
from headcount.platforms.kit import counts, embedded
from headcount.platforms.kit.contract import Absent, Refusal, Spoilt, by_status
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.walls import led_to
from headcount.platforms.kit.wire import Digits, Heads, Id, sift

LOGIN = re.compile(r"/(?:accounts/login|login|challenge)(?:[/?#]|$)")
TOLD = (b'"checkpoint_required"', b'"require_login"')
FAR, FEW = 5, 100
"""A card is days old: so many times as many followers the data may tell or it, and so many more where there are few."""


class User(Struct):
    """Whom a page is of, in its data."""

    username: Id
    follower_count: Heads
    pk: Digits

    def ids(self) -> Mapping[str, str]:
        """The stable ids that stand there, by scheme."""
        return {"pk": self.pk}


class Card(Struct, frozen=True):
    """How a platform writes its cards."""

    counted: re.Pattern[str]
    """From the beginning of the description; its group `count`."""
    named: re.Pattern[str]
    """To the end of the description and of the title; its group `name`."""
    wall: re.Pattern[bytes]
    """A page to log in."""
    shell: re.Pattern[bytes]
    """The page that stands in place of a profile that is not there."""

    def count(self, page: bytes) -> Count | None:
        """What the card counts. How an abbreviated count was made, nobody says."""
        found = self.counted.match(embedded.meta(page, "og:description") or "")
        return counts.read(found["count"], rounding="unknown") if found else None

    def read(self, account: Account, reply: Reply) -> Iterator[Reading | Absent | Spoilt | Refusal]:
        """What the card says of the account."""
        texts = [embedded.meta(reply.body, name) or "" for name in ("og:description", "og:title")]
        named = {found["name"].lower() for found in map(self.named.search, texts) if found}
        count = self.count(reply.body)
        if named == {account.handle.lower()} and count:
            yield Reading(account, "followers", count, named.pop())
        elif not named:
            yield self._unshown(account, reply, texts[0])
        else:
            yield Spoilt(f"a card of {' and '.join(sorted(named))}: {texts[0][:40]!r}")
            yield Absent(account)

    def _unshown(self, account: Account, reply: Reply, about: str) -> Absent | Refusal:
        """A page that names nobody: a missing account and an unwelcome visitor look the same; the control account tells."""
        if self.wall.search(reply.body):
            return Refusal("blocked", "a login page", scope="source")
        is_shell = reply.status == 200 and b"</html>" in reply.body and self.shell.search(reply.body) and not about
        if is_shell or reply.status in (404, 410):
            return Absent(account, "a page without a profile")
        raise ShapeChanged(f"a page that names nobody (HTTP {reply.status}): {about[:40]!r}")


def read(
    account: Account, reply: Reply, users: Iterable[object], card: Card, kind: type[User] = User
) -> Iterator[Reading | Absent | Spoilt | Refusal]:
    """What a page says of the account: the data of its `users`, or else its card.

    Raises:
        ShapeChanged: where it is about somebody else, or of no shape that is known.
    """
    found = match(sift(users, kind), lambda user: user.username.lower())
    yield from found.spoilt
    if user := _meant(account, found.found):
        _gainsaid(user.follower_count, card.count(reply.body))
        yield Reading(account, "followers", Count(user.follower_count), user.username, user.ids())
    elif found.found:
        raise ShapeChanged(f"the page is about {', '.join(found.found)}")
    else:
        yield from card.read(account, reply)


def _meant(account: Account, users: Mapping[str, User]) -> User | None:
    """Whoever bears a pinned id, by whatever name, or else the name."""
    pinned = account.ids.items()
    same = [user for user in users.values() if user.ids().items() & pinned]
    if len(same) > 1:
        raise ShapeChanged(f"one id under several names: {', '.join(user.username for user in same)}")
    return same[0] if same else users.get(account.handle.lower())


def _gainsaid(exact: int, card: Count | None) -> None:
    """A card may be days old, in which few become many; but digits that were lost or added make a tenth, or ten times."""
    if card and max(exact, card.value) > FAR * min(exact, card.value) + max(card.granularity, FEW):
        raise ShapeChanged(f"{exact} in the data, {card.value} in the card")


def refusal(reply: Reply) -> Refusal | None:
    """What is said to this address, whoever it asks for: wait, or log in."""
    if led_to(reply, LOGIN) or reply.status in (401, 403):
        return Refusal("blocked", f"told to log in (HTTP {reply.status})", scope="source")
    told = reply.body.startswith(b"{") and any(words in reply.body for words in TOLD)
    return by_status(reply) or (Refusal("blocked", "told to log in", scope="source") if told else None)
