"""Compares this machine's clock with what the servers of a run say the time is: a wrong one makes every stamp wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from headcount.net.message import Reply, Request, ahead
from headcount.news.naming import FEW, length, listed, plural

LEEWAY = timedelta(minutes=5)
"""Clocks that differ by less say the same."""

Send = Callable[[Request, Mapping[str, str]], Awaitable[Reply]]


class Timekeeper:
    """Hears the replies of a run, and says in `notices` where no server agrees with this machine's clock.

    One that does is enough to be quiet. Otherwise the mildest is believed, if another says the same or nobody else
    answered: a server whose own clock is wrong, or a cache that does not tell how old its replies are, has no other
    to bear it out.
    """

    def __init__(self) -> None:
        self._ahead: dict[str, timedelta | None] = {}

    def hearing(self, send: Send) -> Send:
        """Sends as `send` does, and hears each reply."""

        async def sent(request: Request, hosts: Mapping[str, str]) -> Reply:
            reply = await send(request, hosts)
            self.hear(reply)
            return reply

        return sent

    def hear(self, reply: Reply) -> None:
        """Remember of each host by how little our clock differs from what it says."""
        host = urlsplit(reply.url).netloc
        said = [each for each in (self._ahead.get(host), ahead(reply)) if each is not None]
        self._ahead[host] = min(said, key=abs, default=None)

    def notices(self) -> tuple[str, ...]:
        """That the clock is wrong, by how much, and who says so; nothing where it is right or nobody can tell."""
        told = {host: said for host, said in self._ahead.items() if said is not None}
        least = min(told.values(), key=abs, default=timedelta())
        if abs(least) <= LEEWAY:
            return ()
        witnesses = sorted(host for host, said in told.items() if abs(said - least) <= LEEWAY)
        return (_complaint(least, witnesses),) if len(witnesses) > 1 or len(self._ahead) == 1 else ()


def _complaint(least: timedelta, witnesses: Sequence[str]) -> str:
    wrong = f"{length(abs(least))} {'ahead of' if least > timedelta() else 'behind'}"
    say, so = f"{_named(witnesses)} say", "set the clock"
    if len(witnesses) == 1:
        say, so = f"{witnesses[0]} says, and nobody else answered", "if that is right, set the clock"
    return (
        f"this machine's clock is {wrong} what {say}: {so} (chrony, systemd-timesyncd), "
        "the times of these counts are wrong by as much"
    )


def _named(hosts: Sequence[str]) -> str:
    more = len(hosts) - FEW
    return listed([*hosts[:FEW], plural(more, "other")] if more > 0 else hosts)
